//! `confluence orchestrator`: when an orchestrator works, and whether it may take tickets now.

use alloy::primitives::Address;

use super::chain::On;
use super::{CliError, EXIT_CODES, Exit, Output};
use crate::payments::{Orchestrator, System};

/// Say in which rounds an orchestrator is active and can redeem tickets
///
/// An orchestrator that bonds becomes active in the next round, if its stake is among the largest. It may take tickets
/// at once all the same: a ticket is good for some rounds, its own included, so those of today can be redeemed when
/// it is active. This names the rounds. Sends nothing and needs no key.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence orchestrator 0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A --controller 0x...\n  confluence orchestrator 0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A --controller 0x... --json\n\n{EXIT_CODES}")
)]
pub(super) struct Args {
    /// The orchestrator
    address: Address,
    #[command(flatten)]
    on: On,
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        super::runtime()?.block_on(async {
            let l2 = self.on.look().await?;
            let system = System::find(&l2, self.on.controller).await?;
            let it = Orchestrator::look(&l2, &system, self.address).await?;
            out.result("confluence.orchestrator/1", &it)?;
            Ok(Exit::Done)
        })
    }
}
