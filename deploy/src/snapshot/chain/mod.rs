//! The snapshot from the legacy chain itself: who delegated at one block, and what to.
//! Always holds: a list is about one block of one chain, named in its manifest; the same block gives the same list,
//! byte for byte, however often the run was cut short; nothing is sent and no key is needed.

mod ask;
mod build;
mod check;
mod discover;
mod journal;
#[cfg(test)]
mod journal_tests;
mod target;

use std::path::PathBuf;

use alloy::primitives::{Address, B256};

use super::SnapshotError;
use crate::client::{BlockMark, ClientError};

pub use build::{Built, Manifest, Rule, Wanted, build};
pub use check::{Checked, Obligation, check};
pub use discover::accounts_of_file;
pub use target::Target;

/// Everything that can go wrong between a chain and a list.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChainError {
    /// The chain did not answer as it should.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A list or file is at fault.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The network file names no legacy controller, and none was given.
    #[error("network {network} names no legacy Controller; give its address with --controller")]
    NoController {
        /// The network.
        network: String,
    },
    /// The controller does not know a contract that is needed.
    #[error(
        "the Controller {controller} knows no {name} at block {block}; is it the L1 Controller, and the block after its deployment?"
    )]
    NotRegistered {
        /// The contract's name.
        name: &'static str,
        /// The controller that was asked.
        controller: Address,
        /// The block at which it was asked.
        block: u64,
    },
    /// The chain has no such block.
    #[error("the chain has no block {block} yet; give an earlier one with --block")]
    NoBlock {
        /// The block asked for.
        block: String,
    },
    /// The chain was reorganised while it was read.
    #[error(
        "block {} was {} and is now {now}: the chain was reorganised; take a block that is final (--block finalized)",
        was.number, was.hash
    )]
    Reorganised {
        /// The block as it was.
        was: BlockMark,
        /// Its hash now.
        now: B256,
    },
    /// A checkpoint of another run stands where this run's would.
    #[error(
        "{} holds the progress of another run ({why}); remove it to start anew, or use another --out",
        path.display()
    )]
    OtherRun {
        /// The checkpoint.
        path: PathBuf,
        /// What differs.
        why: &'static str,
    },
    /// A checkpoint cannot be read as one.
    #[error("line {line} of {} cannot be read; remove the file to start anew", path.display())]
    Journal {
        /// The checkpoint.
        path: PathBuf,
        /// From 1.
        line: usize,
    },
    /// Nobody was found.
    #[error(
        "no delegator was found in blocks {first} to {last}; check --from-block, or name accounts with --accounts"
    )]
    Nobody {
        /// First block searched.
        first: u64,
        /// Last block searched.
        last: u64,
    },
    /// A manifest is not what `snapshot build` writes.
    #[error("{} is not a manifest as `confluence snapshot build` writes it: {why}", path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// A list has another root than its manifest says.
    #[error("the list's root is {found}, its manifest says {expected}: one of them was changed")]
    OtherRoot {
        /// The list's.
        found: B256,
        /// The manifest's.
        expected: B256,
    },
}

impl ChainError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Client(error) => error.is_usage(),
            Self::Snapshot(error) => error.is_usage(),
            Self::NoController { .. } | Self::NoBlock { .. } | Self::Manifest { .. } => true,
            _ => false,
        }
    }
}
