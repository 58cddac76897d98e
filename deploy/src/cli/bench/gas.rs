//! `confluence bench gas`: what transactions cost beside the original's.

use std::path::PathBuf;

use super::{CliError, EXIT_CODES, Exit, Output};
use crate::bench::gas;

/// Measure the gas of the protocol's transactions on L2
///
/// Builds the programs, deploys the protocol on devnodes in this process (ArbOS 40 and 60), and runs each transaction
/// of the table of Livepeer's own contracts in the same state: with the programs in ArbOS's cache, and without. Prints
/// ours, theirs, the ratio and what ours spends its gas on. Sends nothing to any other chain.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence bench gas\n  confluence bench gas reward\n  confluence bench gas --write\n\n{EXIT_CODES}")
)]
pub(in crate::cli) struct Args {
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
