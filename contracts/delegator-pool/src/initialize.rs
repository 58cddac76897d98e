//! How a pool begins.

use crate::events::DelegatorPoolInitialized;
use crate::peers::BondingManager;
use crate::storage::State;
use confluence_kit::abi::Ignored;
use confluence_kit::{Address, Result, emit, ensure, msg, this};

/// Takes over the stake that was bonded for the pool before; its maker claims from it from now on.
///
/// # Errors
/// * "Initializable: contract is already initialized".
///
/// # Events
/// `DelegatorPoolInitialized`.
///
/// # Source
/// DelegatorPool.initialize; deviation: none. Nobody comes between the clone and this: L2Migrator makes both in one call.
pub fn initialize(s: &mut State, bonding_manager: &Address) -> Result {
    ensure!(
        s.claims.load().migrator.is_zero(),
        "Initializable: contract is already initialized"
    );
    let initial = BondingManager(*bonding_manager).pendingStake(&this::address(), Ignored)?;
    let migrator = &msg::sender();
    let mut stake = s.stake.open();
    stake.bonding_manager = *bonding_manager;
    stake.initial.set(initial)?;
    stake.store();
    let mut claims = s.claims.open();
    claims.migrator = *migrator;
    claims.store();
    emit!(DelegatorPoolInitialized {
        _bondingManager: bonding_manager,
        _migrator: migrator,
        _initialStake: initial,
    });
    Ok(())
}

/// BondingManager.
pub fn bonding_manager(s: &State) -> Result<Address> {
    Ok(s.stake.load().bonding_manager)
}

/// L2Migrator.
pub fn migrator(s: &State) -> Result<Address> {
    Ok(s.claims.load().migrator)
}

/// LPT base units the pool began with.
pub fn initial_stake(s: &State) -> Result<u128> {
    Ok(s.stake.load().initial.get())
}
