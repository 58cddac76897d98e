//! An Arbitrum Nitro look-alike: Stylus, ArbOS, EVM and JSON-RPC in one process.

pub mod arbos;
pub mod bridge;
pub mod chain;
pub mod cli;
pub mod evm;
mod node;
pub mod predeploy;
pub mod rpc;
pub mod stylus;

pub use node::{DevNode, Options, SaveError, StartError};
