//! The world state with its history: every account field and storage slot keeps each value it ever had, under a version number
//! that grows with every transaction and every change from outside. Any past version can be read in logarithmic time, and the
//! newest ones can be cut off, which is all that snapshots and failed blocks need.
//!
//! Memory grows with what transactions change (about 40 bytes a value), never with what they read.

use std::collections::BTreeMap;

use alloy_primitives::{
    Address, B256, Bytes, KECCAK256_EMPTY, U256,
    map::{AddressMap, B256Map, HashMap},
};
use revm::bytecode::Bytecode;

/// Number of a state; the later, the larger.
pub(crate) type Version = u64;

/// The state as it is now.
pub(crate) const NOW: Version = Version::MAX;

/// An account without its storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) nonce: u64,
    pub(crate) balance: U256,
    pub(crate) code_hash: B256,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            nonce: 0,
            balance: U256::ZERO,
            code_hash: KECCAK256_EMPTY,
        }
    }
}

impl Account {
    /// Empty accounts do not exist (EIP-161).
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Storage slot of an account.
pub(crate) type Slot = (Address, U256);

/// All values one thing has had, oldest first.
pub(crate) type History<T> = Vec<(Version, T)>;

/// What one version changed, for cutting it off again.
#[derive(Clone, Debug, Default)]
struct Touched {
    accounts: Vec<Address>,
    slots: Vec<Slot>,
}

/// A state as plain lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Export {
    pub(crate) version: Version,
    pub(crate) accounts: Vec<(Address, History<Account>)>,
    pub(crate) slots: Vec<(Slot, History<U256>)>,
    pub(crate) codes: Vec<Bytes>,
}

/// See the head of this file.
#[derive(Debug, Default)]
pub(crate) struct State {
    accounts: AddressMap<History<Account>>,
    slots: HashMap<Slot, History<U256>>,
    codes: B256Map<Bytecode>,
    /// What each version changed; version 0 is empty.
    touched: BTreeMap<Version, Touched>,
    version: Version,
}

impl State {
    /// Version of the state as it is now.
    pub(crate) const fn version(&self) -> Version {
        self.version
    }

    /// Opens a new version: later writes belong to it.
    pub(crate) const fn advance(&mut self) {
        self.version += 1;
    }

    /// Cuts off all versions after `version`.
    pub(crate) fn rewind(&mut self, version: Version) {
        for touched in self
            .touched
            .split_off(&version.saturating_add(1))
            .into_values()
        {
            for address in touched.accounts {
                cut(&mut self.accounts, &address, version);
            }
            for slot in touched.slots {
                cut(&mut self.slots, &slot, version);
            }
        }
        self.version = self.version.min(version);
    }

    /// The account at `version`; `None` where it does not exist.
    pub(crate) fn account(&self, address: Address, version: Version) -> Option<Account> {
        self.accounts
            .get(&address)
            .and_then(|history| value_at(history, version))
            .filter(|account| !account.is_empty())
    }

    /// Value of a slot at `version`.
    pub(crate) fn slot(&self, address: Address, key: U256, version: Version) -> U256 {
        self.slots
            .get(&(address, key))
            .and_then(|history| value_at(history, version))
            .unwrap_or_default()
    }

    /// Code of that hash.
    pub(crate) fn code(&self, hash: B256) -> Bytecode {
        self.codes.get(&hash).cloned().unwrap_or_default()
    }

    /// Sets an account in the open version.
    pub(crate) fn set_account(&mut self, address: Address, account: Account) {
        if put(
            self.accounts.entry(address).or_default(),
            self.version,
            account,
        ) {
            self.touched
                .entry(self.version)
                .or_default()
                .accounts
                .push(address);
        }
    }

    /// Sets a slot in the open version.
    pub(crate) fn set_slot(&mut self, address: Address, key: U256, value: U256) {
        let slot = (address, key);
        if put(self.slots.entry(slot).or_default(), self.version, value) {
            self.touched
                .entry(self.version)
                .or_default()
                .slots
                .push(slot);
        }
    }

    /// Remembers code by its hash.
    pub(crate) fn insert_code(&mut self, hash: B256, code: Bytecode) {
        self.codes.entry(hash).or_insert(code);
    }

    /// Remembers code given as bytes and returns its hash.
    pub(crate) fn insert_code_bytes(&mut self, code: &Bytes) -> B256 {
        if code.is_empty() {
            return KECCAK256_EMPTY;
        }
        let code = bytecode(code.clone());
        let hash = code.hash_slow();
        self.insert_code(hash, code);
        hash
    }

    /// All slots of an account that are not zero at `version`, in order.
    pub(crate) fn storage(&self, address: Address, version: Version) -> Vec<(U256, U256)> {
        let mut slots: Vec<_> = self
            .slots
            .iter()
            .filter(|((owner, _), _)| *owner == address)
            .filter_map(|((_, key), history)| Some((*key, value_at(history, version)?)))
            .filter(|(_, value)| !value.is_zero())
            .collect();
        slots.sort_unstable();
        slots
    }

    /// Every value everything ever had, in order of addresses and keys, and all code.
    pub(crate) fn export(&self) -> Export {
        let mut accounts: Vec<_> = self.accounts.iter().map(|(k, v)| (*k, v.clone())).collect();
        accounts.sort_unstable_by_key(|(address, _)| *address);
        let mut slots: Vec<_> = self.slots.iter().map(|(k, v)| (*k, v.clone())).collect();
        slots.sort_unstable_by_key(|(slot, _)| *slot);
        let mut codes: Vec<_> = self.codes.values().map(Bytecode::original_bytes).collect();
        codes.sort_unstable();
        Export {
            version: self.version(),
            accounts,
            slots,
            codes,
        }
    }

    /// The state that [`export`](Self::export) wrote.
    pub(crate) fn import(export: Export) -> Self {
        let mut state = Self {
            version: export.version,
            ..Self::default()
        };
        for (address, history) in export.accounts {
            for (version, _) in &history {
                state
                    .touched
                    .entry(*version)
                    .or_default()
                    .accounts
                    .push(address);
            }
            state.accounts.insert(address, history);
        }
        for (slot, history) in export.slots {
            for (version, _) in &history {
                state.touched.entry(*version).or_default().slots.push(slot);
            }
            state.slots.insert(slot, history);
        }
        for code in &export.codes {
            state.insert_code_bytes(code);
        }
        state
    }

    /// What the versions after `since` changed: accounts and slots, each once and in order.
    pub(crate) fn changed_since(&self, since: Version) -> (Vec<Address>, Vec<Slot>) {
        let newer = || {
            self.touched
                .range(since.saturating_add(1)..)
                .map(|(_, touched)| touched)
        };
        let mut accounts: Vec<_> = newer().flat_map(|t| t.accounts.iter().copied()).collect();
        let mut slots: Vec<_> = newer().flat_map(|t| t.slots.iter().copied()).collect();
        accounts.sort_unstable();
        accounts.dedup();
        slots.sort_unstable();
        slots.dedup();
        (accounts, slots)
    }
}

/// Code as the EVM runs it. Malformed EIP-7702 designators, which only overrides and cheats can bring, are ordinary code.
pub(crate) fn bytecode(code: Bytes) -> Bytecode {
    Bytecode::new_raw_checked(code.clone()).unwrap_or_else(|_| Bytecode::new_legacy(code))
}

/// The value `history` had at `version`.
fn value_at<T: Copy>(history: &History<T>, version: Version) -> Option<T> {
    let newest = history.last()?;
    if newest.0 <= version {
        return Some(newest.1);
    }
    let later = history.partition_point(|(since, _)| *since <= version);
    later.checked_sub(1).map(|index| history[index].1)
}

/// Sets the value of the newest version; says whether that version had none yet.
fn put<T>(history: &mut History<T>, version: Version, value: T) -> bool {
    match history.last_mut() {
        Some(last) if last.0 == version => {
            last.1 = value;
            false
        }
        _ => {
            history.push((version, value));
            true
        }
    }
}

/// Removes values newer than `version`.
fn cut<K: Eq + std::hash::Hash, T, S: std::hash::BuildHasher>(
    map: &mut std::collections::HashMap<K, History<T>, S>,
    key: &K,
    version: Version,
) {
    if let Some(history) = map.get_mut(key) {
        while history.last().is_some_and(|(since, _)| *since > version) {
            history.pop();
        }
        if history.is_empty() {
            map.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rich(balance: u64) -> Account {
        Account {
            balance: U256::from(balance),
            ..Account::default()
        }
    }

    #[test]
    fn every_version_keeps_its_values() {
        let mut state = State::default();
        let who = Address::repeat_byte(1);
        for balance in 1..=5 {
            state.advance();
            state.set_account(who, rich(balance));
            state.set_slot(who, U256::ONE, U256::from(10 * balance));
        }
        assert_eq!(state.account(who, 0), None);
        for balance in 1..=5 {
            assert_eq!(state.account(who, balance), Some(rich(balance)));
            assert_eq!(
                state.slot(who, U256::ONE, balance),
                U256::from(10 * balance)
            );
        }
        assert_eq!(state.account(who, NOW), Some(rich(5)));
    }

    #[test]
    fn rewinding_brings_back_the_older_values_and_forgets_new_accounts() {
        let mut state = State::default();
        let (old, new) = (Address::repeat_byte(1), Address::repeat_byte(2));
        state.advance();
        state.set_account(old, rich(1));
        state.advance();
        state.set_account(old, rich(2));
        state.set_account(new, rich(3));
        state.set_slot(new, U256::ZERO, U256::ONE);
        state.rewind(1);
        assert_eq!(state.version(), 1);
        assert_eq!(state.account(old, NOW), Some(rich(1)));
        assert_eq!(state.account(new, NOW), None);
        assert_eq!(state.slot(new, U256::ZERO, NOW), U256::ZERO);
        assert_eq!(state.export().accounts, vec![(old, vec![(1, rich(1))])]);
    }

    #[test]
    fn an_imported_state_can_be_rewound_like_the_exported_one() {
        let mut state = State::default();
        let who = Address::repeat_byte(1);
        for balance in 1..=3 {
            state.advance();
            state.set_account(who, rich(balance));
            state.set_slot(who, U256::from(balance), U256::ONE);
        }
        let export = state.export();
        let mut copy = State::import(export.clone());
        assert_eq!(copy.export(), export);
        for state in [&mut state, &mut copy] {
            state.rewind(2);
        }
        assert_eq!(copy.export(), state.export());
    }

    #[test]
    fn malformed_delegation_designators_are_ordinary_code() {
        let code = bytecode(Bytes::from_static(&[0xef, 0x01, 0x00, 1, 2]));
        assert!(!code.is_eip7702());
        assert_eq!(code.original_bytes().len(), 5);
    }
}
