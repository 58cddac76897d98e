//! `confluence bench`: what the project promises, measured. One file per benchmark.

mod cost;
mod devnode;
mod gas;
mod size;
mod snapshot;

use clap::Subcommand;

use super::{CliError, EXIT_CODES, Exit, Output};

/// Measure what the project promises
///
/// Each benchmark prints what it found and says where we are worse than what it compares with. Those with --write put their
/// results into docs/benchmarks of the checkout. None touches any chain but its own; none needs a key.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES, subcommand_required = true, arg_required_else_help = true)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Cost(cost::Args),
    Devnode(devnode::Args),
    Gas(gas::Args),
    Size(size::Args),
    Snapshot(snapshot::Args),
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        match self.what {
            What::Cost(args) => args.run(out),
            What::Devnode(args) => args.run(out),
            What::Gas(args) => args.run(out),
            What::Size(args) => args.run(out),
            What::Snapshot(args) => args.run(out),
        }
    }
}
