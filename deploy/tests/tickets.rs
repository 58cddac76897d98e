//! Tickets as a real Nitro node made them of real L1 transactions: what is read from L1's logs, what from L2's transaction, and
//! the id, must agree with the recording.

use std::io::Read as _;

use alloy::primitives::{Address, B256, Bytes, Log, LogData};
use confluence::ticket::{MessageError, Ticket, tickets};
use serde::Deserialize;

/// Chain id of the recorded node.
const CHAIN_ID: u64 = 412_346;
/// One entry an L1 transaction, of the ArbOS 40 and 51 recordings.
const RECORDED: &[u8] = include_bytes!("fixtures/tickets.json.br");

#[derive(Deserialize)]
struct Case {
    id: String,
    logs: Vec<RecordedLog>,
    tickets: Vec<Submission>,
}

#[derive(Deserialize)]
struct RecordedLog {
    address: Address,
    topics: Vec<B256>,
    data: Bytes,
}

/// The L2 transaction that a ticket became.
#[derive(Deserialize)]
struct Submission {
    id: B256,
    from: Address,
    input: Bytes,
}

fn recorded() -> Vec<Case> {
    let mut json = String::new();
    brotli::Decompressor::new(RECORDED, 4096)
        .read_to_string(&mut json)
        .expect("brotli");
    serde_json::from_str(&json).expect("cases")
}

impl Case {
    fn logs(&self) -> Vec<Log> {
        let log = |log: &RecordedLog| Log {
            address: log.address,
            data: LogData::new_unchecked(log.topics.clone(), log.data.clone()),
        };
        self.logs.iter().map(log).collect()
    }
}

#[test]
fn ids_read_from_l1_are_the_hashes_of_l2s_transactions() {
    let cases = recorded();
    assert!(cases.len() > 200);
    for case in cases {
        let read = tickets(&case.logs()).expect("tickets");
        let ids: Vec<_> = read.iter().map(|ticket| ticket.id(CHAIN_ID)).collect();
        let recorded: Vec<_> = case.tickets.iter().map(|ticket| ticket.id).collect();
        assert_eq!(ids, recorded, "{}", case.id);
    }
}

#[test]
fn l1_and_l2_tell_of_the_same_ticket() {
    for case in recorded() {
        let from_l1 = tickets(&case.logs()).expect("tickets");
        let from_l2 = case.tickets.iter().map(|ticket| {
            Ticket::from_submission(ticket.from, &ticket.input).expect("a submission")
        });
        assert_eq!(from_l1, from_l2.collect::<Vec<_>>(), "{}", case.id);
    }
}

#[test]
fn data_that_the_bridge_did_not_take_in_is_refused() {
    let case = recorded().swap_remove(0);
    let mut logs = case.logs();
    let last = logs.last_mut().expect("the inbox's log");
    let mut data = last.data.data.to_vec();
    // the first byte behind offset and length: the ticket's destination
    data[64] ^= 1;
    last.data.data = data.into();
    let error = tickets(&logs).expect_err("refused");
    assert!(matches!(error, MessageError::OtherData { .. }), "{error}");
}

#[test]
fn a_message_without_its_data_is_refused() {
    let case = recorded().swap_remove(0);
    let mut logs = case.logs();
    logs.pop();
    let error = tickets(&logs).expect_err("refused");
    assert!(matches!(error, MessageError::NoData { .. }), "{error}");
}
