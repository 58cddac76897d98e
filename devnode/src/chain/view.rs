//! One version of the state as revm reads it, with the overrides of a call laid over it.

use std::convert::Infallible;

use alloy_primitives::{
    Address, B256, KECCAK256_EMPTY, U256,
    map::{AddressMap, AddressSet, B256Map, HashMap},
};
use revm::{
    Database,
    bytecode::Bytecode,
    state::{AccountInfo, EvmState},
};

use super::{
    message::StateOverrides,
    state::{Account, Slot, State, Version, bytecode},
};

/// Overrides in the form in which they are looked up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overlay {
    accounts: AddressMap<Account>,
    codes: B256Map<Bytecode>,
    slots: HashMap<Slot, U256>,
    /// Accounts of which only the slots in `slots` count.
    replaced: AddressSet,
}

impl Overlay {
    /// Lays `overrides` over the given version of the state.
    pub(crate) fn new(overrides: &StateOverrides, state: &State, version: Version) -> Self {
        let mut overlay = Self::default();
        for (&address, change) in overrides {
            let mut account = state.account(address, version).unwrap_or_default();
            account.balance = change.balance.unwrap_or(account.balance);
            account.nonce = change.nonce.unwrap_or(account.nonce);
            if let Some(code) = &change.code {
                account.code_hash = if code.is_empty() {
                    KECCAK256_EMPTY
                } else {
                    let code = bytecode(code.clone());
                    let hash = code.hash_slow();
                    overlay.codes.insert(hash, code);
                    hash
                };
            }
            overlay.accounts.insert(address, account);
            if change.state.is_some() {
                overlay.replaced.insert(address);
            }
            for (key, value) in change.state.iter().chain(&change.state_diff).flatten() {
                overlay
                    .slots
                    .insert((address, (*key).into()), (*value).into());
            }
        }
        overlay
    }

    /// Lays what an execution changed over everything.
    pub(crate) fn absorb(&mut self, changes: EvmState) {
        for (address, account) in changes {
            if !account.is_touched() {
                continue;
            }
            let info = &account.info;
            let after = if account.is_selfdestructed() {
                Account::default()
            } else {
                Account {
                    nonce: info.nonce,
                    balance: info.balance,
                    code_hash: info.code_hash,
                }
            };
            if let Some(code) = &info.code {
                self.codes.insert(info.code_hash, code.clone());
            }
            self.accounts.insert(address, after);
            for (key, slot) in account.storage {
                self.slots.insert((address, key), slot.present_value);
            }
        }
    }
}

/// See the head of this file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a> {
    pub(crate) state: &'a State,
    pub(crate) version: Version,
    pub(crate) overlay: Option<&'a Overlay>,
}

impl View<'_> {
    /// The account; `None` where it does not exist.
    pub(crate) fn account(&self, address: Address) -> Option<Account> {
        if let Some(account) = self
            .overlay
            .and_then(|overlay| overlay.accounts.get(&address))
        {
            return Some(*account).filter(|account| !account.is_empty());
        }
        self.state.account(address, self.version)
    }

    /// Value of a slot.
    pub(crate) fn slot(&self, address: Address, key: U256) -> U256 {
        if let Some(overlay) = self.overlay {
            if let Some(value) = overlay.slots.get(&(address, key)) {
                return *value;
            }
            if overlay.replaced.contains(&address) {
                return U256::ZERO;
            }
        }
        self.state.slot(address, key, self.version)
    }

    /// Code of that hash.
    pub(crate) fn code(&self, hash: B256) -> Bytecode {
        self.overlay
            .and_then(|overlay| overlay.codes.get(&hash))
            .cloned()
            .unwrap_or_else(|| self.state.code(hash))
    }
}

impl Database for View<'_> {
    type Error = Infallible;

    fn basic(&mut self, address: Address) -> Result<Option<AccountInfo>, Infallible> {
        Ok(self.account(address).map(|account| AccountInfo {
            balance: account.balance,
            nonce: account.nonce,
            code_hash: account.code_hash,
            code: None,
            ..AccountInfo::default()
        }))
    }

    fn code_by_hash(&mut self, hash: B256) -> Result<Bytecode, Infallible> {
        Ok(self.code(hash))
    }

    fn storage(&mut self, address: Address, key: U256) -> Result<U256, Infallible> {
        Ok(self.slot(address, key))
    }

    fn block_hash(&mut self, _number: u64) -> Result<B256, Infallible> {
        // The EVM's BLOCKHASH is answered from ArbOS storage, before it gets here.
        Ok(B256::ZERO)
    }
}
