//! What anyone may read, in the original's tuples, word for word.

use crate::storage::{NEVER, State};
use crate::{peers, pending};
use confluence_kit::abi::{Ignored, Reply, reply};
use confluence_kit::{Address, Result, U256};

/// Rounds between unbonding and withdrawing.
pub fn unbonding_period(s: &State) -> Result<u64> {
    Ok(s.network.load().unbonding_period as u64)
}
/// Stake of those active now.
pub fn current_total(s: &State) -> Result<u128> {
    Ok(s.network.load().current_total.get())
}
/// Stake of the candidates.
pub fn next_total(s: &State) -> Result<u128> {
    Ok(s.network.load().next_total.get())
}
/// How many candidates there may be.
pub fn pool_max_size(s: &State) -> Result<u32> {
    Ok(s.heads.load().max_size)
}
/// How many there are.
pub fn pool_size(s: &State) -> Result<u32> {
    Ok(s.heads.load().size)
}
/// The largest candidate.
pub fn first_in_pool(s: &State) -> Result<Address> {
    Ok(s.heads.load().first)
}
/// The one below it.
pub fn next_in_pool(s: &State, who: &Address) -> Result<Address> {
    Ok(s.nodes.get(who).next)
}
/// What is delegated to `who`.
pub fn total_stake(s: &State, who: &Address) -> Result<u128> {
    Ok(s.delegators.get(who).delegated.get())
}
/// Whether `who` is bonded to itself; also its `transcoderStatus`, where 1 is Registered.
pub fn is_registered(s: &State, who: &Address) -> Result<bool> {
    Ok(s.delegators.get(who).is_registered(who))
}
/// Whether `who` works in this round.
pub fn is_active(s: &State, who: &Address) -> Result<bool> {
    Ok(s.orchestrators.get(who).is_active(peers::current_round()?))
}
/// Whether `who` works in `round`, and how many work in the last round that was initialised.
///
/// # Source
/// Ours (X12): TicketBroker, which knows the round, shares a reserve among them.
pub fn active_set(s: &State, who: &Address, round: u32) -> Result<Reply> {
    let is_active = s.orchestrators.get(who).is_active(round);
    Ok(reply().flag(is_active).round(s.heads.load().active))
}
/// Where the stake of `who` stands.
pub fn status(s: &State, who: &Address) -> Result<u8> {
    Ok(s.delegators.get(who).status(peers::current_round()?) as u8)
}
/// Whether there is such a lock.
pub fn is_valid_lock(s: &State, who: &Address, id: u32) -> Result<bool> {
    Ok(s.locks.get((who, id)).withdraw_round != 0)
}
/// The stake of `who` after claiming now.
pub fn pending_stake(s: &State, who: &Address, _until: Ignored) -> Result<u128> {
    Ok(earned(s, who)?.stake)
}
/// The fees of `who` after claiming now.
pub fn pending_fees(s: &State, who: &Address, _until: Ignored) -> Result<u128> {
    Ok(earned(s, who)?.fees)
}
#[inline(never)]
fn earned(s: &State, who: &Address) -> Result<pending::Earned> {
    pending::pending(s, who, &s.delegators.get(who), peers::current_round()?)
}
/// An account as a delegator.
pub fn delegator(s: &State, who: &Address) -> Result<Reply> {
    let d = s.delegators.get(who);
    Ok(reply()
        .number(d.bonded.get())
        .number(d.fees.get())
        .address(&d.delegate)
        .number(d.delegated.get())
        .round(d.start_round)
        .round(d.last_claim_round)
        .round(d.next_lock))
}
/// A lock; zeros if there is none.
pub fn lock(s: &State, who: &Address, id: u32) -> Result<Reply> {
    let lock = s.locks.get((who, id));
    Ok(reply().number(lock.amount).round(lock.withdraw_round))
}
/// An account as an orchestrator.
pub fn transcoder(s: &State, who: &Address) -> Result<Reply> {
    let (it, own) = (s.orchestrators.get(who), s.own_earnings.get(who));
    let deactivation = match it.deactivation_round {
        NEVER => U256::MAX,
        round => U256::from(round),
    };
    Ok(reply()
        .round(it.last_reward_round)
        .round(it.terms.reward_cut())
        .round(it.terms.fee_share())
        .round(it.last_stake_round)
        .round(it.activation_round)
        .wide(&deactivation)
        .number(own.active_rewards.get())
        .number(own.rewards.get())
        .number(own.fees.get())
        .round(it.last_fee_round))
}
/// An orchestrator's round; zeros where nothing is stored.
pub fn earnings_pool(s: &State, who: &Address, round: u32) -> Result<Reply> {
    let pool = s.pools.get((who, round));
    Ok(reply()
        .number(pool.total_stake.get())
        .round(pool.terms.reward_cut())
        .round(pool.terms.fee_share())
        .number(pool.reward_factor)
        .wide(&s.fee_factors.get((who, round)).value))
}
