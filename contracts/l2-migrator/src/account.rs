//! What is still to come of an L1 account: the rule that keeps parts, whole and proof from adding up to more than there was.

use crate::storage::Account;
use confluence_kit::{Checked, Result, ensure};

/// What a message or claim brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// LPT base units.
    pub stake: u128,
    /// Wei.
    pub fees: u128,
}

impl Account {
    /// Everything that has not arrived of `stake` and `fees`, the account's on L1.
    pub fn take_rest(&mut self, stake: u128, fees: u128) -> Result<Due> {
        let rest = stake.saturating_sub(self.arrived.get());
        self.is_done = true.into();
        self.take(rest, fees)
    }

    /// The part `amount` of `stake`, and `fees` if it is the first.
    ///
    /// # Errors
    /// * "MIGRATE:EXCEEDS_STAKE" - together with what has arrived it is more than `stake`.
    pub fn take_part(&mut self, amount: u128, stake: u128, fees: u128) -> Result<Due> {
        let arrived = self.arrived.get().plus(amount)?;
        ensure!(arrived <= stake, "MIGRATE:EXCEEDS_STAKE");
        self.is_done = (arrived == stake).into();
        self.take(amount, fees)
    }

    fn take(&mut self, stake: u128, fees: u128) -> Result<Due> {
        self.arrived.add(stake)?;
        let fees = if self.fees_paid.get() { 0 } else { fees };
        self.fees_paid = true.into();
        Ok(Due { stake, fees })
    }
}
