//! `confluence-devnode`: the node as a program of its own. `confluence devnode` is the same.

use std::process::ExitCode;

use clap::Parser;
use confluence_devnode::cli::Devnode;

#[derive(Debug, Parser)]
#[command(name = "confluence-devnode", version)]
struct Cli {
    #[command(flatten)]
    node: Devnode,
}

fn main() -> ExitCode {
    match Cli::parse().node.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
