//! What is known of the recordings: how much of them agrees, and what cannot be compared, with the reason.

use super::tally::Known;

const ON_L1: &str = "refused by the Inbox: there is no message";
const FORKED: &str = "refused by the Inbox, which is on no fork of its chain: there is no message";
const OUTBOX: &str = "what the Outbox makes of a proof happens on L1; devnode/tests/two_chains/withdrawals.rs has it live";

/// The chain without batch poster, at each ArbOS version: 322 cases and what was looked up beside them.
pub(crate) const CHAIN: Known = Known {
    agree: 596,
    differ: &[],
    incomparable: &[
        ("03-retryable-create", "c-subcost-below", ON_L1),
        ("03-retryable-create", "c-value-low", ON_L1),
        ("03-retryable-create", "c-magic-gas1", ON_L1),
        ("03-retryable-create", "c-magic-fee1", ON_L1),
        ("03-retryable-create", "c-gas-too-large", ON_L1),
        ("06-inbox-messages", "m-contract-gasbig", ON_L1),
        ("06-inbox-messages", "m-tofork", FORKED),
        ("06-inbox-messages", "m-withdraw-tofork", FORKED),
        ("08-l2-to-l1", "x-unknown-root", OUTBOX),
        ("08-l2-to-l1", "x-root-not-rollup", OUTBOX),
        ("08-l2-to-l1", "x-root", OUTBOX),
        ("08-l2-to-l1", "x-withdraw", OUTBOX),
        ("08-l2-to-l1", "x-again", OUTBOX),
        ("08-l2-to-l1", "x-call", OUTBOX),
        ("08-l2-to-l1", "x-call-contract-sender", OUTBOX),
        ("08-l2-to-l1", "x-fail", OUTBOX),
        ("08-l2-to-l1", "x-eoa-data", OUTBOX),
        ("08-l2-to-l1", "x-badproof", OUTBOX),
    ],
};

/// The chain with a batch poster, at each ArbOS version: 13 cases and its batches.
pub(crate) const REPORTS: Known = Known {
    agree: 17,
    differ: &[],
    incomparable: &[],
};
