//! Meters change nothing but the ink: random programs end alike with and without them.
//!
//! Programs are made from bytes: each byte picks a statement or an expression of bounded depth, so that
//! every input is a valid program and loops end.

use std::fmt::Write as _;

use proptest::prelude::*;
use wasmi::{Engine, Linker, Module, Store, Val};

use crate::stylus::{
    OutcomeKind,
    testing::{MemoryWorld, compiled_for, free_entry, run, wasm},
};

/// Turns bytes into choices, zeros when they run out.
struct Choices<'a>(std::slice::Iter<'a, u8>);

impl Choices<'_> {
    fn below(&mut self, bound: u8) -> u8 {
        self.0.next().copied().unwrap_or_default() % bound
    }

    /// An i32 expression over locals $a to $c, memory, globals and other functions.
    fn expression(&mut self, depth: u8, calls: u8) -> String {
        if depth == 0 {
            return match self.below(4) {
                0 => format!("(i32.const {})", i32::from(self.below(255)) - 100),
                1 => "(global.get $g)".to_owned(),
                _ => format!("(local.get ${})", self.local()),
            };
        }
        let mut inner = || self.expression(depth - 1, calls);
        let (x, y) = (inner(), inner());
        match self.below(12) {
            0 => format!("(i32.div_u {x} {y})"),
            1 => format!("(i32.rem_s {x} {y})"),
            2 => format!("(i32.load8_u (i32.and {x} (i32.const 0x1ffff)))"),
            3 => format!("(i32.load (i32.and {x} (i32.const 0xfff)))"),
            4 => format!("(select {x} {y} (i32.lt_s {x} {y}))"),
            5 => format!("(i32.wrap_i64 (i64.rotl (i64.extend_i32_s {x}) (i64.extend_i32_u {y})))"),
            6 => format!("(if (result i32) {x} (then {y}) (else (i32.popcnt {x})))"),
            7 if calls > 0 => format!("(call $f{} {x} {y})", self.below(calls)),
            8 if calls > 0 => {
                format!(
                    "(call_indirect (type $t) {x} {y} (i32.const {}))",
                    self.below(calls)
                )
            }
            9 => format!("(block (result i32) (br_if 0 {x} {y}) (drop) {x})"),
            10 => "(memory.size)".to_owned(),
            _ => format!("(i32.sub (i32.mul {x} (i32.const 7)) {y})"),
        }
    }

    fn local(&mut self) -> char {
        char::from(b'a' + self.below(3))
    }

    fn statement(&mut self, depth: u8, calls: u8) -> String {
        let x = self.expression(2, calls);
        let local = self.local();
        match self.below(10) {
            0 => format!("(i32.store (i32.and {x} (i32.const 0xfff)) (local.get ${local}))"),
            1 => format!("(global.set $g {x})"),
            2 => format!(
                "(memory.fill (i32.const 16) {x} (i32.and (local.get ${local}) (i32.const 255)))"
            ),
            3 => "(memory.copy (i32.const 3) (i32.const 0) (i32.const 40))".to_owned(),
            4 if depth > 0 => {
                // a counter for each depth, and no calls: else a program may run for hours
                let body = self.statement(depth - 1, 0);
                format!(
                    "(local.set $n{depth} (i32.const {})) (loop $again {body} \
                     (br_if $again (local.tee $n{depth} (i32.sub (local.get $n{depth}) (i32.const 1)))))",
                    self.below(4) + 1
                )
            }
            5 if depth > 0 => {
                let body = self.statement(depth - 1, calls);
                format!("(block $out (block $in (br_table $in $out {x})) {body})")
            }
            6 => format!("(if {x} (then (return {})))", self.expression(1, 0)),
            7 if depth == 2 => format!("(if {x} (then (br $body {})))", self.expression(1, 0)),
            8 => format!("(drop (memory.grow (i32.and {x} (i32.const 1))))"),
            _ => format!("(local.set ${local} {x})"),
        }
    }

    /// Functions that call only those before them, then an entrypoint that digests memory and global.
    fn module(&mut self) -> String {
        let mut functions = String::new();
        let count = self.below(3) + 1;
        for at in 0..count {
            let statements: String = (0..self.below(5)).map(|_| self.statement(2, at)).collect();
            let result = self.expression(2, at);
            let _ = write!(
                functions,
                "(func $f{at} (type $t) (param $a i32) (param $b i32) (result i32) \
                 (local $c i32) (local $n1 i32) (local $n2 i32) (block $body (result i32) {statements} {result}))"
            );
        }
        let last = count - 1;
        let entries: String = (0..count).map(|at| format!("$f{at} ")).collect();
        format!(
            r#"(module
            (type $t (func (param i32 i32) (result i32)))
            (import "vm_hooks" "pay_for_memory_grow" (func $pay (param i32)))
            (import "vm_hooks" "write_result" (func $write_result (param i32 i32)))
            (memory (export "memory") 1 3)
            (global $g (mut i32) (i32.const 5))
            (table {count} funcref)
            (elem (i32.const 0) {entries})
            {functions}
            (func (export "user_entrypoint") (param $len i32) (result i32)
              (i32.store (i32.const 8) (call $f{last} (local.get $len) (i32.const 3)))
              (i32.store (i32.const 12) (global.get $g))
              (call $write_result (i32.const 0) (i32.const 512))
              (i32.and (memory.size) (i32.const 2))))"#
        )
    }
}

/// Runs without meters: status and result, or a trap.
fn run_plain(wasm: &[u8], len: i32) -> Option<(i32, Vec<u8>)> {
    let engine = Engine::default();
    let module = Module::new(&engine, wasm).unwrap();
    let mut linker = Linker::<Vec<u8>>::new(&engine);
    linker
        .func_wrap("vm_hooks", "pay_for_memory_grow", |_: i32| ())
        .unwrap();
    linker
        .func_wrap(
            "vm_hooks",
            "write_result",
            |mut caller: wasmi::Caller<'_, Vec<u8>>, ptr: u32, len: u32| {
                let memory = caller
                    .get_export("memory")
                    .and_then(wasmi::Extern::into_memory);
                let (bytes, result) = memory.unwrap().data_and_store_mut(&mut caller);
                *result = bytes[ptr as usize..(ptr + len) as usize].to_vec();
            },
        )
        .unwrap();
    let mut store = Store::new(&engine, Vec::new());
    let instance = linker.instantiate_and_start(&mut store, &module).unwrap();
    let entrypoint = instance.get_func(&store, "user_entrypoint").unwrap();
    let mut status = [Val::I32(0)];
    entrypoint
        .call(&mut store, &[Val::I32(len)], &mut status)
        .ok()?;
    let [Val::I32(status)] = status else {
        panic!("{status:?}")
    };
    Some((status, store.into_data()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn metered_and_plain_runs_have_the_same_effect(
        bytes in prop::collection::vec(any::<u8>(), 1..400),
        len in 0..64_usize,
    ) {
        let text = Choices(bytes.iter()).module();
        let wasm = wasm(&text);
        let plain = run_plain(&wasm, len as i32);
        // version 2: no quirk of newer nodes, and a native stack that no program here fills
        let entry = free_entry(compiled_for(&wasm, 2), &vec![0; len], 1_000_000_000);
        let metered = run(entry, &mut MemoryWorld::default());
        match plain {
            None => {
                prop_assert_eq!(metered.kind, OutcomeKind::Revert);
                prop_assert!(metered.output.is_empty());
            }
            Some((status, result)) => {
                let kind = if status == 0 { OutcomeKind::Success } else { OutcomeKind::Revert };
                prop_assert_eq!(metered.kind, kind);
                prop_assert_eq!(metered.output.as_ref(), result.as_slice());
            }
        }
        prop_assert!(metered.gas_left > 0);
    }
}
