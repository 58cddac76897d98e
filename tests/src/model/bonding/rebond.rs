//! Stake in an unbonding lock goes back to work, for its owner or for somebody else.

use super::{Hints, NO_HINTS, Status};
use crate::model::Round;
use crate::model::event::Event;
use crate::model::number::{N, Word};
use crate::model::protocol::Protocol;
use crate::model::revert::{Res, require};
use alloy_primitives::Address;

impl Protocol {
    /// `rebond(lock)`.
    pub fn rebond(&mut self, sender: Address, lock: Round) -> Res {
        self.rebond_with_hint(sender, lock, NO_HINTS)
    }

    /// `rebondWithHint(lock, ..)`.
    pub fn rebond_with_hint(&mut self, sender: Address, lock: Round, hints: Hints) -> Res {
        let round = self.running_round()?;
        self.auto_claim(sender, round)?;
        require(
            self.bonding.status_in(sender, round) != Status::Unbonded,
            "caller must be bonded",
        )?;
        self.put_back(sender, lock, round, hints)
    }

    /// `rebondFromUnbonded(to, lock)`.
    pub fn rebond_from_unbonded(&mut self, sender: Address, to: Address, lock: Round) -> Res {
        self.rebond_from_unbonded_with_hint(sender, to, lock, NO_HINTS)
    }

    /// `rebondFromUnbondedWithHint(to, lock, ..)`.
    pub fn rebond_from_unbonded_with_hint(
        &mut self,
        sender: Address,
        to: Address,
        lock: Round,
        hints: Hints,
    ) -> Res {
        let round = self.running_round()?;
        self.auto_claim(sender, round)?;
        require(
            self.bonding.status_in(sender, round) == Status::Unbonded,
            "caller must be unbonded",
        )?;
        // X6: without this it would earn what the delegate earned before.
        self.initialise_factors(to, round);
        let d = self.bonding.delegator_mut(sender);
        d.start_round = round + 1;
        d.delegate = to;
        self.put_back(sender, lock, round, hints)
    }

    fn put_back(&mut self, who: Address, lock: Round, round: Round, hints: Hints) -> Res {
        let amount = self.take_lock(who, lock)?.amount;
        let d = self.bonding.delegator_mut(who);
        d.bonded = d.bonded.plus(&amount)?;
        let delegate = d.delegate;
        self.increase_stake(delegate, &amount, round, hints)?;
        self.log(Event::Rebond {
            delegate,
            delegator: who,
            lock,
            amount,
        });
        Ok(())
    }

    /// `transferBond(to, amount, ..)`.
    pub fn transfer_bond(
        &mut self,
        sender: Address,
        to: Address,
        amount: N,
        old: Hints,
        new: Hints,
    ) -> Res {
        let round = self.running_round()?;
        let for_migration = self.acts_for_migration(sender);
        let delegate = self.bonding.delegator(sender).delegate;
        self.unbond_with_hint(sender, amount.clone(), old)?;

        let from = self.bonding.delegator_mut(sender);
        let old_lock = from.next_lock - 1;
        let lock = self.take_lock(sender, old_lock)?;
        let receiver = self.bonding.delegator_mut(to);
        let new_lock = receiver.next_lock;
        receiver.next_lock += 1;
        receiver.locks.insert(new_lock, lock);
        self.log(Event::TransferBond {
            from: sender,
            to,
            old_lock,
            new_lock,
            amount,
        });

        if !for_migration {
            self.may_make_claim(sender, to, round)?;
        }
        self.auto_claim(to, round)?;
        let receiver = self.bonding.delegator_mut(to);
        if receiver.delegate.is_zero() && receiver.bonded.is_nil() {
            // X6: the null address included.
            require(delegate != to && !to.is_zero(), "INVALID_DELEGATOR")?;
            receiver.delegate = delegate;
        }
        if receiver.bonded.is_nil() {
            receiver.start_round = round + 1;
        }
        self.put_back(to, new_lock, round, new)
    }
}
