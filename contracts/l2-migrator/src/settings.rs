//! What the Controller's owner sets, and ether that arrives.

use crate::events::{ClaimStakeEnabled, DelegatorPoolImplUpdate, L1MigratorUpdate};
use crate::peers;
use crate::storage::State;
use confluence_kit::manager::only_owner;
use confluence_kit::{Address, Result, bridge, emit, manager};

/// Sets both addresses and looks the other contracts up; may be repeated.
///
/// # Errors
/// * "caller must be Controller owner".
///
/// # Events
/// As [`peers::sync_controller_contracts`].
///
/// # Source
/// L2Migrator.initialize; deviation: none.
pub fn initialize(s: &mut State, l1_migrator: &Address, pool: &Address) -> Result {
    only_owner()?;
    store_l1_migrator(s, l1_migrator);
    store_pool(s, pool);
    peers::sync_controller_contracts(s)
}

/// Says which contract on L1 sends.
///
/// # Errors
/// * "caller must be Controller owner".
///
/// # Events
/// `L1MigratorUpdate`.
///
/// # Source
/// L2Migrator.setL1Migrator; deviation: none.
pub fn set_l1_migrator(s: &mut State, at: &Address) -> Result {
    only_owner()?;
    store_l1_migrator(s, at);
    emit!(L1MigratorUpdate {
        _l1MigratorAddr: at
    });
    Ok(())
}

/// Says what later pools are clones of.
///
/// # Errors
/// * "caller must be Controller owner".
///
/// # Events
/// `DelegatorPoolImplUpdate`.
///
/// # Source
/// L2Migrator.setDelegatorPoolImpl; deviation: none.
pub fn set_delegator_pool_impl(s: &mut State, at: &Address) -> Result {
    only_owner()?;
    store_pool(s, at);
    emit!(DelegatorPoolImplUpdate {
        _delegatorPoolImpl: at
    });
    Ok(())
}

/// Begins or stops taking proofs.
///
/// # Errors
/// * "caller must be Controller owner".
///
/// # Events
/// `ClaimStakeEnabled`.
///
/// # Source
/// L2Migrator.setClaimStakeEnabled; deviation: none.
pub fn set_claim_stake_enabled(s: &mut State, enabled: bool) -> Result {
    only_owner()?;
    let mut origin = s.origin.open();
    origin.claim_stake_enabled = enabled.into();
    origin.store();
    emit!(ClaimStakeEnabled { _enabled: enabled });
    Ok(())
}

/// Plain ether: BridgeMinter's, for fees, deposits and reserves.
pub fn receive(_: &mut State) -> Result {
    Ok(())
}

fn store_l1_migrator(s: &mut State, at: &Address) {
    let mut origin = s.origin.open();
    origin.l1_migrator = *at;
    origin.store();
}

fn store_pool(s: &mut State, at: &Address) {
    let mut code = s.pool_code.open();
    code.implementation = *at;
    code.store();
}

/// What every message must pass. The pause counts even where nothing is bonded: until the switch-over is complete, what is here is
/// what has arrived.
///
/// # Errors
/// * "ONLY_COUNTERPART_GATEWAY" - the caller is not the alias of L1Migrator.
/// * "system is paused".
#[inline(never)]
pub fn only_l1_migrator(s: &State) -> Result {
    bridge::only_l1_counterpart(&s.origin.load().l1_migrator)?;
    manager::not_paused()
}

/// L1Migrator, on L1.
pub fn l1_migrator(s: &State) -> Result<Address> {
    Ok(s.origin.load().l1_migrator)
}

/// What pools are clones of.
pub fn delegator_pool_impl(s: &State) -> Result<Address> {
    Ok(s.pool_code.load().implementation)
}

/// Whether proofs are taken.
pub fn claim_stake_enabled(s: &State) -> Result<bool> {
    Ok(s.origin.load().claim_stake_enabled.get())
}
