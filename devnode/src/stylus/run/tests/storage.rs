//! The storage cache and what a flush costs, write by write.

use alloy_primitives::U256;

use crate::stylus::{
    Entry, Outcome, OutcomeKind,
    testing::{MemoryWorld, compiled, free_entry, run, wasm},
};

const GAS: u64 = 1_000_000;

/// A program over the slot at 0 whose result is the word at 32; values lie at 64 (1) and 96 (2), 0 at 128.
fn entry(body: &str) -> Entry {
    let text = format!(
        r#"(module
        (import "vm_hooks" "storage_load_bytes32" (func $load (param i32 i32)))
        (import "vm_hooks" "storage_cache_bytes32" (func $cache (param i32 i32)))
        (import "vm_hooks" "storage_flush_cache" (func $flush (param i32)))
        (import "vm_hooks" "write_result" (func $write_result (param i32 i32)))
        (memory (export "memory") 1 1)
        (data (i32.const 95) "\01") (data (i32.const 127) "\02")
        (func (export "user_entrypoint") (param i32) (result i32)
          {body} (call $write_result (i32.const 32) (i32.const 32)) (i32.const 0)))"#
    );
    free_entry(compiled(&wasm(&text)), &[], GAS)
}

const LOAD: &str = "(call $load (i32.const 0) (i32.const 32))";
const CACHE_ONE: &str = "(call $cache (i32.const 0) (i32.const 64))";
const CACHE_TWO: &str = "(call $cache (i32.const 0) (i32.const 96))";
const CACHE_NONE: &str = "(call $cache (i32.const 0) (i32.const 128))";
const FLUSH: &str = "(call $flush (i32.const 0))";
const FLUSH_AND_CLEAR: &str = "(call $flush (i32.const 1))";

fn slot_world(original: u64, current: u64) -> MemoryWorld {
    let mut world = MemoryWorld::default();
    world.original.insert(U256::ZERO, U256::from(original));
    world.slots.insert(U256::ZERO, U256::from(current));
    world
}

fn outcome_in(world: &mut MemoryWorld, parts: &[&str]) -> Outcome {
    run(entry(&parts.concat()), world)
}

fn word(outcome: &Outcome) -> U256 {
    U256::from_be_slice(&outcome.output)
}

#[test]
fn loads_see_what_was_cached_and_the_chain_sees_it_at_the_flush() {
    let mut world = MemoryWorld::default();
    assert_eq!(
        word(&outcome_in(&mut world, &[CACHE_ONE, LOAD])),
        U256::from(1)
    );
    assert!(world.slots.is_empty(), "nothing is flushed at the end");
    outcome_in(&mut world, &[CACHE_ONE, FLUSH]);
    assert_eq!(world.slots.get(&U256::ZERO), Some(&U256::from(1)));
}

#[test]
fn only_a_clearing_flush_lets_loads_reach_the_chain_again() {
    let loads = |parts: &[&str]| {
        let mut world = slot_world(7, 7);
        outcome_in(&mut world, parts);
        world.warm_slots.len()
    };
    assert_eq!(loads(&[CACHE_ONE, LOAD]), 0);
    let gas = |parts: &[&str]| GAS - outcome_in(&mut slot_world(7, 7), parts).gas_left;
    let kept = gas(&[LOAD, CACHE_ONE, FLUSH, LOAD]);
    let cleared = gas(&[LOAD, CACHE_ONE, FLUSH_AND_CLEAR, LOAD]);
    assert_eq!(cleared - kept, 105, "a warm load from the chain");
}

#[test]
fn a_flush_costs_and_refunds_by_original_current_and_new_value() {
    // original, current, new, gas on a cold slot, refund (EIP-2200, 2929 and 3529)
    let cases: [(u64, u64, &str, u64, i64); 15] = [
        (0, 0, CACHE_ONE, 22_100, 0),
        (0, 0, CACHE_NONE, 2_200, 0),
        (1, 1, CACHE_ONE, 2_200, 0),
        (1, 1, CACHE_TWO, 5_000, 0),
        (1, 1, CACHE_NONE, 5_000, 4_800),
        (0, 1, CACHE_NONE, 2_200, 19_900),
        (0, 1, CACHE_TWO, 2_200, 0),
        (0, 1, CACHE_ONE, 2_200, 0),
        (1, 2, CACHE_ONE, 2_200, 2_800),
        (1, 3, CACHE_TWO, 2_200, 0),
        (1, 2, CACHE_NONE, 2_200, 4_800),
        (1, 0, CACHE_ONE, 2_200, 2_800 - 4_800),
        (1, 0, CACHE_TWO, 2_200, -4_800),
        (1, 0, CACHE_NONE, 2_200, 0),
        (2, 1, CACHE_TWO, 2_200, 2_800),
    ];
    for (original, current, cache, gas, refund) in cases {
        let case = format!("{original} {current} {cache}");
        let unflushed = outcome_in(&mut slot_world(original, current), &[cache]).gas_left;
        let mut world = slot_world(original, current);
        let outcome = outcome_in(&mut world, &[cache, FLUSH]);
        // the flush's base is 6.8 gas, its operators and block 0.6
        let flush_gas = unflushed - outcome.gas_left;
        assert!(
            (gas + 7..=gas + 8).contains(&flush_gas),
            "{case}: {flush_gas}"
        );
        assert_eq!(outcome.refund, refund, "{case}");
        let mut warm = slot_world(original, current);
        warm.warm_slots.insert(U256::ZERO);
        let warm = outcome_in(&mut warm, &[cache, FLUSH]);
        assert_eq!(warm.gas_left - outcome.gas_left, 2_100, "{case}");
    }
}

#[test]
fn a_value_known_to_be_the_chains_is_not_written() {
    let mut world = slot_world(1, 1);
    let outcome = outcome_in(&mut world, &[LOAD, CACHE_ONE, FLUSH]);
    assert_eq!(outcome.kind, OutcomeKind::Success);
    let loaded = outcome_in(&mut slot_world(1, 1), &[LOAD, CACHE_ONE]);
    assert!(loaded.gas_left - outcome.gas_left <= 8, "no access");
}

#[test]
fn a_flush_that_cannot_be_paid_fails_and_from_arbos_50_takes_everything() {
    for (arbos_version, kind, keeps) in [
        (40, OutcomeKind::Revert, true),
        (50, OutcomeKind::OutOfGas, false),
    ] {
        let mut poor = entry(&[CACHE_ONE, FLUSH].concat());
        poor.gas_limit = 20_000;
        poor.arbos_version = arbos_version;
        let outcome = run(poor, &mut MemoryWorld::default());
        assert_eq!(outcome.kind, kind);
        assert_eq!(outcome.gas_left > 19_900, keeps);
        assert_eq!(outcome.refund, 0);
    }
}

#[test]
fn a_read_only_frame_may_flush_nothing_but_not_something() {
    let read_only = |parts: &[&str]| {
        let mut entry = entry(&parts.concat());
        entry.env.read_only = true;
        let mut world = slot_world(1, 1);
        let outcome = run(entry, &mut world);
        assert_eq!(world.slots.get(&U256::ZERO), Some(&U256::from(1)));
        outcome.kind
    };
    assert_eq!(read_only(&[LOAD, FLUSH]), OutcomeKind::Success);
    assert_eq!(read_only(&[CACHE_TWO]), OutcomeKind::Success);
    assert_eq!(read_only(&[CACHE_TWO, FLUSH]), OutcomeKind::Revert);
}

#[test]
fn flushing_needs_more_than_the_sentry() {
    let kind = |gas_limit| {
        let mut poor = entry(FLUSH);
        poor.gas_limit = gas_limit;
        run(poor, &mut MemoryWorld::default()).kind
    };
    assert_eq!(kind(2_299), OutcomeKind::OutOfGas);
    assert_eq!(kind(2_330), OutcomeKind::Success);
}
