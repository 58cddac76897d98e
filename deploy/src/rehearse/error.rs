//! Why a rehearsal ends early.

use std::path::PathBuf;

use alloy::primitives::{Address, B256};
use confluence_devnode::StartError;

use crate::{
    build::BuildError,
    claim::ClaimError,
    client::ClientError,
    migrate::MigrateError,
    network::NetworkError,
    plan::{NotDeployed, PlanError},
    snapshot::{
        SnapshotError,
        chain::{ChainError, Checked},
    },
    switchover::SwitchOverError,
    ticket::TicketError,
};

/// See the head of this file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RehearseError {
    /// What is to be deployed could not be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// A deployment failed.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A contract is missing.
    #[error(transparent)]
    NotDeployed(#[from] NotDeployed),
    /// The list could not be used.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The list could not be built from L1.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The switch-over failed.
    #[error(transparent)]
    SwitchOver(#[from] SwitchOverError),
    /// A move was refused.
    #[error("{who} cannot move: {source}")]
    Migrate {
        /// Who was to move.
        who: Address,
        /// Why not.
        source: Box<MigrateError>,
    },
    /// A ticket could not be followed.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// The root could not be published, or claims not be enabled.
    #[error(transparent)]
    Claim(#[from] ClaimError),
    /// The chains do not start.
    #[error("cannot start the two chains")]
    Start(#[from] StartError),
    /// A chain did not do what was asked.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A file could not be written.
    #[error("cannot keep the snapshot: {0}")]
    Write(#[from] std::io::Error),
    /// What was noted cannot be gone on with.
    #[error("{} cannot be gone on with: {why}; use another --state folder, or remove this one to begin anew", path.display())]
    Diary {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The network file cannot be used.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// What was built twice is not the same, or not paid for.
    #[error(
        "the list built from L1 does not hold against L1 read in another way:\n{0}\nthis is a bug, please report it with the seed"
    )]
    Unlike(Box<Checked>),
    /// The command could not be begun, or fails by itself.
    #[error("`{} rehearse` failed although nothing broke meanwhile: {why}", command.display())]
    Command {
        /// The command.
        command: PathBuf,
        /// What it said.
        why: String,
    },
    /// The chains sign for nobody.
    #[error(
        "the chains have no unlocked accounts; a rehearsal needs development chains (`confluence devnode` starts both)"
    )]
    NoAccount,
    /// The node did not do what only a development node can.
    #[error(
        "the {side} node does not do {method}: {why}; a rehearsal needs development chains (`confluence devnode` starts both)"
    )]
    Control {
        /// Which node.
        side: &'static str,
        /// What it was asked.
        method: &'static str,
        /// What it said.
        why: String,
    },
    /// Nobody to delegate to.
    #[error(
        "the list has no delegate that is not itself in it, so there is no orchestrator to move"
    )]
    NoOrchestrator,
    /// One in 2^128.
    #[error("seed {seed} does not make keys; choose another with --seed")]
    Seed {
        /// The seed.
        seed: u64,
    },
    /// A key did not sign.
    #[error("a message was not signed: {why}")]
    Sign {
        /// What happened.
        why: String,
    },
    /// Something failed that should not.
    #[error("{what} of {who} failed: {why}; this is a bug, please report it with the seed")]
    Failed {
        /// What was done.
        what: &'static str,
        /// By whom.
        who: Address,
        /// Why.
        why: String,
    },
    /// MerkleSnapshot answers wrongly.
    #[error("{what}; this is a bug, please report it with the seed")]
    Proof {
        /// What it said.
        what: String,
    },
    /// What was built is not what was loaded.
    #[error("the list built from L1 has root {found}, the one loaded has {expected}")]
    OtherRoot {
        /// Of the list that was loaded.
        expected: B256,
        /// Of the list that was built.
        found: B256,
    },
}

impl RehearseError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Build(error) => error.is_usage(),
            Self::Plan(error) => error.is_usage(),
            Self::Snapshot(error) => error.is_usage(),
            Self::Client(error) => error.is_usage(),
            Self::NoAccount
            | Self::Control { .. }
            | Self::NoOrchestrator
            | Self::Seed { .. }
            | Self::Diary { .. }
            | Self::Network(_) => true,
            _ => false,
        }
    }
}
