//! Money goes out.

use crate::events::Withdrawal;
use crate::peers;
use crate::storage::{State, Wei};
use confluence_kit::{Checked, Result, emit, ensure, manager, msg};

/// Pays out the caller's deposit and reserve. It stays unlocked until it funds itself or cancels; others' funding does not lock it.
///
/// # Errors
/// * "system is paused".
/// * "sender deposit and reserve are zero", "no unlock request in progress", "account is locked".
/// * whatever the caller answers to the payment.
///
/// # Events
/// `Withdrawal`.
///
/// # Source
/// TicketBroker.withdraw; deviation: X5 (in the Minter).
pub fn withdraw(s: &mut State) -> Result {
    manager::not_paused()?;
    let who = msg::sender();
    let mut sender = s.senders.edit(&who);
    ensure!(sender.has_funds(), "sender deposit and reserve are zero");
    ensure!(sender.withdraw_round != 0, "no unlock request in progress");
    ensure!(
        peers::current_round()? >= sender.withdraw_round,
        "account is locked"
    );
    let (deposit, reserve) = (sender.deposit.get(), sender.reserve.get());
    sender.deposit = Wei::ZERO;
    sender.reserve = Wei::ZERO;
    sender.store();
    peers::minter().trustedWithdrawETH(&who, deposit.plus(reserve)?)?;
    emit!(Withdrawal {
        sender: &who,
        deposit,
        reserve
    });
    Ok(())
}
