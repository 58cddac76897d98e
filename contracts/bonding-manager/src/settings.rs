//! What the Controller's owner and the RoundsManager set.

use crate::peers;
use crate::storage::State;
use confluence_kit::manager::{ParameterUpdate, only_owner};
use confluence_kit::{Result, emit, ensure, fault, msg};

/// Sets for how many rounds a lock lasts.
///
/// # Errors
/// * "caller must be Controller owner".
/// * `Panic(0x11)` for 2^32 rounds and more.
///
/// # Events
/// `ParameterUpdate("unbondingPeriod")`.
///
/// # Source
/// BondingManager.setUnbondingPeriod; deviation: the panic.
pub fn set_unbonding_period(s: &mut State, rounds: u64) -> Result {
    only_owner()?;
    let mut network = s.network.open();
    network.unbonding_period = narrow(rounds as u128)?;
    network.store();
    emit!(ParameterUpdate {
        param: b"unbondingPeriod"
    });
    Ok(())
}

/// Enlarges the pool.
///
/// # Errors
/// * "caller must be Controller owner".
/// * "new max size must be greater than old max size"; `Panic(0x11)` for 2^32 places and more.
///
/// # Events
/// `ParameterUpdate("numActiveTranscoders")`.
///
/// # Source
/// BondingManager.setNumActiveTranscoders; deviation: the panic.
pub fn set_num_active_transcoders(s: &mut State, size: u128) -> Result {
    only_owner()?;
    let mut head = s.heads.open();
    ensure!(
        size > head.max_size as u128,
        "new max size must be greater than old max size"
    );
    head.max_size = narrow(size)?;
    head.store();
    emit!(ParameterUpdate {
        param: b"numActiveTranscoders"
    });
    Ok(())
}

/// A round begins: the candidates are the active ones, and stay it for all of the round.
///
/// # Errors
/// * "caller must be RoundsManager".
///
/// # Source
/// BondingManager.setCurrentRoundTotalActiveStake; deviation: X12, it also keeps how many they are.
pub fn set_current_round_total_active_stake(s: &mut State) -> Result {
    ensure!(
        msg::sender() == peers::rounds_manager().0,
        "caller must be RoundsManager"
    );
    let mut network = s.network.open();
    network.current_total = network.next_total;
    network.store();
    let mut head = s.heads.open();
    head.active = head.size;
    head.store();
    Ok(())
}

fn narrow(v: u128) -> Result<u32> {
    match u32::try_from(v) {
        Ok(v) => Ok(v),
        Err(_) => fault::panic(fault::OVERFLOW),
    }
}
