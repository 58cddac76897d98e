//! Retryable tickets: how messages travel from L1 to L2, where they are, what they cost, and what to do about them.
//! Always holds: only standard RPC methods are used; what a ticket is follows from bytes on L1 or L2, never from a note of ours.

mod act;
pub mod bridge;
mod fee;
mod find;
mod message;
mod refund;
mod state;

use alloy::primitives::{Address, B256};

pub use act::{Redeemed, cancel, keepalive, redeem};
pub use fee::{Buffers, Draft, Fees, estimate};
pub use find::{Status, by_address, by_hash};
pub use message::{MessageError, Ticket, tickets};
pub(crate) use refund::Aliased;
pub use refund::refunds_to;
pub use state::{State, on_l2, state};

use crate::client::ClientError;

/// Why nothing can be said or done about a ticket.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TicketError {
    /// A chain did not do what was asked.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A message that cannot be read.
    #[error(transparent)]
    Message(#[from] MessageError),
    /// Neither chain knows the hash.
    #[error(
        "{hash} is neither an L1 transaction nor a ticket: looked on {}; check the network, and ask again in some minutes if it was sent just now",
        places(looked)
    )]
    Unknown {
        /// What was asked for.
        hash: B256,
        /// Where: side and chain id.
        looked: Vec<(&'static str, u64)>,
    },
    /// A transaction on L2 that is no ticket.
    #[error(
        "{hash} is a transaction on {side} (chain {chain_id}) but no ticket; give the L1 transaction or the ticket's id"
    )]
    NotATicket {
        /// What was asked for.
        hash: B256,
        /// Where it was found.
        side: &'static str,
        /// That chain's id.
        chain_id: u64,
    },
    /// An L1 transaction without tickets.
    #[error("{hash} is an L1 transaction that {}", if *succeeded { "sent no ticket to L2" } else { "failed, so nothing was sent to L2; send it again" })]
    NoTickets {
        /// The transaction.
        hash: B256,
        /// Whether it succeeded.
        succeeded: bool,
    },
    /// The ticket is in a state in which nothing can be done about it.
    #[error("ticket {id} is {}: {}", state.name(), state.advice())]
    NotOpen {
        /// The ticket.
        id: B256,
        /// How far it is.
        state: State,
    },
    /// It was redeemed and failed again.
    #[error("ticket {id} was run again and failed: {why}. It can still be redeemed")]
    StillFails {
        /// The ticket.
        id: B256,
        /// What is known of why.
        why: String,
    },
    /// Its time cannot be extended yet.
    #[error("ticket {id} still has {} days; it can be extended once a week or less is left", seconds_left / 86_400)]
    TooEarly {
        /// The ticket.
        id: B256,
        /// Seconds left.
        seconds_left: u64,
    },
    /// Only its beneficiary may cancel it.
    #[error(
        "ticket {id} can be cancelled only by its beneficiary {beneficiary}, not by {from}{}", if *beneficiary == bridge::alias(*from) { format!(". {}", Aliased(*from)) } else { String::new() }
    )]
    NotBeneficiary {
        /// The ticket.
        id: B256,
        /// Who may.
        beneficiary: Address,
        /// Who wanted to.
        from: Address,
    },
}

impl TicketError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Client(error) => error.is_usage(),
            Self::NotATicket { .. }
            | Self::NoTickets { .. }
            | Self::NotBeneficiary { .. }
            | Self::TooEarly { .. } => true,
            _ => false,
        }
    }
}

fn places(looked: &[(&'static str, u64)]) -> String {
    let places = looked
        .iter()
        .map(|(side, id)| format!("{side} (chain {id})"));
    places.collect::<Vec<_>>().join(" and ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_an_alias_in_its_place_is_told_why_it_may_not_cancel() {
        let from = Address::repeat_byte(1);
        let error = |beneficiary| TicketError::NotBeneficiary {
            id: B256::ZERO,
            beneficiary,
            from,
        };
        let text = error(bridge::alias(from)).to_string();
        assert!(text.contains("has code on L1"), "{text}");
        let text = error(Address::repeat_byte(2)).to_string();
        assert!(!text.contains("alias"), "{text}");
    }
}
