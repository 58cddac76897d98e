//! `confluence demo`: the project in one command.

use std::path::PathBuf;

use super::{CliError, EXIT_CODES, Exit, Output};
use crate::{
    demo::{Options, run},
    network::Network,
};

/// Show the project at work: the snapshot on an Arbitrum chain on this machine
///
/// Builds the programs, starts a devnode, deploys Controller and MerkleSnapshot, publishes the root of Livepeer's list,
/// has the contract check proofs of accounts all over the list and three forged ones, and prints what everything took.
/// Uses the real list if it is found or can be downloaded, else a synthetic one, and says which. Touches no chain but
/// its own (or the development chain at --l2-rpc) and needs no key.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence demo\n  confluence demo --l2-rpc http://127.0.0.1:8547 --json\n\n{EXIT_CODES}")
)]
pub(super) struct Args {
    /// The published list, as a file
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// Seed of the list that stands in for the real one where there is none
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Proofs for the contract to check
    #[arg(long, value_name = "NUMBER", default_value_t = 100)]
    proofs: usize,
    /// A development chain that runs already, with an unlocked account
    #[arg(long, value_name = "URL")]
    l2_rpc: Option<String>,
    /// A folder inside the checkout
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let options = Options {
            folder: self.root,
            migration: Network::load("mainnet")?.migration()?.clone(),
            list: self.list,
            seed: self.seed,
            l2_rpc: self.l2_rpc,
            proofs: self.proofs,
        };
        let report = super::runtime()?.block_on(run(options, out.progress()))?;
        out.result("confluence.demo/1", &report)?;
        Ok(Exit::Done)
    }
}
