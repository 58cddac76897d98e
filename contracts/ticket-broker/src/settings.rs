//! What the Controller's owner sets.

use crate::storage::State;
use confluence_kit::manager::{only_owner, parameter_update};
use confluence_kit::{Result, ensure, fault};

/// Sets for how many rounds a sender's money can still be drawn after it began to unlock.
///
/// # Errors
/// * "caller must be Controller owner".
/// * `Panic(0x11)` for 2^32 rounds and more.
///
/// # Events
/// `ParameterUpdate("unlockPeriod")`.
///
/// # Source
/// TicketBroker.setUnlockPeriod; deviation: the panic.
pub fn set_unlock_period(s: &mut State, rounds: u128) -> Result {
    only_owner()?;
    let mut terms = s.terms.open();
    terms.unlock_period = narrow(rounds)?;
    terms.store();
    parameter_update("unlockPeriod");
    Ok(())
}

/// Sets for how many rounds, its own included, a ticket can be redeemed.
///
/// # Errors
/// * "caller must be Controller owner".
/// * "ticketValidityPeriod must be greater than 0"; `Panic(0x11)` for 2^32 rounds and more.
///
/// # Events
/// `ParameterUpdate("ticketValidityPeriod")`.
///
/// # Source
/// TicketBroker.setTicketValidityPeriod; deviation: the panic.
pub fn set_ticket_validity_period(s: &mut State, rounds: u128) -> Result {
    only_owner()?;
    ensure!(rounds != 0, "ticketValidityPeriod must be greater than 0");
    let mut terms = s.terms.open();
    terms.ticket_validity_period = narrow(rounds)?;
    terms.store();
    parameter_update("ticketValidityPeriod");
    Ok(())
}

/// Switches the deviations X11 and X12 off, or on again.
///
/// # Errors
/// * "caller must be Controller owner".
///
/// # Events
/// `ParameterUpdate("originalRules")`.
///
/// # Source
/// Ours.
pub fn set_original_rules(s: &mut State, on: bool) -> Result {
    only_owner()?;
    let mut terms = s.terms.open();
    terms.original_rules = on.into();
    terms.store();
    parameter_update("originalRules");
    Ok(())
}

/// Rounds between unlocking and withdrawing.
pub fn unlock_period(s: &State) -> Result<u32> {
    Ok(s.terms.load().unlock_period)
}

/// Rounds, its own included, in which a ticket can be redeemed.
pub fn ticket_validity_period(s: &State) -> Result<u32> {
    Ok(s.terms.load().ticket_validity_period)
}

/// Whether X11 and X12 are switched off.
pub fn original_rules(s: &State) -> Result<bool> {
    Ok(s.terms.load().original_rules.get())
}

fn narrow(v: u128) -> Result<u32> {
    match u32::try_from(v) {
        Ok(v) => Ok(v),
        Err(_) => fault::panic(fault::OVERFLOW),
    }
}
