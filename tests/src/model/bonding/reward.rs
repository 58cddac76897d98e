//! What an orchestrator does for its delegators: it sets its terms and mints the round's reward.

use super::earnings::or_one;
use super::{Hints, NO_HINTS};
use crate::model::Round;
use crate::model::event::Event;
use crate::model::number::{N, PPM, PRECISE, Word};
use crate::model::protocol::Protocol;
use crate::model::revert::{Res, require};
use alloy_primitives::Address;

impl Protocol {
    /// `transcoder(reward_cut, fee_share)`.
    pub fn transcoder(&mut self, sender: Address, reward_cut: N, fee_share: N) -> Res {
        self.transcoder_with_hint(sender, reward_cut, fee_share, NO_HINTS)
    }

    /// `transcoderWithHint(reward_cut, fee_share, ..)`.
    pub fn transcoder_with_hint(
        &mut self,
        sender: Address,
        reward_cut: N,
        fee_share: N,
        hints: Hints,
    ) -> Res {
        let round = self.running_round()?;
        require(
            !self.current_round_locked()?,
            "can't update transcoder params, current round is locked",
        )?;
        require(PPM.admits(&reward_cut), "invalid rewardCut percentage")?;
        require(PPM.admits(&fee_share), "invalid feeShare percentage")?;
        require(
            self.bonding.is_registered(sender),
            "transcoder must be registered",
        )?;
        require(
            !self.bonding.is_active_in(sender, round)
                || self.bonding.transcoder(sender).last_reward_round == round,
            "caller can't be active or must have already called reward for the current round",
        )?;
        let t = self.bonding.transcoder_mut(sender);
        t.reward_cut = reward_cut.clone();
        t.fee_share = fee_share.clone();
        if !self.bonding.list.contains(sender) {
            let stake = self.bonding.delegator(sender).delegated;
            self.try_to_join(sender, stake, round + 1, hints)?;
        }
        self.log(Event::TranscoderUpdate {
            transcoder: sender,
            reward_cut,
            fee_share,
        });
        Ok(())
    }

    /// `reward()`.
    pub fn reward(&mut self, sender: Address) -> Res {
        self.reward_with_hint(sender, NO_HINTS)
    }

    /// `rewardWithHint(..)`.
    pub fn reward_with_hint(&mut self, sender: Address, hints: Hints) -> Res {
        let round = self.running_round()?;
        require(
            self.bonding.is_active_in(sender, round),
            "caller must be an active transcoder",
        )?;
        let last = self.bonding.transcoder(sender).last_reward_round;
        require(
            last != round,
            "caller has already called reward for the current round",
        )?;
        self.open_pool(sender, round);

        let stake = self.bonding.pool(sender, round).total_stake;
        let total = self.bonding.current_total.clone();
        let amount = self.create_reward(self.at.bonding_manager, &stake, &total)?;
        self.share_reward(sender, &amount, &stake, last, round)?;
        self.increase_stake(sender, &amount, round, hints)?;
        self.bonding.transcoder_mut(sender).last_reward_round = round;
        self.log(Event::Reward {
            transcoder: sender,
            amount,
        });
        Ok(())
    }

    /// The orchestrator's cut and what its unclaimed cuts earn go to it, the rest to the factor of all.
    fn share_reward(
        &mut self,
        who: Address,
        amount: &N,
        stake: &N,
        last: Round,
        round: Round,
    ) -> Res {
        let base = or_one(&self.factors(who, last).reward);
        let cut = PPM.share(amount, &self.bonding.pool(who, round).reward_cut)?;
        let shared = amount.minus(&cut)?;

        let t = self.bonding.transcoder_mut(who);
        t.active_rewards = t.rewards.clone();
        let on_rewards = PRECISE.of(&shared, &t.active_rewards, stake)?;
        t.rewards = t.rewards.plus(&on_rewards)?.plus(&cut)?;

        let factor = base.plus(&PRECISE.of(&base, &shared, stake)?)?;
        self.bonding.pool_mut(who, round).reward_factor = factor;
        Ok(())
    }

    /// The round takes over terms, and the stake of the last round in which that changed.
    pub(super) fn open_pool(&mut self, who: Address, round: Round) {
        let t = self.bonding.transcoder(who);
        let before = self.bonding.pool(who, t.last_stake_round).total_stake;
        let pool = self.bonding.pool_mut(who, round);
        pool.reward_cut = t.reward_cut;
        pool.fee_share = t.fee_share;
        if t.last_stake_round < round {
            pool.total_stake = before;
        }
    }
}
