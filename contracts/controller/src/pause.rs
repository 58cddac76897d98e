//! The switch that every contract of the protocol asks before it acts.

use crate::events::{Pause, Unpause};
use crate::ownership::only_owner;
use crate::storage::State;
use confluence_kit::{Result, emit, ensure};

/// Stops the system.
///
/// # Errors
/// * empty - the caller is not the owner; it is stopped already.
///
/// # Events
/// `Pause`.
///
/// # Source
/// Pausable.pause; deviation: none.
pub fn pause(s: &mut State) -> Result {
    switch(s, true)?;
    emit!(Pause {});
    Ok(())
}

/// Lets the system run.
///
/// # Errors
/// * empty - the caller is not the owner; it runs already.
///
/// # Events
/// `Unpause`.
///
/// # Source
/// Pausable.unpause; deviation: none.
pub fn unpause(s: &mut State) -> Result {
    switch(s, false)?;
    emit!(Unpause {});
    Ok(())
}

fn switch(s: &mut State, to: bool) -> Result {
    only_owner(s)?;
    let mut system = s.system.open();
    ensure!(system.paused.get() != to);
    system.paused = to.into();
    system.store();
    Ok(())
}

/// Whether the system stands still.
pub fn paused(s: &State) -> Result<bool> {
    Ok(s.system.load().paused.get())
}
