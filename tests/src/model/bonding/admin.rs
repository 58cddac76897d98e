//! What the Controller's owner, the RoundsManager and the Verifier may do.

use super::Status;
use crate::model::Round;
use crate::model::event::{Contract, Event};
use crate::model::number::{N, PPM, Word};
use crate::model::protocol::Protocol;
use crate::model::revert::{Res, require};
use alloy_primitives::Address;

impl Protocol {
    /// `setUnbondingPeriod(rounds)`.
    pub fn set_unbonding_period(&mut self, sender: Address, rounds: Round) -> Res {
        self.only_owner(sender)?;
        self.bonding.unbonding_period = rounds;
        self.updated(Contract::BondingManager, "unbondingPeriod");
        Ok(())
    }

    /// `setNumActiveTranscoders(size)`.
    pub fn set_num_active_transcoders(&mut self, sender: Address, size: u128) -> Res {
        self.only_owner(sender)?;
        self.bonding.list.set_max_size(size)?;
        self.updated(Contract::BondingManager, "numActiveTranscoders");
        Ok(())
    }

    /// `setCurrentRoundTotalActiveStake()`.
    pub fn set_current_round_total_active_stake(&mut self, sender: Address) -> Res {
        require(
            sender == self.at.rounds_manager,
            "caller must be RoundsManager",
        )?;
        self.bonding.current_total = self.bonding.next_total.clone();
        Ok(())
    }

    /// `slashTranscoder(who, finder, share, finder_share)`.
    pub fn slash_transcoder(
        &mut self,
        sender: Address,
        who: Address,
        finder: Address,
        share: &N,
        finder_share: &N,
    ) -> Res {
        self.not_paused()?;
        require(sender == self.at.verifier, "caller must be Verifier")?;
        let (mut penalty, mut finder_reward) = (N::default(), N::default());
        if !self.bonding.delegator(who).bonded.is_nil() {
            let round = self.current_round()?;
            penalty = PPM.share(&self.bonding.delegator(who).bonded, share)?;
            self.take_penalty(who, &penalty, round)?;
            let at = self.at;
            if !finder.is_zero() {
                finder_reward = PPM.share(&penalty, finder_share)?;
                self.trusted_transfer_tokens(at.bonding_manager, finder, finder_reward.clone())?;
            }
            self.trusted_burn_tokens(at.bonding_manager, penalty.minus(&finder_reward)?)?;
        }
        self.log(Event::TranscoderSlashed {
            transcoder: who,
            finder,
            penalty,
            finder_reward,
        });
        Ok(())
    }

    fn take_penalty(&mut self, who: Address, penalty: &N, round: Round) -> Res {
        if self.bonding.list.contains(who) {
            self.resign(who, round + 1)?;
        }
        let d = self.bonding.delegator_mut(who);
        d.bonded = d.bonded.minus(penalty)?;
        let delegate = d.delegate;
        if self.bonding.status_in(who, round) == Status::Bonded {
            let to = self.bonding.delegator_mut(delegate);
            to.delegated = to.delegated.minus(penalty)?;
        }
        Ok(())
    }
}
