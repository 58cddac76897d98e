//! The EVM, Stylus and ArbOS at work in one chain: what the recordings of single steps do not show.

mod frames;
mod limits;
mod tracing;

use alloy_consensus::{TxEip1559, TypedTransaction};
use alloy_eips::BlockId;
use alloy_primitives::{Address, B256, Bytes, TxKind, U256, bytes, hex, keccak256};

use crate::{
    arbos::address::ARB_WASM,
    chain::{
        ArbosVersion, BlockOverrides, CallError, CallOutcome, Chain, Config, DEV_ACCOUNT, ETHER,
        Message, Mined, StateOverrides, TimeSource,
    },
    stylus::format::wrap_classic,
};

/// Gas that is enough for anything, and for what is passed on through a thousand frames.
const PLENTY: u64 = 1 << 45;

/// A chain whose clock stands still.
fn chain(arbos: ArbosVersion) -> Chain {
    Chain::new(Config {
        arbos,
        time: TimeSource::Fixed(1_800_000_000),
        call_gas_cap: PLENTY,
        ..Config::default()
    })
}

/// A transaction of the developer with the next nonce.
fn request(chain: &Chain, to: TxKind, input: Bytes, gas: u64, value: U256) -> TypedTransaction {
    let nonce = chain.nonce(DEV_ACCOUNT, BlockId::pending()).unwrap();
    TypedTransaction::Eip1559(TxEip1559 {
        chain_id: 412_346,
        nonce,
        gas_limit: gas,
        max_fee_per_gas: 1_000_000_000,
        to,
        value,
        input,
        ..TxEip1559::default()
    })
}

/// Sends a transaction of the developer.
pub(crate) fn send(chain: &mut Chain, to: Address, input: Bytes, gas: u64) -> Mined {
    let tx = request(chain, to.into(), input, gas, U256::ZERO);
    let hash = chain.submit_as(DEV_ACCOUNT, tx).unwrap();
    Mined::clone(chain.transaction(&hash).unwrap())
}

/// Deploys runtime code.
fn deploy(chain: &mut Chain, runtime: &[u8]) -> Address {
    // PUSH2 length DUP1 PUSH1 10 PUSH0 CODECOPY PUSH0 RETURN
    let length = u16::try_from(runtime.len()).unwrap().to_be_bytes();
    let init = [&[0x61][..], &length, &hex!("80600a5f395ff3"), runtime].concat();
    let tx = request(chain, TxKind::Create, init.into(), 10_000_000, U256::ZERO);
    let hash = chain.submit_as(DEV_ACCOUNT, tx).unwrap();
    let receipt = &chain.transaction(&hash).unwrap().receipt;
    assert!(receipt.success, "{:?}", receipt.failure);
    receipt.contract_address.unwrap()
}

/// Deploys and activates a program given as text.
pub(crate) fn deploy_program(chain: &mut Chain, wat: &str) -> Address {
    let program = deploy(chain, &wrap_classic(&wat::parse_str(wat).unwrap()));
    let selector = &keccak256("activateProgram(address)")[..4];
    let input = [selector, program.into_word().as_slice()].concat();
    let tx = request(chain, ARB_WASM.into(), input.into(), 30_000_000, ETHER);
    let hash = chain.submit_as(DEV_ACCOUNT, tx).unwrap();
    let receipt = &chain.transaction(&hash).unwrap().receipt;
    assert!(receipt.success, "{:?}", receipt.failure);
    program
}

/// Calls as the developer.
fn call(chain: &Chain, to: Address, input: Bytes, gas: u64) -> Result<CallOutcome, CallError> {
    let message = Message {
        from: Some(DEV_ACCOUNT),
        to: Some(to),
        gas: Some(gas),
        input,
        ..Message::default()
    };
    let none = (StateOverrides::default(), BlockOverrides::default());
    chain.call(&message, BlockId::latest(), &none.0, &none.1)
}

/// An address as a word of calldata.
fn word(address: Address) -> Bytes {
    address.into_word().into()
}

/// Calls the address in its calldata with that calldata; returns one more than that call returned, one if it failed.
const ECHO_DOWN: Bytes = bytes!("5f355f5260205f60205f5f5f355af15f51026001015f5260205ff3");

/// The same in WASM, except that it calls back whoever called it.
const ECHO_BACK: &str = r#"(module
    (import "vm_hooks" "read_args" (func $args (param i32)))
    (import "vm_hooks" "write_result" (func $result (param i32 i32)))
    (import "vm_hooks" "msg_sender" (func $sender (param i32)))
    (import "vm_hooks" "read_return_data" (func $returned (param i32 i32 i32) (result i32)))
    (import "vm_hooks" "call_contract"
        (func $call (param i32 i32 i32 i32 i64 i32) (result i32)))
    (memory (export "memory") 1 1)
    (func (export "user_entrypoint") (param i32) (result i32)
        (call $args (i32.const 0))
        (call $sender (i32.const 32))
        (if (i32.eqz (call $call (i32.const 32) (i32.const 0) (i32.const 32) (i32.const 64)
                (i64.const -1) (i32.const 96)))
            (then (drop (call $returned (i32.const 128) (i32.const 0) (i32.const 32)))))
        (i32.store8 (i32.const 159) (i32.add (i32.load8_u (i32.const 159)) (i32.const 1)))
        (if (i32.eqz (i32.load8_u (i32.const 159)))
            (then (i32.store8 (i32.const 158)
                (i32.add (i32.load8_u (i32.const 158)) (i32.const 1)))))
        (call $result (i32.const 128) (i32.const 32))
        (i32.const 0)))"#;

/// Writes 7 to slot 0 of whatever account it acts on.
pub(crate) const STORE_SEVEN: &str = r#"(module
    (import "vm_hooks" "storage_cache_bytes32" (func $cache (param i32 i32)))
    (import "vm_hooks" "storage_flush_cache" (func $flush (param i32)))
    (memory (export "memory") 1 1)
    (data (i32.const 63) "\07")
    (func (export "user_entrypoint") (param i32) (result i32)
        (call $cache (i32.const 0) (i32.const 32))
        (call $flush (i32.const 1))
        (i32.const 0)))"#;

/// Delegates to the address in its calldata and returns the status in the last byte of a word.
const DELEGATE: &str = r#"(module
    (import "vm_hooks" "read_args" (func $args (param i32)))
    (import "vm_hooks" "write_result" (func $result (param i32 i32)))
    (import "vm_hooks" "delegate_call_contract"
        (func $delegate (param i32 i32 i32 i64 i32) (result i32)))
    (memory (export "memory") 1 1)
    (func (export "user_entrypoint") (param i32) (result i32)
        (call $args (i32.const 0))
        (i32.store8 (i32.const 95) (call $delegate (i32.const 12) (i32.const 0) (i32.const 0)
            (i64.const -1) (i32.const 96)))
        (call $result (i32.const 64) (i32.const 32))
        (i32.const 0)))"#;

/// What an account has in slot 0.
fn slot_zero(chain: &Chain, who: Address) -> B256 {
    chain.storage(who, U256::ZERO, BlockId::latest()).unwrap()
}
