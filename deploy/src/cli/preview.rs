//! `confluence preview`: what would move, to where, at what cost.

use alloy::primitives::Address;

use super::{
    CliError, EXIT_CODES, Exit, Output,
    chains::{Chains, Migrator},
};
use crate::{migrate::Sides, preview::Preview};

/// Show what would move to L2, and what it would cost
///
/// Reads what an account has on L1 (stake, its delegators' pool, fees, unbonding locks, deposit, reserve) and what of it has
/// arrived, tries each move on L2's present state, and prints its cost with its parts and what to think of before. Sends nothing
/// and needs no key. The exit code is 1 if a move would fail.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence preview 0x1d5a..07 --network mainnet --l1-rpc URL --l2-rpc URL\n  confluence preview 0x1d5a..07 --l2-addr 0x9f21..c4 --json\n\n{EXIT_CODES}")
)]
pub(super) struct Args {
    /// The account on L1
    address: Address,
    /// The account on L2 that would get it; the same address if not given
    #[arg(long, value_name = "ADDRESS")]
    l2_addr: Option<Address>,
    #[command(flatten)]
    migrator: Migrator,
    #[command(flatten)]
    chains: Chains,
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let preview = super::runtime()?.block_on(self.look())?;
        out.result("confluence.preview/1", &preview)?;
        Ok(match preview.works() {
            true => Exit::Done,
            false => Exit::Failed,
        })
    }

    async fn look(&self) -> Result<Preview, CliError> {
        let network = self.chains.network()?;
        let l1_migrator = self.migrator.of(&network)?;
        let l1 = self.chains.l1(&network, None).await?;
        let l2 = self.chains.l2(&network, None).await?;
        let sides = Sides::find(&l1, &l2, l1_migrator).await?;
        let receiver = self.l2_addr.unwrap_or(self.address);
        Ok(Preview::look(&l1, &l2, &sides, self.address, receiver).await?)
    }
}
