//! Whole frames in a state in memory.

mod agree;
mod calls;
mod depth;
mod outcomes;
mod storage;
mod traces;

use alloy_primitives::{Bytes, U256};

use crate::stylus::{
    Entry, Outcome, OutcomeKind, StylusParams,
    testing::{A, B, C, MemoryWorld, activated, environment, run, wasm},
};

/// A first call in its transaction, as a chain of ArbOS 40 makes it.
fn first_call(text: &str, calldata: &[u8], gas_limit: u64) -> (Outcome, MemoryWorld) {
    let (activation, _) = activated(&wasm(text), 40);
    let mut world = MemoryWorld::default();
    let entry = Entry {
        record: activation.record(2, 1_700_000_000, false),
        program: activation.program,
        recently_run: false,
        params: StylusParams::genesis(40),
        arbos_version: 40,
        env: environment(),
        calldata: Bytes::copy_from_slice(calldata),
        gas_limit,
    };
    (run(entry, &mut world), world)
}

#[test]
fn the_least_program_costs_its_entry_and_one_gas() {
    let (outcome, _) = first_call(A, &[1, 2, 3], 100_000);
    assert_eq!(outcome.kind, OutcomeKind::Success);
    assert_eq!(100_000 - outcome.gas_left, 9_209);
}

#[test]
fn an_echo_pays_for_reading_and_writing_its_word() {
    let (outcome, _) = first_call(B, &[7; 32], 100_000);
    assert_eq!(outcome.kind, OutcomeKind::Success);
    assert_eq!(outcome.output, Bytes::from([7; 32]));
    assert_eq!(100_000 - outcome.gas_left, 9_234);
}

#[test]
fn storage_loops_and_bulk_memory_cost_what_the_rules_say() {
    let (outcome, world) = first_call(C, &[0; 32], 100_000);
    assert_eq!(outcome.kind, OutcomeKind::Success);
    assert_eq!(100_000 - outcome.gas_left, 31_426);
    assert_eq!(
        world.slots.get(&U256::ZERO),
        Some(&U256::from(528_u32.swap_bytes()))
    );
    assert_eq!(world.pages.open, 0, "pages are closed when the frame ends");
    assert_eq!(world.pages.ever, 2);
}

#[test]
fn one_gas_too_little_ends_out_of_gas() {
    let out_of_gas = Outcome {
        kind: OutcomeKind::OutOfGas,
        gas_left: 0,
        output: Bytes::new(),
        refund: 0,
    };
    assert_eq!(first_call(A, &[], 9_209).0.kind, OutcomeKind::Success);
    assert_eq!(first_call(A, &[], 9_208).0, out_of_gas);
    assert_eq!(first_call(A, &[], 9_207).0, out_of_gas);
}
