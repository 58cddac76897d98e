//! What a test may do to the chain from outside: set balances, code, slots and clocks, act as somebody else.

use alloy_primitives::{Address, B256, Bytes, U256};

use super::{
    Chain,
    config::{BlockNumberMode, Mining},
    error::TimeError,
    state::Account,
};

impl Chain {
    fn change_account(&mut self, who: Address, change: impl FnOnce(&mut Account)) {
        let mut account = self
            .state
            .account(who, super::state::NOW)
            .unwrap_or_default();
        change(&mut account);
        self.state.advance();
        self.state.set_account(who, account);
    }

    /// Sets a balance in wei.
    pub fn set_balance(&mut self, who: Address, balance: U256) {
        self.change_account(who, |account| account.balance = balance);
    }

    /// Sets a nonce.
    pub fn set_nonce(&mut self, who: Address, nonce: u64) {
        self.change_account(who, |account| account.nonce = nonce);
    }

    /// Sets code, raw: with a Stylus prefix it is a program.
    pub fn set_code(&mut self, who: Address, code: &Bytes) {
        let code_hash = self.state.insert_code_bytes(code);
        self.change_account(who, |account| account.code_hash = code_hash);
    }

    /// Sets a storage slot.
    pub fn set_storage(&mut self, who: Address, key: U256, value: B256) {
        self.state.advance();
        self.state.set_slot(who, key, value.into());
    }

    /// Lets transactions of `who` in without a signature.
    pub fn impersonate(&mut self, who: Address) {
        self.impersonated.insert(who);
    }

    /// Ends the impersonation of `who`.
    pub fn stop_impersonating(&mut self, who: Address) {
        self.impersonated.remove(&who);
    }

    /// Lets transactions of anybody in without a signature, or ends that.
    pub const fn impersonate_everyone(&mut self, yes: bool) {
        self.impersonate_all = yes;
    }

    /// Whether transactions of `who` need no signature.
    pub fn is_impersonated(&self, who: Address) -> bool {
        self.impersonate_all || self.impersonated.contains(&who)
    }

    /// Adds seconds to the clock; returns all seconds added so far.
    pub fn increase_time(&mut self, seconds: u64) -> i64 {
        self.clock.increase(seconds)
    }

    /// Sets the clock.
    pub fn set_time(&mut self, second: u64) {
        self.clock.set(second);
    }

    /// Sets the timestamp of the next block.
    ///
    /// # Errors
    /// When it lies before the newest block.
    pub fn set_next_block_timestamp(&mut self, second: u64) -> Result<(), TimeError> {
        let parent = self.head().timestamp();
        self.clock.set_next(second, parent)
    }

    /// Spaces blocks by a fixed number of seconds whatever the clock says; `None` goes back to the clock.
    pub const fn set_block_timestamp_interval(&mut self, seconds: Option<u64>) {
        self.clock.set_interval(seconds);
    }

    /// Timestamp a block made now would get.
    pub fn next_timestamp(&self) -> u64 {
        self.clock.peek(self.head().timestamp())
    }

    /// L1 block number that the next block learns of.
    pub const fn l1_block(&self) -> u64 {
        self.l1_block
    }

    /// Sets the L1 clock; ArbOS never goes back to an earlier L1 block.
    pub const fn set_l1_block(&mut self, number: u64) {
        self.l1_block = number;
    }

    /// Sets when pending transactions become a block.
    pub const fn set_mining(&mut self, mining: Mining) {
        self.config.mining = mining;
    }

    /// Sets what the `NUMBER` opcode follows.
    pub const fn set_block_number_mode(&mut self, mode: BlockNumberMode) {
        self.config.block_number = mode;
    }
}
