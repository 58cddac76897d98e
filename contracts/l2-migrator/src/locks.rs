//! An account's unbonding locks arrive from L1, as fresh stake.

use crate::events::MigrateUnbondingLocksFinalized;
use crate::messages::LocksArg;
use crate::settings::only_l1_migrator;
use crate::stake;
use crate::storage::{Locks, State};
use confluence_kit::abi::NO_HINT;
use confluence_kit::math::narrow;
use confluence_kit::{Address, Result, U256, emit, ensure, fault};

/// Bonds the sum of an account's locks: the L2 leg of `L1Migrator.migrateUnbondingLocks`. Locks that are empty are marked and
/// nothing is bonded.
///
/// # Errors
/// * "ONLY_COUNTERPART_GATEWAY", "system is paused".
/// * "UNBONDING_LOCK_ALREADY_MIGRATED" - one of them, or one is named twice.
/// * "current round is not initialized"; what BondingManager and the token answer.
///
/// # Events
/// BondingManager's and the token's, `MigrateUnbondingLocksFinalized`.
///
/// # Source
/// L2Migrator.finalizeMigrateUnbondingLocks; deviation: X2.
pub fn finalize(s: &mut State, it: LocksArg<'_>) -> Result {
    only_l1_migrator(s)?;
    for id in it.unbonding_lock_ids.iter() {
        let id = bounded(&id)?;
        let mut locks = s.locks.edit((it.l1_addr, id >> 8));
        ensure!(!locks.has(id), "UNBONDING_LOCK_ALREADY_MIGRATED");
        locks.mark(id);
        locks.store();
    }
    stake::bond(it.total, it.l2_addr, it.delegate, NO_HINT)?;
    emit!(MigrateUnbondingLocksFinalized { params: it });
    Ok(())
}

/// Whether a lock has arrived.
pub fn is_migrated(s: &State, who: &Address, id: u32) -> Result<bool> {
    Ok(s.locks.get((who, id >> 8)).has(id))
}

/// Larger ids would all be read as the largest.
fn bounded(id: &U256) -> Result<u32> {
    match u32::try_from(narrow(id)?) {
        Ok(id) if id != u32::MAX => Ok(id),
        _ => fault::panic(fault::OVERFLOW),
    }
}

impl Locks {
    fn has(&self, id: u32) -> bool {
        self.arrived[(id >> 3 & 31) as usize] >> (id & 7) & 1 != 0
    }

    fn mark(&mut self, id: u32) {
        self.arrived[(id >> 3 & 31) as usize] |= 1 << (id & 7);
    }
}
