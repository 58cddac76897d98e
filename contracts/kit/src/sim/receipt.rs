//! What came of a call.

use crate::{Address, B256};
use alloc::{collections::BTreeMap, string::String, vec::Vec};
use alloy_sol_types::{GenericContractError, SolEvent, SolInterface};

/// One log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// Who logged it.
    pub address: Address,
    /// Its topics; the first names the event.
    pub topics: Vec<B256>,
    /// What is not indexed.
    pub data: Vec<u8>,
}

impl Log {
    /// The event, if it is this one, strictly decoded.
    pub fn decode<E: SolEvent>(&self) -> Option<E> {
        E::decode_raw_log_validate(self.topics.iter().copied(), &self.data).ok()
    }
}

/// Slots of one contract in one transaction, net: a slot that ends as it began counts as loaded only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SlotCount {
    /// Loaded at all.
    pub loaded: usize,
    /// From zero to something: 20,000 gas each.
    pub set: usize,
    /// From something to something else: 2,900 gas each.
    pub rewritten: usize,
    /// From something to zero: 2,900 gas each, less 4,800 refunded.
    pub cleared: usize,
}

/// Revert data. Prints as what it says.
#[derive(Clone, PartialEq, Eq)]
pub struct Revert(pub Vec<u8>);

impl Revert {
    /// `Error(string)`.
    pub fn text(text: &str) -> Self {
        Revert(alloy_sol_types::SolError::abi_encode(
            &alloy_sol_types::Revert::from(String::from(text)),
        ))
    }
    /// `Panic(uint256)`.
    pub fn panic(code: u8) -> Self {
        let code = crate::U256::from(code);
        Revert(alloy_sol_types::SolError::abi_encode(
            &alloy_sol_types::Panic { code },
        ))
    }
    /// No data.
    pub fn empty() -> Self {
        Revert(Vec::new())
    }
}

impl core::fmt::Debug for Revert {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match GenericContractError::abi_decode(&self.0) {
            Ok(GenericContractError::Revert(revert)) => write!(f, "Error({:?})", revert.reason),
            Ok(GenericContractError::Panic(panic)) => write!(f, "Panic({:#x})", panic.code),
            Err(_) => write!(
                f,
                "Revert({})",
                alloy_primitives::hex::encode_prefixed(&self.0)
            ),
        }
    }
}

/// A transaction's result, logs and storage.
#[derive(Clone, Debug)]
#[must_use]
pub struct Receipt<T> {
    /// What it answered, or how it reverted.
    pub result: Result<T, Revert>,
    /// Logs in order; none if it reverted.
    pub logs: Vec<Log>,
    /// What it did to each contract's storage.
    pub slots: BTreeMap<Address, SlotCount>,
}

impl<T> Receipt<T> {
    /// The answer of a call that must succeed.
    #[track_caller]
    pub fn unwrap(self) -> T {
        match self.result {
            Ok(answer) => answer,
            Err(revert) => panic!("reverted with {revert:?}"),
        }
    }

    /// The revert data of a call that must fail.
    #[track_caller]
    pub fn reverted(self) -> Revert {
        match self.result {
            Ok(_) => panic!("succeeded"),
            Err(revert) => revert,
        }
    }

    /// The logs of a call that must succeed.
    #[track_caller]
    pub fn logs(self) -> Vec<Log> {
        let logs = self.logs.clone();
        self.unwrap();
        logs
    }

    /// The only log of a call that must succeed, decoded.
    #[track_caller]
    pub fn only<E: SolEvent>(self) -> E {
        let logs = self.logs();
        assert_eq!(logs.len(), 1, "one log expected: {logs:?}");
        logs[0]
            .decode()
            .unwrap_or_else(|| panic!("not a {}: {:?}", E::SIGNATURE, logs[0]))
    }

    /// All logs of one event, decoded.
    pub fn events<E: SolEvent>(&self) -> Vec<E> {
        self.logs.iter().filter_map(Log::decode).collect()
    }

    /// What it did to the storage of `contract`.
    pub fn slots_of(&self, contract: Address) -> SlotCount {
        self.slots.get(&contract).copied().unwrap_or_default()
    }
}
