//! Deploying the protocol: which contracts, in which order, with which parameters, wired how.
//! Always holds: the order and the parameters are data; the CLI and every test deploy through the same function; when it
//! ends everything is paused and (unless a test asks otherwise) the deployer has no power left.

mod apply;
mod artifacts;
mod cache;
mod contract;
mod draw;
mod govern;
mod l1;
mod legacy;
mod manifest;
mod parameters;
mod peers;
mod rehearse;
mod settings;
mod state;
mod step;
mod system;
mod table;
mod verify;
mod verify_l1;

pub use apply::deploy_l2;
pub use artifacts::Artifacts;
pub use cache::{Bid, bid};
pub use contract::{Book, Contract, NotDeployed, Place};
pub use draw::{Inputs, Plan};
pub use govern::govern;
pub use l1::{L1Inputs, L1Origin, L1Plan, L1Side, L2Counterparts, Livepeer, OnL1, Wiring};
pub use legacy::{Beginning, deploy_legacy};
pub use manifest::{Entry, L1Record, Manifest};
pub use parameters::{Faucet, Parameters, People};
pub use rehearse::{Forecast, RehearsalError, rehearse, rehearse_l1, total};
pub use state::{FileError, State};
pub use step::{Action, Done, Step};
pub use system::{Staking, System, SystemInputs, deploy_system};
pub use verify::{Concern, Difference, Findings, LEAST_DAYS, ProgramState, programs, verify};
pub use verify_l1::verify_l1;

use crate::{build::BuildError, client::ClientError};

/// Why a deployment cannot be planned or done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// What is to be deployed could not be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The chain did not do what was asked.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A contract is needed that this deployment does not have.
    #[error(transparent)]
    NotDeployed(#[from] NotDeployed),
    /// A file could not be used.
    #[error(transparent)]
    File(#[from] FileError),
    /// The account has sent something else in between, so that addresses would not be the planned ones.
    #[error(
        "{account} has sent {found} transactions on L1 where the plan counted on {expected}; begin L1's side anew from that nonce"
    )]
    NonceUsed {
        /// Who creates.
        account: alloy::primitives::Address,
        /// Its nonce in the plan.
        expected: u64,
        /// Its nonce.
        found: u64,
    },
    /// A registry that is not Livepeer's.
    #[error(
        "the Controller {controller} on L1 knows no {name}; is it Livepeer's Controller, and this its chain?"
    )]
    NotLivepeer {
        /// The registry.
        controller: alloy::primitives::Address,
        /// What it lacks.
        name: &'static str,
    },
    /// A creation that made nothing.
    #[error("the transaction that should have created {0} created nothing")]
    NotCreated(String),
    /// Nobody to bid to.
    #[error("L2 has no cache manager that takes bids; leave --cache-bid out")]
    NoCacheManager,
    /// The bid is too low.
    #[error(
        "a bid of {wei} wei is too low: the cache manager asks {least} wei for a program now; give at least that with --cache-bid"
    )]
    LowBid {
        /// What was bid.
        wei: alloy::primitives::U256,
        /// What is asked for the program that needs most.
        least: alloy::primitives::U256,
    },
    /// The chain cannot run the programs.
    #[error("L2 runs ArbOS {found}; the programs need {least} or later")]
    OldArbos {
        /// What it runs.
        found: u64,
        /// What is needed.
        least: u64,
    },
    /// The account cannot pay.
    #[error("{account} has {has} wei on L2 and needs about {needs}; send it ether first")]
    TooLittleEther {
        /// Who pays.
        account: alloy::primitives::Address,
        /// What it has.
        has: alloy::primitives::U256,
        /// What it needs.
        needs: alloy::primitives::U256,
    },
}

impl PlanError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Build(error) => error.is_usage(),
            Self::Client(error) => error.is_usage(),
            Self::File(FileError::Another { .. })
            | Self::OldArbos { .. }
            | Self::NoCacheManager
            | Self::LowBid { .. }
            | Self::NotLivepeer { .. } => true,
            _ => false,
        }
    }
}
