//! A winning ticket becomes fees: first from the sender's deposit, then from the recipient's part of its reserve.

use crate::events::{WinningTicketRedeemed, WinningTicketTransfer};
use crate::peers::{self, bonding_manager};
use crate::reserve;
use crate::storage::{State, Wei};
use crate::ticket::TicketArg;
use confluence_kit::storage::Flag;
use confluence_kit::{Result, emit, ensure, msg, this};

/// Redeems a winning ticket; anyone may, for its recipient.
///
/// # Arguments
/// * `sig` - the sender's signature over the ticket's hash, 65 bytes.
/// * `recipient_rand` - the number behind the ticket's `recipientRandHash`.
///
/// # Errors
/// * "system is paused", "current round is not initialized".
/// * "ticket recipient is null address", "ticket sender is null address".
/// * "invalid length for ticket auxData: must be 64 bytes".
/// * "ticket creationRound does not have a block hash".
/// * "ticket creationRoundBlockHash invalid for creationRound".
/// * "ticket is expired".
/// * "recipientRand does not match recipientRandHash".
/// * "ticket is used".
/// * those of [`TicketArg::won`].
/// * "sender is unlocked", "sender deposit and reserve are zero".
/// * "ticket recipient is not active" (X11).
/// * those of BondingManager.updateTranscoderWithFees, if anything is paid.
///
/// # Events
/// `ReserveClaimed` if the reserve pays, `WinningTicketTransfer` if anything is paid, `WinningTicketRedeemed`.
///
/// # Source
/// TicketBroker.redeemWinningTicket; deviations: X11, X12.
pub fn redeem_winning_ticket(
    s: &mut State,
    ticket: TicketArg<'_>,
    sig: &[u8],
    recipient_rand: &confluence_kit::B256,
) -> Result {
    let round = peers::running_round()?;
    redeem(s, &ticket, sig, recipient_rand, round)
}

/// Redeems a ticket of a batch; only for the batch itself, which has looked whether users may act and in which round.
///
/// # Errors
/// * empty - the caller is not this contract.
/// * those of [`redeem_winning_ticket`], but for the first two.
///
/// # Events
/// Those of [`redeem_winning_ticket`].
///
/// # Source
/// Ours: the original's batch calls redeemWinningTicket.
pub fn redeem_in_batch(
    s: &mut State,
    ticket: TicketArg<'_>,
    sig: &[u8],
    recipient_rand: &confluence_kit::B256,
    round: u32,
) -> Result {
    ensure!(msg::sender() == this::address());
    redeem(s, &ticket, sig, recipient_rand, round)
}

#[inline(never)]
fn redeem(
    s: &mut State,
    ticket: &TicketArg<'_>,
    sig: &[u8],
    recipient_rand: &confluence_kit::B256,
    round: u32,
) -> Result {
    ensure!(
        !ticket.recipient.is_zero(),
        "ticket recipient is null address"
    );
    ensure!(!ticket.sender.is_zero(), "ticket sender is null address");
    let created = ticket.creation()?;
    let block_hash = peers::rounds_manager().blockHashForRound(created.round)?;
    ensure!(
        !block_hash.is_zero(),
        "ticket creationRound does not have a block hash"
    );
    ensure!(
        block_hash == *created.block_hash,
        "ticket creationRoundBlockHash invalid for creationRound"
    );
    let terms = s.terms.load();
    ensure!(
        created.round as u64 + terms.ticket_validity_period as u64 > round as u64,
        "ticket is expired"
    );
    ticket.opened_by(recipient_rand)?;
    let hash = ticket.hash();
    let mut used = s.used.edit(&hash);
    ensure!(!used.used.get(), "ticket is used");
    ticket.won(&hash, sig, recipient_rand)?;
    let mut sender = s.senders.edit(ticket.sender);
    ensure!(sender.is_locked(round), "sender is unlocked");
    ensure!(sender.has_funds(), "sender deposit and reserve are zero");

    let face_value = ticket.face_value()?;
    let deposit = sender.deposit.get();
    let by_original_rules = terms.original_rules.get();
    let is_covered = face_value <= deposit;
    let mut claimants = reserve::Claimants::NONE;
    if !by_original_rules || !is_covered {
        claimants = reserve::Claimants::of(ticket.recipient, round, by_original_rules)?;
        ensure!(
            by_original_rules || claimants.is_claimant,
            "ticket recipient is not active"
        );
    }

    used.used = Flag::SET;
    used.store();
    let mut amount = face_value;
    if is_covered {
        sender.deposit.sub(face_value)?;
    } else {
        sender.deposit = Wei::ZERO;
        let missing = face_value - deposit;
        amount = deposit
            + reserve::claim(
                &mut s.claims,
                &mut s.shares,
                &mut sender,
                &reserve::Parties {
                    holder: ticket.sender,
                    claimant: ticket.recipient,
                },
                round,
                &claimants,
                missing,
            )?;
    }
    sender.store();
    if amount != 0 {
        bonding_manager().updateTranscoderWithFees(ticket.recipient, amount, created.round)?;
        emit!(WinningTicketTransfer {
            sender: ticket.sender,
            recipient: ticket.recipient,
            amount
        });
    }
    emit!(WinningTicketRedeemed {
        sender: ticket.sender,
        recipient: ticket.recipient,
        faceValue: ticket.face_value,
        winProb: ticket.win_prob,
        senderNonce: ticket.sender_nonce,
        recipientRand: recipient_rand,
        auxData: ticket.aux_data
    });
    Ok(())
}
