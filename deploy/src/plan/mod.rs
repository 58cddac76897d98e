//! Deploying the protocol: which contracts, in which order, with which parameters, wired how.
//! Always holds: the order and the parameters are data; the CLI and every test deploy through the same function; when it
//! ends everything is paused and (unless a test asks otherwise) the deployer has no power left.

mod apply;
mod artifacts;
mod contract;
mod govern;
mod parameters;
mod steps;
mod table;

pub use apply::deploy_l2;
pub use artifacts::Artifacts;
pub use contract::{Book, Contract, NotDeployed, Place};
pub use govern::govern;
pub use parameters::{Faucet, Parameters, People};
pub use steps::{Action, Done, Inputs, Plan, Step};

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
}
