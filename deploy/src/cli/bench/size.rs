//! `confluence bench size`: programs against the original's code.

use std::path::PathBuf;

use super::{CliError, EXIT_CODES, Exit, Output};
use crate::bench::size::{Options, run};

/// Compare the programs' size on chain with that of Livepeer's contracts, and what putting them there costs
///
/// Builds the programs, creates and activates each on a devnode in this process, and prints bytes, gas and fee beside the
/// original's. Where we are worse the row says so. Sends nothing to any other chain.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence bench size\n  confluence bench size --write\n\n{EXIT_CODES}")
)]
pub(in crate::cli) struct Args {
    /// Write docs/benchmarks/size.md
    #[arg(long)]
    write: bool,
    /// A folder inside the checkout
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let options = Options { folder: self.root };
        let report = super::super::runtime()?.block_on(run(&options, out.progress()))?;
        if self.write {
            let path = report.write(&options.folder)?;
            out.progress().say(format!("wrote {}", path.display()));
        }
        out.result("confluence.bench.size/1", &report)?;
        Ok(Exit::Done)
    }
}
