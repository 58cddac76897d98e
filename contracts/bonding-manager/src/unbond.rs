//! Unbonding: stake stops working at once, and its owner can withdraw it after the unbonding period.

use crate::account::Status;
use crate::claim::claim;
use crate::events::Unbond;
use crate::storage::State;
use crate::{list, peers, stake};
use confluence_kit::abi::{NO_HINT, Neighbours};
use confluence_kit::{Address, Checked, Result, emit, ensure, msg};

/// [`unbond_with_hint`] without a hint.
pub fn unbond(s: &mut State, amount: u128) -> Result {
    unbond_with_hint(s, amount, NO_HINT)
}

/// Takes `amount` out of the caller's stake into a lock.
///
/// # Arguments
/// * `amount` - LPT base units; an orchestrator that takes out all its own stake leaves the pool.
/// * `hint` - the delegate's neighbours in the pool after the change.
///
/// # Errors
/// * "system is paused", "current round is not initialized".
/// * "caller must be bonded" - there is no stake, or it is pending.
/// * "unbond amount must be greater than 0", "amount is greater than bonded amount".
///
/// # Events
/// `EarningsClaimed`, `TranscoderDeactivated`, `Unbond`.
///
/// # Source
/// BondingManager.unbondWithHint; deviation: none.
#[inline(never)]
pub fn unbond_with_hint(s: &mut State, amount: u128, hint: Neighbours<'_>) -> Result {
    let round = peers::running_round()?;
    let sender = msg::sender();
    let leaving = leave(s, &sender, amount, round, hint)?;
    let mut lock = s.locks.edit((&sender, leaving.lock));
    lock.amount = amount;
    lock.withdraw_round = leaving.withdraw_round;
    lock.store();
    Ok(())
}

/// Stake on its way out.
#[derive(Clone, Copy, Debug)]
pub struct Leaving {
    /// Whom it leaves.
    pub from: Address,
    /// The id it gets.
    pub lock: u32,
    /// When it can be withdrawn.
    pub withdraw_round: u32,
}

/// All of unbonding but the lock, which belongs to whoever the stake goes to.
#[inline(never)]
pub fn leave(
    s: &mut State,
    who: &Address,
    amount: u128,
    round: u32,
    hint: Neighbours<'_>,
) -> Result<Leaving> {
    let before = claim(s, who, round)?;
    ensure!(
        before.status(round) == Status::Bonded,
        "caller must be bonded"
    );
    ensure!(amount != 0, "unbond amount must be greater than 0");
    let bonded = before.bonded.get();
    ensure!(amount <= bonded, "amount is greater than bonded amount");

    let leaving = Leaving {
        from: before.delegate,
        lock: before.next_lock,
        withdraw_round: round.plus(s.network.load().unbonding_period)?,
    };
    let is_all = amount == bonded;
    let mut d = s.delegators.edit(who);
    d.next_lock = d.next_lock.plus(1)?;
    d.bonded.sub(amount)?;
    if is_all {
        d.delegate = Address::ZERO;
        d.start_round = 0;
    }
    d.store();
    if is_all && list::contains(s, who) {
        stake::resign(s, who, round)?;
    }
    stake::decrease(s, &leaving.from, amount, round, hint)?;
    emit!(Unbond {
        delegate: &leaving.from,
        delegator: who,
        unbondingLockId: leaving.lock,
        amount,
        withdrawRound: leaving.withdraw_round,
    });
    Ok(leaving)
}
