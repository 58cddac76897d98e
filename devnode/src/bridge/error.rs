//! What can go wrong between the chains, and what to do about it.

use std::path::PathBuf;

use alloy_primitives::{Address, B256, U256};

/// Why the bridge cannot start or go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BridgeError {
    /// The tools of `package.json` are not installed.
    #[error("{wanted} is not in node_modules of {from} or of a folder above it: run `npm ci`")]
    NotInstalled {
        /// What was looked for.
        wanted: String,
        /// Where the search began.
        from: PathBuf,
    },
    /// A file cannot be used.
    #[error("cannot use {path}: {why}")]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// Anvil did not come up.
    #[error("anvil did not start: {0}")]
    Anvil(String),
    /// The address is no URL.
    #[error("{url:?} is not the URL of an RPC endpoint: {why}")]
    Url {
        /// What was given.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// The L1 node does not answer, or not what it should.
    #[error("L1 node: {method}: {why}")]
    L1 {
        /// What was asked.
        method: String,
        /// What came back.
        why: String,
    },
    /// A transaction of the rollup key failed.
    #[error("L1 transaction {hash} ({what}) failed")]
    Reverted {
        /// What it was to do.
        what: &'static str,
        /// Its hash.
        hash: B256,
    },
    /// A transaction is not mined.
    #[error(
        "L1 transaction {hash} ({what}) is not in a block after {seconds} s: does L1 make blocks?"
    )]
    NotMined {
        /// What it was to do.
        what: &'static str,
        /// Its hash.
        hash: B256,
        /// Seconds waited.
        seconds: u64,
    },
    /// The rollup key cannot pay on L1.
    #[error(
        "{account} has {have} wei on L1, deploying and posting needs about {want}: send it some"
    )]
    Poor {
        /// The rollup key's account.
        account: Address,
        /// What it has, in wei.
        have: U256,
        /// What it needs, in wei.
        want: U256,
    },
    /// There is no such contract.
    #[error("there is no {what} at {address} on this L1")]
    NoContract {
        /// Which one.
        what: &'static str,
        /// Where it should be.
        address: Address,
    },
    /// The contracts belong to another key.
    #[error(
        "the rollup contract belongs to {owner}, the rollup key is {key}'s: give its key by --rollup-key"
    )]
    OtherOwner {
        /// Who may post roots.
        owner: Address,
        /// Who we are.
        key: Address,
    },
    /// A key that is none.
    #[error("the rollup key is not a secp256k1 key")]
    Key,
    /// The L2 has read more messages than this L1 has.
    #[error(
        "the L2 has read {read} messages and the bridge has {have}: this L1 is not the one the chain followed"
    )]
    Ahead {
        /// Messages the L2 has read.
        read: u64,
        /// Messages the bridge has.
        have: u64,
    },
    /// An L1 event that does not fit the contracts.
    #[error("message {index}: {why}")]
    Message {
        /// Its position in the inbox.
        index: u64,
        /// What is wrong.
        why: &'static str,
    },
    /// The system gives no threads.
    #[error("cannot start threads: {0}")]
    Threads(std::io::Error),
    /// The node is stopping.
    #[error("the bridge has stopped")]
    Stopped,
}
