//! `confluence bench devnode`: the devnode against anvil.

use std::path::PathBuf;

use super::{CliError, EXIT_CODES, Exit, Output};
use crate::bench::devnode;

/// Measure the devnode against anvil: start, ERC-20 transfers, calls
///
/// Starts both nodes on this machine, one after the other, and has each do the same work over JSON-RPC; the devnode also
/// with a Stylus token in place of the Solidity one. Prints both, the ratio, and whether the goals are reached. For numbers
/// that mean something, use a build with `--profile dist` on a machine that does nothing else. Needs `npm ci`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence bench devnode\n  confluence bench devnode --each 1000 --json\n\n{EXIT_CODES}")
)]
pub(in crate::cli) struct Args {
    /// Transfers and calls for each of the 8 connections
    #[arg(long, value_name = "NUMBER", default_value_t = 500, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    each: u64,
    /// Starts of each node, and transactions of 1,000 calls; the median counts
    #[arg(long, value_name = "NUMBER", default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..))]
    rounds: u8,
    /// Write docs/benchmarks/devnode.md
    #[arg(long, conflicts_with_all = ["each", "rounds"])]
    write: bool,
    /// End with 1 if a goal is missed
    #[arg(long)]
    check: bool,
    /// A folder inside the checkout
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let folder = self.root;
        let options = devnode::Options {
            folder: folder.clone(),
            each: self.each,
            rounds: self.rounds.into(),
        };
        let report = super::super::runtime()?.block_on(devnode::run(options, out.progress()))?;
        if self.write {
            let path = report.write(&folder)?;
            out.progress().say(format!("wrote {}", path.display()));
        }
        out.result("confluence.bench.devnode/1", &report)?;
        Ok(if self.check && !report.is_reached() {
            Exit::Failed
        } else {
            Exit::Done
        })
    }
}
