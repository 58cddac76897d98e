//! An orchestrator mints its share of the round's LPT, for itself and its delegators.

use crate::events::Reward;
use crate::factors::or_one;
use crate::storage::{EarningsPool, Orchestrator, State};
use crate::{peers, stake};
use confluence_kit::abi::{NO_HINT, Neighbours};
use confluence_kit::math::{PPM, PRECISE};
use confluence_kit::{Address, Checked, Result, emit, ensure, msg};

/// [`reward_with_hint`] without a hint.
pub fn reward(s: &mut State) -> Result {
    reward_with_hint(s, NO_HINT)
}

/// Mints the caller's share of the round's LPT, once a round.
///
/// # Arguments
/// * `hint` - the caller's neighbours in the pool after the change.
///
/// # Errors
/// * "system is paused", "current round is not initialized".
/// * "caller must be an active transcoder".
/// * "caller has already called reward for the current round".
/// * what the Minter answers; `Panic(0x12)` if no stake is recorded for the round.
///
/// # Events
/// The token's, `TranscoderDeactivated` and `TranscoderActivated` if it joins again, `Reward`.
///
/// # Source
/// BondingManager.rewardWithHint; deviation: none.
#[inline(never)]
pub fn reward_with_hint(s: &mut State, hint: Neighbours<'_>) -> Result {
    let round = peers::running_round()?;
    let sender = msg::sender();
    let it = s.orchestrators.get(&sender);
    ensure!(it.is_active(round), "caller must be an active transcoder");
    ensure!(
        !it.has_rewarded(round),
        "caller has already called reward for the current round"
    );
    let mut pool = opened(s, &sender, &it, round);
    let last = s.pools.get((&sender, it.last_reward_round));
    let total = s.network.load().current_total.get();
    // Nothing is stored yet: what is written before a call and again after it costs twice.
    let amount = peers::minter().createReward(pool.total_stake.get(), total)?;

    let mut own = s.own_earnings.edit(&sender);
    let share = Share::of(amount, &pool, last.reward_factor, own.rewards.get())?;
    own.active_rewards = own.rewards;
    own.rewards.add(share.own)?;
    own.store();
    pool.reward_factor = share.factor;
    let mut stored = s.pools.edit((&sender, round));
    *stored = pool;
    stored.store();
    let mut it = s.orchestrators.edit(&sender);
    it.last_reward_round = round;
    it.store();

    stake::increase(s, &sender, amount, round, hint)?;
    emit!(Reward {
        transcoder: &sender,
        amount
    });
    Ok(())
}

/// Who gets what of a reward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The orchestrator's cut, and what its unclaimed cuts earn.
    pub own: u128,
    /// The round's reward factor: what all others get.
    pub factor: u128,
}

impl Share {
    /// The cut goes to the orchestrator, the rest to all stake alike; stake that its earlier cuts have become included.
    #[inline(never)]
    pub fn of(
        amount: u128,
        pool: &EarningsPool,
        last_factor: u128,
        own_stake: u128,
    ) -> Result<Share> {
        let stake = pool.total_stake.get();
        let cut = PPM.share(amount, pool.terms.reward_cut() as u128)?;
        let shared = amount.minus(cut)?;
        let base = or_one(last_factor);
        Ok(Share {
            own: PRECISE.of(shared, own_stake, stake)?.plus(cut)?,
            factor: base.plus(PRECISE.of(base, shared, stake)?)?,
        })
    }
}

/// The round's pool with the orchestrator's terms, and with its stake if that changed last in an earlier round.
#[inline(never)]
pub fn opened(s: &State, who: &Address, it: &Orchestrator, round: u32) -> EarningsPool {
    let mut pool = s.pools.get((who, round));
    pool.terms = it.terms;
    if it.last_stake_round < round {
        pool.total_stake = s.pools.get((who, it.last_stake_round)).total_stake;
    }
    pool
}
