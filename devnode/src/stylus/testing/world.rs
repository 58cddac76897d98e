//! A state in memory: no journal, no reverts, just values and what has been touched.

use std::collections::{BTreeMap, BTreeSet};

use alloy_primitives::{Address, B256, Bytes, KECCAK256_EMPTY, Log, U256, keccak256};

use crate::stylus::{Access, HostioRecord, OpenPages, SlotWrite, World};

/// See the head of this file. Storage is that of one acting account.
#[derive(Debug, Default)]
pub(crate) struct MemoryWorld {
    pub(crate) original: BTreeMap<U256, U256>,
    pub(crate) slots: BTreeMap<U256, U256>,
    pub(crate) transient: BTreeMap<U256, U256>,
    pub(crate) balances: BTreeMap<Address, U256>,
    pub(crate) codes: BTreeMap<Address, Bytes>,
    pub(crate) warm_slots: BTreeSet<U256>,
    pub(crate) warm_accounts: BTreeSet<Address>,
    pub(crate) logs: Vec<Log>,
    pub(crate) pages: OpenPages,
    pub(crate) trace: Option<Vec<HostioRecord>>,
}

impl MemoryWorld {
    fn touch<T>(&mut self, account: Address, value: T) -> Access<T> {
        Access {
            value,
            was_cold: self.warm_accounts.insert(account),
        }
    }
}

impl World for MemoryWorld {
    fn load_slot(&mut self, key: U256) -> Access<U256> {
        let value = self.slots.get(&key).copied().unwrap_or_default();
        Access {
            value,
            was_cold: self.warm_slots.insert(key),
        }
    }

    fn store_slot(&mut self, key: U256, value: U256) -> SlotWrite {
        let was_cold = self.warm_slots.insert(key);
        let original = self.original.get(&key).copied().unwrap_or_default();
        let current = self.slots.insert(key, value).unwrap_or_default();
        SlotWrite {
            original,
            current,
            was_cold,
        }
    }

    fn load_transient(&mut self, key: U256) -> U256 {
        self.transient.get(&key).copied().unwrap_or_default()
    }

    fn store_transient(&mut self, key: U256, value: U256) {
        self.transient.insert(key, value);
    }

    fn balance(&mut self, account: Address) -> Access<U256> {
        let balance = self.balances.get(&account).copied().unwrap_or_default();
        self.touch(account, balance)
    }

    fn code(&mut self, account: Address) -> Access<Bytes> {
        let code = self.codes.get(&account).cloned().unwrap_or_default();
        self.touch(account, code)
    }

    fn code_hash(&mut self, account: Address) -> Access<B256> {
        let hash = match self.codes.get(&account) {
            Some(code) => keccak256(code),
            None if self.balances.contains_key(&account) => KECCAK256_EMPTY,
            None => B256::ZERO,
        };
        self.touch(account, hash)
    }

    fn is_empty(&mut self, account: Address) -> Access<bool> {
        let empty = !self.codes.contains_key(&account) && !self.balances.contains_key(&account);
        self.touch(account, empty)
    }

    fn log(&mut self, log: Log) {
        self.logs.push(log);
    }

    fn pages(&mut self) -> &mut OpenPages {
        &mut self.pages
    }

    fn is_tracing(&self) -> bool {
        self.trace.is_some()
    }

    fn trace(&mut self, record: HostioRecord) {
        self.trace.get_or_insert_default().push(record);
    }
}
