//! `confluence doctor`: a deployment's health on one page.

use std::path::PathBuf;

use super::{CliError, EXIT_CODES, Exit, Output, chains::Chains};
use crate::{
    doctor::{Health, Since, examine},
    migrate::TICKET_DAYS,
    plan::{Manifest, PlanError},
};

/// Say how healthy a deployment is, and what to do about what is not
///
/// Reads both chains: programs' expiry and cache, what is paused, contracts whose copies of peers' addresses are old, everything
/// that differs from the manifest, tickets of the last two weeks that wait or were lost, and what L1Escrow, L2Migrator and Minter
/// hold against what they owe. Each finding comes with what to do; the exit code is 0 if there is none and 1 otherwise. A program
/// that is not cached is no finding: it only costs more to call. Before the switch-over the pause that goes with it is none
/// either. Sends nothing.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence doctor --manifest deployment.json --network mainnet --l1-rpc URL --l2-rpc URL\n  confluence doctor --json --quiet\n\n{EXIT_CODES}")
)]
pub(super) struct Args {
    /// What was deployed, as `deploy apply` wrote it
    #[arg(long, value_name = "FILE", default_value = "deployment.json")]
    manifest: PathBuf,
    /// L2 block from which on events are read; when the deployment began, as the manifest says, if not given
    #[arg(long, value_name = "BLOCK")]
    since: Option<u64>,
    #[command(flatten)]
    chains: Chains,
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let health = super::runtime()?.block_on(self.examine())?;
        out.result("confluence.doctor/1", &health)?;
        Ok(match health.findings.is_empty() {
            true => Exit::Done,
            false => Exit::Failed,
        })
    }

    async fn examine(self) -> Result<Health, CliError> {
        let network = self.chains.network()?;
        let manifest = Manifest::read(&self.manifest).map_err(PlanError::from)?;
        let l2 = self.chains.l2(&network, None).await?;
        let began = self.since.or(manifest.l2_first_block);
        let mut since = Since {
            l1: 0,
            l2: began.unwrap_or_default(),
        };
        let l1 = match manifest.l1 {
            Some(_) => {
                let l1 = self.chains.l1(&network, None).await?;
                let blocks = TICKET_DAYS * 86_400 / network.l1.block_seconds.get();
                since.l1 = l1.head().await?.number.saturating_sub(blocks);
                Some(l1)
            }
            None => None,
        };
        Ok(examine(l1.as_ref(), &l2, &manifest, since).await?)
    }
}
