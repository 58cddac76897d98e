//! `confluence snapshot publish` and `enable`: what governance decides about a snapshot.

use std::fmt;

use alloy::primitives::B256;
use serde::Serialize;

use super::Which;
use crate::{
    claim::{self, Advance, ClaimError, Place, Review},
    cli::{
        CliError, EXIT_CODES, Exit, Output,
        chain::{ACCOUNT_HELP, On, Signing, agree},
    },
};

/// Publish a list's root on L2
///
/// Stages an update of the MerkleSnapshot in the Governor, which the key must own, and executes it once its delay is over; run
/// again, the command goes on where it is, and the exit code is 3 until the root is there. The root is that of the list, which
/// has to be the published one unless --root or --unpublished says otherwise. Seven days of review begin with it.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence snapshot publish --controller 0x... --keystore key.json --delay 50\n\n{ACCOUNT_HELP}\n\n{EXIT_CODES}")
)]
pub(super) struct Publish {
    #[command(flatten)]
    decision: Decision,
}

/// Let delegators claim with the published root
///
/// Sends nothing unless L2 has the list's root and seven days have passed since the Governor published it. Then stages and
/// executes as `publish` does; the exit code is 3 while the review or the delay lasts.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence snapshot enable --controller 0x... --keystore key.json --delay 50\n\n{ACCOUNT_HELP}\n\n{EXIT_CODES}")
)]
pub(super) struct Enable {
    #[command(flatten)]
    decision: Decision,
}

#[derive(Debug, clap::Args)]
struct Decision {
    /// The root itself, instead of a list
    #[arg(long, value_name = "HASH", conflicts_with_all = ["list", "unpublished", "synthetic"])]
    root: Option<B256>,
    /// L1 blocks between staging and executing
    #[arg(long, value_name = "BLOCKS", default_value_t = 0)]
    delay: u64,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    on: On,
    #[command(flatten)]
    signing: Signing,
}

/// How far it is.
#[derive(Debug, Serialize)]
struct Report {
    migration: String,
    root: B256,
    #[serde(flatten)]
    advance: Advance,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<Review>,
    #[serde(skip)]
    what: &'static str,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "root       {} of {}", self.root, self.migration)?;
        match &self.advance {
            Advance::Already => writeln!(f, "{:<11}already", self.what)?,
            Advance::Executed { transaction } => writeln!(f, "{:<11}in {transaction}", self.what)?,
            Advance::Staged { from_block, block } => writeln!(
                f,
                "staged     can be executed from L1 block {from_block} on, and it is {block}: run the same command again then"
            )?,
        }
        if let Some(review) = &self.review {
            writeln!(
                f,
                "review     until {} (Unix seconds); then `confluence snapshot enable`",
                review.until
            )?;
        }
        Ok(())
    }
}

impl Publish {
    pub(super) fn run(&self, out: &Output) -> Result<Exit, CliError> {
        self.decision.run("published", out)
    }
}

impl Enable {
    pub(super) fn run(&self, out: &Output) -> Result<Exit, CliError> {
        self.decision.run("enabled", out)
    }
}

impl Decision {
    fn run(&self, what: &'static str, out: &Output) -> Result<Exit, CliError> {
        let report = crate::cli::runtime()?.block_on(self.decide(what, out))?;
        out.result("confluence.snapshot.decision/1", &report)?;
        Ok(match report.advance {
            Advance::Staged { .. } => Exit::Pending,
            _ => Exit::Done,
        })
    }

    async fn decide(&self, what: &'static str, out: &Output) -> Result<Report, CliError> {
        let network = self.on.network()?;
        let migration = network.migration()?;
        let root = match self.root {
            Some(root) => root,
            None => self.which.find_for(&network)?.root(),
        };
        let id = migration.snapshot_id();
        let (l2, account) = self.on.sending(&self.signing).await?;
        let place = Place::find(&l2, self.on.controller).await?;
        out.progress().say(format!(
            "about to have the root {root} of {} {what} on chain {}\n  by         {account}\n  contracts  MerkleSnapshot {}, L2Migrator {}",
            migration.name, l2.chain_id(), place.snapshot, place.l2_migrator
        ));
        agree(self.signing.yes)?;
        let advance = match what {
            "published" => claim::publish(&l2, &place, id, root, self.delay).await?,
            _ => claim::enable(&l2, &place, id, root, self.delay).await?,
        };
        let review = match (what, &advance) {
            ("published", Advance::Staged { .. }) | ("enabled", _) => None,
            _ => match claim::review(&l2, &place, id, root).await {
                Ok(review) => Some(review),
                // published by somebody else than a Governor: true, but of no use to `enable`
                Err(ClaimError::Undated { .. } | ClaimError::NoGovernor { .. }) => None,
                Err(error) => return Err(error.into()),
            },
        };
        Ok(Report {
            migration: migration.name.clone(),
            root,
            advance,
            review,
            what,
        })
    }
}
