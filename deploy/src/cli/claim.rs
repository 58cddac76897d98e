//! `confluence claim`: get on L2 what the snapshot has for an account.

use std::{fmt, path::PathBuf};

use alloy::primitives::{Address, TxHash};
use serde::Serialize;

use super::{
    CliError, EXIT_CODES, Exit, Output,
    chain::{ACCOUNT_HELP, On, Preview, Signing},
    snapshot::Which,
};
use crate::{
    claim::{Claim, Place},
    migrate::show::amount,
    snapshot::Proof,
};

/// Claim on L2 what the snapshot says that you had on L1
///
/// Sends one transaction on L2, paid by the account that claims: your stake and your share of what your orchestrator's pool
/// has earned since it migrated become your own stake, your fees are paid out. Before your orchestrator has migrated the stake
/// is bonded to it anew. The proof is made from the published list, or read from a file of `confluence snapshot prove --json`; it
/// is held against the root that is on L2, and nothing is sent if L2 would refuse. Contract wallets migrate from L1 instead.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence claim --controller 0x... --keystore key.json --network mainnet --l2-rpc URL\n  confluence claim --proof proof.json --new-delegate 0x9f21..c4 --controller 0x... --ledger 0\n\n{ACCOUNT_HELP}\n\n{EXIT_CODES}")
)]
pub(super) struct Args {
    /// A proof as `confluence snapshot prove --json` printed it; made from the list if not given
    #[arg(long, value_name = "FILE")]
    proof: Option<PathBuf>,
    /// Who gets the stake; whom you have chosen on L2, or else your orchestrator, if not given
    #[arg(long, value_name = "ADDRESS")]
    new_delegate: Option<Address>,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    on: On,
    #[command(flatten)]
    signing: Signing,
}

/// What was claimed.
#[derive(Debug, Serialize)]
struct Report {
    #[serde(flatten)]
    claim: Claim,
    transaction: TxHash,
    gas_used: u64,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let claim = &self.claim;
        writeln!(f, "claimed    by {}", claim.delegator)?;
        writeln!(f, "stake      {} LPT of the snapshot", amount(claim.stake))?;
        writeln!(f, "fees       {} ETH of the snapshot", amount(claim.fees))?;
        if let Some(pool) = claim.pool {
            writeln!(f, "pool       {pool}, with its share of what that earned")?;
        }
        writeln!(f, "sent in    {}, {} gas", self.transaction, self.gas_used)
    }
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        super::runtime()?.block_on(self.claim(out))
    }

    async fn claim(self, out: &Output) -> Result<Exit, CliError> {
        let network = self.on.network()?;
        let migration = network.migration()?;
        let id = (migration.name.as_str(), migration.snapshot_id());
        let read = match &self.proof {
            Some(path) => Some(Proof::read(path)?),
            None => None,
        };
        let (l2, account) = self.on.sending(&self.signing).await?;
        let proof = match read {
            Some(proof) => proof,
            None => Proof::of(account, &self.which.find_for(&network)?)?,
        };
        let place = Place::find(&l2, self.on.controller).await?;
        let claim = Claim::prepare(&l2, &place, id, &proof, account, self.new_delegate).await?;
        let action = format!(
            "a claim of {} LPT and {} ETH",
            amount(claim.stake),
            amount(claim.fees)
        );
        let preview = Preview {
            action: &action,
            from: account,
            to: claim.to,
            value: Default::default(),
            gas: claim.gas,
        };
        self.signing.agree(&l2, &preview, out).await?;
        let mined = claim.send(&l2).await?;
        let report = Report {
            claim,
            transaction: mined.hash,
            gas_used: mined.gas,
        };
        out.result("confluence.claim/1", &report)?;
        Ok(Exit::Done)
    }
}
