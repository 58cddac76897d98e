//! Recursion ends at the metered depth, never at the engine's or the host's.

use crate::stylus::{
    Entry, OutcomeKind, StylusParams,
    testing::{MemoryWorld, compiled, free_entry, run, wasm},
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
