//! Who sets the addresses: OpenZeppelin 4.4's Ownable.

use crate::events::OwnershipTransferred;
use crate::storage::State;
use confluence_kit::{Address, Result, deploy, emit, ensure, msg};

/// Sets the first owner.
///
/// # Arguments
/// * `owner` - the original takes the deploying account, which here is the StylusDeployer.
///
/// # Errors
/// * empty - the caller is not the StylusDeployer, or it has constructed before.
///
/// # Events
/// `OwnershipTransferred`.
///
/// # Source
/// L2LPTDataCache's constructor; deviation: the owner is an argument.
pub fn construct(s: &mut State, owner: &Address) -> Result {
    deploy::constructing()?;
    set(s, owner);
    Ok(())
}

/// Hands the right over.
///
/// # Errors
/// * "Ownable: caller is not the owner".
/// * "Ownable: new owner is the zero address".
///
/// # Events
/// `OwnershipTransferred`.
///
/// # Source
/// OpenZeppelin 4.4 Ownable.transferOwnership; deviation: none.
pub fn transfer(s: &mut State, to: &Address) -> Result {
    only_owner(s)?;
    ensure!(!to.is_zero(), "Ownable: new owner is the zero address");
    set(s, to);
    Ok(())
}

/// Gives the right up for good.
///
/// # Errors
/// * "Ownable: caller is not the owner".
///
/// # Events
/// `OwnershipTransferred`.
///
/// # Source
/// OpenZeppelin 4.4 Ownable.renounceOwnership; deviation: none.
pub fn renounce(s: &mut State) -> Result {
    only_owner(s)?;
    set(s, &Address::ZERO);
    Ok(())
}

/// The owner.
pub fn owner(s: &State) -> Result<Address> {
    Ok(s.ownership.load().owner)
}

/// "Ownable: caller is not the owner".
#[inline(never)]
pub fn only_owner(s: &State) -> Result {
    ensure!(
        msg::sender() == s.ownership.load().owner,
        "Ownable: caller is not the owner"
    );
    Ok(())
}

#[inline(never)]
fn set(s: &mut State, to: &Address) {
    let mut ownership = s.ownership.open();
    emit!(OwnershipTransferred {
        previousOwner: &ownership.owner,
        newOwner: to
    });
    ownership.owner = *to;
    ownership.store();
}
