//! Factors of an orchestrator's round: what a stake of 1 has grown into by rewards, and what it has earned in fees.
//! Always holds: where a round has no factor, nothing was earned in it and nobody starts from it; its factor is that of the
//! last round that has one.

use crate::storage::{Orchestrator, State};
use confluence_kit::math::PRECISE;
use confluence_kit::{Address, U256};

/// A round's factors, 0 where there is none.
#[derive(Clone, Copy, Debug)]
pub struct Factors {
    /// What a stake of 1 has grown into.
    pub reward: u128,
    /// What it has earned in wei.
    pub fee: U256,
}

/// The first reward factor is 1.
pub fn or_one(factor: u128) -> u128 {
    if factor == 0 { PRECISE_ONE } else { factor }
}
const PRECISE_ONE: u128 = one(PRECISE);
const fn one<const ONE: u128>(_: confluence_kit::math::Base<ONE>) -> u128 {
    ONE
}

/// As stored.
#[inline(never)]
pub fn stored(s: &State, who: &Address, round: u32) -> Factors {
    Factors {
        reward: s.pools.get((who, round)).reward_factor,
        fee: s.fee_factors.get((who, round)).value,
    }
}

/// As stored, or else those of the last earlier round with a reward, with a fee.
#[inline(never)]
pub fn latest(s: &State, who: &Address, rounds: &Orchestrator, round: u32) -> Factors {
    let mut it = stored(s, who, round);
    if it.reward == 0 && rounds.last_reward_round < round {
        it.reward = s.pools.get((who, rounds.last_reward_round)).reward_factor;
    }
    if it.fee.is_zero() && rounds.last_fee_round < round {
        it.fee = s.fee_factors.get((who, rounds.last_fee_round)).value;
    }
    it
}

/// Gives `round` factors of its own, for those who start from it: what was earned before is not theirs.
#[inline(never)]
pub fn initialise(s: &mut State, who: &Address, round: u32) {
    let it = latest(s, who, &s.orchestrators.get(who), round);
    let mut pool = s.pools.edit((who, round));
    pool.reward_factor = it.reward;
    pool.store();
    let mut fee = s.fee_factors.edit((who, round));
    fee.value = it.fee;
    fee.store();
}
