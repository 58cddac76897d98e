//! What is Arbitrum's own on L2: precompiles, Stylus programs, and the contract that deploys them.

mod deployer;
pub mod precompiles;
mod program;

pub use crate::client::L2;
pub use deployer::{FACTORY, STYLUS_DEPLOYER, ensure_deployer, ensure_factory};
pub use program::{
    Deployed, activation_fee, creation_code, deploy, deploy_at, deployment, program_address,
};
