//! Ink and gas of each host function, measured by programs that call it once.
//!
//! A program here does nothing but push its arguments, call, and drop a result; what that costs
//! besides the function is computed from the operator prices, so a test names the function's own ink.

use alloy_primitives::{Address, Bytes, U256};

use crate::stylus::{
    Answer, AnswerKind, Entry, OutcomeKind, Program, Step,
    host::find,
    run::CompiledProgram,
    testing::{MemoryWorld, compiled, free_entry, wasm},
};
use std::sync::Arc;

/// Gas that no test here uses up.
const PLENTY: u64 = 10_000_000;

/// A program with `data` at 0 that calls a function of `vm_hooks` with these arguments `times` times.
fn caller(name: &str, args: &[u64], data: &[u8], times: usize) -> Arc<CompiledProgram> {
    let hostio = find("vm_hooks", name).unwrap();
    let types = |types: &[wasmparser::ValType]| {
        types
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let result = hostio
        .result
        .map_or_else(String::new, |ty| format!("(result {ty})"));
    let pushes: String = hostio
        .params
        .iter()
        .zip(args)
        .map(|(ty, arg)| format!("({ty}.const {arg}) "))
        .collect();
    assert_eq!(hostio.params.len(), args.len());
    let drop = if hostio.result.is_some() { "drop" } else { "" };
    let body = format!("{pushes} call $f {drop} ").repeat(times);
    let data: String = data.iter().map(|byte| format!("\\{byte:02x}")).collect();
    compiled(&wasm(&format!(
        r#"(module
        (import "vm_hooks" "{name}" (func $f (param {params}) {result}))
        (memory (export "memory") 1 1)
        (data (i32.const 0) "{data}")
        (func (export "user_entrypoint") (param i32) (result i32) {body} i32.const 0))"#,
        params = types(hostio.params),
    )))
}

/// Ink of the operators around the calls.
fn operators_ink(name: &str, times: usize) -> u64 {
    let hostio = find("vm_hooks", name).unwrap();
    let call = hostio.params.len() as u64 + 3_800 + 2_450;
    let drop = if hostio.result.is_some() { 9 } else { 0 };
    times as u64 * (call + drop) + 2_452
}

/// Ink that the calls of a function cost by themselves.
struct Measured {
    ink: u64,
    kind: OutcomeKind,
}

fn measure_entry(entry: Entry, name: &str, times: usize, world: &mut MemoryWorld) -> Measured {
    world.trace = Some(Vec::new());
    let mut program = Program::enter(entry, world).unwrap();
    let mut answer = None;
    let outcome = loop {
        match program.run(world, answer.take()) {
            Step::Done(outcome) => break outcome,
            Step::Call(request) => answer = Some(unused_frame(request.gas_limit, None)),
            Step::Create(request) => {
                answer = Some(unused_frame(request.gas_limit, Some(Address::ZERO)));
            }
        }
    };
    let records = world.trace.take().unwrap();
    let ink: u64 = records
        .iter()
        .filter(|record| record.name == name)
        .map(|record| record.start_ink - record.end_ink)
        .sum();
    if outcome.kind == OutcomeKind::Success {
        // the records tell the same as the gas, to the rounding of a gas
        let used = PLENTY * 10_000 - outcome.gas_left * 10_000;
        assert_eq!(
            used / 10_000,
            (operators_ink(name, times) + ink).div_ceil(10_000)
        );
    }
    Measured {
        ink,
        kind: outcome.kind,
    }
}

/// A frame that used none of its gas, so that what it costs is the function's doing.
fn unused_frame(gas_left: u64, created: Option<Address>) -> Answer {
    Answer {
        result: AnswerKind::Success(created),
        gas_left,
        output: Bytes::new(),
        refund: 0,
    }
}

/// One call in a fresh world.
fn ink_of(name: &str, args: &[u64], data: &[u8]) -> u64 {
    ink_in(&mut MemoryWorld::default(), name, args, data, 1)
}

fn ink_in(world: &mut MemoryWorld, name: &str, args: &[u64], data: &[u8], times: usize) -> u64 {
    let entry = free_entry(caller(name, args, data, times), &[], PLENTY);
    let measured = measure_entry(entry, name, times, world);
    assert_eq!(measured.kind, OutcomeKind::Success, "{name}");
    measured.ink
}

#[test]
fn functions_that_only_answer_cost_their_base() {
    for name in [
        "block_gas_limit",
        "block_number",
        "block_timestamp",
        "chainid",
        "evm_gas_left",
        "evm_ink_left",
        "msg_reentrant",
        "tx_ink_price",
        "return_data_size",
    ] {
        assert_eq!(ink_of(name, &[], &[]), 8_400, "{name}");
    }
    for name in [
        "block_basefee",
        "block_coinbase",
        "contract_address",
        "msg_sender",
        "msg_value",
        "tx_gas_price",
        "tx_origin",
    ] {
        assert_eq!(ink_of(name, &[0], &[]), 13_440, "{name}");
    }
}

#[test]
fn arguments_and_results_cost_by_length() {
    let read_args = |len: usize| {
        let program = caller("read_args", &[0], &[], 1);
        let entry = free_entry(program, &vec![0; len], PLENTY);
        measure_entry(entry, "read_args", 1, &mut MemoryWorld::default()).ink
    };
    assert_eq!(read_args(0), 8_400 + 5_040);
    assert_eq!(read_args(4), 13_440);
    assert_eq!(read_args(32), 13_440);
    assert_eq!(read_args(33), 13_470);
    let write_result = |len: u64| ink_of("write_result", &[0, len], &[]);
    assert_eq!(write_result(0), 41_162);
    assert_eq!(write_result(32), 41_162);
    assert_eq!(write_result(64), 44_682);
    assert_eq!(ink_of("read_return_data", &[0, 0, 99], &[]), 68_073 + 5_040);
}

#[test]
fn arithmetic_costs_its_base_and_powers_by_their_exponents_length() {
    let data = [[0_u8; 32], [1; 32], [2; 32]].concat();
    assert_eq!(ink_of("math_div", &[0, 32], &data), 43_520);
    assert_eq!(ink_of("math_mod", &[0, 32], &data), 43_520);
    assert_eq!(ink_of("math_add_mod", &[0, 32, 64], &data), 49_560);
    assert_eq!(ink_of("math_mul_mod", &[0, 32, 64], &data), 52_660);
    assert_eq!(
        ink_of("math_pow", &[32, 0], &data),
        23_520 + 20_500,
        "exponent 0"
    );
    assert_eq!(
        ink_of("math_pow", &[0, 32], &data),
        23_520 + 3_000 + 17_500 * 33
    );
}

#[test]
fn hashing_costs_by_words() {
    for (len, ink) in [
        (0, 121_800),
        (64, 121_800),
        (65, 142_800),
        (96, 142_800),
        (320, 289_800),
    ] {
        assert_eq!(
            ink_of("native_keccak256", &[0, len, 0], &[]),
            ink,
            "{len} bytes"
        );
    }
}

#[test]
fn logs_cost_by_topics_and_data() {
    assert_eq!(
        ink_of("emit_log", &[0, 0, 0], &[]),
        68_073 + 16_381 + 3_750_000
    );
    let two_topics = 68_073 + 16_381 + 55 * 42 + (375 * 3 + 8 * 10) * 10_000;
    assert_eq!(ink_of("emit_log", &[0, 74, 2], &[]), two_topics);
}

#[test]
fn loading_a_slot_costs_its_access_once() {
    let cold = 18_480 + (2_100 + 5) * 10_000;
    let load = |world: &mut MemoryWorld, times| {
        ink_in(world, "storage_load_bytes32", &[0, 32], &[], times)
    };
    assert_eq!(load(&mut MemoryWorld::default(), 1), cold);
    assert_eq!(
        load(&mut MemoryWorld::default(), 2),
        cold + 18_480,
        "the second from the cache"
    );
    let mut warm = MemoryWorld::default();
    warm.warm_slots.insert(U256::ZERO);
    assert_eq!(load(&mut warm, 1), 18_480 + (100 + 5) * 10_000);
    let up_to_32 = load(&mut MemoryWorld::default(), 32);
    assert_eq!(up_to_32, cold + 31 * 18_480);
    let up_to_128 = load(&mut MemoryWorld::default(), 128);
    assert_eq!(
        up_to_128,
        cold + 127 * 18_480 + 96 * 20_000,
        "2 gas from the 33rd read on"
    );
    let up_to_129 = load(&mut MemoryWorld::default(), 129);
    assert_eq!(
        up_to_129,
        up_to_128 + 18_480 + 100_000,
        "10 gas from the 129th on"
    );
}

#[test]
fn caching_a_value_costs_more_with_the_frames_writes() {
    let cache = |times| {
        ink_in(
            &mut MemoryWorld::default(),
            "storage_cache_bytes32",
            &[0, 32],
            &[],
            times,
        )
    };
    assert_eq!(cache(1), 18_480);
    assert_eq!(cache(8), 8 * 18_480);
    assert_eq!(cache(9), 9 * 18_480 + 70_000);
    assert_eq!(cache(64), 64 * 18_480 + 56 * 70_000);
    assert_eq!(cache(65), 65 * 18_480 + 56 * 70_000 + 100_000);
}

#[test]
fn transient_storage_costs_a_warm_access() {
    assert_eq!(
        ink_of("transient_load_bytes32", &[0, 32], &[]),
        78_153 + 1_000_000
    );
    assert_eq!(
        ink_of("transient_store_bytes32", &[0, 32], &[]),
        78_153 + 1_000_000
    );
}

#[test]
fn a_flush_of_nothing_costs_its_base() {
    assert_eq!(ink_of("storage_flush_cache", &[0], &[]), 68_073);
    assert_eq!(ink_of("storage_flush_cache", &[1], &[]), 68_073);
}

#[test]
fn accounts_cost_their_access_and_code_its_loading() {
    let account = Address::ZERO;
    let mut world = MemoryWorld::default();
    let mut ink = |name: &str, args: &[u64]| ink_in(&mut world, name, args, &[], 1);
    assert_eq!(
        ink("account_balance", &[0, 32]),
        78_153 + 26_000_000,
        "cold"
    );
    assert_eq!(ink("account_balance", &[0, 32]), 78_153 + 1_000_000, "warm");
    assert_eq!(ink("account_codehash", &[0, 32]), 78_153 + 1_000_000);
    assert_eq!(ink("account_code_size", &[0]), 68_073 + 8_000_000);
    assert_eq!(
        ink("account_code", &[0, 0, 9, 32]),
        68_073 + 8_000_000 + 5_040
    );
    world.codes.insert(account, Bytes::from(vec![1; 100]));
    let mut ink = |name: &str, args: &[u64], times| ink_in(&mut world, name, args, &[], times);
    let price_of_100_bytes = 5_040 + 30 * 68;
    assert_eq!(
        ink("account_code", &[0, 0, 9, 32], 1),
        68_073 + 8_000_000 + price_of_100_bytes,
        "all of the code is paid for"
    );
    assert_eq!(
        ink("account_code_size", &[0], 2),
        2 * 68_073 + 8_000_000,
        "the last code is remembered"
    );
}

#[test]
fn an_account_without_code_is_not_remembered() {
    let mut world = MemoryWorld::default();
    let twice = ink_in(&mut world, "account_code_size", &[0], &[], 2);
    assert_eq!(twice, 2 * 68_073 + 33_000_000 + 8_000_000);
}

#[test]
fn memory_growth_pays_for_pages_and_asking_for_none_pays_the_call() {
    assert_eq!(ink_of("pay_for_memory_grow", &[0], &[]), 8_400);
    assert_eq!(
        ink_of("pay_for_memory_grow", &[1], &[]),
        0,
        "two pages are free"
    );
    assert_eq!(ink_of("pay_for_memory_grow", &[3], &[]), 10_000_000);
    assert_eq!(
        ink_of("pay_for_memory_grow", &[0x1_0003], &[]),
        10_000_000,
        "16 bits count"
    );
}

#[test]
fn calls_cost_the_access_of_their_target_and_what_they_read() {
    let read = |len: u64| 2 * (16_381 + 55 * len.saturating_sub(32));
    for (len, of_reading) in [(0, read(0)), (32, read(0)), (64, read(64))] {
        let want = 83_193 + of_reading + 2_600 * 10_000;
        assert_eq!(
            ink_of("call_contract", &[0, 64, len, 256, 0, 512], &[]),
            want
        );
        for name in ["delegate_call_contract", "static_call_contract"] {
            assert_eq!(ink_of(name, &[0, 64, len, 0, 512], &[]), want, "{name}");
        }
    }
    // the second call finds the account warm
    let mut world = MemoryWorld::default();
    let twice = ink_in(
        &mut world,
        "static_call_contract",
        &[0, 64, 0, 0, 512],
        &[],
        2,
    );
    assert_eq!(twice, 2 * (83_193 + read(0)) + 2_700 * 10_000);
}

#[test]
fn a_call_with_value_costs_its_transfer_and_the_stipend_is_not_given_back() {
    let mut value = vec![0; 288];
    value[287] = 1;
    let want = 83_193 + 2 * 16_381 + (2_600 + 25_000 + 9_000) * 10_000;
    assert_eq!(
        ink_of("call_contract", &[0, 64, 0, 256, 0, 512], &value),
        want
    );
}

#[test]
fn creations_cost_32000_gas_and_create2_the_words_it_hashes() {
    let read = |len: u64| 2 * (16_381 + 55 * len.saturating_sub(32));
    for (len, words) in [(0, 0), (32, 1), (64, 2)] {
        let want = 83_193 + read(len) + 32_000 * 10_000;
        assert_eq!(ink_of("create1", &[0, len, 256, 512, 544], &[]), want);
        let want = 88_233 + read(len) + (32_000 + 6 * words) * 10_000;
        assert_eq!(ink_of("create2", &[0, len, 256, 288, 512, 544], &[]), want);
    }
}

#[test]
fn leaving_early_costs_nothing() {
    let entry = free_entry(caller("exit_early", &[0], &[], 1), &[], PLENTY);
    let mut world = MemoryWorld {
        trace: Some(Vec::new()),
        ..MemoryWorld::default()
    };
    let outcome = crate::stylus::testing::run(entry, &mut world);
    assert_eq!(outcome.kind, OutcomeKind::Success);
    // `i32.const`, `call` and the header of their block, of which the rest is never reached
    assert_eq!(
        PLENTY - outcome.gas_left,
        (1_u64 + 3_800 + 2_450).div_ceil(10_000)
    );
}
