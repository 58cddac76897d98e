//! OpenZeppelin 4.4's Pausable, for the gateways.

use crate::storage::{Flag, Record, Table};
use crate::{Result, chain::msg, emit, ensure, events};

events! {
    /// It stands still.
    Paused(account: Address);
    /// It runs.
    Unpaused(account: Address);
}
use crate::Address;

/// Whether it stands still.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
struct Pause {
    paused: Flag,
    spare: [u8; 31],
}
// SAFETY: 32 plain bytes.
unsafe impl Record for Pause {
    const TAG: u8 = 0x32;
    type Key = ();
}

/// Entry `paused()`.
pub fn paused<S>(_: &S) -> Result<bool> {
    Ok(is_paused())
}

fn is_paused() -> bool {
    Table::<Pause>::new().load().paused.get()
}

/// "Pausable: paused".
#[inline(never)]
pub fn not_paused() -> Result {
    ensure!(!is_paused(), "Pausable: paused");
    Ok(())
}

/// "Pausable: not paused".
#[inline(never)]
pub fn only_paused() -> Result {
    ensure!(is_paused(), "Pausable: not paused");
    Ok(())
}

fn set(paused: bool) {
    let mut table = Table::<Pause>::new();
    let mut pause = table.open();
    pause.paused = paused.into();
    pause.store();
}

/// Stops; who may is the caller's affair.
pub fn pause() -> Result {
    not_paused()?;
    set(true);
    emit!(Paused {
        account: &msg::sender()
    });
    Ok(())
}

/// Runs again; who may is the caller's affair.
pub fn unpause() -> Result {
    only_paused()?;
    set(false);
    emit!(Unpaused {
        account: &msg::sender()
    });
    Ok(())
}
