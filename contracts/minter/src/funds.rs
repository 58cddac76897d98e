//! Moving what the Minter holds.

use crate::peers::{
    bonding_manager, only_bonding_manager, registered_minter, ticket_broker, token,
};
use crate::storage::State;
use confluence_kit::math::wide;
use confluence_kit::{Address, Result, call, ensure, fault, manager, msg};

/// Sends LPT, for BondingManager.
///
/// # Arguments
/// * `amount` - LPT base units.
///
/// # Errors
/// * "msg.sender not BondingManager", "system is paused".
/// * whatever the token answers.
///
/// # Source
/// Minter.trustedTransferTokens; deviation: none.
pub fn transfer_tokens(_: &mut State, to: &Address, amount: u128) -> Result {
    only_bonding_manager()?;
    token().transfer(to, amount)?;
    Ok(())
}

/// Burns LPT of its own, for BondingManager.
///
/// # Arguments
/// * `amount` - LPT base units.
///
/// # Errors
/// * "msg.sender not BondingManager", "system is paused".
/// * whatever the token answers; on L2 the Minter has no role to burn.
///
/// # Source
/// Minter.trustedBurnTokens; deviation: none.
pub fn burn_tokens(_: &mut State, amount: u128) -> Result {
    only_bonding_manager()?;
    token().burn(amount)
}

/// Pays ether, for BondingManager and the TicketBroker, with all gas (deviation X5): they have done their bookkeeping before.
///
/// # Arguments
/// * `amount` - wei.
///
/// # Errors
/// * "msg.sender not BondingManager or JobsManager", "system is paused".
/// * whatever the recipient answers; empty if there is not enough ether.
///
/// # Source
/// Minter.trustedWithdrawETH; deviation: X5.
pub fn withdraw_eth(_: &mut State, to: &Address, amount: u128) -> Result {
    let caller = msg::sender();
    ensure!(
        caller == bonding_manager().0 || caller == ticket_broker().0,
        "msg.sender not BondingManager or JobsManager"
    );
    manager::not_paused()?;
    match call::raw(to, &wide(amount), &[]) {
        Ok(_) => Ok(()),
        Err(data) => fault::bubble(data),
    }
}

/// Takes ether from the TicketBroker, or from the Minter before; also while the system is paused.
///
/// # Errors
/// * "msg.sender not Minter or JobsManager".
///
/// # Source
/// Minter.depositETH; deviation: none.
pub fn deposit_eth(_: &mut State) -> Result<bool> {
    let caller = msg::sender();
    ensure!(
        caller == ticket_broker().0 || caller == registered_minter()?,
        "msg.sender not Minter or JobsManager"
    );
    Ok(true)
}
