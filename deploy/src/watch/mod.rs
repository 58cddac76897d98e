//! Following every ticket of a migrator: what waits is told, redeemed when told to, and never forgotten over a restart.
//! Always holds: a pass that fails changes nothing but a counter, the next one does its work as well; each alert is raised once.

mod alert;
mod book;
mod metrics;
mod pass;
mod webhook;

use std::path::PathBuf;

use alloy::primitives::Address;

pub use alert::Alert;
pub use book::{Book, Entry};
pub use metrics::{Metrics, serve};
pub use pass::{Passed, Watch};
pub use webhook::Webhook;

use crate::{client::ClientError, migrate::MigrateError, ticket::TicketError};

/// Why watching cannot go on, or a pass did not work.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WatchError {
    /// A chain did not do what was asked.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// The state file cannot be used.
    #[error("cannot access the state file {}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It holds something else.
    #[error("{} is no state of `confluence watch`: {why}; give another file with --state", path.display())]
    NotAState {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// It is about another migrator.
    #[error("{} is about L1Migrator {kept} on chain {kept_chain}, not {given} on chain {chain}; give another file with --state", path.display())]
    Another {
        /// The file.
        path: PathBuf,
        /// Whom it is about.
        kept: Address,
        /// On which chain.
        kept_chain: u64,
        /// Who was asked for.
        given: Address,
        /// On which chain.
        chain: u64,
    },
    /// Metrics cannot be served.
    #[error("cannot serve metrics on {at}")]
    Serve {
        /// Where.
        at: std::net::SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// The webhook's address is none.
    #[error("{url:?} is not the URL of a webhook: expected http:// or https://")]
    Url {
        /// What was given.
        url: String,
    },
}

impl WatchError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Migrate(error) => error.is_usage(),
            Self::File { .. } | Self::Serve { .. } => false,
            _ => true,
        }
    }

    /// Whether the next pass may work.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Migrate(
                MigrateError::Client(
                    ClientError::Unreachable { .. }
                        | ClientError::Refused { .. }
                        | ClientError::TooLittleEther { .. }
                        | ClientError::Answer { .. }
                        | ClientError::Pending { .. }
                ) | MigrateError::Ticket(TicketError::Client(_) | TicketError::Unknown { .. })
            )
        )
    }
}
