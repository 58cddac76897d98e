//! What anyone may read of BondingManager.

use super::{EarningsPool, Lock, NEVER, Status};
use crate::model::Round;
use crate::model::number::N;
use crate::model::protocol::Protocol;
use crate::model::revert::Res;
use alloy_primitives::Address;

/// `getDelegator`'s tuple.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct DelegatorView {
    pub bonded: N,
    pub fees: N,
    pub delegate: Address,
    pub delegated: N,
    pub start_round: N,
    pub last_claim_round: N,
    pub next_lock: N,
}

/// `getTranscoder`'s tuple.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct TranscoderView {
    pub last_reward_round: N,
    pub reward_cut: N,
    pub fee_share: N,
    pub last_stake_round: N,
    pub activation_round: N,
    pub deactivation_round: N,
    pub active_rewards: N,
    pub rewards: N,
    pub fees: N,
    pub last_fee_round: N,
}

impl Protocol {
    /// `getDelegator(who)`.
    pub fn get_delegator(&self, who: Address) -> DelegatorView {
        let d = self.bonding.delegator(who);
        DelegatorView {
            bonded: d.bonded,
            fees: d.fees,
            delegate: d.delegate,
            delegated: d.delegated,
            start_round: d.start_round.into(),
            last_claim_round: d.last_claim_round.into(),
            next_lock: d.next_lock.into(),
        }
    }

    /// `getTranscoder(who)`.
    pub fn get_transcoder(&self, who: Address) -> TranscoderView {
        let t = self.bonding.transcoder(who);
        let largest = (N::from(1u8) << 256) - 1u8;
        TranscoderView {
            last_reward_round: t.last_reward_round.into(),
            reward_cut: t.reward_cut,
            fee_share: t.fee_share,
            last_stake_round: t.last_stake_round.into(),
            activation_round: t.activation_round.into(),
            deactivation_round: match t.deactivation_round {
                NEVER => largest,
                round => round.into(),
            },
            active_rewards: t.active_rewards,
            rewards: t.rewards,
            fees: t.fees,
            last_fee_round: t.last_fee_round.into(),
        }
    }

    /// `getTranscoderEarningsPoolForRound(who, round)`.
    pub fn get_earnings_pool(&self, who: Address, round: Round) -> EarningsPool {
        self.bonding.pool(who, round)
    }

    /// `getDelegatorUnbondingLock(who, id)`.
    pub fn get_lock(&self, who: Address, id: Round) -> Option<Lock> {
        self.bonding.delegators.get(&who)?.locks.get(&id).cloned()
    }

    /// `pendingStake(who, ignored)`.
    pub fn pending_stake(&self, who: Address) -> Res<N> {
        Ok(self.pending(who, self.current_round()?)?.0)
    }

    /// `pendingFees(who, ignored)`.
    pub fn pending_fees(&self, who: Address) -> Res<N> {
        Ok(self.pending(who, self.current_round()?)?.1)
    }

    /// `delegatorStatus(who)`.
    pub fn delegator_status(&self, who: Address) -> Res<Status> {
        Ok(self.bonding.status_in(who, self.current_round()?))
    }

    /// `isActiveTranscoder(who)`.
    pub fn is_active_transcoder(&self, who: Address) -> Res<bool> {
        Ok(self.bonding.is_active_in(who, self.current_round()?))
    }
}
