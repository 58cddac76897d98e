//! Making tokens and destroying them.

use crate::allowance;
use crate::events::{Burn, Mint, Transfer};
use crate::storage::State;
use confluence_kit::{
    Address, B256, Checked, Result, U256, b256, deploy, emit, ensure, msg, roles,
};

/// keccak256("MINTER_ROLE").
pub const MINTER_ROLE: B256 =
    b256!("9f2df0fed2c77648de5860a4cc508cd0818c85b8b8a1ab4ceeef8d981c8956a6");
/// keccak256("BURNER_ROLE").
pub const BURNER_ROLE: B256 =
    b256!("3c11d16cbaffd01df69ce1c404f6340ee057498f5f00246190ea54220576a848");

/// Makes `admin` the one who gives and takes roles.
///
/// # Errors
/// * empty - the caller is not the StylusDeployer, or it has constructed before.
///
/// # Events
/// `RoleGranted`.
///
/// # Source
/// LivepeerToken's constructor; deviation: the admin is an argument, since the StylusDeployer calls.
pub fn construct(_: &mut State, admin: &Address) -> Result {
    deploy::constructing()?;
    roles::give(&roles::DEFAULT_ADMIN, admin);
    Ok(())
}

/// Makes tokens.
///
/// # Arguments
/// * `amount` - LPT base units.
///
/// # Errors
/// * "AccessControl: account .. is missing role ..".
/// * "ERC20: mint to the zero address".
/// * `Panic(0x11)` - the supply would not fit 256 bits.
///
/// # Events
/// `Transfer` from the null address, `Mint`.
///
/// # Source
/// LivepeerToken.mint; deviation: none.
pub fn mint(s: &mut State, to: &Address, amount: U256) -> Result {
    roles::only(&MINTER_ROLE)?;
    ensure!(!to.is_zero(), "ERC20: mint to the zero address");
    let mut supply = s.supply.open();
    supply.total = supply.total.plus(amount)?;
    supply.store();
    let mut balance = s.balances.edit(to);
    // Cannot overflow: it is at most the supply.
    balance.amount += amount;
    balance.store();
    emit!(Transfer {
        from: &Address::ZERO,
        to,
        value: amount
    });
    emit!(Mint { to, amount });
    Ok(())
}

/// Destroys the caller's own tokens.
///
/// # Errors
/// * "AccessControl: account .. is missing role ..".
/// * "ERC20: burn amount exceeds balance".
///
/// # Events
/// `Transfer` to the null address, `Burn`.
///
/// # Source
/// LivepeerToken.burn; deviation: none.
pub fn burn(s: &mut State, amount: U256) -> Result {
    roles::only(&BURNER_ROLE)?;
    destroy(s, &msg::sender(), amount)
}

/// Destroys somebody's tokens, of what they allowed the caller.
///
/// # Errors
/// * "AccessControl: account .. is missing role ..".
/// * "ERC20: burn amount exceeds allowance".
/// * "ERC20: approve from the zero address" - `from` is null and `amount` 0.
/// * "ERC20: burn amount exceeds balance".
///
/// # Events
/// `Approval`, `Transfer` to the null address, `Burn`.
///
/// # Source
/// LivepeerToken.burnFrom; deviation: none.
pub fn burn_from(s: &mut State, from: &Address, amount: U256) -> Result {
    roles::only(&BURNER_ROLE)?;
    let spender = msg::sender();
    let allowed = allowance::of(s, from, &spender)?;
    ensure!(allowed >= amount, "ERC20: burn amount exceeds allowance");
    allowance::set(s, from, &spender, allowed - amount)?;
    destroy(s, from, amount)
}

#[inline(never)]
fn destroy(s: &mut State, burner: &Address, amount: U256) -> Result {
    ensure!(!burner.is_zero(), "ERC20: burn from the zero address");
    let mut balance = s.balances.edit(burner);
    ensure!(
        balance.amount >= amount,
        "ERC20: burn amount exceeds balance"
    );
    balance.amount -= amount;
    balance.store();
    let mut supply = s.supply.open();
    supply.total -= amount;
    supply.store();
    emit!(Transfer {
        from: burner,
        to: &Address::ZERO,
        value: amount
    });
    emit!(Burn { burner, amount });
    Ok(())
}

/// All there is on L2, base units.
pub fn total(s: &State) -> Result<U256> {
    Ok(s.supply.load().total)
}
