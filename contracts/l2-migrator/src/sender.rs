//! A broadcaster's funds arrive from L1.

use crate::events::MigrateSenderFinalized;
use crate::messages::SenderArg;
use crate::peers;
use crate::settings::only_l1_migrator;
use crate::storage::State;
use confluence_kit::math::wide;
use confluence_kit::{Address, Checked, Result, emit, ensure};

/// Funds a broadcaster's deposit and reserve: the L2 leg of `L1Migrator.migrateSender`.
///
/// # Errors
/// * "ONLY_COUNTERPART_GATEWAY", "system is paused".
/// * "SENDER_ALREADY_MIGRATED".
/// * what the TicketBroker answers; empty if the ether has not arrived here yet.
///
/// # Events
/// The TicketBroker's, `MigrateSenderFinalized`.
///
/// # Source
/// L2Migrator.finalizeMigrateSender; deviation: none.
pub fn finalize(s: &mut State, it: SenderArg<'_>) -> Result {
    only_l1_migrator(s)?;
    let mut account = s.accounts.edit(it.l1_addr);
    ensure!(!account.is_sender_done.get(), "SENDER_ALREADY_MIGRATED");
    account.is_sender_done = true.into();
    account.store();
    let value = wide(it.deposit.plus(it.reserve)?);
    peers::ticket_broker().fundDepositAndReserveFor(&value, it.l2_addr, it.deposit, it.reserve)?;
    emit!(MigrateSenderFinalized { params: it });
    Ok(())
}

/// Whether a broadcaster's funds have arrived.
pub fn is_migrated(s: &State, who: &Address) -> Result<bool> {
    Ok(s.accounts.get(who).is_sender_done.get())
}
