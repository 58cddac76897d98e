//! From what somebody has at hand to tickets: an L1 transaction, a ticket's id, or an address alone.
//! Always holds: what is not found says on which chains it was looked for.

use alloy::{
    primitives::{Address, B256, TxHash},
    rpc::types::Filter,
    sol_types::SolEvent as _,
};
use serde::Serialize;

use super::{
    TicketError,
    bridge::Messenger,
    message::{Ticket, tickets},
    state::{State, on_l2, state},
};
use crate::client::{L1, L2};

/// A ticket and how far it is.
#[derive(Debug, Clone, Serialize)]
pub struct Status {
    /// Its id.
    pub id: B256,
    /// The L1 transaction that sent it, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub l1_transaction: Option<TxHash>,
    /// What was sent; unknown for an id that L2 does not know yet.
    #[serde(skip)]
    pub ticket: Option<Ticket>,
    /// How far it is.
    #[serde(flatten)]
    pub state: State,
}

/// The tickets behind an L1 transaction's hash or a ticket's id.
///
/// # Errors
/// [`TicketError::Unknown`] if neither chain knows it; [`TicketError::NoTickets`] if it is another transaction's.
pub async fn by_hash(l1: Option<&L1>, l2: &L2, hash: B256) -> Result<Vec<Status>, TicketError> {
    if let Some(l1) = l1
        && let Some(receipt) = l1.receipt(hash).await?
    {
        let sent = tickets(&receipt.mined.logs)?;
        if sent.is_empty() {
            return Err(TicketError::NoTickets {
                hash,
                succeeded: receipt.succeeded,
            });
        }
        return statuses(l2, sent, hash).await;
    }
    let ticket = on_l2(l2, hash).await?;
    if ticket.is_none() {
        let mut looked = Vec::new();
        looked.extend(l1.map(|l1| ("L1", l1.chain_id())));
        looked.push(("L2", l2.chain_id()));
        return Err(TicketError::Unknown { hash, looked });
    }
    let state = state(l2, hash, ticket.as_ref()).await?;
    Ok(vec![Status {
        id: hash,
        l1_transaction: None,
        ticket,
        state,
    }])
}

/// The tickets that an account sent through contracts that log them (Livepeer's and ours), from L1 block `since` on.
///
/// # Errors
/// Those of the clients; a message that cannot be read.
pub async fn by_address(
    l1: &L1,
    l2: &L2,
    who: Address,
    senders: Vec<Address>,
    since: u64,
) -> Result<Vec<Status>, TicketError> {
    let mut filter = Filter::new()
        .event_signature(Messenger::TxToL2::SIGNATURE_HASH)
        .topic1(who.into_word());
    if !senders.is_empty() {
        filter = filter.address(senders);
    }
    let mut found = Vec::new();
    let mut last = None;
    for log in l1.logs(&filter, since).await? {
        // one transaction may have sent several
        if last.replace(log.transaction) == Some(log.transaction) {
            continue;
        }
        if let Some(receipt) = l1.receipt(log.transaction).await? {
            let sent = tickets(&receipt.mined.logs)?;
            found.extend(statuses(l2, sent, log.transaction).await?);
        }
    }
    Ok(found)
}

async fn statuses(
    l2: &L2,
    sent: Vec<Ticket>,
    transaction: TxHash,
) -> Result<Vec<Status>, TicketError> {
    let mut found = Vec::with_capacity(sent.len());
    for ticket in sent {
        let id = ticket.id(l2.chain_id());
        let state = state(l2, id, Some(&ticket)).await?;
        found.push(Status {
            id,
            l1_transaction: Some(transaction),
            ticket: Some(ticket),
            state,
        });
    }
    Ok(found)
}
