//! The stake behind an orchestrator: its place among the candidates, and what counts from the next round on.

use super::Hints;
use crate::model::event::Event;
use crate::model::number::{N, Word};
use crate::model::protocol::Protocol;
use crate::model::revert::Res;
use crate::model::{NEVER, Round};
use alloy_primitives::Address;

impl Protocol {
    pub(super) fn increase_stake(
        &mut self,
        to: Address,
        amount: &N,
        round: Round,
        hints: Hints,
    ) -> Res {
        let before = self.bonding.delegator(to).delegated;
        let after = before.plus(amount)?;
        if self.bonding.is_registered(to) {
            if self.bonding.list.contains(to) {
                self.bonding.list.update_key(to, after.clone(), hints)?;
                self.bonding.next_total = self.bonding.next_total.plus(amount)?;
                self.record_stake(to, before, after.clone(), round);
            } else {
                self.try_to_join(to, after.clone(), round + 1, hints)?;
            }
        }
        self.bonding.delegator_mut(to).delegated = after;
        Ok(())
    }

    pub(super) fn decrease_stake(
        &mut self,
        from: Address,
        amount: &N,
        round: Round,
        hints: Hints,
    ) -> Res {
        let before = self.bonding.delegator(from).delegated;
        let after = before.minus(amount)?;
        if self.bonding.list.contains(from) {
            self.bonding.list.update_key(from, after.clone(), hints)?;
            self.bonding.next_total = self.bonding.next_total.minus(amount)?;
            self.record_stake(from, before, after.clone(), round);
        }
        self.bonding.delegator_mut(from).delegated = after;
        Ok(())
    }

    /// This round keeps what it had; the next one gets what is there now.
    fn record_stake(&mut self, who: Address, before: N, after: N, round: Round) {
        if self.bonding.transcoder(who).last_stake_round < round {
            self.bonding.pool_mut(who, round).total_stake = before;
        }
        self.bonding.pool_mut(who, round + 1).total_stake = after;
        self.bonding.transcoder_mut(who).last_stake_round = round + 1;
    }

    /// Becomes a candidate if there is room or somebody with less; who has as much stays out.
    pub(super) fn try_to_join(&mut self, who: Address, stake: N, from: Round, hints: Hints) -> Res {
        if self.bonding.list.is_full() {
            let last = self.bonding.list.last();
            if stake <= self.bonding.delegator(last).delegated {
                return Ok(());
            }
            self.resign(last, from)?;
        }
        self.bonding.list.insert(who, stake.clone(), hints)?;
        self.bonding.next_total = self.bonding.next_total.plus(&stake)?;
        let t = self.bonding.transcoder_mut(who);
        t.last_stake_round = from;
        t.activation_round = from;
        t.deactivation_round = NEVER;
        self.bonding.pool_mut(who, from).total_stake = stake;
        self.log(Event::TranscoderActivated {
            transcoder: who,
            round: from,
        });
        Ok(())
    }

    /// Is no candidate any more, and inactive from round `from` on.
    pub(super) fn resign(&mut self, who: Address, from: Round) -> Res {
        self.bonding.list.remove(who)?;
        let stake = self.bonding.delegator(who).delegated;
        self.bonding.next_total = self.bonding.next_total.minus(&stake)?;
        self.bonding.transcoder_mut(who).deactivation_round = from;
        self.log(Event::TranscoderDeactivated {
            transcoder: who,
            round: from,
        });
        Ok(())
    }
}
