//! The four modules.

/// Assembles text. The recorded modules carry name sections, so the names here are part of their length.
pub(crate) fn wasm(text: &str) -> Vec<u8> {
    wat::parse_str(text).unwrap()
}

/// The least program there is.
pub(crate) const A: &str = r#"(module
  (memory (export "memory") 0 0)
  (func (export "user_entrypoint") (param i32) (result i32) i32.const 0))"#;

/// Answers with its calldata.
pub(crate) const B: &str = r#"(module
  (import "vm_hooks" "read_args" (func $read_args (param i32)))
  (import "vm_hooks" "write_result" (func $write_result (param i32 i32)))
  (memory (export "memory") 1 1)
  (func (export "user_entrypoint") (param $len i32) (result i32)
    (call $read_args (i32.const 0))
    (call $write_result (i32.const 0) (local.get $len))
    (i32.const 0)))"#;

/// Loops, fills, grows, and writes storage.
pub(crate) const C: &str = r#"(module
  (import "vm_hooks" "read_args" (func $read_args (param i32)))
  (import "vm_hooks" "pay_for_memory_grow" (func $pay (param i32)))
  (import "vm_hooks" "storage_load_bytes32" (func $load (param i32 i32)))
  (import "vm_hooks" "storage_cache_bytes32" (func $cache (param i32 i32)))
  (import "vm_hooks" "storage_flush_cache" (func $flush (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 64) "hello world")
  (func $sum (param $n i32) (result i32) (local $s i32)
    (block $out
      (loop $l
        (br_if $out (i32.eqz (local.get $n)))
        (local.set $s (i32.add (local.get $s) (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $l)))
    (local.get $s))
  (func (export "user_entrypoint") (param $len i32) (result i32)
    (call $read_args (i32.const 0))
    (call $load (i32.const 0) (i32.const 32))
    (i32.store (i32.const 60) (call $sum (local.get $len)))
    (memory.fill (i32.const 100) (i32.const 0) (i32.const 10))
    (drop (memory.grow (i32.const 1)))
    (call $cache (i32.const 0) (i32.const 32))
    (call $flush (i32.const 1))
    (i32.const 0)))"#;

/// Tables, globals, branches of all kinds, memory that may grow.
pub(crate) const D: &str = r#"(module
  (type $t (func (param i32 i32) (result i32)))
  (import "vm_hooks" "pay_for_memory_grow" (func $pay (param i32)))
  (memory (export "memory") 2 4)
  (table 3 funcref)
  (elem (i32.const 0) $a $b $a)
  (global $g (mut i32) (i32.const 7))
  (func $a (type $t) (i32.add (local.get 0) (local.get 1)))
  (func $b (type $t) (i32.mul (local.get 0) (local.get 1)))
  (func $br (param i32) (result i32)
    (block $x
      (block $y (br_table $y $x (local.get 0)))
      (return (i32.const 1)))
    (br 0 (i32.const 9)))
  (func (export "user_entrypoint") (param $len i32) (result i32)
    (memory.copy (i32.const 0) (i32.const 32) (local.get $len))
    (global.set $g (call_indirect (type $t) (i32.const 1) (i32.const 2) (i32.const 0)))
    (drop (call $br (i32.const 2)))
    (if (result i32) (global.get $g) (then (i32.const 0)) (else (i32.const 1)))))"#;
