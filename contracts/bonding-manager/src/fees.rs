//! Fees from winning tickets, for an orchestrator and its delegators. They count for the round in which they arrive.

use crate::factors::{self, Factors, or_one};
use crate::peers;
use crate::reward::opened;
use crate::storage::{EarningsPool, State};
use confluence_kit::abi::Ignored;
use confluence_kit::math::{PPM, PRECISE, wide};
use confluence_kit::{Address, Checked, Result, U256, ensure, manager, msg};

/// Credits fees to an orchestrator.
///
/// # Arguments
/// * `who` - the orchestrator.
/// * `fees` - wei.
///
/// # Errors
/// * "system is paused", "caller must be TicketBroker", "transcoder must be registered".
/// * `Panic(0x12)` if no stake is recorded for the round.
///
/// # Source
/// BondingManager.updateTranscoderWithFees; deviation: none.
pub fn update_transcoder_with_fees(
    s: &mut State,
    who: &Address,
    fees: u128,
    _round: Ignored,
) -> Result {
    manager::not_paused()?;
    ensure!(
        msg::sender() == peers::ticket_broker().0,
        "caller must be TicketBroker"
    );
    ensure!(
        s.delegators.get(who).is_registered(who),
        "transcoder must be registered"
    );
    let round = peers::current_round()?;
    let mut it = s.orchestrators.edit(who);
    let orchestrator = *it;
    it.last_fee_round = round;
    it.store();

    let own = s.own_earnings.get(who);
    let mut own_stake = own.active_rewards.get();
    let mut before = factors::latest(s, who, &orchestrator, round.minus(1)?);
    let mut pool = s.pools.get((who, round));
    if round > orchestrator.last_reward_round {
        own_stake = own.rewards.get();
        pool = opened(s, who, &orchestrator, round);
        let mut stored = s.pools.edit((who, round));
        *stored = pool;
        stored.store();
    }
    if before.reward == 0 && orchestrator.has_rewarded(round) {
        before.reward = before_first_reward(s, &pool)?;
    }

    let mut factor = s.fee_factors.edit((who, round));
    let share = Share::of(fees, &pool, factor.value, &before, own_stake)?;
    factor.value = share.factor;
    factor.store();
    let mut own = s.own_earnings.edit(who);
    own.fees.add(share.own)?;
    own.store();
    Ok(())
}

/// The factor before an orchestrator's first reward was never stored: the reward is taken out again. The original takes mintable
/// *plus* minted tokens for what the round brought to all, and so do we.
#[inline(never)]
fn before_first_reward(s: &State, pool: &EarningsPool) -> Result<u128> {
    let minter = peers::minter();
    let stake = pool.total_stake.get();
    let minted = minter
        .currentMintableTokens()?
        .plus(minter.currentMintedTokens()?)?;
    let reward = PRECISE.of(minted, stake, s.network.load().current_total.get())?;
    let shared = reward.minus(PPM.share(reward, pool.terms.reward_cut() as u128)?)?;
    PRECISE.of(pool.reward_factor, stake, shared.plus(stake)?)
}

/// Who gets what of fees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// What the orchestrator does not share, and what its unclaimed cuts earn, in wei.
    pub own: u128,
    /// The round's fee factor: what all others get.
    pub factor: U256,
}

impl Share {
    /// What is shared goes to all stake alike; stake that the orchestrator's earlier cuts have become included.
    #[inline(never)]
    pub fn of(
        fees: u128,
        pool: &EarningsPool,
        factor: U256,
        before: &Factors,
        own_stake: u128,
    ) -> Result<Share> {
        let stake = pool.total_stake.get();
        let shared = PPM.share(fees, pool.terms.fee_share() as u128)?;
        let own = PRECISE.of(shared, own_stake, stake)?;
        let from = if factor.is_zero() { before.fee } else { factor };
        let grown = PRECISE.of_wide(&wide(or_one(before.reward)), &wide(shared), &wide(stake))?;
        Ok(Share {
            own: own.plus(fees.minus(shared)?)?,
            factor: from.plus(grown)?,
        })
    }
}
