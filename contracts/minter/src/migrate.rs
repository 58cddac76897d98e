//! Handing everything to another Minter.

use crate::peers::{Minter, registered_minter, token};
use crate::storage::State;
use confluence_kit::{Address, Result, ensure, manager, this};

/// Sends all LPT and all ether to a new Minter; the token's roles are handed over apart from this.
///
/// # Errors
/// * "caller must be Controller owner".
/// * "new Minter cannot be current Minter", "new Minter cannot be null address".
/// * "new Minter Controller must be current Controller".
/// * "new Minter must be registered" - this one is not, so the new one would not take its ether.
///
/// # Source
/// Minter.migrateToNewMinter; deviation: none.
pub fn migrate_to_new_minter(_: &mut State, new: &Address) -> Result {
    manager::only_owner()?;
    let this = this::address();
    ensure!(*new != this, "new Minter cannot be current Minter");
    ensure!(!new.is_zero(), "new Minter cannot be null address");
    let next = Minter(*new);
    ensure!(
        next.getController()? == manager::controller().0,
        "new Minter Controller must be current Controller"
    );
    ensure!(
        registered_minter()? == this,
        "new Minter must be registered"
    );
    let token = token();
    token.transfer(new, token.balanceOf(&this)?)?;
    next.depositETH(&this::balance())?;
    Ok(())
}
