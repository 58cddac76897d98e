//! Activating, extending and caching programs.

use alloy_sol_types::SolError;

use super::*;
use crate::{
    arbos::{
        address::*,
        precompile::errors::{
            ProgramInsufficientValue, ProgramNotActivated, ProgramNotWasm, ProgramUpToDate,
        },
        program_record,
    },
    stylus::format::wrap_classic,
};

const PROGRAM: Address = Address::repeat_byte(0x9a);
const VALUE: u64 = 10_000_000_000_000_000;

/// Returns 0 without doing anything; analysing it costs 1,008 gas.
fn empty_program() -> Vec<u8> {
    wat::parse_str(
        r#"(module (memory (export "memory") 0 0)
             (func (export "user_entrypoint") (param i32) (result i32) i32.const 0))"#,
    )
    .unwrap()
}

fn with_program(version: u64) -> Memory {
    let mut memory = chain(version);
    memory.set_code(PROGRAM, wrap_classic(&empty_program()).into());
    memory
}

fn call(memory: &mut Memory, input: &[u8], value: u64, gas: u64) -> Outcome {
    memory.mint(ARB_WASM, U256::from(value));
    let frame = Frame {
        precompile: ARB_WASM,
        acting: ARB_WASM,
        caller: USER,
        callers_caller: Address::ZERO,
        value: U256::from(value),
        read_only: false,
        depth: 1,
        input,
        gas,
    };
    precompile(memory, &frame)
}

fn activate(memory: &mut Memory, value: u64) -> Outcome {
    let input = calldata("activateProgram(address)", &[word(PROGRAM)]);
    call(memory, &input, value, GAS)
}

#[test]
fn an_activation_costs_what_the_provers_figures_say() {
    for (version, gas) in [(40, 1_748_834), (51, 1_748_834), (60, 1_749_634)] {
        let mut memory = with_program(version);
        let outcome = activate(&mut memory, VALUE);
        assert!(outcome.is_success(), "{outcome:?}");
        assert_eq!(GAS - outcome.gas_left(), gas, "ArbOS {version}");
        let fee = U256::from_be_slice(&output(&outcome)[32..]);
        assert_eq!(memory.balance(Address::ZERO), fee, "the network's");
        assert_eq!(
            memory.balance(USER),
            U256::from(VALUE) - fee,
            "the rest comes back"
        );
        assert_eq!(memory.balance(ARB_WASM), U256::ZERO);
        assert_eq!(memory.logs.len(), 1);
        let record = program_record(&mut memory, keccak256(wrap_classic(&empty_program())));
        assert_eq!((record.init_cost, record.cached_cost), (18, 6));

        let again = activate(&mut memory, VALUE);
        assert_eq!(output(&again)[..4], ProgramUpToDate::SELECTOR);
        let wrong = activate(&mut with_program(version), 5);
        let error = ProgramInsufficientValue::abi_decode(&output(&wrong)).unwrap();
        assert_eq!((error.have, error.want), (U256::from(5), fee));
    }
}

#[test]
fn code_that_is_no_program_is_refused_with_the_gas_kept() {
    for (version, typed) in [(51, false), (60, true)] {
        let mut memory = with_program(version);
        memory.set_code(PROGRAM, Bytes::from_static(&[0x60, 0]));
        let evm = activate(&mut memory, 0);
        assert_eq!(output(&evm).is_empty(), !typed);
        memory.set_code(PROGRAM, Bytes::new());
        let none = activate(&mut memory, 0);
        assert_eq!(output(&none)[..], ProgramNotWasm::SELECTOR);
        memory.set_code(PROGRAM, Bytes::from_static(&[0xef, 0xf0, 0, 0, 0xff]));
        let garbage = activate(&mut memory, 0);
        assert!(output(&garbage).is_empty());
        for outcome in [evm, none, garbage] {
            assert!(outcome.gas_left() > GAS - 1_662_000);
        }
    }
}

#[test]
fn a_bad_program_takes_all_gas_and_is_no_revert() {
    let mut memory = with_program(60);
    let wasm = wat::parse_str("(module)").unwrap();
    memory.set_code(PROGRAM, wrap_classic(&wasm).into());
    let Outcome::Halt { error } = activate(&mut memory, VALUE) else {
        panic!("a program without memory was not refused");
    };
    assert!(
        error.starts_with("program activation failed: failed to parse wasm"),
        "{error}"
    );
}

#[test]
fn open_pages_count_against_the_page_limit() {
    let mut memory = with_program(60);
    let wasm = wat::parse_str(
        r#"(module (memory (export "memory") 10 10)
             (func (export "user_entrypoint") (param i32) (result i32) i32.const 0))"#,
    )
    .unwrap();
    memory.set_code(PROGRAM, wrap_classic(&wasm).into());
    memory.open_pages = 119;
    assert!(matches!(
        activate(&mut memory.clone(), VALUE),
        Outcome::Halt { .. }
    ));
    memory.open_pages = 118;
    assert!(activate(&mut memory, VALUE).is_success());
}

#[test]
fn fragments_are_paid_for_one_by_one() {
    let mut memory = chain(60);
    let code = wrap_classic(&empty_program());
    let (stream, length) = (&code[4..], empty_program().len() as u32);
    let (first, second) = stream.split_at(stream.len() / 2);
    let fragments = [Address::repeat_byte(1), Address::repeat_byte(2)];
    for (address, slice) in fragments.iter().zip([first, second]) {
        memory.set_code(*address, [&[0xef, 0xf0, 1], slice].concat().into());
    }
    let mut root = vec![0xef, 0xf0, 2, 0];
    root.extend(length.to_be_bytes());
    for fragment in fragments {
        root.extend(fragment);
    }
    memory.set_code(PROGRAM, root.into());
    memory.warm.insert(fragments[1]);
    let outcome = activate(&mut memory, VALUE);
    assert!(outcome.is_success(), "{outcome:?}");
    let words = |slice: &[u8]| (slice.len() as u64 + 3).div_ceil(32);
    let extra = 2_600 + 100 + 3 * (words(first) + words(second));
    assert_eq!(GAS - outcome.gas_left(), 1_749_634 + extra);
    assert!(memory.warm.contains(&fragments[0]));

    memory.set_code(fragments[0], Bytes::new());
    let longer = [&memory.code(PROGRAM)[..], &[0; 20]].concat();
    memory.set_code(PROGRAM, longer.into());
    assert!(output(&activate(&mut memory, VALUE)).is_empty());
}

#[test]
fn programs_expire_and_can_be_extended() {
    let mut memory = with_program(60);
    activate(&mut memory, VALUE);
    let hash = keccak256(wrap_classic(&empty_program()));
    let keep = calldata("codehashKeepalive(bytes32)", &[hash.into()]);
    let early = call(&mut memory, &keep, VALUE, GAS);
    assert_eq!(output(&early)[..4], [0x16, 0xbd, 0x0c, 0xf8]);
    memory.block.timestamp = NOW + 32 * 86_400;
    assert!(call(&mut memory, &keep, VALUE, GAS).is_success());
    let left = owner_calls(
        &mut memory,
        ARB_WASM,
        "programTimeLeft(address)",
        &[word(PROGRAM)],
    );
    assert!(left > U256::from(364 * 86_400));
    memory.block.timestamp += 366 * 86_400;
    let version = calldata("codehashVersion(bytes32)", &[hash.into()]);
    let expired = call_as(&mut memory, USER, ARB_WASM, &version, GAS);
    assert_eq!(output(&expired)[..4], [0xc9, 0xb1, 0x2e, 0x52]);
    assert!(
        activate(&mut memory, VALUE).is_success(),
        "may be activated again"
    );
}

#[test]
fn managers_and_owners_cache_programs() {
    let mut memory = with_program(60);
    activate(&mut memory, VALUE);
    memory.logs.clear();
    let cache = calldata("cacheProgram(address)", &[word(PROGRAM)]);
    assert_eq!(
        call_as(&mut memory, USER, ARB_WASM_CACHE, &cache, GAS),
        Outcome::burned()
    );
    owner_calls(
        &mut memory,
        ARB_OWNER,
        "addWasmCacheManager(address)",
        &[word(USER)],
    );
    assert_eq!(
        gas_of(&mut memory, ARB_WASM_CACHE, &cache),
        28_477 - 800,
        "a manager is found at once"
    );
    let again = gas_of(&mut memory, ARB_WASM_CACHE, &cache);
    assert_eq!(again, 3 + 800 + 2_600 + 800 + 100 + 800, "nothing to do");
    let hash = keccak256(wrap_classic(&empty_program()));
    let is_cached = |memory: &mut Memory| {
        owner_calls(
            memory,
            ARB_WASM_CACHE,
            "codehashIsCached(bytes32)",
            &[hash.into()],
        ) == U256::ONE
    };
    assert!(is_cached(&mut memory));
    let evict = calldata("evictCodehash(bytes32)", &[hash.into()]);
    assert!(call_as(&mut memory, OWNER, ARB_WASM_CACHE, &evict, GAS).is_success());
    assert!(!is_cached(&mut memory));
    let unknown = calldata("cacheProgram(address)", &[word(USER)]);
    let refused = output(&call_as(&mut memory, OWNER, ARB_WASM_CACHE, &unknown, GAS));
    assert_eq!(refused[..4], [0x63, 0x7d, 0x96, 0x8f]);
    let old = calldata("cacheCodehash(bytes32)", &[hash.into()]);
    assert_eq!(
        call_as(&mut memory, OWNER, ARB_WASM_CACHE, &old, GAS),
        Outcome::burned()
    );
    let missing = calldata("programVersion(address)", &[word(USER)]);
    let error = output(&call_as(&mut memory, USER, ARB_WASM, &missing, GAS));
    assert_eq!(error[..], ProgramNotActivated::SELECTOR);
}
