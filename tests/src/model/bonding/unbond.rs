//! Unbonding: stake stops working at once and can be withdrawn after the unbonding period.

use super::{Hints, Lock, NO_HINTS, Status};
use crate::model::Round;
use crate::model::event::Event;
use crate::model::number::{N, Word};
use crate::model::protocol::Protocol;
use crate::model::revert::{Res, Revert, require};
use alloy_primitives::Address;

impl Protocol {
    /// `unbond(amount)`.
    pub fn unbond(&mut self, sender: Address, amount: N) -> Res {
        self.unbond_with_hint(sender, amount, NO_HINTS)
    }

    /// `unbondWithHint(amount, ..)`.
    pub fn unbond_with_hint(&mut self, sender: Address, amount: N, hints: Hints) -> Res {
        let round = self.running_round()?;
        self.auto_claim(sender, round)?;
        require(
            self.bonding.status_in(sender, round) == Status::Bonded,
            "caller must be bonded",
        )?;
        require(!amount.is_nil(), "unbond amount must be greater than 0")?;
        let withdraw_round = round + self.bonding.unbonding_period;
        let d = self.bonding.delegator_mut(sender);
        require(amount <= d.bonded, "amount is greater than bonded amount")?;
        let (delegate, lock) = (d.delegate, d.next_lock);
        d.next_lock += 1;
        d.locks.insert(
            lock,
            Lock {
                amount: amount.clone(),
                withdraw_round,
            },
        );
        d.bonded -= &amount;
        if d.bonded.is_nil() {
            d.delegate = Address::ZERO;
            d.start_round = 0;
            if self.bonding.list.contains(sender) {
                self.resign(sender, round + 1)?;
            }
        }
        self.decrease_stake(delegate, &amount, round, hints)?;
        self.log(Event::Unbond {
            delegate,
            delegator: sender,
            lock,
            amount,
            withdraw_round,
        });
        Ok(())
    }

    /// `withdrawStake(lock)`; claims nothing.
    pub fn withdraw_stake(&mut self, sender: Address, lock: Round) -> Res {
        let round = self.running_round()?;
        let Lock {
            amount,
            withdraw_round,
        } = self.take_lock(sender, lock)?;
        require(
            withdraw_round <= round,
            "withdraw round must be before or equal to the current round",
        )?;
        self.trusted_transfer_tokens(self.at.bonding_manager, sender, amount.clone())?;
        self.log(Event::WithdrawStake {
            delegator: sender,
            lock,
            amount,
            withdraw_round,
        });
        Ok(())
    }

    pub(super) fn take_lock(&mut self, who: Address, lock: Round) -> Res<Lock> {
        let invalid = || Revert::Text("invalid unbonding lock ID".into());
        self.bonding
            .delegator_mut(who)
            .locks
            .remove(&lock)
            .ok_or_else(invalid)
    }
}
