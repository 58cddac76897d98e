//! A delegator proves on L2 what it had on L1, without any message.

use crate::events::StakeClaimed;
use crate::leaf::{SNAPSHOT, leaf};
use crate::messages::{HintsArg, NOWHERE, Places};
use crate::storage::State;
use crate::{peers, stake};
use confluence_kit::abi::{List, NO_HINT};
use confluence_kit::math::wide;
use confluence_kit::{Address, B256, Result, call, emit, ensure, fault, manager, msg};

/// [`claim_stake_with_hints`] without hints.
pub fn claim_stake(
    s: &mut State,
    delegate: &Address,
    stake: u128,
    fees: u128,
    proof: List<'_, B256>,
    new_delegate: &Address,
) -> Result {
    claim(s, delegate, stake, fees, proof, new_delegate, &NOWHERE)
}

/// Gives the caller the stake and fees that the snapshot has for it, less what has arrived by messages.
///
/// # Arguments
/// * `delegate` - its delegate on L1, null for none.
/// * `stake` - LPT base units; `fees` - wei, as in the snapshot.
/// * `proof` - from its leaf to the published root.
/// * `new_delegate` - who gets the stake, with all that the caller has bonded; null for whom it has chosen on L2, or else whoever
///   the pool is with, or `delegate`.
/// * `hints` - neighbours among the candidates.
///
/// # Errors
/// * "CLAIM_STAKE_DISABLED", "system is paused".
/// * "CLAIM_STAKE:ALREADY_MIGRATED".
/// * "CLAIM_STAKE:INVALID_PROOF".
/// * "current round is not initialized"; what BondingManager, the token and the pool answer.
/// * what the caller answers to its fees; empty if the ether has not arrived here yet.
///
/// # Events
/// BondingManager's, the token's, the pool's, `StakeClaimed`.
///
/// # Source
/// L2Migrator.claimStake; deviations: X1, X3, X4, X5, X10.
#[allow(clippy::too_many_arguments)]
pub fn claim_stake_with_hints(
    s: &mut State,
    delegate: &Address,
    stake: u128,
    fees: u128,
    proof: List<'_, B256>,
    new_delegate: &Address,
    hints: HintsArg<'_>,
) -> Result {
    let places = &hints.places();
    claim(s, delegate, stake, fees, proof, new_delegate, places)
}

#[inline(never)]
#[allow(clippy::too_many_arguments)]
fn claim(
    s: &mut State,
    delegate: &Address,
    stake: u128,
    fees: u128,
    proof: List<'_, B256>,
    new_delegate: &Address,
    at: &Places<'_>,
) -> Result {
    ensure!(
        s.origin.load().claim_stake_enabled.get(),
        "CLAIM_STAKE_DISABLED"
    );
    manager::not_paused()?;
    let caller = &msg::sender();
    let mut account = s.accounts.edit(caller);
    ensure!(!account.is_done.get(), "CLAIM_STAKE:ALREADY_MIGRATED");
    let leaf = leaf(caller, delegate, stake, fees);
    ensure!(
        peers::merkle_snapshot().verify(&SNAPSHOT, proof, &leaf)?,
        "CLAIM_STAKE:INVALID_PROOF"
    );
    let due = account.take_rest(stake, fees)?;
    account.store();

    if new_delegate.is_zero() {
        let rest = stake::take(s, due.stake, caller, delegate, at.pool, at.own)?;
        stake::bond(rest, caller, delegate, at.own)?;
    } else {
        let rest = stake::take(s, due.stake, caller, delegate, at.pool, NO_HINT)?;
        if due.stake != 0 {
            stake::move_to(rest, caller, new_delegate, at)?;
        }
    }
    if due.fees != 0
        && let Err(data) = call::raw(caller, &wide(due.fees), &[])
    {
        return fault::bubble(data);
    }
    emit!(StakeClaimed {
        delegator: caller,
        delegate,
        stake: due.stake,
        fees: due.fees,
    });
    Ok(())
}
