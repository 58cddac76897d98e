//! Several tickets in one transaction, each on its own: one that fails changes nothing and stops nothing.

use crate::peers;
use crate::storage::State;
use crate::ticket::{Number, Ticket};
use confluence_kit::abi::{Bytes, List};
use confluence_kit::{Result, call, interface, this};

interface! {
    /// This contract, from outside: what a failed call did is undone.
    Broker {
        attempt redeemInBatch(ticket: Ticket, sig: Bytes, recipientRand: Number, round: u32);
    }
}

/// Redeems the tickets that can be redeemed.
///
/// # Errors
/// * "system is paused", "current round is not initialized".
/// * `Panic(0x32)` - fewer signatures or numbers than tickets.
///
/// # Events
/// Those of each ticket that could be redeemed, in order.
///
/// # Source
/// TicketBroker.batchRedeemWinningTickets; deviation: what looks at the Controller and the round does so once, not once a ticket.
pub fn batch_redeem_winning_tickets(
    _: &mut State,
    tickets: List<'_, Ticket>,
    sigs: List<'_, Bytes>,
    recipient_rands: List<'_, Number>,
) -> Result {
    let round = peers::running_round()?;
    let broker = Broker(this::address());
    call::forget();
    for i in 0..tickets.len() {
        let (ticket, sig, rand) = (tickets.get(i)?, sigs.get(i)?, recipient_rands.get(i)?);
        let _done = broker.redeemInBatch(ticket, sig, rand, round);
    }
    Ok(())
}
