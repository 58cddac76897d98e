//! `confluence pause` and `unpause`: the system's four switches, in the order of the runbook.

use std::{fmt, path::PathBuf};

use serde::Serialize;

use super::{
    CliError, EXIT_CODES, Exit, Output,
    chain::agree,
    chains::{Chains, Keys, Password},
};
use crate::{
    pause::{self, Switch},
    plan::{Manifest, PlanError},
};

/// Stop the system on both chains
///
/// Closes L1Migrator and L1LPTGateway, then, in one batch of the Governor, the Controller and L2LPTGateway. Tickets on their way are
/// not lost: they wait on L2 and can be redeemed once it runs again. Sends up to four transactions; the account must be the
/// contracts' admin on L1 and own the Governor on L2.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("Examples:\n  confluence pause --manifest deployment.json --keystore key.json\n\n{EXIT_CODES}"))]
pub(super) struct Pause {
    #[command(flatten)]
    with: With,
}

/// Start the system again on both chains
///
/// Opens, in one batch of the Governor, the Controller and L2LPTGateway, then L1LPTGateway and L1Migrator. The first start is not
/// this but the switch-over. Sends up to four transactions.
#[derive(Debug, clap::Args)]
#[command(after_help = format!("Examples:\n  confluence unpause --manifest deployment.json --keystore key.json\n\n{EXIT_CODES}"))]
pub(super) struct Unpause {
    #[command(flatten)]
    with: With,
}

#[derive(Debug, clap::Args)]
struct With {
    /// What was deployed, as `deploy apply` wrote it
    #[arg(long, value_name = "FILE", default_value = "deployment.json")]
    manifest: PathBuf,
    /// Send without asking
    #[arg(long, short)]
    yes: bool,
    #[command(flatten)]
    chains: Chains,
    #[command(flatten)]
    keys: Keys,
    #[command(flatten)]
    password: Password,
}

/// How the switches are now, in the order in which they were changed.
#[derive(Debug, Serialize)]
struct Switches {
    switches: Vec<Switch>,
}

impl fmt::Display for Switches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for switch in &self.switches {
            let state = match switch.paused {
                true => "paused",
                false => "open",
            };
            let before = match switch.changed {
                true => "",
                false => " (as before)",
            };
            let Switch {
                contract, side, at, ..
            } = switch;
            writeln!(f, "{side} {contract:<14} {state}{before}  {at}")?;
        }
        Ok(())
    }
}

impl With {
    async fn run(self, paused: bool, out: &Output) -> Result<Switches, CliError> {
        let network = self.chains.network()?;
        let manifest = Manifest::read(&self.manifest).map_err(PlanError::from)?;
        let system = manifest.system().ok_or_else(|| CliError::OneSided {
            manifest: self.manifest.clone(),
        })?;
        let (here, there) = (network.l1.chain_id.get(), network.l2.chain_id.get());
        let on_l1 = self.keys.account(&self.password, here).await?;
        let on_l2 = self.keys.also(&on_l1, &self.password, there).await?;
        let l1 = self.chains.l1(&network, Some(&on_l1)).await?;
        let l2 = self.chains.l2(&network, Some(&on_l2)).await?;
        let what = match paused {
            true => "about to close",
            false => "about to open",
        };
        let who = on_l1.address();
        out.progress().say(format!(
            "{what} L1Migrator, L1LPTGateway, L2LPTGateway and the Controller as {who}"
        ));
        agree(self.yes)?;
        let switches = match paused {
            true => pause::pause(&l1, &l2, &system).await?,
            false => pause::unpause(&l1, &l2, &system).await?,
        };
        Ok(Switches { switches })
    }
}

impl Pause {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let switches = super::runtime()?.block_on(self.with.run(true, out))?;
        out.result("confluence.pause/1", &switches)?;
        Ok(Exit::Done)
    }
}

impl Unpause {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let switches = super::runtime()?.block_on(self.with.run(false, out))?;
        out.result("confluence.unpause/1", &switches)?;
        Ok(Exit::Done)
    }
}
