//! Who need not wait.

use crate::ownership::only_owner;
use crate::storage::State;
use confluence_kit::{Address, Result};

/// Lets an account ask without waiting.
///
/// # Errors
/// * empty - the caller is not the owner.
///
/// # Source
/// LivepeerTokenFaucet.addToWhitelist; deviation: none.
pub fn add(s: &mut State, who: &Address) -> Result {
    set(s, who, true)
}

/// Makes an account wait like all others.
///
/// # Errors
/// * empty - the caller is not the owner.
///
/// # Source
/// LivepeerTokenFaucet.removeFromWhitelist; deviation: none.
pub fn remove(s: &mut State, who: &Address) -> Result {
    set(s, who, false)
}

fn set(s: &mut State, who: &Address, to: bool) -> Result {
    only_owner(s)?;
    let mut asker = s.askers.edit(who);
    asker.whitelisted = to.into();
    asker.store();
    Ok(())
}

/// Whether an account need not wait.
pub fn is_whitelisted(s: &State, who: &Address) -> Result<bool> {
    Ok(s.askers.get(who).whitelisted.get())
}
