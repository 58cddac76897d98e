//! A delegator takes its part.

use crate::events::Claimed;
use crate::peers::BondingManager;
use crate::share::owed;
use crate::storage::State;
use confluence_kit::abi::{Ignored, NO_HINT, Neighbours};
use confluence_kit::{Address, Result, emit, ensure, msg, this};

/// Pays a delegator its part of the pool's stake and fees.
///
/// # Arguments
/// * `delegator` - who gets it; keeps its delegate if it has one.
/// * `stake` - what it had on L1, LPT base units.
///
/// # Errors
/// * "POOL:NOT_MIGRATOR".
/// * "POOL:INVALID_CLAIM" - more than is left of what the pool began with.
/// * what BondingManager answers.
///
/// # Events
/// BondingManager's of transferring and of withdrawing fees, `Claimed`.
///
/// # Source
/// DelegatorPool.claim; deviation: X3, nothing is transferred or paid where nothing is owed.
pub fn claim(s: &mut State, delegator: &Address, stake: u128) -> Result {
    only_migrator(s)?;
    ensure!(stake <= remaining(s), "POOL:INVALID_CLAIM");
    settle(s, delegator, stake, NO_HINT, NO_HINT)
}

/// [`claim`] of `stake`, or of what is left if that is less, and how much that was: what rounding on L1 took from the pool must not
/// keep the last delegator's ticket from arriving.
///
/// # Arguments
/// * `old` - the pool's orchestrator's neighbours among the candidates after the stake has left.
/// * `new` - the receiver's delegate's after it has arrived.
///
/// # Errors
/// * "POOL:NOT_MIGRATOR"; what BondingManager answers.
///
/// # Source
/// Ours: X2, X10.
pub fn claim_up_to(
    s: &mut State,
    delegator: &Address,
    stake: u128,
    old: Neighbours<'_>,
    new: Neighbours<'_>,
) -> Result<u128> {
    only_migrator(s)?;
    let stake = stake.min(remaining(s));
    settle(s, delegator, stake, old, new)?;
    Ok(stake)
}

/// LPT base units of the initial stake that were claimed.
pub fn claimed_initial_stake(s: &State) -> Result<u128> {
    Ok(s.claims.load().claimed.get())
}

fn only_migrator(s: &State) -> Result {
    ensure!(
        msg::sender() == s.claims.load().migrator,
        "POOL:NOT_MIGRATOR"
    );
    Ok(())
}

fn remaining(s: &State) -> u128 {
    // What was claimed never exceeds what there was.
    s.stake.load().initial.get() - s.claims.load().claimed.get()
}

#[inline(never)]
fn settle(
    s: &mut State,
    delegator: &Address,
    stake: u128,
    old: Neighbours<'_>,
    new: Neighbours<'_>,
) -> Result {
    let bonding_manager = BondingManager(s.stake.load().bonding_manager);
    let (this, remaining) = (&this::address(), remaining(s));
    let mut owed_stake = 0;
    let mut owed_fees = 0;
    if stake != 0 {
        owed_stake = owed(
            bonding_manager.pendingStake(this, Ignored)?,
            stake,
            remaining,
        )?;
        owed_fees = owed(
            bonding_manager.pendingFees(this, Ignored)?,
            stake,
            remaining,
        )?;
    }
    let mut claims = s.claims.open();
    claims.claimed.add(stake)?;
    claims.store();
    if owed_stake != 0 {
        bonding_manager.transferBond(delegator, owed_stake, old, new)?;
    }
    if owed_fees != 0 {
        bonding_manager.withdrawFees(delegator, owed_fees)?;
    }
    emit!(Claimed {
        _delegator: delegator,
        _stake: owed_stake,
        _fees: owed_fees,
    });
    Ok(())
}
