//! The devnode against recordings of a real pair of chains: messages from L1 in, the same L2 blocks, transactions,
//! receipts, traces, balances, tickets, proofs and estimates out. `fixtures/bridge/README.md` describes them.

mod bridge {
    pub(crate) mod client;
    pub(crate) mod compare;
    pub(crate) mod fixture;
    pub(crate) mod known;
    pub(crate) mod replay;
    pub(crate) mod reports;
    pub(crate) mod tally;
    pub(crate) mod views;
}

use bridge::{known, replay::replay, reports, tally::Tally};

/// The files of one chain, in the order in which they were recorded.
const CHAIN: &[&str] = &[
    "00-setup",
    "11-default-l1-pricing",
    "02-deposits",
    "03-retryable-create",
    "04-retryable-redeem",
    "06-inbox-messages",
    "07-raw-messages",
    "08-l2-to-l1",
    "09-estimates",
    "10-block-numbers",
    "05-retryable-lifecycle",
    "13-infra-fee",
    "14-json-samples",
];
/// Base fee of L1 in wei when the chain was made: its first price of L1 data.
const DEPLOYMENT_BASE_FEE: u64 = 36_600_675;
/// The same of the chain with a batch poster.
const POSTERS_BASE_FEE: u64 = 138_325_856;

/// The chain with a batch poster.
const REPORTS: &str = "12-batch-poster";

fn chain(arbos: u64) {
    let mut tally = Tally::default();
    replay(CHAIN, arbos, DEPLOYMENT_BASE_FEE, &mut tally);
    tally.hold(arbos, &known::CHAIN);
}

fn batches(arbos: u64) {
    let mut tally = Tally::default();
    reports::replay(REPORTS, arbos, POSTERS_BASE_FEE, &mut tally);
    tally.hold(arbos, &known::REPORTS);
}

#[test]
fn messages_and_tickets_at_arbos_40() {
    chain(40);
}

#[test]
fn messages_and_tickets_at_arbos_51() {
    chain(51);
}

#[test]
fn reports_of_a_batch_poster_at_arbos_40() {
    batches(40);
}

#[test]
fn reports_of_a_batch_poster_at_arbos_51() {
    batches(51);
}
