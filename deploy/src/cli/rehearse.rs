//! `confluence rehearse`: the whole migration on this machine.

use std::path::PathBuf;

use super::{CliError, EXIT_CODES, Exit, Output};
use crate::{
    rehearse::{self, Chaos, On, Options, RehearseError, Urls, page, picture},
    whole_file,
};

/// Move Livepeer's whole population from L1 to L2 on this machine, and account for every unit
///
/// Starts both chains, deploys everything as `deploy apply` does, loads L1 with the population that the published list implies
/// (a synthetic one where the list cannot be found, which is said), freezes it, switches over, builds the snapshot from L1 and holds
/// its root against the published one, lets a week pass, moves orchestrators, contract wallets, unbonding locks and broadcasters by
/// tickets, some of which fail or expire and are mended, runs rounds with rewards and winning tickets, and lets everybody claim who
/// has something. Exit code 1 if a single unit is missing. Nothing is sent to any chain but these two, or the development chains at
/// --l1-rpc and --l2-rpc. Needs the checkout and its npm packages.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence rehearse --html rehearsal.html\n  confluence rehearse --accounts 20000 --json\n\n{EXIT_CODES}")
)]
pub(super) struct Args {
    /// The published list's file; looked for in the usual places and at its public address if not given
    #[arg(long, value_name = "FILE", conflicts_with = "accounts")]
    list: Option<PathBuf>,
    /// Use a synthetic list of this many entries instead
    #[arg(long, value_name = "N")]
    accounts: Option<usize>,
    /// What everything that is made up follows from
    #[arg(long, value_name = "NUMBER", default_value = "1")]
    seed: u64,
    /// Percent of the orchestrators that move before delegators claim; half of the rest moves after
    #[arg(long, value_name = "PERCENT", default_value = "60", value_parser = clap::value_parser!(u64).range(0..=100))]
    share: u64,
    /// Rounds with rewards before the claims; winning tickets are paid in all but the first
    #[arg(long, value_name = "N", default_value = "2")]
    rounds: u64,
    /// Write the report as a page with charts to this file as well
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write the page's charts as one SVG to this file as well
    #[arg(long, value_name = "FILE")]
    picture: Option<PathBuf>,
    /// Kill this command (as a process of its own), restart the L2 node and cut connections on the way, at points that follow from
    /// this seed and how fast the chains are
    #[arg(long, value_name = "SEED", conflicts_with = "l1_rpc")]
    chaos: Option<u64>,
    /// A development L1 that runs already, with the L2 at --l2-rpc following it
    #[arg(long, value_name = "URL", requires = "l2_rpc")]
    l1_rpc: Option<String>,
    /// The devnode beside it
    #[arg(long, value_name = "URL", requires = "l1_rpc")]
    l2_rpc: Option<String>,
    /// A folder that remembers how far it is: given again, a rehearsal that was cut short goes on. For chains that run already
    #[arg(long, value_name = "FOLDER", requires = "l1_rpc")]
    state: Option<PathBuf>,
    /// A network file whose migration is rehearsed
    #[arg(long, value_name = "NAME|FILE", default_value = "mainnet")]
    network: String,
    /// A folder inside the checkout
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let urls = self.l1_rpc.zip(self.l2_rpc).map(|(l1, l2)| Urls { l1, l2 });
        let on = match (self.chaos, urls) {
            (Some(seed), _) => On::Breaking(Chaos {
                seed,
                command: std::env::current_exe().map_err(RehearseError::from)?,
            }),
            (None, Some(urls)) => On::There {
                urls,
                state: self.state,
            },
            (None, None) => On::New,
        };
        let options = Options {
            folder: self.root,
            network: self.network,
            list: self.list,
            accounts: self.accounts,
            seed: self.seed,
            share: self.share,
            rounds: self.rounds,
            on,
        };
        let report = super::runtime()?.block_on(rehearse::run(&options, out.progress()))?;
        if let Some(file) = &self.html {
            whole_file::replace(file, page(&report).as_bytes())?;
        }
        if let Some(file) = &self.picture {
            whole_file::replace(file, picture(&report).as_bytes())?;
        }
        out.result("confluence.rehearse/1", &report)?;
        Ok(match report.holds() {
            true => Exit::Done,
            false => Exit::Failed,
        })
    }
}
