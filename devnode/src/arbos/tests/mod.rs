//! What the ArbOS tests share: a chain in memory, and calls to precompiles on it.

mod gas;
mod methods;
mod owners;
mod pricing;
mod retryables;
mod sends;
mod upgrades;
mod wasm;

use std::collections::{HashMap, HashSet};

use alloy_primitives::{Address, B256, Bytes, KECCAK256_EMPTY, Log, U256, address, keccak256};

use super::{
    BlockFacts, Frame, Genesis, Host, Outcome, TxFacts, address::SEQUENCER, begin, precompile,
};

/// A chain owner besides the zero address.
const OWNER: Address = address!("3f1Eae7D46d88F08fc2F8ed27FCb2AB183EB2d0E");
/// Nobody in particular.
const USER: Address = address!("00000000000000000000000000000000000000aa");
const NOW: u64 = 1_800_000_000;
const GAS: u64 = 10_000_000;

/// A world state without a journal: a test that needs to undo something keeps a clone.
#[derive(Clone, Debug, Default)]
struct Memory {
    block: BlockFacts,
    tx: TxFacts,
    slots: HashMap<(Address, U256), U256>,
    balances: HashMap<Address, U256>,
    codes: HashMap<Address, Bytes>,
    nonces: HashMap<Address, u64>,
    warm: HashSet<Address>,
    destroyed: HashSet<Address>,
    logs: Vec<Log>,
    open_pages: u16,
}

impl Host for Memory {
    fn block(&self) -> BlockFacts {
        self.block.clone()
    }
    fn tx(&self) -> TxFacts {
        self.tx.clone()
    }
    fn block_hash(&mut self, number: u64) -> B256 {
        keccak256(number.to_be_bytes())
    }
    fn load(&mut self, account: Address, slot: U256) -> U256 {
        self.slots
            .get(&(account, slot))
            .copied()
            .unwrap_or_default()
    }
    fn store(&mut self, account: Address, slot: U256, value: U256) {
        self.slots.insert((account, slot), value);
    }
    fn balance(&mut self, account: Address) -> U256 {
        self.balances.get(&account).copied().unwrap_or_default()
    }
    fn mint(&mut self, account: Address, amount: U256) {
        *self.balances.entry(account).or_default() += amount;
    }
    fn burn(&mut self, account: Address, amount: U256) -> bool {
        let balance = self.balances.entry(account).or_default();
        let rest = balance.checked_sub(amount);
        *balance = rest.unwrap_or(*balance);
        rest.is_some()
    }
    fn code(&mut self, account: Address) -> Bytes {
        self.codes.get(&account).cloned().unwrap_or_default()
    }
    fn code_hash(&mut self, account: Address) -> B256 {
        match self.codes.get(&account) {
            Some(code) => keccak256(code),
            None if self.balances.contains_key(&account) => KECCAK256_EMPTY,
            None => B256::ZERO,
        }
    }
    fn set_code(&mut self, account: Address, code: Bytes) {
        self.codes.insert(account, code);
    }
    fn nonce(&mut self, account: Address) -> u64 {
        self.nonces.get(&account).copied().unwrap_or_default()
    }
    fn set_nonce(&mut self, account: Address, nonce: u64) {
        self.nonces.insert(account, nonce);
    }
    fn is_destroyed(&mut self, account: Address) -> bool {
        self.destroyed.contains(&account)
    }
    fn warm(&mut self, account: Address) -> bool {
        !self.warm.insert(account)
    }
    fn log(&mut self, log: Log) {
        self.logs.push(log);
    }
    fn open_pages(&self) -> u16 {
        self.open_pages
    }
}

/// A dev chain of this ArbOS version with [`OWNER`] as owner, free of L1 costs, in its seventh block.
fn chain(version: u64) -> Memory {
    let mut memory = Memory {
        block: BlockFacts {
            chain_id: 412_346,
            number: 7,
            timestamp: NOW,
            base_fee: U256::from(100_000_000),
            header_base_fee: U256::from(100_000_000),
            coinbase: SEQUENCER,
            debug: true,
        },
        ..Memory::default()
    };
    let genesis = Genesis {
        version,
        more_owners: vec![OWNER],
        l1_price_per_unit: U256::ZERO,
        ..Genesis::default()
    };
    begin(&mut memory, &genesis);
    memory
}

/// Calldata: the selector of a signature and words.
fn calldata(signature: &str, words: &[U256]) -> Vec<u8> {
    let mut data = keccak256(signature)[..4].to_vec();
    for word in words {
        data.extend_from_slice(&word.to_be_bytes::<32>());
    }
    data
}

fn word(account: Address) -> U256 {
    account.into_word().into()
}

/// Calls a precompile directly from a transaction of `caller`.
fn call_as(memory: &mut Memory, caller: Address, to: Address, input: &[u8], gas: u64) -> Outcome {
    let frame = Frame {
        precompile: to,
        acting: to,
        caller,
        callers_caller: Address::ZERO,
        value: U256::ZERO,
        read_only: false,
        depth: 1,
        input,
        gas,
    };
    precompile(memory, &frame)
}

/// Gas used by a call of [`USER`] that must succeed.
fn gas_of(memory: &mut Memory, to: Address, input: &[u8]) -> u64 {
    let outcome = call_as(memory, USER, to, input, GAS);
    assert!(outcome.is_success(), "{outcome:?}");
    GAS - outcome.gas_left()
}

/// What a call gave, without its gas.
fn output(outcome: &Outcome) -> Bytes {
    match outcome {
        Outcome::Success { output, .. } | Outcome::Revert { output, .. } => output.clone(),
        Outcome::Halt { error } => panic!("{error}"),
    }
}

/// Calls as the chain owner and returns the first word.
fn owner_calls(memory: &mut Memory, to: Address, signature: &str, words: &[U256]) -> U256 {
    let outcome = call_as(memory, OWNER, to, &calldata(signature, words), GAS);
    assert!(outcome.is_success(), "{signature}: {outcome:?}");
    output(&outcome)
        .get(..32)
        .map_or(U256::ZERO, U256::from_be_slice)
}
