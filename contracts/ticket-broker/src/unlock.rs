//! A sender wants its money back: it has to say so, and orchestrators have the unlock period to redeem what they hold.

use crate::events::Unlock;
use crate::storage::State;
use crate::{fund, peers};
use confluence_kit::{Checked, Result, emit, ensure, manager, msg};

/// Begins the unlock period. Tickets can be redeemed until it is over.
///
/// # Errors
/// * "system is paused".
/// * "sender deposit and reserve are zero", "unlock already initiated".
///
/// # Events
/// `Unlock`.
///
/// # Source
/// TicketBroker.unlock; deviation: none.
pub fn unlock(s: &mut State) -> Result {
    manager::not_paused()?;
    let who = msg::sender();
    let mut sender = s.senders.edit(&who);
    ensure!(sender.has_funds(), "sender deposit and reserve are zero");
    ensure!(sender.withdraw_round == 0, "unlock already initiated");
    let round = peers::current_round()?;
    sender.withdraw_round = round.plus(s.terms.load().unlock_period)?;
    sender.store();
    emit!(Unlock {
        sender: &who,
        startRound: round,
        endRound: sender.withdraw_round
    });
    Ok(())
}

/// Ends the unlock period, before or after it is over.
///
/// # Errors
/// * "system is paused".
/// * "no unlock request in progress".
///
/// # Events
/// `UnlockCancelled`.
///
/// # Source
/// TicketBroker.cancelUnlock; deviation: none.
pub fn cancel_unlock(s: &mut State) -> Result {
    manager::not_paused()?;
    let who = msg::sender();
    let mut sender = s.senders.edit(&who);
    ensure!(sender.withdraw_round != 0, "no unlock request in progress");
    fund::lock_again(&who, &mut sender);
    sender.store();
    Ok(())
}
