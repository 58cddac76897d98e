//! What stake earns. An orchestrator's round has two factors: how much a stake of 1 has grown into by rewards, and the fees
//! it has earned. A delegator's share is the quotient or difference between two rounds.

use super::{EarningsPool, Transcoder};
use crate::model::Round;
use crate::model::event::Event;
use crate::model::number::{N, PRECISE, Word};
use crate::model::protocol::Protocol;
use crate::model::revert::{Res, require};
use alloy_primitives::Address;

/// A round's factors.
pub(super) struct Factors {
    pub(super) reward: N,
    pub(super) fee: N,
}

pub(super) fn or_one(factor: &N) -> N {
    if factor.is_nil() {
        PRECISE.one()
    } else {
        factor.clone()
    }
}

impl Protocol {
    /// As stored.
    pub(super) fn factors(&self, t: Address, round: Round) -> Factors {
        let EarningsPool {
            reward_factor,
            fee_factor,
            ..
        } = self.bonding.pool(t, round);
        Factors {
            reward: reward_factor,
            fee: fee_factor,
        }
    }

    /// As stored, or where nothing is stored those of the last earlier round in which something was earned.
    pub(super) fn latest_factors(&self, t: Address, round: Round) -> Factors {
        let Transcoder {
            last_reward_round,
            last_fee_round,
            ..
        } = self.bonding.transcoder(t);
        let mut factors = self.factors(t, round);
        if factors.reward.is_nil() && last_reward_round < round {
            factors.reward = self.factors(t, last_reward_round).reward;
        }
        if factors.fee.is_nil() && last_fee_round < round {
            factors.fee = self.factors(t, last_fee_round).fee;
        }
        factors
    }

    /// Who joins `t` in `round` must start from what was earned until then.
    pub(super) fn initialise_factors(&mut self, t: Address, round: Round) {
        let Factors { reward, fee } = self.latest_factors(t, round);
        let pool = self.bonding.pool_mut(t, round);
        pool.reward_factor = reward;
        pool.fee_factor = fee;
    }

    /// Stake and fees of `who` with all that was earned up to `round`.
    pub(super) fn pending(&self, who: Address, round: Round) -> Res<(N, N)> {
        let d = self.bonding.delegator(who);
        let (mut stake, mut fees) = (d.bonded, d.fees);
        if d.last_claim_round < round {
            let start = self.factors(d.delegate, d.last_claim_round);
            let end = self.latest_factors(d.delegate, round);
            let grown = end.fee.minus(&start.fee)?;
            fees = fees.plus(&PRECISE.of(&stake, &grown, &or_one(&start.reward))?)?;
            stake = PRECISE.of(&stake, &or_one(&end.reward), &or_one(&start.reward))?;
        }
        if d.delegate == who {
            let own = self.bonding.transcoder(who);
            stake = stake.plus(&own.rewards)?;
            fees = fees.plus(&own.fees)?;
        }
        Ok((stake, fees))
    }

    /// Credits `who` with everything earned up to `round`, once a round.
    pub(super) fn auto_claim(&mut self, who: Address, round: Round) -> Res {
        let before = self.bonding.delegator(who);
        if before.last_claim_round >= round {
            return Ok(());
        }
        let (mut stake, mut fees) = (before.bonded.clone(), before.fees.clone());
        if !before.delegate.is_zero() {
            (stake, fees) = self.pending(who, round)?;
            self.initialise_factors(before.delegate, round);
            if before.delegate == who {
                let own = self.bonding.transcoder_mut(who);
                own.rewards = N::default();
                own.fees = N::default();
            }
        }
        self.log(Event::EarningsClaimed {
            delegate: before.delegate,
            delegator: who,
            rewards: stake.minus(&before.bonded)?,
            fees: fees.minus(&before.fees)?,
            start_round: before.last_claim_round + 1,
            end_round: round,
        });
        let after = self.bonding.delegator_mut(who);
        after.last_claim_round = round;
        after.bonded = stake;
        after.fees = fees;
        Ok(())
    }

    /// X6: nobody may make another claim before its orchestrator has called reward, for a claim gives up the rest of the round.
    pub(super) fn may_make_claim(&self, sender: Address, who: Address, round: Round) -> Res {
        let d = self.bonding.delegator(who);
        let harmless = sender == who
            || sender == self.at.l2_migrator
            || d.bonded.is_nil()
            || d.last_claim_round == round
            || !self.bonding.is_active_in(d.delegate, round)
            || self.bonding.transcoder(d.delegate).last_reward_round == round;
        require(harmless, "ILLEGAL_CLAIM_EARNINGS")
    }

    /// `claimEarnings(ignored)`.
    pub fn claim_earnings(&mut self, sender: Address) -> Res {
        let round = self.running_round()?;
        self.auto_claim(sender, round)
    }

    /// `withdrawFees(recipient, amount)`.
    pub fn withdraw_fees(&mut self, sender: Address, recipient: Address, amount: N) -> Res {
        let round = self.running_round()?;
        self.auto_claim(sender, round)?;
        require(!recipient.is_zero(), "invalid recipient")?;
        let d = self.bonding.delegator_mut(sender);
        require(d.fees >= amount, "insufficient fees to withdraw")?;
        d.fees -= &amount;
        self.trusted_withdraw_eth(self.at.bonding_manager, recipient, amount.clone())?;
        self.log(Event::WithdrawFees {
            delegator: sender,
            recipient,
            amount,
        });
        Ok(())
    }
}
