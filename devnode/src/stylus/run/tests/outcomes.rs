//! How each end of a program looks from the EVM.

use alloy_primitives::Bytes;

use crate::stylus::{
    Entry, Outcome, OutcomeKind, StylusParams,
    testing::{MemoryWorld, compiled, free_entry, run, wasm},
};

const GAS: u64 = 1_000_000;

/// A program that has written `result` as its result and goes on with this body.
fn entry_after_result(body: &str) -> Entry {
    let text = format!(
        r#"(module
        (import "vm_hooks" "write_result" (func $write_result (param i32 i32)))
        (import "vm_hooks" "exit_early" (func $exit (param i32)))
        (import "vm_hooks" "msg_sender" (func $msg_sender (param i32)))
        (import "vm_hooks" "emit_log" (func $log (param i32 i32 i32)))
        (memory (export "memory") 1 1)
        (table 2 funcref)
        (data (i32.const 0) "result")
        (func (export "user_entrypoint") (param i32) (result i32)
          (call $write_result (i32.const 0) (i32.const 6)) {body}))"#
    );
    free_entry(compiled(&wasm(&text)), &[], GAS)
}

fn outcome_of(body: &str) -> Outcome {
    run(entry_after_result(body), &mut MemoryWorld::default())
}

fn assert_ends(body: &str, kind: OutcomeKind, output: &'static [u8], keeps_gas: bool) {
    let outcome = outcome_of(body);
    assert_eq!(outcome.kind, kind, "{body}");
    assert_eq!(outcome.output, Bytes::from_static(output), "{body}");
    if keeps_gas {
        assert!(
            outcome.gas_left > GAS - 100 && outcome.gas_left < GAS,
            "{body}"
        );
    } else {
        assert_eq!(outcome.gas_left, 0, "{body}");
    }
}

#[test]
fn status_zero_succeeds_and_others_revert_with_the_result() {
    assert_ends("(i32.const 0)", OutcomeKind::Success, b"result", true);
    assert_ends("(i32.const 1)", OutcomeKind::Revert, b"result", true);
    assert_ends("(i32.const -1)", OutcomeKind::Revert, b"result", true);
}

#[test]
fn exit_early_is_a_return_from_anywhere() {
    for (status, kind) in [(0, OutcomeKind::Success), (7, OutcomeKind::Revert)] {
        let body = format!("(call $exit (i32.const {status})) (unreachable)");
        assert_ends(&body, kind, b"result", true);
    }
}

#[test]
fn a_later_result_replaces_an_earlier_one() {
    let body = "(call $write_result (i32.const 0) (i32.const 3)) (i32.const 0)";
    assert_ends(body, OutcomeKind::Success, b"res", true);
    let body = "(call $write_result (i32.const 0) (i32.const 0)) (i32.const 0)";
    assert_ends(body, OutcomeKind::Success, b"", true);
}

#[test]
fn traps_revert_without_data_and_keep_the_gas() {
    for body in [
        "(unreachable)",
        "(i32.div_u (i32.const 1) (i32.const 0))",
        "(i32.div_s (i32.const 0x80000000) (i32.const -1))",
        "(i32.load (i32.const 65533))",
        "(i32.store (i32.const 65533) (i32.const 0)) (i32.const 0)",
        "(memory.fill (i32.const 65535) (i32.const 0) (i32.const 2)) (i32.const 0)",
        "(call_indirect (result i32) (i32.const 0))",
        "(call_indirect (result i32) (i32.const 2))",
    ] {
        assert_ends(body, OutcomeKind::Revert, b"", true);
    }
}

#[test]
fn bad_pointers_and_arguments_revert_without_data_and_keep_the_gas() {
    for body in [
        "(call $msg_sender (i32.const 65517))",
        "(call $msg_sender (i32.const -1))",
        "(call $write_result (i32.const 65535) (i32.const 2))",
        "(call $log (i32.const 0) (i32.const 160) (i32.const 5))",
        "(call $log (i32.const 0) (i32.const 31) (i32.const 1))",
        "(call $log (i32.const 65535) (i32.const 2) (i32.const 0))",
    ] {
        let outcome = outcome_of(&format!("{body} (i32.const 0)"));
        assert_eq!(
            (outcome.kind, outcome.output.len()),
            (OutcomeKind::Revert, 0),
            "{body}"
        );
        assert!(outcome.gas_left > GAS - 1_000, "{body}");
    }
}

#[test]
fn endless_loops_and_huge_fills_run_out_of_gas() {
    assert_ends(
        "(loop (br 0)) (i32.const 0)",
        OutcomeKind::OutOfGas,
        b"",
        false,
    );
    let fill = "(memory.fill (i32.const 0) (i32.const 0) (i32.const -1)) (i32.const 0)";
    assert_ends(fill, OutcomeKind::OutOfGas, b"", false);
    // a float's price is beyond any gas
    assert_ends(
        "(drop (f32.const 1)) (i32.const 0)",
        OutcomeKind::OutOfGas,
        b"",
        false,
    );
}

#[test]
fn a_host_function_that_cannot_be_paid_ends_out_of_gas() {
    let body = "(call $log (i32.const 0) (i32.const 32) (i32.const 1)) (i32.const 0)";
    let entry = Entry {
        gas_limit: 600,
        ..entry_after_result(body)
    };
    let mut world = MemoryWorld::default();
    let outcome = run(entry, &mut world);
    assert_eq!((outcome.kind, outcome.gas_left), (OutcomeKind::OutOfGas, 0));
    assert!(world.logs.is_empty());
}

#[test]
fn a_read_only_frame_cannot_log() {
    let body = "(call $log (i32.const 0) (i32.const 32) (i32.const 1)) (i32.const 0)";
    let mut entry = entry_after_result(body);
    entry.env.read_only = true;
    let mut world = MemoryWorld::default();
    let outcome = run(entry, &mut world);
    assert_eq!(
        (outcome.kind, outcome.output.len()),
        (OutcomeKind::Revert, 0)
    );
    assert!(world.logs.is_empty());
}

#[test]
fn a_log_has_its_topics_its_data_and_the_acting_account() {
    let body = "(call $log (i32.const 0) (i32.const 38) (i32.const 1)) (i32.const 0)";
    let entry = entry_after_result(body);
    let acting = entry.env.acting;
    let mut world = MemoryWorld::default();
    run(entry, &mut world);
    let [log] = world.logs.as_slice() else {
        panic!("{:?}", world.logs)
    };
    assert_eq!(log.address, acting);
    assert_eq!(log.topics().len(), 1);
    assert_eq!(&log.topics()[0][..6], b"result");
    assert_eq!(log.data.data, Bytes::from([0; 6]));
}

#[test]
fn ink_is_gas_times_the_chains_price_rounded_down_at_the_end() {
    for ink_price in [1, 3_000, 10_000, 0xff_ffff] {
        let mut entry = entry_after_result("(i32.const 0)");
        entry.params = StylusParams {
            ink_price,
            ..entry.params
        };
        let outcome = run(entry, &mut MemoryWorld::default());
        // two constants and a call, the result of 6 bytes, one constant and the end
        let ink = 2 + 3_800 + 2_450 + 41_162 + 2_452;
        let used = u64::div_ceil(ink, u64::from(ink_price));
        assert_eq!(GAS - outcome.gas_left, used.max(3), "price {ink_price}");
    }
}

#[test]
fn large_results_use_at_least_what_evm_memory_costs() {
    let text = r#"(module
        (import "vm_hooks" "write_result" (func $write_result (param i32 i32)))
        (memory (export "memory") 1 1)
        (func (export "user_entrypoint") (param i32) (result i32)
          (call $write_result (i32.const 0) (i32.const 65536)) (i32.const 0)))"#;
    let program = compiled(&wasm(text));
    let outcome = run(
        free_entry(program.clone(), &[], GAS),
        &mut MemoryWorld::default(),
    );
    // 2,048 words: 3 gas each and a 512th of their square
    assert_eq!(GAS - outcome.gas_left, 3 * 2_048 + 2_048 * 2_048 / 512);
    let poor = run(
        free_entry(program, &[], 14_335),
        &mut MemoryWorld::default(),
    );
    assert_eq!((poor.kind, poor.output.len()), (OutcomeKind::OutOfGas, 0));
}
