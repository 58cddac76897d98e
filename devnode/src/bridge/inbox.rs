//! Reads the delayed inbox: the Bridge says that there is a message, an inbox says what is in it, and both must agree.

use std::collections::{BTreeSet, HashMap};

use alloy_primitives::{Address, B256, Bytes, U256, keccak256};
use alloy_sol_types::{SolCall as _, SolEvent};
use serde::Deserialize;
use serde_json::json;

use super::{
    abi::{
        InboxMessageDelivered, InboxMessageDeliveredFromOrigin, MessageDelivered,
        sendL2MessageFromOriginCall,
    },
    error::BridgeError,
    l1::{L1, L1Log},
};
use crate::chain::L1Message;

/// Blocks asked for at once: public nodes refuse long ranges.
const RANGE: u64 = 10_000;

/// The messages of L1 blocks `from..=to`, in order.
pub(super) fn read(
    l1: &L1,
    bridge: Address,
    from: u64,
    to: u64,
) -> Result<Vec<L1Message>, BridgeError> {
    let mut messages = Vec::new();
    let mut from = from;
    while from <= to {
        let end = to.min(from.saturating_add(RANGE - 1));
        read_range(l1, bridge, (from, end), &mut messages)?;
        from = end.saturating_add(1);
    }
    messages.sort_by_key(|message| message.index);
    Ok(messages)
}

fn read_range(
    l1: &L1,
    bridge: Address,
    range: (u64, u64),
    messages: &mut Vec<L1Message>,
) -> Result<(), BridgeError> {
    let announced = l1.logs(range, &[bridge], &[MessageDelivered::SIGNATURE_HASH])?;
    if announced.is_empty() {
        return Ok(());
    }
    let announced = announced
        .iter()
        .map(|log| Ok((log.block(), decode::<MessageDelivered>(log)?)))
        .collect::<Result<Vec<_>, BridgeError>>()?;
    let inboxes: BTreeSet<Address> = announced.iter().map(|(_, event)| event.inbox).collect();
    let inboxes: Vec<Address> = inboxes.into_iter().collect();
    let bodies = read_bodies(l1, range, &inboxes)?;
    for (l1_block, event) in announced {
        let index = event.messageIndex.saturating_to();
        let body = bodies.get(&(event.inbox, event.messageIndex));
        let data = body.cloned().unwrap_or_default();
        if keccak256(&data) != event.messageDataHash {
            let why = if body.is_some() {
                "what its inbox delivered is not what the bridge announced"
            } else {
                "no inbox says what is in it"
            };
            return Err(BridgeError::Message { index, why });
        }
        messages.push(L1Message {
            kind: event.kind,
            sender: event.sender,
            l1_block,
            timestamp: event.timestamp,
            index,
            l1_base_fee: event.baseFeeL1,
            data,
        });
    }
    Ok(())
}

/// Bodies by inbox and index.
fn read_bodies(
    l1: &L1,
    range: (u64, u64),
    inboxes: &[Address],
) -> Result<HashMap<(Address, U256), Bytes>, BridgeError> {
    let in_event = InboxMessageDelivered::SIGNATURE_HASH;
    let in_calldata = InboxMessageDeliveredFromOrigin::SIGNATURE_HASH;
    let mut bodies = HashMap::new();
    for log in l1.logs(range, inboxes, &[in_event, in_calldata])? {
        let (index, data) = if log.topics.first() == Some(&in_event) {
            let event = decode::<InboxMessageDelivered>(&log)?;
            (event.messageNum, event.data)
        } else {
            let event = decode::<InboxMessageDeliveredFromOrigin>(&log)?;
            let index = event.messageNum.saturating_to();
            (
                event.messageNum,
                from_origin(l1, log.transaction_hash, index)?,
            )
        };
        bodies.insert((log.address, index), data);
    }
    Ok(bodies)
}

/// The body that a transaction called the Inbox with: only accounts without code may leave it out of the event, and only as
/// the transaction's own call.
fn from_origin(l1: &L1, hash: B256, index: u64) -> Result<Bytes, BridgeError> {
    #[derive(Deserialize)]
    struct Transaction {
        input: Bytes,
    }
    let found: Option<Transaction> = l1.ask("eth_getTransactionByHash", json!([hash]))?;
    let call = found
        .and_then(|transaction| sendL2MessageFromOriginCall::abi_decode(&transaction.input).ok());
    call.map(|call| call.messageData)
        .ok_or(BridgeError::Message {
            index,
            why: "its transaction does not show what is in it",
        })
}

fn decode<E: SolEvent>(log: &L1Log) -> Result<E, BridgeError> {
    E::decode_raw_log(log.topics.iter().copied(), &log.data).map_err(|error| BridgeError::L1 {
        method: "eth_getLogs".into(),
        why: error.to_string(),
    })
}
