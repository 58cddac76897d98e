//! What host functions answer, as programs see it in their memory.

use alloy_primitives::{Address, B256, Bytes, KECCAK256_EMPTY, U256, keccak256};
use proptest::prelude::*;

use crate::stylus::{
    host::{Args, Escape, Flow, FrameState, Host, Ink, Run, find},
    params::StylusParams,
    testing::{MemoryWorld, environment},
};

/// Calls one function on a memory and gives back its result.
fn serve(
    name: &str,
    args: &[u64],
    memory: &mut [u8],
    state: &mut FrameState,
    world: &mut MemoryWorld,
) -> Result<u64, Escape> {
    let mut raw = Args::default();
    raw.0[..args.len()].copy_from_slice(args);
    let mut host = Host { memory, state };
    match find("vm_hooks", name).unwrap().run {
        Run::Inline(run) => run(&mut host, raw),
        Run::Outside(run) => match run(&mut host, world, raw)? {
            Flow::Resume(value) => Ok(value),
            other => panic!("{other:?}"),
        },
    }
}

fn state() -> FrameState {
    let params = StylusParams::genesis(60);
    FrameState::new(environment(), params, 60, Bytes::new(), Ink(u64::MAX / 2))
}

/// The memory after a call, 256 bytes that began with these.
fn memory_after(name: &str, args: &[u64], start: &[u8]) -> [u8; 256] {
    let mut memory = [0; 256];
    memory[..start.len()].copy_from_slice(start);
    serve(
        name,
        args,
        &mut memory,
        &mut state(),
        &mut MemoryWorld::default(),
    )
    .unwrap();
    memory
}

fn word(memory: &[u8], at: usize) -> U256 {
    U256::from_be_slice(&memory[at..at + 32])
}

fn words(numbers: &[U256]) -> Vec<u8> {
    numbers.iter().flat_map(U256::to_be_bytes::<32>).collect()
}

#[test]
fn surroundings_are_written_big_endian() {
    let env = environment();
    for (name, expected) in [
        ("block_basefee", env.base_fee),
        ("msg_value", env.value),
        ("tx_gas_price", env.gas_price),
    ] {
        assert_eq!(word(&memory_after(name, &[5], &[]), 5), expected, "{name}");
    }
    for (name, expected) in [
        ("block_coinbase", env.coinbase),
        ("contract_address", env.acting),
        ("msg_sender", env.caller),
        ("tx_origin", env.origin),
    ] {
        let memory = memory_after(name, &[5], &[]);
        assert_eq!(memory[5..25], expected[..], "{name}");
        assert_eq!((memory[4], memory[25]), (0, 0), "{name}");
    }
}

#[test]
fn surroundings_are_returned() {
    let mut state = state();
    state.env.reentrant = true;
    for (name, expected) in [
        ("block_gas_limit", 1 << 50),
        ("block_number", 0xb10c),
        ("block_timestamp", 0x71e5),
        ("chainid", 412_346),
        ("evm_ink_left", u64::MAX / 2),
        ("evm_gas_left", u64::MAX / 2 / 10_000),
        ("msg_reentrant", 1),
        ("tx_ink_price", 10_000),
        ("return_data_size", 0),
    ] {
        let result = serve(name, &[], &mut [], &mut state, &mut MemoryWorld::default());
        assert_eq!(result, Ok(expected), "{name}");
    }
}

#[test]
fn accounts_answer_with_state_hashes_and_unpadded_code() {
    let [contract, owner, nobody] = [1, 2, 3].map(Address::repeat_byte);
    let mut world = MemoryWorld::default();
    world.codes.insert(contract, Bytes::from_static(b"code"));
    world.balances.insert(owner, U256::from(42));
    let mut ask = |name: &str, account: Address, args: &[u64]| {
        let mut memory = [0xff; 64];
        memory[..20].copy_from_slice(account.as_slice());
        let args = [&[0], args].concat();
        let result = serve(name, &args, &mut memory, &mut state(), &mut world);
        (result.unwrap(), memory)
    };
    assert_eq!(
        word(&ask("account_balance", owner, &[32]).1, 32),
        U256::from(42)
    );
    for (account, hash) in [
        (contract, keccak256(b"code")),
        (owner, KECCAK256_EMPTY),
        (nobody, B256::ZERO),
    ] {
        assert_eq!(ask("account_codehash", account, &[32]).1[32..], hash[..]);
    }
    assert_eq!(ask("account_code_size", contract, &[]).0, 4);
    for (offset, size, part) in [
        (0, 99, &b"code"[..]),
        (1, 2, b"od"),
        (4, 9, b""),
        (99, 9, b""),
    ] {
        let (copied, memory) = ask("account_code", contract, &[offset, size, 32]);
        assert_eq!(copied as usize, part.len());
        assert!(memory[32..].starts_with(part));
        assert_eq!(memory[32 + part.len()], 0xff, "no padding");
    }
}

#[test]
fn hashes_are_keccak() {
    let memory = memory_after("native_keccak256", &[0, 5, 8], b"hello");
    assert_eq!(memory[8..40], keccak256(b"hello")[..]);
}

#[test]
fn arithmetic_by_zero_is_zero() {
    let start = words(&[U256::from(7), U256::ZERO, U256::from(5)]);
    for (name, args) in [
        ("math_div", &[0, 32][..]),
        ("math_mod", &[0, 32]),
        ("math_add_mod", &[0, 64, 32]),
        ("math_mul_mod", &[0, 64, 32]),
    ] {
        assert_eq!(
            word(&memory_after(name, args, &start), 0),
            U256::ZERO,
            "{name}"
        );
    }
}

#[test]
fn transient_values_are_the_worlds() {
    let mut world = MemoryWorld::default();
    let mut memory = [0; 96];
    memory[..3].copy_from_slice(&[1, 2, 3]);
    memory[32..35].copy_from_slice(&[4, 5, 6]);
    let mut state = state();
    serve(
        "transient_store_bytes32",
        &[0, 32],
        &mut memory,
        &mut state,
        &mut world,
    )
    .unwrap();
    serve(
        "transient_load_bytes32",
        &[0, 64],
        &mut memory,
        &mut state,
        &mut world,
    )
    .unwrap();
    assert_eq!(memory[64..67], [4, 5, 6]);
    state.env.read_only = true;
    let refused = serve(
        "transient_store_bytes32",
        &[0, 32],
        &mut memory,
        &mut state,
        &mut world,
    );
    assert!(matches!(refused, Err(Escape::Failure(_))));
}

#[test]
fn from_arbos_59_no_program_asks_for_more_than_16_bits_of_pages() {
    for (arbos_version, ends) in [(51, false), (60, true)] {
        let mut state = state();
        state.arbos_version = arbos_version;
        let mut world = MemoryWorld::default();
        let paid = serve(
            "pay_for_memory_grow",
            &[0x1_0001],
            &mut [],
            &mut state,
            &mut world,
        );
        assert_eq!(paid == Err(Escape::OutOfInk), ends);
        assert_eq!(world.pages.open, u16::from(!ends));
    }
}

fn number() -> impl Strategy<Value = U256> {
    prop_oneof![
        any::<[u8; 32]>().prop_map(U256::from_be_bytes),
        any::<u64>().prop_map(U256::from),
        (0..4_u64).prop_map(U256::from),
    ]
}

proptest! {
    #[test]
    fn arithmetic_is_that_of_the_evm(a in number(), b in number(), m in number()) {
        let start = words(&[a, b, m]);
        let result = |name: &str, args: &[u64]| word(&memory_after(name, args, &start), 0);
        prop_assert_eq!(result("math_div", &[0, 32]), a.checked_div(b).unwrap_or_default());
        prop_assert_eq!(result("math_mod", &[0, 32]), a.checked_rem(b).unwrap_or_default());
        prop_assert_eq!(result("math_pow", &[0, 32]), a.wrapping_pow(b));
        prop_assert_eq!(result("math_add_mod", &[0, 32, 64]), a.add_mod(b, m));
        prop_assert_eq!(result("math_mul_mod", &[0, 32, 64]), a.mul_mod(b, m));
    }
}
