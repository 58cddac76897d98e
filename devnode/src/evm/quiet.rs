//! Access to the state beneath the EVM's access list: journaled like everything, but without warming anything. ArbOS reads and
//! writes its own storage and moves balances this way (Nitro uses the state database directly).

use alloy_primitives::{Address, B256, Bytes, U256};
use revm::{
    Database,
    context::journaled_state::entry::{JournalEntry, JournalEntryTr},
    primitives::KECCAK_EMPTY,
    state::{Account, Bytecode, EvmStorageSlot},
};

use super::context::Context;
use crate::chain::state::bytecode;

/// State access that warms nothing.
pub(crate) trait Quiet {
    /// The account, loaded but as warm or cold as it was.
    fn peek(&mut self, who: Address) -> &mut Account;
    /// Balance in wei.
    fn quiet_balance(&mut self, who: Address) -> U256;
    /// Sets a balance.
    fn quiet_set_balance(&mut self, who: Address, balance: U256);
    /// A storage slot.
    fn quiet_load(&mut self, who: Address, key: U256) -> U256;
    /// Sets a storage slot.
    fn quiet_store(&mut self, who: Address, key: U256, value: U256);
    /// Code, empty for none.
    fn quiet_code(&mut self, who: Address) -> Bytecode;
    /// Sets code.
    fn quiet_set_code(&mut self, who: Address, code: Bytes);
    /// Nonce.
    fn quiet_nonce(&mut self, who: Address) -> u64;
    /// Sets a nonce.
    fn quiet_set_nonce(&mut self, who: Address, nonce: u64);
    /// Code hash; zero for an account that does not exist.
    fn quiet_code_hash(&mut self, who: Address) -> B256;
}

/// Marks the account as changed, in the journal as well.
fn touch(cx: &mut Context<'_>, who: Address) {
    cx.journaled_state.touch(who);
}

impl Quiet for Context<'_> {
    fn peek(&mut self, who: Address) -> &mut Account {
        let journal = &mut self.journaled_state;
        let id = journal.inner.transaction_id;
        let database = &mut journal.database;
        journal.inner.state.entry(who).or_insert_with(|| {
            let Ok(info) = database.basic(who);
            let mut account = info.map_or_else(
                || Account::new_not_existing(id),
                |info| {
                    let mut account = Account::from(info);
                    account.transaction_id = id;
                    account
                },
            );
            account.mark_cold();
            account
        })
    }

    fn quiet_balance(&mut self, who: Address) -> U256 {
        self.peek(who).info.balance
    }

    fn quiet_set_balance(&mut self, who: Address, balance: U256) {
        let before = self.quiet_balance(who);
        touch(self, who);
        if before != balance {
            self.journaled_state
                .inner
                .journal
                .push(JournalEntry::balance_changed(who, before));
            self.peek(who).info.balance = balance;
        }
    }

    fn quiet_load(&mut self, who: Address, key: U256) -> U256 {
        if let Some(slot) = self.peek(who).storage.get(&key) {
            return slot.present_value;
        }
        // An account made in this transaction has no storage in the database.
        if self.peek(who).is_created() {
            return U256::ZERO;
        }
        let id = self.journaled_state.inner.transaction_id;
        let Ok(value) = self.journaled_state.database.storage(who, key);
        let mut slot = EvmStorageSlot::new(value, id);
        slot.mark_cold();
        self.peek(who).storage.insert(key, slot);
        value
    }

    fn quiet_store(&mut self, who: Address, key: U256, value: U256) {
        let before = self.quiet_load(who, key);
        touch(self, who);
        if before == value {
            return;
        }
        let id = self.journaled_state.inner.transaction_id;
        self.journaled_state
            .inner
            .journal
            .push(JournalEntry::storage_changed(who, key, before));
        let slot = self.peek(who).storage.entry(key).or_insert_with(|| {
            let mut slot = EvmStorageSlot::new(before, id);
            slot.mark_cold();
            slot
        });
        slot.present_value = value;
    }

    fn quiet_code(&mut self, who: Address) -> Bytecode {
        let info = &self.peek(who).info;
        if let Some(code) = &info.code {
            return code.clone();
        }
        let hash = info.code_hash;
        if hash == KECCAK_EMPTY || hash.is_zero() {
            return Bytecode::default();
        }
        let Ok(code) = self.journaled_state.database.code_by_hash(hash);
        self.peek(who).info.code = Some(code.clone());
        code
    }

    fn quiet_set_code(&mut self, who: Address, code: Bytes) {
        self.quiet_code(who);
        let (code, hash) = if code.is_empty() {
            (Bytecode::default(), KECCAK_EMPTY)
        } else {
            let code = bytecode(code);
            let hash = code.hash_slow();
            (code, hash)
        };
        self.journaled_state
            .inner
            .set_code_with_hash(who, code, hash);
    }

    fn quiet_nonce(&mut self, who: Address) -> u64 {
        self.peek(who).info.nonce
    }

    fn quiet_set_nonce(&mut self, who: Address, nonce: u64) {
        let before = self.quiet_nonce(who);
        touch(self, who);
        self.journaled_state
            .inner
            .journal
            .push(JournalEntry::nonce_changed(who, before));
        self.peek(who).info.nonce = nonce;
    }

    fn quiet_code_hash(&mut self, who: Address) -> B256 {
        let account = self.peek(who);
        if account.info.is_empty() {
            B256::ZERO
        } else {
            account.info.code_hash
        }
    }
}
