//! Letting somebody else move one's tokens.

use crate::balance::move_tokens;
use crate::events::Approval;
use crate::storage::State;
use confluence_kit::{Address, Checked, Result, U256, emit, ensure, msg};

/// Sends somebody's tokens, of what they allowed the caller. The allowance falls even if it is 2^256-1.
///
/// # Arguments
/// * `amount` - LPT base units.
///
/// # Errors
/// * "ERC20: transfer from the zero address", "ERC20: transfer to the zero address".
/// * "ERC20: transfer amount exceeds balance".
/// * "ERC20: transfer amount exceeds allowance".
///
/// # Events
/// `Transfer`, `Approval`.
///
/// # Source
/// OpenZeppelin 4.4 ERC20.transferFrom; deviation: none.
pub fn transfer_from(s: &mut State, from: &Address, to: &Address, amount: U256) -> Result<bool> {
    move_tokens(s, from, to, amount)?;
    let spender = msg::sender();
    let allowed = of(s, from, &spender)?;
    ensure!(
        allowed >= amount,
        "ERC20: transfer amount exceeds allowance"
    );
    set(s, from, &spender, allowed - amount)?;
    Ok(true)
}

/// Allows `spender` to move `amount` of the caller's tokens, whatever was allowed before.
///
/// # Errors
/// * "ERC20: approve to the zero address".
///
/// # Events
/// `Approval`.
///
/// # Source
/// OpenZeppelin 4.4 ERC20.approve; deviation: none.
pub fn approve(s: &mut State, spender: &Address, amount: U256) -> Result<bool> {
    set(s, &msg::sender(), spender, amount)?;
    Ok(true)
}

/// Allows `spender` more.
///
/// # Errors
/// * `Panic(0x11)` - the sum does not fit 256 bits.
/// * "ERC20: approve to the zero address".
///
/// # Events
/// `Approval`.
///
/// # Source
/// OpenZeppelin 4.4 ERC20.increaseAllowance; deviation: none.
pub fn increase(s: &mut State, spender: &Address, by: U256) -> Result<bool> {
    let owner = msg::sender();
    let allowed = of(s, &owner, spender)?.plus(by)?;
    set(s, &owner, spender, allowed)?;
    Ok(true)
}

/// Allows `spender` less.
///
/// # Errors
/// * "ERC20: decreased allowance below zero".
/// * "ERC20: approve to the zero address".
///
/// # Events
/// `Approval`.
///
/// # Source
/// OpenZeppelin 4.4 ERC20.decreaseAllowance; deviation: none.
pub fn decrease(s: &mut State, spender: &Address, by: U256) -> Result<bool> {
    let owner = msg::sender();
    let allowed = of(s, &owner, spender)?;
    ensure!(allowed >= by, "ERC20: decreased allowance below zero");
    set(s, &owner, spender, allowed - by)?;
    Ok(true)
}

/// Sets what `owner` allows `spender`.
#[inline(never)]
pub fn set(s: &mut State, owner: &Address, spender: &Address, amount: U256) -> Result {
    ensure!(!owner.is_zero(), "ERC20: approve from the zero address");
    ensure!(!spender.is_zero(), "ERC20: approve to the zero address");
    let mut allowance = s.allowances.edit((owner, spender));
    allowance.amount = amount;
    allowance.store();
    emit!(Approval {
        owner,
        spender,
        value: amount
    });
    Ok(())
}

/// What `owner` allows `spender`, base units.
#[inline(never)]
pub fn of(s: &State, owner: &Address, spender: &Address) -> Result<U256> {
    Ok(s.allowances.get((owner, spender)).amount)
}
