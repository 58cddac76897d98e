//! Stake goes to its owner: from the pool of its orchestrator, or bonded anew.
//! Always holds: whoever has stake on L2 keeps its delegate, unless it says otherwise itself.

use crate::events::DelegatorPoolCreated;
use crate::messages::Places;
use crate::peers::{self, DelegatorPool};
use crate::storage::State;
use confluence_kit::abi::{NO_HINT, Neighbours};
use confluence_kit::{Address, Result, call, emit};

/// Bonds `amount` for `owner`: with the delegate it has, or else with `to`.
///
/// # Errors
/// * what BondingManager and the token answer.
#[inline(never)]
pub fn bond(amount: u128, owner: &Address, to: &Address, hint: Neighbours<'_>) -> Result {
    if amount == 0 {
        return Ok(());
    }
    let bonding_manager = peers::bonding_manager();
    let (bonded, _, chosen) = bonding_manager.getDelegator(owner)?;
    let to = if bonded == 0 { to } else { &chosen };
    bonding_manager.bondForWithHint(amount, owner, to, NO_HINT, hint)
}

/// Brings `amount` and all that `owner` has to `to`, as it asked to.
///
/// # Errors
/// * what BondingManager and the token answer: "registered transcoders can't delegate towards other addresses".
#[inline(never)]
pub fn move_to(amount: u128, owner: &Address, to: &Address, at: &Places<'_>) -> Result {
    let bonding_manager = peers::bonding_manager();
    let (bonded, _, chosen) = bonding_manager.getDelegator(owner)?;
    if amount == 0 && (bonded == 0 || chosen == *to) {
        return Ok(());
    }
    bonding_manager.bondForWithHint(amount, owner, to, at.pool, at.own)
}

/// Gives `owner` the stake that it had with `delegate` on L1: out of the pool, as far as there is one and it suffices. What is not in
/// a pool is returned, for the caller to bond.
///
/// # Errors
/// * what the pool answers.
#[inline(never)]
pub fn take(
    s: &mut State,
    amount: u128,
    owner: &Address,
    delegate: &Address,
    old: Neighbours<'_>,
    new: Neighbours<'_>,
) -> Result<u128> {
    if amount == 0 {
        return Ok(0);
    }
    let mut it = s.delegates.edit(delegate);
    it.claimed.add(amount)?;
    it.store();
    let pool = it.pool;
    if pool.is_zero() {
        return Ok(amount);
    }
    let taken = DelegatorPool(pool).claimUpTo(owner, amount, old, new)?;
    Ok(amount.saturating_sub(taken))
}

/// Bonds for the delegators of the orchestrator `l1` all that was delegated to it and has not arrived, if that was not done yet and
/// there is any.
///
/// # Arguments
/// * `l2` - the orchestrator's address here.
/// * `delegated` - LPT base units delegated to it on L1; `own` - of that its own.
///
/// # Errors
/// * "ERC1167: create failed"; what BondingManager and the token answer.
///
/// # Events
/// BondingManager's and the token's, the pool's, `DelegatorPoolCreated`.
#[inline(never)]
pub fn open_pool(
    s: &mut State,
    l1: &Address,
    l2: &Address,
    delegated: u128,
    own: u128,
    hint: Neighbours<'_>,
) -> Result {
    let mut delegate = s.delegates.edit(l1);
    let amount = delegated
        .saturating_sub(own)
        .saturating_sub(delegate.claimed.get());
    if amount == 0 || !delegate.pool.is_zero() {
        return Ok(());
    }
    let pool = call::clone(&s.pool_code.load().implementation)?;
    delegate.pool = pool;
    delegate.store();
    let bonding_manager = peers::bonding_manager();
    bonding_manager.bondPoolWithHint(amount, &pool, l2, hint)?;
    DelegatorPool(pool).initialize(&bonding_manager.0)?;
    emit!(DelegatorPoolCreated {
        l1Addr: l1,
        delegatorPool: &pool
    });
    Ok(())
}
