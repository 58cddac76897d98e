//! Who decides. As in the original, a caller without the right gets no message.

use crate::events::OwnershipTransferred;
use crate::storage::State;
use confluence_kit::{Address, Result, deploy, emit, ensure, msg};

/// Sets the owner and pauses the system, without an event.
///
/// # Arguments
/// * `owner` - whoever may decide from now on. The original takes the deploying account, which here is the StylusDeployer.
///
/// # Errors
/// * empty - the caller is not the StylusDeployer, or it has constructed before; `owner` is null.
///
/// # Source
/// Controller's constructor; deviation: the owner is an argument.
pub fn construct(s: &mut State, owner: &Address) -> Result {
    deploy::constructing()?;
    ensure!(!owner.is_zero());
    let mut system = s.system.open();
    system.owner = *owner;
    system.paused = true.into();
    system.store();
    Ok(())
}

/// Hands the system over.
///
/// # Errors
/// * empty - the caller is not the owner; the new owner is null.
///
/// # Events
/// `OwnershipTransferred`.
///
/// # Source
/// Ownable.transferOwnership; deviation: none.
pub fn transfer(s: &mut State, to: &Address) -> Result {
    only_owner(s)?;
    ensure!(!to.is_zero());
    let mut system = s.system.open();
    emit!(OwnershipTransferred {
        previousOwner: &system.owner,
        newOwner: to
    });
    system.owner = *to;
    system.store();
    Ok(())
}

/// The owner.
pub fn owner(s: &State) -> Result<Address> {
    Ok(s.system.load().owner)
}

/// Nobody but the owner.
#[inline(never)]
pub fn only_owner(s: &State) -> Result {
    ensure!(msg::sender() == s.system.load().owner);
    Ok(())
}
