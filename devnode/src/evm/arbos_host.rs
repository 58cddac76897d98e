//! The surroundings of ArbOS, over revm's journal.

use alloy_primitives::{Address, B256, Bytes, Log, U256};
use revm::context_interface::JournalTr;

use super::{context::Context, quiet::Quiet};
use crate::arbos::{BlockFacts, Host, TxFacts};

impl Host for Context<'_> {
    fn block(&self) -> BlockFacts {
        BlockFacts {
            chain_id: self.cfg.chain_id,
            number: self.chain.l2_number,
            timestamp: self.block.timestamp.saturating_to(),
            base_fee: U256::from(self.block.basefee),
            header_base_fee: self.chain.header_base_fee,
            coinbase: self.block.beneficiary,
            debug: true,
        }
    }

    fn tx(&self) -> TxFacts {
        self.chain.facts.clone()
    }

    fn block_hash(&mut self, number: u64) -> B256 {
        let current = self.chain.l2_number;
        if number < current && current - number <= 256 {
            (self.chain.hashes)(number)
        } else {
            B256::ZERO
        }
    }

    fn load(&mut self, account: Address, slot: U256) -> U256 {
        self.quiet_load(account, slot)
    }

    fn store(&mut self, account: Address, slot: U256, value: U256) {
        self.quiet_store(account, slot, value);
    }

    fn balance(&mut self, account: Address) -> U256 {
        self.quiet_balance(account)
    }

    fn mint(&mut self, account: Address, amount: U256) {
        let balance = self.quiet_balance(account);
        self.quiet_set_balance(account, balance.saturating_add(amount));
    }

    fn burn(&mut self, account: Address, amount: U256) -> bool {
        let Some(rest) = self.quiet_balance(account).checked_sub(amount) else {
            return false;
        };
        self.quiet_set_balance(account, rest);
        true
    }

    fn code(&mut self, account: Address) -> Bytes {
        self.quiet_code(account).original_bytes()
    }

    fn code_hash(&mut self, account: Address) -> B256 {
        self.quiet_code_hash(account)
    }

    fn set_code(&mut self, account: Address, code: Bytes) {
        self.quiet_set_code(account, code);
    }

    fn nonce(&mut self, account: Address) -> u64 {
        self.quiet_nonce(account)
    }

    fn set_nonce(&mut self, account: Address, nonce: u64) {
        self.quiet_set_nonce(account, nonce);
    }

    fn is_destroyed(&mut self, account: Address) -> bool {
        self.peek(account).is_selfdestructed()
    }

    fn warm(&mut self, account: Address) -> bool {
        let Ok(load) = self.journaled_state.load_account(account);
        !load.is_cold
    }

    fn log(&mut self, log: Log) {
        JournalTr::log(&mut self.journaled_state, log);
    }

    fn open_pages(&self) -> u16 {
        self.chain.pages.open
    }
}
