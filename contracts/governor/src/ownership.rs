//! Who stages batches.

use crate::events::OwnershipTransferred;
use crate::storage::State;
use confluence_kit::{Address, Result, deploy, emit, ensure, msg, this};

/// Sets the owner.
///
/// # Errors
/// * empty - the caller is not the StylusDeployer, or it has constructed before.
///
/// # Events
/// `OwnershipTransferred` from the null address.
///
/// # Source
/// Governor's constructor; deviation: the owner is an argument, since the StylusDeployer calls.
pub fn construct(s: &mut State, owner: &Address) -> Result {
    deploy::constructing()?;
    set(s, owner);
    Ok(())
}

/// Makes somebody else the owner; only a batch can.
///
/// # Errors
/// * "unauthorized: msg.sender not Governor".
/// * "newOwner is a null address".
///
/// # Events
/// `OwnershipTransferred`.
///
/// # Source
/// Governor.transferOwnership; deviation: none.
pub fn transfer(s: &mut State, to: &Address) -> Result {
    ensure!(
        msg::sender() == this::address(),
        "unauthorized: msg.sender not Governor"
    );
    ensure!(!to.is_zero(), "newOwner is a null address");
    set(s, to);
    Ok(())
}

fn set(s: &mut State, to: &Address) {
    let mut owner = s.owner.open();
    emit!(OwnershipTransferred {
        previousOwner: &owner.who,
        newOwner: to
    });
    owner.who = *to;
    owner.store();
}

/// The owner.
pub fn owner(s: &State) -> Result<Address> {
    Ok(s.owner.load().who)
}

/// "unauthorized: msg.sender not owner".
pub fn only_owner(s: &State) -> Result {
    ensure!(
        msg::sender() == s.owner.load().who,
        "unauthorized: msg.sender not owner"
    );
    Ok(())
}
