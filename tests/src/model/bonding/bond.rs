//! Bonding: new stake, more stake, another delegate.

use super::{Hints, NO_HINTS, Status};
use crate::model::Round;
use crate::model::event::Event;
use crate::model::number::{N, Word};
use crate::model::protocol::Protocol;
use crate::model::revert::{Res, require};
use alloy_primitives::Address;

impl Protocol {
    /// `bond(amount, to)`.
    pub fn bond(&mut self, sender: Address, amount: N, to: Address) -> Res {
        self.bond_with_hint(sender, amount, to, NO_HINTS, NO_HINTS)
    }

    /// `bondWithHint(amount, to, ..)`.
    pub fn bond_with_hint(
        &mut self,
        sender: Address,
        amount: N,
        to: Address,
        old: Hints,
        new: Hints,
    ) -> Res {
        self.bond_for_with_hint(sender, amount, sender, to, old, new)
    }

    /// `bondForWithHint(amount, owner, to, ..)`.
    pub fn bond_for_with_hint(
        &mut self,
        sender: Address,
        amount: N,
        owner: Address,
        to: Address,
        old: Hints,
        new: Hints,
    ) -> Res {
        let round = self.running_round()?;
        self.may_make_claim(sender, owner, round)?;
        self.auto_claim(owner, round)?;
        if sender != owner && sender != self.at.l2_migrator {
            // X6: nobody's stake either.
            require(!owner.is_zero(), "INVALID_DELEGATOR")?;
            match self.bonding.status_in(owner, round) {
                Status::Unbonded => require(to != owner, "INVALID_DELEGATE")?,
                _ => require(
                    self.bonding.delegator(owner).delegate == to,
                    "INVALID_DELEGATE_CHANGE",
                )?,
            }
        }
        self.bond_from(sender, amount, owner, to, round + 1, (old, new))
    }

    /// X3, `bondPoolWithHint(amount, pool, to, ..)`: what L2Migrator puts into a DelegatorPool was bonded on L1 all along, so
    /// it does not begin another pending round.
    pub fn bond_pool_with_hint(
        &mut self,
        sender: Address,
        amount: N,
        pool: Address,
        to: Address,
        hints: Hints,
    ) -> Res {
        let round = self.running_round()?;
        require(sender == self.at.l2_migrator, "caller must be L2Migrator")?;
        self.auto_claim(pool, round)?;
        self.bond_from(sender, amount, pool, to, 0, (NO_HINTS, hints))
    }

    /// Whether `who` does what L2Migrator tells it to: L2Migrator itself, and the pools it has opened.
    pub(super) fn acts_for_migration(&self, who: Address) -> bool {
        let d = self.bonding.delegator(who);
        who == self.at.l2_migrator || (!d.bonded.is_nil() && d.start_round == 0)
    }

    fn bond_from(
        &mut self,
        payer: Address,
        amount: N,
        owner: Address,
        to: Address,
        start_round: Round,
        (old, new): (Hints, Hints),
    ) -> Res {
        let round = self.current_round()?;
        let before = self.bonding.delegator(owner);
        let mut moved = amount.clone();
        if before.bonded.is_nil() {
            self.bonding.delegator_mut(owner).start_round = start_round;
        } else if before.delegate != to {
            require(
                !self.bonding.is_registered(owner),
                "registered transcoders can't delegate towards other addresses",
            )?;
            self.bonding.delegator_mut(owner).start_round = start_round;
            moved = moved.plus(&before.bonded)?;
            self.decrease_stake(before.delegate, &before.bonded, round, old)?;
        }
        self.initialise_factors(to, round);
        require(!moved.is_nil(), "delegation amount must be greater than 0")?;

        let bonded = before.bonded.plus(&amount)?;
        let d = self.bonding.delegator_mut(owner);
        d.delegate = to;
        d.bonded = bonded.clone();
        self.increase_stake(to, &moved, round, new)?;
        if !amount.is_nil() {
            let at = self.at;
            self.transfer_from(at.bonding_manager, payer, at.minter, amount.clone())?;
        }
        self.log(Event::Bond {
            new_delegate: to,
            old_delegate: before.delegate,
            delegator: owner,
            additional: amount,
            bonded,
        });
        Ok(())
    }
}
