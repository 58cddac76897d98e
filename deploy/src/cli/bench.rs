//! `confluence bench`: measurements.

use std::path::PathBuf;

use clap::Subcommand;

use super::{CliError, EXIT_CODES, Exit, Output};
use crate::bench::{devnode, gas};

/// Measure this project against what it should be compared with
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Devnode(Devnode),
    Gas(Gas),
}

/// Measure the devnode against anvil: start, ERC-20 transfers, calls
///
/// Starts both nodes on this machine, one after the other, and has each do the same work over JSON-RPC; the devnode also
/// with a Stylus token in place of the Solidity one. Prints both, the ratio, and whether the goals are reached. For numbers
/// that mean something, use a build with `--profile dist` on a machine that does nothing else. Needs `npm ci`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence bench devnode\n  confluence bench devnode --each 1000 --json\n\n{EXIT_CODES}")
)]
struct Devnode {
    /// Transfers and calls for each of the 8 connections
    #[arg(long, value_name = "NUMBER", default_value_t = 500, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    each: u64,
    /// Starts of each node, and transactions of 1,000 calls; the median counts
    #[arg(long, value_name = "NUMBER", default_value_t = 5, value_parser = clap::value_parser!(u8).range(1..))]
    rounds: u8,
    /// End with 1 if a goal is missed
    #[arg(long)]
    check: bool,
    /// A folder inside the checkout
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
}

/// Measure the gas of the protocol's transactions on L2
///
/// Builds the programs, deploys the protocol on devnodes in this process (ArbOS 40 and 60), and runs each transaction
/// of the table of Livepeer's own contracts in the same state: with the programs in ArbOS's cache, and without. Prints
/// ours, theirs, the ratio and what ours spends its gas on. Sends nothing to any other chain.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence bench gas\n  confluence bench gas reward\n  confluence bench gas --write\n\n{EXIT_CODES}")
)]
struct Gas {
    /// Only transactions whose id contains this
    #[arg(value_name = "PART", conflicts_with = "write")]
    only: Option<String>,
    /// Write docs/benchmarks/gas.md and gas.json
    #[arg(long)]
    write: bool,
    /// A folder inside the checkout
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        match self.what {
            What::Devnode(args) => args.run(out),
            What::Gas(args) => args.run(out),
        }
    }
}

impl Devnode {
    fn run(self, out: &Output) -> Result<Exit, CliError> {
        let options = devnode::Options {
            folder: self.root,
            each: self.each,
            rounds: self.rounds.into(),
        };
        let report = super::runtime()?.block_on(devnode::run(options, out.progress()))?;
        out.result("confluence.bench.devnode/1", &report)?;
        Ok(if self.check && !report.is_reached() {
            Exit::Failed
        } else {
            Exit::Done
        })
    }
}

impl Gas {
    fn run(self, out: &Output) -> Result<Exit, CliError> {
        let options = gas::Options {
            folder: self.root,
            only: self.only,
        };
        let report = gas::run(&options, out.progress())?;
        if self.write {
            report.write(&options.folder)?;
        }
        out.result("confluence.bench.gas/1", &report)?;
        Ok(Exit::Done)
    }
}
