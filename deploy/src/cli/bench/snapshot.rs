//! `confluence bench snapshot`: our Merkle tree against two others.

use std::path::PathBuf;

use super::{CliError, EXIT_CODES, Exit, Output};
use crate::bench::snapshot::{Options, run};

/// Time the snapshot's tree against rs_merkle and npm's @openzeppelin/merkle-tree
///
/// Makes a synthetic list of each size, reads it, builds its tree and makes proofs, with all three in one run on this
/// machine, and prints times and ratios. Needs node and the checkout's npm packages. Sends nothing.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence bench snapshot\n  confluence bench snapshot --leaves 4759 --runs 20\n  confluence bench snapshot --write\n\n{EXIT_CODES}")
)]
pub(in crate::cli) struct Args {
    /// Accounts in a list; may be given more than once
    #[arg(long, value_name = "NUMBER", default_values_t = [4_759, 100_000, 1_000_000])]
    leaves: Vec<usize>,
    /// Runs of each step, of which the best counts
    #[arg(long, value_name = "NUMBER", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    runs: u32,
    /// Write docs/benchmarks/snapshot.md
    #[arg(long, conflicts_with_all = ["leaves", "runs"])]
    write: bool,
    /// A folder inside the checkout
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let options = Options {
            folder: self.root,
            leaves: self.leaves,
            runs: self.runs,
        };
        let report = run(&options, out.progress())?;
        if self.write {
            let path = report.write(&options.folder)?;
            out.progress().say(format!("wrote {}", path.display()));
        }
        out.result("confluence.bench.snapshot/1", &report)?;
        Ok(Exit::Done)
    }
}
