//! Who keeps the whitelist. As in the original, a caller without the right gets no message.

use crate::events::OwnershipTransferred;
use crate::storage::State;
use confluence_kit::{Address, Result, emit, ensure, msg};

/// Makes somebody else the owner.
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
    let mut owner = s.owner.open();
    emit!(OwnershipTransferred {
        previousOwner: &owner.who,
        newOwner: to
    });
    owner.who = *to;
    owner.store();
    Ok(())
}

/// The owner.
pub fn owner(s: &State) -> Result<Address> {
    Ok(s.owner.load().who)
}

/// Nobody but the owner.
pub fn only_owner(s: &State) -> Result {
    ensure!(msg::sender() == s.owner.load().who);
    Ok(())
}
