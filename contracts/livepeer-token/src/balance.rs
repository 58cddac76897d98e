//! Moving tokens.

use crate::events::Transfer;
use crate::storage::State;
use confluence_kit::{Address, Result, U256, emit, ensure, msg};

/// Sends the caller's tokens.
///
/// # Arguments
/// * `amount` - LPT base units.
///
/// # Errors
/// * "ERC20: transfer to the zero address".
/// * "ERC20: transfer amount exceeds balance".
///
/// # Events
/// `Transfer`.
///
/// # Source
/// OpenZeppelin 4.4 ERC20.transfer; deviation: none.
pub fn transfer(s: &mut State, to: &Address, amount: U256) -> Result<bool> {
    move_tokens(s, &msg::sender(), to, amount)?;
    Ok(true)
}

/// Moves tokens, allowed or not.
#[inline(never)]
pub fn move_tokens(s: &mut State, from: &Address, to: &Address, amount: U256) -> Result {
    ensure!(!from.is_zero(), "ERC20: transfer from the zero address");
    ensure!(!to.is_zero(), "ERC20: transfer to the zero address");
    let mut payer = s.balances.edit(from);
    ensure!(
        payer.amount >= amount,
        "ERC20: transfer amount exceeds balance"
    );
    payer.amount -= amount;
    payer.store();
    let mut payee = s.balances.edit(to);
    // Cannot overflow: it is at most the supply.
    payee.amount += amount;
    payee.store();
    emit!(Transfer {
        from,
        to,
        value: amount
    });
    Ok(())
}

/// What an account has, base units.
pub fn of(s: &State, who: &Address) -> Result<U256> {
    Ok(s.balances.get(who).amount)
}
