//! The ArbOS state: its values over the storage of one account, and the rules that belong to them.
//!
//! Always holds: every read costs 800 gas and every write 20,000 (5,000 when it writes zero), whatever the slot
//! held before; who pays is the [`Meter`]'s business. The order of reads and writes follows Nitro, because a
//! frame can run out of gas between any two of them.

mod address_set;
pub(crate) mod address_table;
pub(crate) mod block_hashes;
mod bytes;
mod cell;
pub(crate) mod fields;
pub(crate) mod l1_pricing;
pub(crate) mod l2_pricing;
pub(crate) mod programs;
pub(crate) mod sends;
pub(crate) mod tickets;

use alloy_primitives::{Bytes, U256, keccak256};

pub(crate) use address_set::AddressSet;
pub(crate) use bytes::Blob;
pub(crate) use cell::{Cell, Space, Word};

use super::{
    Host,
    address::ARBOS_STATE,
    meter::{Free, Limited, Meter, OutOfGas},
};

/// Gas for reading a word.
pub(crate) const READ_GAS: u64 = 800;
/// Gas for writing a word.
pub(crate) const WRITE_GAS: u64 = 20_000;
/// Gas for clearing a word.
pub(crate) const CLEAR_GAS: u64 = 5_000;
const KECCAK_GAS: u64 = 30;
const KECCAK_WORD_GAS: u64 = 6;

/// The ArbOS state, opened by someone who pays for what happens to it.
pub(crate) struct State<'h, M> {
    pub(crate) host: &'h mut dyn Host,
    pub(crate) meter: M,
    version: u64,
}

/// The version a chain runs, without charge.
pub(crate) fn version(host: &mut dyn Host) -> u64 {
    Word::from_word(host.load(ARBOS_STATE, fields::VERSION.slot))
}

impl<'h> State<'h, Free> {
    /// Opens the state for ArbOS itself.
    pub(crate) fn free(host: &'h mut dyn Host) -> Self {
        let version = version(host);
        Self {
            host,
            meter: Free,
            version,
        }
    }
}

impl<'h> State<'h, Limited> {
    /// Opens the state for a frame; reading the version costs as any read.
    pub(crate) fn open(host: &'h mut dyn Host, mut meter: Limited) -> Result<Self, OutOfGas> {
        meter.burn(READ_GAS)?;
        let version = version(host);
        Ok(Self {
            host,
            meter,
            version,
        })
    }

    /// For `pure` methods, which do not pay for opening the state because they have no business with it.
    pub(crate) fn unopened(host: &'h mut dyn Host, meter: Limited) -> Self {
        let version = version(host);
        Self {
            host,
            meter,
            version,
        }
    }
}

impl<M: Meter> State<'_, M> {
    /// ArbOS version of the chain.
    pub(crate) const fn version(&self) -> u64 {
        self.version
    }

    /// Moves the chain to another version.
    pub(crate) fn set_version(&mut self, version: u64) -> Result<(), M::Error> {
        self.version = version;
        self.set(fields::VERSION, version)
    }

    /// The same state at nobody's expense.
    pub(crate) fn unmetered(&mut self) -> State<'_, Free> {
        State {
            host: &mut *self.host,
            meter: Free,
            version: self.version,
        }
    }

    pub(crate) fn burn(&mut self, gas: u64) -> Result<(), M::Error> {
        self.meter.burn(gas)
    }

    pub(crate) fn get<T: Word>(&mut self, cell: Cell<T>) -> Result<T, M::Error> {
        self.meter.burn(READ_GAS)?;
        Ok(T::from_word(self.host.load(ARBOS_STATE, cell.slot)))
    }

    pub(crate) fn set<T: Word>(&mut self, cell: Cell<T>, value: T) -> Result<(), M::Error> {
        let word = value.to_word();
        self.meter
            .burn(if word.is_zero() { CLEAR_GAS } else { WRITE_GAS })?;
        self.host.store(ARBOS_STATE, cell.slot, word);
        Ok(())
    }

    pub(crate) fn clear<T>(&mut self, cell: Cell<T>) -> Result<(), M::Error> {
        self.meter.burn(CLEAR_GAS)?;
        self.host.store(ARBOS_STATE, cell.slot, U256::ZERO);
        Ok(())
    }

    /// Adds one to a counter and returns the sum.
    pub(crate) fn increment(&mut self, cell: Cell<u64>) -> Result<u64, M::Error> {
        let next = self.get(cell)?.saturating_add(1);
        self.set(cell, next)?;
        Ok(next)
    }

    /// Keccak of `data`, charged as the EVM's.
    pub(crate) fn keccak(&mut self, data: &[u8]) -> Result<alloy_primitives::B256, M::Error> {
        self.burn(KECCAK_GAS + KECCAK_WORD_GAS * words(data.len()))?;
        Ok(keccak256(data))
    }

    /// Gives an account code that does not run but makes it exist, as all precompiles have.
    pub(crate) fn mark_precompile(&mut self, address: alloy_primitives::Address) {
        self.host.set_code(address, Bytes::from_static(&[0xfe]));
    }
}

/// Words of 32 bytes that `len` bytes take.
pub(crate) const fn words(len: usize) -> u64 {
    len.div_ceil(32) as u64
}
