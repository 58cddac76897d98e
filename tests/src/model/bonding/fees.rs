//! Fees from winning tickets. They count for the round in which they arrive.

use super::earnings::or_one;
use crate::model::Round;
use crate::model::number::{N, PPM, PRECISE, Word};
use crate::model::protocol::Protocol;
use crate::model::revert::{Res, Revert, require};
use alloy_primitives::Address;

impl Protocol {
    /// `updateTranscoderWithFees(who, fees, ignored)`.
    pub fn update_transcoder_with_fees(&mut self, sender: Address, who: Address, fees: &N) -> Res {
        self.not_paused()?;
        require(
            sender == self.at.ticket_broker,
            "caller must be TicketBroker",
        )?;
        require(
            self.bonding.is_registered(who),
            "transcoder must be registered",
        )?;
        let round = self.current_round()?;
        let before = self.latest_factors(who, round.checked_sub(1).ok_or(Revert::OVERFLOW)?);
        let t = self.bonding.transcoder(who);
        let mut own = t.active_rewards;
        if round > t.last_reward_round {
            self.open_pool(who, round);
            own = t.rewards;
        }
        let pool = self.bonding.pool(who, round);
        let stake = &pool.total_stake;
        let base = if before.reward.is_nil() && t.last_reward_round == round {
            self.factor_before_reward(who, round)?
        } else {
            before.reward
        };

        let shared = PPM.share(fees, &pool.fee_share)?;
        let on_rewards = PRECISE.of(&shared, &own, stake)?;
        let to_owner = on_rewards.plus(&fees.minus(&shared)?)?;
        let t = self.bonding.transcoder_mut(who);
        t.fees = t.fees.plus(&to_owner)?;
        t.last_fee_round = round;

        let grown = PRECISE.of(&or_one(&base), &shared, stake)?;
        let from = if pool.fee_factor.is_nil() {
            before.fee
        } else {
            pool.fee_factor
        };
        self.bonding.pool_mut(who, round).fee_factor = from.plus(&grown)?;
        Ok(())
    }

    /// The factor before the orchestrator's first reward was never stored: this round's reward is taken back out. Livepeer
    /// takes mintable *plus* minted for what all orchestrators got, and so does this.
    fn factor_before_reward(&self, who: Address, round: Round) -> Res<N> {
        let pool = self.bonding.pool(who, round);
        let minted = self.minter.mintable.plus(&self.minter.minted)?;
        let reward = PRECISE.of(&minted, &pool.total_stake, &self.bonding.current_total)?;
        let shared = reward.minus(&PPM.share(&reward, &pool.reward_cut)?)?;
        PRECISE.of(
            &pool.reward_factor,
            &pool.total_stake,
            &shared.plus(&pool.total_stake)?,
        )
    }
}
