//! BondingManager: its state, who may act when, and what anyone may read.

mod admin;
mod bond;
mod earnings;
mod fees;
mod list;
mod rebond;
mod reward;
mod stake;
mod unbond;
mod views;

use super::number::{N, Word};
use super::protocol::Protocol;
use super::revert::{Res, require};
use super::{NEVER, Round};
use alloy_primitives::Address;
pub use list::SortedList;
use std::collections::BTreeMap;
use std::sync::Arc;
pub use views::{DelegatorView, TranscoderView};

/// Where an orchestrator is said to stand: the one above, the one below; zeros where nothing is said.
pub type Hints = (Address, Address);
/// Nothing is said.
pub const NO_HINTS: Hints = (Address::ZERO, Address::ZERO);

/// One account as a delegator, and what is delegated to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Delegator {
    pub bonded: N,
    pub fees: N,
    pub delegate: Address,
    pub delegated: N,
    pub start_round: Round,
    pub last_claim_round: Round,
    pub next_lock: Round,
    pub locks: BTreeMap<Round, Lock>,
}

/// Stake on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Lock {
    pub amount: N,
    pub withdraw_round: Round,
}

/// One account as an orchestrator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Transcoder {
    pub last_reward_round: Round,
    pub reward_cut: N,
    pub fee_share: N,
    pub last_stake_round: Round,
    pub activation_round: Round,
    pub deactivation_round: Round,
    pub active_rewards: N,
    pub rewards: N,
    pub fees: N,
    pub last_fee_round: Round,
}

/// An orchestrator's round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct EarningsPool {
    pub total_stake: N,
    pub reward_cut: N,
    pub fee_share: N,
    pub reward_factor: N,
    pub fee_factor: N,
}

/// Where a stake stands; the numbers are the ABI's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Works from the next round on and cannot be unbonded yet.
    Pending = 0,
    /// Works.
    Bonded = 1,
    /// There is none.
    Unbonded = 2,
}

/// BondingManager's state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bonding {
    /// Rounds between unbonding and withdrawing.
    pub unbonding_period: Round,
    /// Accounts.
    pub delegators: BTreeMap<Address, Delegator>,
    /// Accounts as orchestrators.
    pub transcoders: BTreeMap<Address, Transcoder>,
    /// Rounds of each orchestrator (shared between copies of the model until one of them changes).
    pub pools: BTreeMap<Address, Arc<BTreeMap<Round, EarningsPool>>>,
    /// The candidates of the next round.
    pub list: SortedList,
    /// Stake of those active now.
    pub current_total: N,
    /// Stake of the candidates.
    pub next_total: N,
}

impl Bonding {
    fn delegator(&self, who: Address) -> Delegator {
        self.delegators.get(&who).cloned().unwrap_or_default()
    }
    fn delegator_mut(&mut self, who: Address) -> &mut Delegator {
        self.delegators.entry(who).or_default()
    }
    fn transcoder(&self, who: Address) -> Transcoder {
        self.transcoders.get(&who).cloned().unwrap_or_default()
    }
    fn transcoder_mut(&mut self, who: Address) -> &mut Transcoder {
        self.transcoders.entry(who).or_default()
    }
    fn pool(&self, who: Address, round: Round) -> EarningsPool {
        self.pools
            .get(&who)
            .and_then(|rounds| rounds.get(&round))
            .cloned()
            .unwrap_or_default()
    }
    fn pool_mut(&mut self, who: Address, round: Round) -> &mut EarningsPool {
        Arc::make_mut(self.pools.entry(who).or_default())
            .entry(round)
            .or_default()
    }

    /// `isRegisteredTranscoder(who)`.
    pub fn is_registered(&self, who: Address) -> bool {
        let d = self.delegator(who);
        d.delegate == who && !d.bonded.is_nil()
    }

    fn is_active_in(&self, who: Address, round: Round) -> bool {
        let t = self.transcoder(who);
        t.activation_round <= round && round < t.deactivation_round
    }

    fn status_in(&self, who: Address, round: Round) -> Status {
        let d = self.delegator(who);
        if d.bonded.is_nil() {
            Status::Unbonded
        } else if d.start_round > round {
            Status::Pending
        } else {
            Status::Bonded
        }
    }
}

impl Protocol {
    /// The current round, if the system is not paused and the round is initialised.
    fn running_round(&self) -> Res<Round> {
        self.not_paused()?;
        require(
            self.current_round_initialized()?,
            "current round is not initialized",
        )?;
        self.current_round()
    }
}
