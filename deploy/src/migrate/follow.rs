//! What L1Migrator has sent, and what became of it.
//! Always holds: a ticket is found by L1Migrator's own events, whoever paid for it and wherever its refunds go.

use std::time::{Duration, Instant};

use alloy::{
    primitives::{Address, B256, TxHash, U256},
    rpc::types::Filter,
    sol_types::SolEvent as _,
};
use confluence_abi::IL1Migrator;
use serde::Serialize;

use super::MigrateError;
use crate::{
    client::{L1, L2, Mined},
    sign::{Move, What},
    ticket::{self, State, Status},
};

/// Between two looks at L2: short at first, since a development chain delivers at once.
const FIRST_WAIT: Duration = Duration::from_millis(20);
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// A message of L1Migrator's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Initiated {
    /// Whose account on L1.
    pub account: Address,
    /// Who gets it on L2.
    pub receiver: Address,
    /// "delegator", "locks", "sender" or "amount".
    pub kind: &'static str,
    /// Number of the message in the Bridge.
    pub message: U256,
    /// The L1 transaction.
    pub transaction: TxHash,
    /// Its block.
    pub block: u64,
    /// Which locks.
    #[serde(skip)]
    locks: Vec<U256>,
    /// Which part.
    #[serde(skip)]
    nonce: Option<U256>,
}

/// How a ticket ended, or how far it was when patience did.
#[derive(Debug, Clone, Serialize)]
pub struct Followed {
    /// Its id.
    pub id: B256,
    /// The L1 transaction that sent it.
    pub l1_transaction: TxHash,
    /// How far it is.
    #[serde(flatten)]
    pub state: State,
}

impl What {
    /// What the command calls it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Delegator => "delegator",
            Self::Locks { .. } => "locks",
            Self::Sender => "sender",
            Self::Amount { .. } => "amount",
        }
    }
}

impl Initiated {
    /// Whether L2 would refuse `moved` after this has arrived.
    fn is_same(&self, moved: &Move) -> bool {
        if self.account != moved.l1_addr || self.kind != moved.what.name() {
            return false;
        }
        match &moved.what {
            What::Delegator | What::Sender => true,
            What::Locks { ids } => ids.iter().any(|id| self.locks.contains(id)),
            What::Amount { nonce, .. } => self.nonce == Some(*nonce),
        }
    }
}

/// Everything that L1Migrator has sent from L1 block `since` on, oldest first.
///
/// # Errors
/// Those of the client.
pub async fn initiated(
    l1: &L1,
    l1_migrator: Address,
    since: u64,
) -> Result<Vec<Initiated>, MigrateError> {
    use IL1Migrator::{
        IL1MigratorEvents as Event, MigrateDelegatorInitiated, MigrateInitiated,
        MigrateSenderInitiated, MigrateUnbondingLocksInitiated,
    };
    let filter = Filter::new().address(l1_migrator).event_signature(vec![
        MigrateDelegatorInitiated::SIGNATURE_HASH,
        MigrateInitiated::SIGNATURE_HASH,
        MigrateSenderInitiated::SIGNATURE_HASH,
        MigrateUnbondingLocksInitiated::SIGNATURE_HASH,
    ]);
    let mut sent = Vec::new();
    for found in l1.logs(&filter, since).await? {
        let one = |kind, account, receiver, message, locks, nonce| Initiated {
            account,
            receiver,
            kind,
            message,
            transaction: found.transaction,
            block: found.block,
            locks,
            nonce,
        };
        let event = alloy::sol_types::SolEventInterface::decode_log(&found.log);
        sent.push(
            match event.map(|log: alloy::primitives::Log<Event>| log.data) {
                Ok(Event::MigrateDelegatorInitiated(it)) => {
                    let p = it.params;
                    one("delegator", p.l1Addr, p.l2Addr, it.seqNo, Vec::new(), None)
                }
                Ok(Event::MigrateSenderInitiated(it)) => {
                    let p = it.params;
                    one("sender", p.l1Addr, p.l2Addr, it.seqNo, Vec::new(), None)
                }
                Ok(Event::MigrateUnbondingLocksInitiated(it)) => {
                    let p = it.params;
                    one(
                        "locks",
                        p.l1Addr,
                        p.l2Addr,
                        it.seqNo,
                        p.unbondingLockIds,
                        None,
                    )
                }
                Ok(Event::MigrateInitiated(it)) => {
                    let (p, none) = (it.params, Vec::new());
                    one("amount", p.l1Addr, p.l2Addr, it.seqNo, none, Some(p.nonce))
                }
                _ => continue,
            },
        );
    }
    Ok(sent)
}

/// The ticket of a message.
///
/// # Errors
/// Those of the clients.
pub async fn status_of(l1: &L1, l2: &L2, sent: &Initiated) -> Result<Option<Status>, MigrateError> {
    let found = ticket::by_hash(Some(l1), l2, sent.transaction).await?;
    let number = |status: &Status| status.ticket.as_ref().map(|ticket| ticket.number);
    Ok(found
        .into_iter()
        .find(|status| number(status) == Some(sent.message)))
}

/// A ticket for the same move that is on its way or waits; sending once more would be paid for nothing.
///
/// # Errors
/// Those of the clients.
pub async fn underway(
    l1: &L1,
    l2: &L2,
    l1_migrator: Address,
    moved: &Move,
    since: u64,
) -> Result<Option<Status>, MigrateError> {
    let sent = initiated(l1, l1_migrator, since).await?;
    for message in sent.iter().rev().filter(|message| message.is_same(moved)) {
        let status = status_of(l1, l2, message).await?;
        if let Some(status) = status.filter(|status| !status.state.is_final()) {
            return Ok(Some(status));
        }
    }
    Ok(None)
}

/// The ticket that a transaction of L1Migrator's sent.
///
/// # Errors
/// [`MigrateError::NoTicket`].
pub fn ticket_of(l2: &L2, mined: &Mined, l1_migrator: Address) -> Result<B256, MigrateError> {
    let tickets = ticket::tickets(&mined.logs).map_err(ticket::TicketError::from)?;
    let first = tickets.first().ok_or(MigrateError::NoTicket {
        hash: mined.hash,
        l1_migrator,
    })?;
    Ok(first.id(l2.chain_id()))
}

/// Waits until something is known of how a ticket ended, or `patience` is over; `tell` hears of every other state.
///
/// # Errors
/// Those of the client.
pub async fn follow(
    l2: &L2,
    id: B256,
    l1_transaction: TxHash,
    patience: Duration,
    mut tell: impl FnMut(&State),
) -> Result<Followed, MigrateError> {
    let (since, mut wait) = (Instant::now(), FIRST_WAIT);
    let mut told = None;
    loop {
        let ticket = ticket::on_l2(l2, id).await?;
        let state = ticket::state(l2, id, ticket.as_ref()).await?;
        // whoever waits on L2 waits for people, not for time
        if state != State::NotCreated || since.elapsed() >= patience {
            return Ok(Followed {
                id,
                l1_transaction,
                state,
            });
        }
        if told.as_ref() != Some(&state) {
            tell(&state);
            told = Some(state);
        }
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(LONGEST_WAIT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(kind: &'static str, locks: &[u64], nonce: Option<u64>) -> Initiated {
        Initiated {
            account: Address::repeat_byte(1),
            receiver: Address::repeat_byte(2),
            kind,
            message: U256::ZERO,
            transaction: B256::ZERO,
            block: 0,
            locks: locks.iter().copied().map(U256::from).collect(),
            nonce: nonce.map(U256::from),
        }
    }

    fn moved(what: What) -> Move {
        Move {
            l1_addr: Address::repeat_byte(1),
            l2_addr: Address::repeat_byte(9),
            what,
        }
    }

    #[test]
    fn a_message_stands_in_the_way_of_what_l2_would_refuse_after_it_and_of_nothing_else() {
        let locks = |ids: &[u64]| What::Locks {
            ids: ids.iter().copied().map(U256::from).collect(),
        };
        let part = |nonce| What::Amount {
            amount: U256::from(1),
            nonce: U256::from(nonce),
            deadline: 0,
        };
        assert!(sent("delegator", &[], None).is_same(&moved(What::Delegator)));
        assert!(!sent("delegator", &[], None).is_same(&moved(What::Sender)));
        assert!(sent("locks", &[1, 2], None).is_same(&moved(locks(&[2, 3]))));
        assert!(!sent("locks", &[1, 2], None).is_same(&moved(locks(&[3]))));
        assert!(sent("amount", &[], Some(4)).is_same(&moved(part(4))));
        assert!(!sent("amount", &[], Some(4)).is_same(&moved(part(5))));
        let mut other = moved(What::Delegator);
        other.l1_addr = Address::repeat_byte(3);
        assert!(!sent("delegator", &[], None).is_same(&other));
    }
}
