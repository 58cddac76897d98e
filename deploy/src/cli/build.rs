//! `confluence build`: the L2 programs, ready to go on chain.

use std::path::PathBuf;

use super::{CliError, EXIT_CODES, Exit, Output};
use crate::build::{Options, SIZE_BUDGET_BYTES, build};

/// Build the Arbitrum programs
///
/// Compiles every program under contracts/ to WASM, optimises and compresses it, checks that Arbitrum would accept it,
/// and prints its size, starting memory pages and code hash. What has not changed is not built again. The bytes depend
/// on sources and toolchain alone, so two people who build the same commit get the same code hashes. Finished programs
/// are in target/programs: NAME.code is what is deployed. Sends nothing.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence build\n  confluence build merkle-snapshot --force\n  confluence build --json\n\n{EXIT_CODES}")
)]
pub(super) struct Args {
    /// Programs to build, by folder name; all if none is named
    #[arg(value_name = "PROGRAM")]
    programs: Vec<String>,
    /// Build even what has not changed
    #[arg(long)]
    force: bool,
    /// Fail if a program has more bytes on chain
    #[arg(long, value_name = "BYTES", default_value_t = SIZE_BUDGET_BYTES)]
    budget: usize,
    /// A folder inside the checkout
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let options = Options {
            folder: self.root,
            target: None,
            programs: self.programs,
            force: self.force,
            budget_bytes: self.budget,
        };
        let report = build(&options, out.progress())?;
        out.result("confluence.build/1", &report)?;
        Ok(Exit::Done)
    }
}
