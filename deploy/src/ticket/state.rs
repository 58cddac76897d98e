//! In which of five states a ticket is, read from L2 alone.
//! Always holds: a ticket counts as redeemed only if the transaction that ran it succeeded; one that is gone without such a
//! transaction has expired or was cancelled, and its call value went to its beneficiary.

use alloy::{
    primitives::{Address, B256, TxHash},
    rpc::types::Filter,
    sol_types::{SolEvent as _, SolEventInterface as _},
};
use serde::Serialize;

use super::{
    TicketError,
    bridge::{ARB_RETRYABLE_TX, ArbRetryableTx},
    message::Ticket,
};
use crate::{
    client::{ClientError, Receipt, Revert},
    l2::L2,
};

/// The type of the transaction that a ticket's creation is on L2.
const SUBMISSION: u64 = 0x69;
/// Fewest units of gas with which L2 tries at once.
const LEAST_GAS: u64 = 21_000;

/// A ticket's state, under the names that Arbitrum's tools have for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// L2 has not seen it yet.
    NotCreated,
    /// L2 refused it: what came with it did not pay for keeping it. The ether is the sender's, on L2.
    CreationFailed,
    /// It waits on L2 until somebody redeems it.
    FundsDeposited {
        /// Unix seconds until which it can be redeemed.
        timeout: u64,
        /// Seconds left of that.
        seconds_left: u64,
        /// Why it has not run yet.
        why: String,
    },
    /// It ran.
    Redeemed {
        /// The transaction that did.
        transaction: TxHash,
    },
    /// It is gone without having run.
    Expired {
        /// Whether its beneficiary cancelled it; otherwise its week was over.
        cancelled: bool,
    },
}

impl State {
    /// Whether nothing more happens to it.
    #[must_use]
    pub fn is_final(&self) -> bool {
        !matches!(self, Self::NotCreated | Self::FundsDeposited { .. })
    }

    /// Whether what it was sent for has happened.
    #[must_use]
    pub fn is_redeemed(&self) -> bool {
        matches!(self, Self::Redeemed { .. })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotCreated => "NOT_CREATED",
            Self::CreationFailed => "CREATION_FAILED",
            Self::FundsDeposited { .. } => "FUNDS_DEPOSITED",
            Self::Redeemed { .. } => "REDEEMED",
            Self::Expired { .. } => "EXPIRED",
        }
    }

    /// What it means and what to do, for people.
    #[must_use]
    pub fn advice(&self) -> String {
        match self {
            Self::NotCreated => {
                "Arbitrum has not taken the message in yet; that takes about ten minutes. Ask again later".to_owned()
            }
            Self::CreationFailed => {
                "the ether did not cover the submission fee; it is at the sender's alias on L2. Send again with a higher fee".to_owned()
            }
            Self::FundsDeposited { seconds_left, why, .. } => format!(
                "{why}. Redeem it within {} (`confluence redeem`), or extend that by a week (`confluence keepalive`)",
                duration(*seconds_left)
            ),
            Self::Redeemed { .. } => "done".to_owned(),
            Self::Expired { cancelled: true } => {
                "cancelled by its beneficiary, who got its call value. Send again if it is still wanted".to_owned()
            }
            Self::Expired { cancelled: false } => {
                "nobody redeemed it in time; its call value went to its beneficiary. Send again".to_owned()
            }
        }
    }
}

/// Days, hours or minutes, whichever says enough.
fn duration(seconds: u64) -> String {
    match seconds {
        172_800.. => format!("{} days", seconds / 86_400),
        7_200.. => format!("{} hours", seconds / 3_600),
        _ => format!("{} minutes", seconds / 60),
    }
}

/// The ticket behind an id, as L2 tells of it; `None` if L2 does not know it (yet).
///
/// # Errors
/// [`TicketError::NotATicket`] if the id is another transaction's.
pub async fn on_l2(l2: &L2, id: B256) -> Result<Option<Ticket>, TicketError> {
    let Some(sent) = l2.transaction(id).await? else {
        return Ok(None);
    };
    let is_submission = sent.kind.to::<u64>() == SUBMISSION;
    match Ticket::from_submission(sent.from, &sent.input) {
        Some(ticket) if is_submission => Ok(Some(ticket)),
        _ => Err(TicketError::NotATicket {
            hash: id,
            side: "L2",
            chain_id: l2.chain_id(),
        }),
    }
}

/// The state of a ticket.
///
/// # Errors
/// Those of the client.
pub async fn state(l2: &L2, id: B256, ticket: Option<&Ticket>) -> Result<State, TicketError> {
    let Some(created) = l2.receipt(id).await? else {
        return Ok(State::NotCreated);
    };
    if !created.succeeded {
        return Ok(State::CreationFailed);
    }
    let first = scheduled(&created, id);
    let attempt = match first {
        Some(hash) => l2.receipt(hash).await?.map(|receipt| (hash, receipt)),
        None => None,
    };
    if let Some((
        transaction,
        Receipt {
            succeeded: true, ..
        },
    )) = attempt
    {
        return Ok(State::Redeemed { transaction });
    }
    let head = l2.head().await?;
    match timeout(l2, id).await? {
        Some(timeout) if timeout >= head.timestamp => Ok(State::FundsDeposited {
            timeout,
            seconds_left: timeout - head.timestamp,
            why: why_open(l2, ticket, attempt.map(|(_, receipt)| receipt)).await,
        }),
        _ => ended(l2, id, created.mined.block).await,
    }
}

/// The transaction that a redeem scheduled.
pub(super) fn scheduled(receipt: &Receipt, id: B256) -> Option<TxHash> {
    let logs = receipt.mined.logs.iter();
    logs.filter(|log| log.address == ARB_RETRYABLE_TX)
        .filter_map(|log| ArbRetryableTx::RedeemScheduled::decode_log(log).ok())
        .find(|event| event.ticketId == id)
        .map(|event| event.retryTxHash)
}

/// Until when a ticket can be redeemed; `None` if there is no such ticket (any more).
async fn timeout(l2: &L2, id: B256) -> Result<Option<u64>, ClientError> {
    let call = ArbRetryableTx::getTimeoutCall { ticketId: id };
    match l2.read(ARB_RETRYABLE_TX, &call).await {
        Ok(timeout) => Ok(Some(timeout.saturating_to())),
        Err(error) if error.is_typed::<ArbRetryableTx::NoTicketWithID>() => Ok(None),
        Err(error) => Err(error),
    }
}

/// How a ticket that is gone went.
async fn ended(l2: &L2, id: B256, since: u64) -> Result<State, TicketError> {
    let filter = Filter::new()
        .address(ARB_RETRYABLE_TX)
        .event_signature(vec![
            ArbRetryableTx::RedeemScheduled::SIGNATURE_HASH,
            ArbRetryableTx::Canceled::SIGNATURE_HASH,
        ])
        .topic1(id);
    let mut cancelled = false;
    for found in l2.logs(&filter, since).await?.into_iter().rev() {
        match ArbRetryableTx::ArbRetryableTxEvents::decode_log(&found.log).map(|log| log.data) {
            Ok(ArbRetryableTx::ArbRetryableTxEvents::RedeemScheduled(event)) => {
                let transaction = event.retryTxHash;
                if l2
                    .receipt(transaction)
                    .await?
                    .is_some_and(|it| it.succeeded)
                {
                    return Ok(State::Redeemed { transaction });
                }
            }
            Ok(ArbRetryableTx::ArbRetryableTxEvents::Canceled(_)) => cancelled = true,
            _ => {}
        }
    }
    Ok(State::Expired { cancelled })
}

/// Why a ticket waits, as far as it can be told.
async fn why_open(l2: &L2, ticket: Option<&Ticket>, attempt: Option<Receipt>) -> String {
    let Some(ticket) = ticket else {
        return "it has not run yet".to_owned();
    };
    if let Some(attempt) = attempt {
        if attempt.mined.gas >= ticket.gas_limit {
            return format!(
                "its first run used up its {} units of gas",
                ticket.gas_limit
            );
        }
        let of_gas = format!(
            "after {} of its {} units of gas",
            attempt.mined.gas, ticket.gas_limit
        );
        return match reason(l2, ticket).await {
            Some(reason) => format!("its first run failed {of_gas}, and would now: {reason}"),
            None => format!("its first run failed {of_gas}, but would succeed now"),
        };
    }
    if ticket.gas_limit < LEAST_GAS {
        return format!("it came without gas to run at once ({})", ticket.gas_limit);
    }
    format!(
        "it did not run at once: its {} wei a unit of gas were less than L2's base fee then, or the ether that came with it did not cover {} units",
        ticket.max_fee_per_gas, ticket.gas_limit
    )
}

/// What the ticket's call would fail with now.
async fn reason(l2: &L2, ticket: &Ticket) -> Option<Revert> {
    let to = ticket.to.unwrap_or(Address::ZERO);
    let sender = l2.with_unlocked(ticket.sender);
    let called = sender
        .call_with(to, ticket.data.clone(), ticket.call_value, &[ticket.sender])
        .await;
    match called {
        Err(ClientError::Reverted { reason, .. }) => Some(reason),
        _ => None,
    }
}
