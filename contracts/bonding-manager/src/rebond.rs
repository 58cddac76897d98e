//! Stake in an unbonding lock goes back to work, before or after the lock has run out.

use crate::claim::claim;
use crate::events::Rebond;
use crate::storage::{Lock, State};
use crate::{factors, peers, stake};
use confluence_kit::abi::{NO_HINT, Neighbours};
use confluence_kit::{Address, Result, emit, ensure, msg};

/// [`rebond_with_hint`] without a hint.
pub fn rebond(s: &mut State, lock: u32) -> Result {
    rebond_with_hint(s, lock, NO_HINT)
}

/// Puts a lock back into the caller's stake, with the delegate it has.
///
/// # Arguments
/// * `lock` - the lock's id.
/// * `hint` - the delegate's neighbours in the pool after the change.
///
/// # Errors
/// * "system is paused", "current round is not initialized".
/// * "caller must be bonded" - there is no stake left to add to.
/// * "invalid unbonding lock ID".
///
/// # Events
/// `EarningsClaimed`, `TranscoderDeactivated`, `TranscoderActivated`, `Rebond`.
///
/// # Source
/// BondingManager.rebondWithHint; deviation: none.
#[inline(never)]
pub fn rebond_with_hint(s: &mut State, lock: u32, hint: Neighbours<'_>) -> Result {
    let round = peers::running_round()?;
    let sender = msg::sender();
    let d = claim(s, &sender, round)?;
    ensure!(!d.bonded.is_zero(), "caller must be bonded");
    let amount = take(s, &sender, lock)?.amount;
    put_back(s, &sender, lock, amount, round, hint)
}

/// [`from_unbonded_with_hint`] without a hint.
pub fn from_unbonded(s: &mut State, to: &Address, lock: u32) -> Result {
    from_unbonded_with_hint(s, to, lock, NO_HINT)
}

/// Puts a lock of a caller without stake to work for `to`.
///
/// # Arguments
/// * `to` - delegate; the caller's own address registers it as an orchestrator.
/// * `lock` - the lock's id.
/// * `hint` - the delegate's neighbours in the pool after the change.
///
/// # Errors
/// * "system is paused", "current round is not initialized".
/// * "caller must be unbonded".
/// * "invalid unbonding lock ID".
///
/// # Events
/// `EarningsClaimed`, `TranscoderDeactivated`, `TranscoderActivated`, `Rebond`.
///
/// # Source
/// BondingManager.rebondFromUnbondedWithHint; deviation: X6, the delegate's factors are initialised (Livepeer Delta, 2229821).
#[inline(never)]
pub fn from_unbonded_with_hint(
    s: &mut State,
    to: &Address,
    lock: u32,
    hint: Neighbours<'_>,
) -> Result {
    let round = peers::running_round()?;
    let sender = msg::sender();
    let d = claim(s, &sender, round)?;
    ensure!(d.bonded.is_zero(), "caller must be unbonded");
    let amount = take(s, &sender, lock)?.amount;
    factors::initialise(s, to, round);
    let mut d = s.delegators.edit(&sender);
    d.start_round = round + 1;
    d.delegate = *to;
    d.store();
    put_back(s, &sender, lock, amount, round, hint)
}

/// Uses a lock up.
#[inline(never)]
pub fn take(s: &mut State, who: &Address, id: u32) -> Result<Lock> {
    let mut lock = s.locks.edit((who, id));
    let it = *lock;
    ensure!(it.withdraw_round != 0, "invalid unbonding lock ID");
    lock.erase();
    Ok(it)
}

/// `amount` works again for the delegate of `who`.
#[inline(never)]
pub fn put_back(
    s: &mut State,
    who: &Address,
    lock: u32,
    amount: u128,
    round: u32,
    hint: Neighbours<'_>,
) -> Result {
    let mut d = s.delegators.edit(who);
    d.bonded.add(amount)?;
    d.store();
    let delegate = d.delegate;
    stake::increase(s, &delegate, amount, round, hint)?;
    emit!(Rebond {
        delegate: &delegate,
        delegator: who,
        unbondingLockId: lock,
        amount
    });
    Ok(())
}
