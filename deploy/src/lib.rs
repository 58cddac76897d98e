//! The crate and CLI that move Livepeer from Ethereum to Arbitrum.
//!
//! One module an idea; `cli` holds the verbs and no logic, so whatever the command does, a program
//! that depends on this crate can do too.

pub mod bench;
pub mod build;
pub mod claim;
pub mod cli;
pub mod client;
pub mod doctor;
pub mod keys;
pub mod l2;
pub mod migrate;
pub mod network;
pub mod pause;
pub mod payments;
pub mod plan;
pub mod poll;
pub mod preview;
pub mod progress;
pub mod rehearse;
pub mod sign;
pub mod snapshot;
pub mod switchover;
pub mod ticket;
pub mod watch;
mod whole_file;
