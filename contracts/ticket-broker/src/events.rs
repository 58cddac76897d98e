//! TicketBroker's events, as the original has them.

use crate::ticket::Number;
use confluence_kit::{Address, abi::Bytes, events};

events! {
    /// A deposit grew.
    DepositFunded(indexed sender: Address, amount: u128);
    /// Part of a reserve pays a ticket.
    ReserveClaimed(indexed reserveHolder: Address, claimant: Address, amount: u128);
    /// A reserve grew.
    ReserveFunded(indexed reserveHolder: Address, amount: u128);
    /// A sender began to unlock.
    Unlock(indexed sender: Address, startRound: u32, endRound: u32);
    /// A sender locked itself again.
    UnlockCancelled(indexed sender: Address);
    /// A ticket was redeemed, whatever it was paid.
    WinningTicketRedeemed(
        indexed sender: Address,
        indexed recipient: Address,
        faceValue: Number,
        winProb: Number,
        senderNonce: Number,
        recipientRand: Number,
        auxData: Bytes
    );
    /// A ticket was paid.
    WinningTicketTransfer(indexed sender: Address, indexed recipient: Address, amount: u128);
    /// A sender took its money out.
    Withdrawal(indexed sender: Address, deposit: u128, reserve: u128);
}
