//! An account's stake and fees arrive from L1, whole or in parts.

use crate::account::Due;
use crate::events::MigrateDelegatorFinalized;
use crate::messages::{HintsArg, NOWHERE, PartArg, Places, WholeArg};
use crate::settings::only_l1_migrator;
use crate::stake;
use crate::storage::State;
use confluence_kit::math::wide;
use confluence_kit::{Result, call, emit, ensure};

/// Gives an account its stake, or what is left of it, and its fees: the L2 leg of `L1Migrator.migrateDelegator`. For an orchestrator
/// also makes the pool of its delegators.
///
/// # Errors
/// * "ONLY_COUNTERPART_GATEWAY", "system is paused".
/// * "DELEGATOR_ALREADY_MIGRATED".
/// * "current round is not initialized"; what BondingManager, the token and the pool answer.
/// * "FINALIZE_DELEGATOR:FAIL_FEE" - `l2Addr` takes no ether, or it has not arrived here yet.
///
/// # Events
/// As [`stake::open_pool`], BondingManager's, the token's, the pool's, `MigrateDelegatorFinalized`.
///
/// # Source
/// L2Migrator.finalizeMigrateDelegator; deviations: X1, X2, X3.
pub fn finalize(s: &mut State, it: WholeArg<'_>) -> Result {
    only_l1_migrator(s)?;
    let mut account = s.accounts.edit(it.l1_addr);
    ensure!(!account.is_done.get(), "DELEGATOR_ALREADY_MIGRATED");
    let due = account.take_rest(it.stake, it.fees)?;
    account.store();
    settle(s, it, due, &NOWHERE)
}

/// Gives an account a part of its stake: the L2 leg of `L1Migrator.migrate`. Parts add up in any order; the fees come with the first.
///
/// # Errors
/// * as [`finalize`]; "MIGRATE:EXCEEDS_STAKE" after "DELEGATOR_ALREADY_MIGRATED".
///
/// # Events
/// As [`finalize`].
///
/// # Source
/// Ours: X1, X10.
pub fn finalize_part(s: &mut State, it: PartArg<'_>, hints: HintsArg<'_>) -> Result {
    only_l1_migrator(s)?;
    let mut account = s.accounts.edit(it.l1_addr);
    ensure!(!account.is_done.get(), "DELEGATOR_ALREADY_MIGRATED");
    let due = account.take_part(it.amount, it.stake, it.fees)?;
    account.store();
    let whole = WholeArg {
        l1_addr: it.l1_addr,
        l2_addr: it.l2_addr,
        stake: it.stake,
        delegated_stake: it.delegated_stake,
        fees: it.fees,
        delegate: it.delegate,
        source: Default::default(),
    };
    settle(s, whole, due, &hints.places())
}

/// Stake first, then fees, then the event; everything that decides about repetition is stored.
#[inline(never)]
fn settle(s: &mut State, it: WholeArg<'_>, due: Due, at: &Places<'_>) -> Result {
    let (l1, l2) = (it.l1_addr, it.l2_addr);
    if l1 == it.delegate {
        stake::bond(due.stake, l2, l2, at.own)?;
        stake::open_pool(s, l1, l2, it.delegated_stake, it.stake, at.pool)?;
        let mut own = s.delegates.edit(l1);
        own.claimed.add(due.stake)?;
        own.store();
    } else {
        let rest = stake::take(s, due.stake, l2, it.delegate, at.pool, at.own)?;
        stake::bond(rest, l2, it.delegate, at.own)?;
    }
    if due.fees != 0 {
        ensure!(
            call::pay(l2, &wide(due.fees)),
            "FINALIZE_DELEGATOR:FAIL_FEE"
        );
    }
    emit!(MigrateDelegatorFinalized {
        params: WholeArg {
            stake: due.stake,
            fees: due.fees,
            ..it
        }
    });
    Ok(())
}
