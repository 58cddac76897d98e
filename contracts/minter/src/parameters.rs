//! What the constructor and the Controller's owner set.

use crate::storage::State;
use confluence_kit::manager;
use confluence_kit::math::PPB;
use confluence_kit::{Address, Result, ensure};

/// Sets the first inflation and how it moves.
///
/// # Arguments
/// * `controller` - the registry.
/// * `inflation`, `change`, `target` - parts of 10^9.
///
/// # Errors
/// * empty - the caller is not the StylusDeployer, or it has constructed before.
/// * "_inflation is invalid percentage", "_inflationChange is invalid percentage",
///   "_targetBondingRate is invalid percentage".
///
/// # Source
/// Minter's constructor; deviation: none.
pub fn construct(
    s: &mut State,
    controller: &Address,
    inflation: u128,
    change: u128,
    target: u128,
) -> Result {
    manager::construct(s, controller)?;
    ensure!(PPB.admits(inflation), "_inflation is invalid percentage");
    may_change_by(change)?;
    may_aim_at(target)?;
    let mut round = s.round.open();
    round.inflation.set(inflation)?;
    round.store();
    let mut policy = s.policy.open();
    policy.change = change as u32;
    policy.target_bonding_rate = target as u32;
    policy.store();
    Ok(())
}

fn may_change_by(change: u128) -> Result {
    ensure!(PPB.admits(change), "_inflationChange is invalid percentage");
    Ok(())
}

fn may_aim_at(target: u128) -> Result {
    ensure!(
        PPB.admits(target),
        "_targetBondingRate is invalid percentage"
    );
    Ok(())
}

/// Sets the bonded part of the supply above which inflation falls, parts of 10^9.
///
/// # Errors
/// * "caller must be Controller owner".
/// * "_targetBondingRate is invalid percentage".
///
/// # Events
/// `ParameterUpdate("targetBondingRate")`.
///
/// # Source
/// Minter.setTargetBondingRate; deviation: none.
pub fn set_target_bonding_rate(s: &mut State, rate: u128) -> Result {
    manager::only_owner()?;
    may_aim_at(rate)?;
    let mut policy = s.policy.open();
    policy.target_bonding_rate = rate as u32;
    policy.store();
    manager::parameter_update("targetBondingRate");
    Ok(())
}

/// Sets by how much inflation moves a round, parts of 10^9.
///
/// # Errors
/// * "caller must be Controller owner".
/// * "_inflationChange is invalid percentage".
///
/// # Events
/// `ParameterUpdate("inflationChange")`.
///
/// # Source
/// Minter.setInflationChange; deviation: none.
pub fn set_inflation_change(s: &mut State, change: u128) -> Result {
    manager::only_owner()?;
    may_change_by(change)?;
    let mut policy = s.policy.open();
    policy.change = change as u32;
    policy.store();
    manager::parameter_update("inflationChange");
    Ok(())
}

/// Sets the inflation with which L1 stopped, so that L2 goes on where it was.
///
/// # Arguments
/// * `inflation` - parts of 10^9.
///
/// # Errors
/// * "caller must be Controller owner".
/// * "system is not paused" - once it runs, only the rounds decide.
/// * "_inflation is invalid percentage".
///
/// # Events
/// `ParameterUpdate("inflation")`.
///
/// # Source
/// Ours, for the switch-over in one action (deviation X7).
pub fn set_inflation(s: &mut State, inflation: u128) -> Result {
    manager::only_owner()?;
    manager::only_paused()?;
    ensure!(PPB.admits(inflation), "_inflation is invalid percentage");
    let mut round = s.round.open();
    round.inflation.set(inflation)?;
    round.store();
    manager::parameter_update("inflation");
    Ok(())
}

/// The running round's inflation, parts of 10^9.
pub fn inflation(s: &State) -> Result<u128> {
    Ok(s.round.load().inflation.get())
}

/// By how much it moves a round, parts of 10^9.
pub fn inflation_change(s: &State) -> Result<u128> {
    Ok(s.policy.load().change as u128)
}

/// The bonded part of the supply above which it falls, parts of 10^9.
pub fn target_bonding_rate(s: &State) -> Result<u128> {
    Ok(s.policy.load().target_bonding_rate as u128)
}
