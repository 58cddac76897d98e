//! What a running program needs of the EVM state around it.
//!
//! The implementor keeps the journal (values, warm sets, logs); the gas of every access is computed on
//! this side from what the journal reports. Always holds: no method charges gas, and a method that
//! reports "cold" has already made the slot or account warm. An implementor whose database can fail
//! records the error, answers with a default, and drops the frame after the step.

use alloy_primitives::{Address, B256, Bytes, Log, U256};

use super::{pages::OpenPages, trace::HostioRecord};

/// A journaled value together with its access-list state before this access (EIP-2929).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access<T> {
    /// What was read.
    pub value: T,
    /// True when the slot or account was not yet warm in this transaction; it is now.
    pub was_cold: bool,
}

/// What the journal knew of a slot when a new value was written to it (EIP-2200, EIP-2929).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotWrite {
    /// Value at the start of the transaction.
    pub original: U256,
    /// Value just before this write.
    pub current: U256,
    /// True when the slot was not yet warm in this transaction; it is now.
    pub was_cold: bool,
}

/// The EVM state as one program frame sees it; "the acting account" is the one whose storage it uses.
pub trait World {
    /// Loads a slot of the acting account and warms it.
    fn load_slot(&mut self, key: U256) -> Access<U256>;

    /// Writes a slot of the acting account (journaled) and warms it.
    fn store_slot(&mut self, key: U256, value: U256) -> SlotWrite;

    /// Loads a transient slot (EIP-1153) of the acting account.
    fn load_transient(&mut self, key: U256) -> U256;

    /// Writes a transient slot (EIP-1153) of the acting account.
    fn store_transient(&mut self, key: U256, value: U256);

    /// Balance in wei; warms the account.
    fn balance(&mut self, account: Address) -> Access<U256>;

    /// Raw code, prefix included, empty for none; warms the account.
    fn code(&mut self, account: Address) -> Access<Bytes>;

    /// The state's code hash: zero for an account that does not exist, keccak of nothing for one
    /// without code; warms the account.
    fn code_hash(&mut self, account: Address) -> Access<B256>;

    /// Whether the account is empty in the sense of EIP-158; warms the account.
    fn is_empty(&mut self, account: Address) -> Access<bool>;

    /// Appends a log of the acting account (journaled).
    fn log(&mut self, log: Log);

    /// The WASM pages open in this transaction: not journaled, reset at each transaction's start.
    fn pages(&mut self) -> &mut OpenPages;

    /// Whether somebody wants to know of the host functions a program calls.
    fn is_tracing(&self) -> bool {
        false
    }

    /// Takes a host function call's record: each before the next frame begins or this one ends.
    fn trace(&mut self, record: HostioRecord) {
        let _ = record;
    }
}
