//! Stake goes to another delegator without unbonding.
//! Always holds: the lock that changes hands on the way is opened and used up in one call, so it is never stored.

use crate::claim::claim_for;
use crate::events::TransferBond;
use crate::storage::State;
use crate::{peers, rebond, unbond};
use confluence_kit::abi::Neighbours;
use confluence_kit::{Address, Checked, Result, emit, ensure, msg};

/// Moves `amount` of the caller's stake to `receiver`, who keeps its delegate, or gets the caller's if it has no stake.
///
/// # Arguments
/// * `receiver` - whose stake it becomes.
/// * `amount` - LPT base units.
/// * `old` - the caller's delegate's neighbours in the pool after the change.
/// * `new` - the receiver's delegate's.
///
/// # Errors
/// * "system is paused", "current round is not initialized".
/// * "caller must be bonded", "unbond amount must be greater than 0", "amount is greater than bonded amount".
/// * "ILLEGAL_CLAIM_EARNINGS" - the receiver's orchestrator has not called `reward`.
/// * "INVALID_DELEGATOR" - the receiver would become an orchestrator by it, or is nobody.
///
/// # Events
/// `EarningsClaimed` and `TranscoderDeactivated` of the caller, `Unbond`, `TransferBond`, `EarningsClaimed` of the receiver,
/// `TranscoderDeactivated`, `TranscoderActivated`, `Rebond`.
///
/// # Source
/// BondingManager.transferBond; deviation: X6, "ILLEGAL_CLAIM_EARNINGS" and nobody as a receiver (Livepeer Delta, 3663b52).
pub fn transfer_bond(
    s: &mut State,
    receiver: &Address,
    amount: u128,
    old: Neighbours<'_>,
    new: Neighbours<'_>,
) -> Result {
    let round = peers::running_round()?;
    let sender = msg::sender();
    let is_pool = s.delegators.get(&sender).is_migration_pool();
    let leaving = unbond::leave(s, &sender, amount, round, old)?;

    let mut to = s.delegators.edit(receiver);
    let lock = to.next_lock;
    to.next_lock = lock.plus(1)?;
    to.store();
    emit!(TransferBond {
        oldDelegator: &sender,
        newDelegator: receiver,
        oldUnbondingLockId: leaving.lock,
        newUnbondingLockId: lock,
        amount,
    });

    let to = claim_for(s, &sender, is_pool, receiver, round)?;
    if to.bonded.is_zero() {
        let is_nobodys = to.delegate.is_zero();
        if is_nobodys {
            ensure!(
                leaving.from != *receiver && !receiver.is_zero(),
                "INVALID_DELEGATOR"
            );
        }
        let mut to = s.delegators.edit(receiver);
        to.start_round = round + 1;
        if is_nobodys {
            to.delegate = leaving.from;
        }
        to.store();
    }
    rebond::put_back(s, receiver, lock, amount, round, new)
}
