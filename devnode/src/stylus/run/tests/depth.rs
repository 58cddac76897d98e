//! Recursion ends at the metered depth, never at the engine's or the host's.

use crate::stylus::{
    Entry, OutcomeKind, StylusParams,
    testing::{MemoryWorld, compiled, compiled_for, free_entry, run, wasm},
};

/// Recurses as deep as its calldata is long, with this many extra locals in each frame.
fn recursive(depth: usize, locals: usize) -> Entry {
    let text = format!(
        r#"(module
        (memory (export "memory") 0 0)
        (func $down (param $n i32) (result i32) (local {})
          (if (result i32) (i32.eqz (local.get $n))
            (then (i32.const 0))
            (else (call $down (i32.sub (local.get $n) (i32.const 1))))))
        (func (export "user_entrypoint") (param $len i32) (result i32)
          (call $down (local.get $len))))"#,
        "i64 ".repeat(locals)
    );
    free_entry(compiled(&wasm(&text)), &vec![0; depth], 1_000_000)
}

fn kind_of(entry: Entry) -> OutcomeKind {
    run(entry, &mut MemoryWorld::default()).kind
}

#[test]
fn frames_of_eight_words_reach_as_deep_as_their_words_allow() {
    // the `if`'s slot, the callee's result, the meter's two operands: 4 + 4 words; the entrypoint has 7
    let deepest = (262_144 - 7 - 1) / 8;
    assert_eq!(kind_of(recursive(deepest - 1, 0)), OutcomeKind::Success);
    assert_eq!(kind_of(recursive(deepest, 0)), OutcomeKind::OutOfStack);
}

#[test]
fn locals_count_as_words() {
    let deepest = (262_144 - 7 - 1) / 108;
    assert_eq!(kind_of(recursive(deepest - 1, 100)), OutcomeKind::Success);
    assert_eq!(kind_of(recursive(deepest, 100)), OutcomeKind::OutOfStack);
}

#[test]
fn from_arbos_50_the_stack_is_22000_words() {
    let at_50 = |depth| {
        let mut entry = recursive(depth, 0);
        entry.params.max_stack_depth = StylusParams::genesis(50).max_stack_depth;
        entry
    };
    let deepest = (22_000 - 7 - 1) / 8;
    assert_eq!(kind_of(at_50(deepest - 1)), OutcomeKind::Success);
    assert_eq!(kind_of(at_50(deepest)), OutcomeKind::OutOfStack);
}

#[test]
fn words_are_paid_back_at_each_return() {
    let text = r#"(module
        (memory (export "memory") 0 0)
        (func $leaf (param i32) (result i32)
          (if (local.get 0) (then (return (i32.const 1))))
          (i32.const 0))
        (func (export "user_entrypoint") (param i32) (result i32) (local $n i32)
          (loop $again
            (drop (call $leaf (i32.and (local.get $n) (i32.const 1))))
            (br_if $again (i32.lt_u
              (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 10000))))
          (i32.const 0)))"#;
    let mut entry = free_entry(compiled(&wasm(text)), &[], 1_000_000);
    entry.params.max_stack_depth = 40;
    assert_eq!(kind_of(entry), OutcomeKind::Success);
}

#[test]
fn a_branch_out_of_the_function_pays_nothing_back() {
    let text = r#"(module
        (memory (export "memory") 0 0)
        (func $leaf (br 0))
        (func (export "user_entrypoint") (param i32) (result i32) (local $n i32)
          (loop $again
            (call $leaf)
            (br_if $again (i32.lt_u
              (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 10000))))
          (i32.const 0)))"#;
    let mut entry = free_entry(compiled(&wasm(text)), &[], 1_000_000);
    entry.params.max_stack_depth = 40;
    assert_eq!(kind_of(entry), OutcomeKind::OutOfStack);
}

#[test]
fn exhausted_stack_counts_before_exhausted_ink() {
    // endless recursion with ink for all of it
    let text = r#"(module
        (memory (export "memory") 0 0)
        (func $f (call $f))
        (func (export "user_entrypoint") (param i32) (result i32) (call $f) (i32.const 0)))"#;
    let program = compiled(&wasm(text));
    assert_eq!(
        kind_of(free_entry(program.clone(), &[], 1_000_000)),
        OutcomeKind::OutOfStack
    );
    assert_eq!(
        kind_of(free_entry(program, &[], 1_000)),
        OutcomeKind::OutOfGas
    );
}

#[test]
fn long_runs_need_no_native_stack() {
    // the engine's handlers must jump to, not call, one another: docs/adr/0004
    let text = r#"(module
        (import "vm_hooks" "msg_value" (func $msg_value (param i32)))
        (type $t (func (param i32 i64) (result i64)))
        (memory (export "memory") 1 1)
        (global $g (mut i64) (i64.const 1))
        (table 1 funcref)
        (elem (i32.const 0) $mix)
        (func $mix (type $t)
          (i64.xor (i64.rotl (local.get 1) (i64.const 7)) (i64.extend_i32_u (local.get 0))))
        (func (export "user_entrypoint") (param i32) (result i32) (local $n i32) (local $x i64)
          (loop $again
            (call $msg_value (i32.const 0))
            (local.set $x (call $mix (local.get $n) (i64.add (local.get $x) (global.get $g))))
            (local.set $x (call_indirect (type $t)
              (local.get $n) (i64.mul (local.get $x) (i64.const 31)) (i32.const 0)))
            (i64.store (i32.and (local.get $n) (i32.const 0xff8)) (local.get $x))
            (i32.store8 (i32.const 9) (i32.popcnt (i32.wrap_i64 (local.get $x))))
            (memory.fill (i32.const 64) (local.get $n) (i32.const 3))
            (memory.copy (i32.const 128) (i32.const 0) (i32.const 9))
            (global.set $g (select (local.get $x) (i64.load (i32.const 8))
              (i64.lt_u (local.get $x) (i64.const 99))))
            (block $a (block $b (block $c
              (br_table $a $b $c (i32.rem_u (i32.load8_u (i32.const 9)) (i32.const 5))))
              (local.set $x (i64.div_u (local.get $x) (i64.const 3))))
              (local.set $x (i64.shr_s (local.get $x) (i64.const 1))))
            (if (i32.eqz (i32.and (local.get $n) (i32.const 1)))
              (then (local.set $x (i64.extend8_s (local.get $x))))
              (else (local.set $x (i64.clz (local.get $x)))))
            (br_if $again (i32.lt_u
              (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 50000))))
          (i32.const 0)))"#;
    let program = compiled(&wasm(text));
    let run = move || kind_of(free_entry(program, &[], 1_000_000_000));
    let thread = std::thread::Builder::new()
        .stack_size(128 * 1024)
        .spawn(run);
    assert_eq!(thread.unwrap().join().unwrap(), OutcomeKind::Success);
}

#[test]
fn before_stylus_version_3_a_megabyte_of_native_stack_ends_first_and_keeps_the_gas() {
    let recursion = |stylus_version, depth: usize| {
        let text = r#"(module
            (memory (export "memory") 0 0)
            (func $down (param $n i32) (result i32) (local i64 i64 i64 i32)
              (if (result i32) (i32.eqz (local.get $n))
                (then (i32.const 0))
                (else (call $down (i32.sub (local.get $n) (i32.const 1))))))
            (func (export "user_entrypoint") (param $len i32) (result i32)
              (call $down (local.get $len))))"#;
        let program = compiled_for(&wasm(text), stylus_version);
        run(
            free_entry(program, &vec![0; depth], 1_000_000),
            &mut MemoryWorld::default(),
        )
    };
    // 10,920 frames of 12 words below the entrypoint's 8, as recorded
    assert_eq!(recursion(2, 10_919).kind, OutcomeKind::Success);
    let ended = recursion(2, 10_920);
    assert_eq!(ended.kind, OutcomeKind::Revert);
    assert!(ended.gas_left > 980_000);
    assert_eq!(recursion(3, 10_920).kind, OutcomeKind::Success);
}

#[test]
fn native_stack_is_given_back_however_a_function_returns() {
    let text = r#"(module
        (memory (export "memory") 0 0)
        (table 1 funcref) (elem (i32.const 0) $leaf)
        (func $leaf (br 0))
        (func (export "user_entrypoint") (param i32) (result i32) (local $n i32)
          (loop $again
            (call $leaf)
            (call_indirect (i32.const 0))
            (br_if $again (i32.lt_u
              (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 15000))))
          (i32.const 0)))"#;
    let program = compiled_for(&wasm(text), 2);
    assert_eq!(
        kind_of(free_entry(program, &[], 1_000_000)),
        OutcomeKind::Success
    );
}

/// Whether `br_table` with these targets over this index goes to the one at 0 (a success) or to the default (a revert).
fn table_takes_the_target(stylus_version: u16, targets: &str, index: &str) -> bool {
    let text = format!(
        r#"(module
        (memory (export "memory") 0 0)
        (func (export "user_entrypoint") (param i32) (result i32)
          (block $default (block $first (br_table {targets} $default {index}))
            (return (i32.const 0)))
          (i32.const 1)))"#
    );
    let program = compiled_for(&wasm(&text), stylus_version);
    kind_of(free_entry(program, &[], 1_000_000)) == OutcomeKind::Success
}

#[test]
fn a_table_over_a_constant_takes_the_default_on_new_nodes_alone() {
    let constant = "(i32.const 0)";
    assert!(table_takes_the_target(2, "$first", constant));
    assert!(
        !table_takes_the_target(3, "$first", constant),
        "as recorded"
    );
    assert!(!table_takes_the_target(3, "$first $first", constant));
    // the parameter is the length of the calldata, 0
    let variable = "(local.get 0)";
    for version in [2, 3] {
        assert!(table_takes_the_target(version, "$first", variable));
        assert!(table_takes_the_target(version, "$first $first", variable));
    }
}
