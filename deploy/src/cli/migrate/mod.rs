//! `confluence migrate`: send what an account has on L1 to L2, and follow it.

mod options;

use std::{
    fmt,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use alloy::primitives::{Address, B256, TxHash, U256};
use confluence_abi::IL1Migrator;
use serde::Serialize;

use self::options::{Common, Part};
use super::{CliError, EXIT_CODES, Exit, Output, chain::agree};
use crate::{
    client::{L1, L2, Mined},
    migrate::{self, Batch, Brings, Followed, MigrateError, Quote, Ready, Sides},
    sign::What,
    ticket::State,
};

/// Send what an account has on L1 to L2, and follow it to its end
///
/// Sends one transaction to L1Migrator, with exactly the ether that the ticket to L2 needs: what it may cost is shown before
/// anything is signed, and what it leaves over goes to the receiver on L2. The account's own key can send; anybody else needs
/// what `confluence authorize` writes. A contract wallet sends for itself: --safe-json writes its transaction. The command waits
/// until L2 has run the ticket; run again, it goes on waiting for what was sent instead of sending twice.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence migrate delegator --keystore key.json --network mainnet --l1-rpc URL --l2-rpc URL\n  confluence migrate locks --ids 0,3 --l2-addr 0x9f21..c4 --ledger\n  confluence migrate amount --lpt 1500 --key-file key\n  confluence migrate delegator --authorization move.json --keystore payer.json\n  confluence migrate sender --l1-addr 0x1d5a..07 --l2-addr 0x9f21..c4 --safe-json batch.json\n\n{EXIT_CODES}")
)]
pub(super) struct Args {
    #[command(subcommand)]
    what: Kind,
}

#[derive(Debug, clap::Subcommand)]
enum Kind {
    /// A delegator's or orchestrator's whole stake and fees
    #[command(after_help = EXIT_CODES)]
    Delegator(Common),
    /// Unbonding locks, which become fresh stake
    #[command(after_help = EXIT_CODES)]
    Locks {
        /// Numbers of the locks; `confluence preview` lists them
        #[arg(
            long,
            value_name = "ID,..",
            value_delimiter = ',',
            required_unless_present = "authorization"
        )]
        ids: Vec<U256>,
        #[command(flatten)]
        common: Common,
    },
    /// A broadcaster's deposit and reserve
    #[command(after_help = EXIT_CODES)]
    Sender(Common),
    /// A part of a stake, and all fees
    #[command(after_help = EXIT_CODES)]
    Amount {
        #[command(flatten)]
        part: Part,
        #[command(flatten)]
        common: Common,
    },
}

/// What was done.
#[derive(Debug, Serialize)]
struct Report {
    kind: &'static str,
    l1_addr: Address,
    l2_addr: Address,
    /// What arrives; unknown for a ticket that was sent before.
    #[serde(skip_serializing_if = "Option::is_none")]
    brings: Option<Brings>,
    /// What was expected to be paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<Quote>,
    /// The transaction on L1, and gas it used.
    #[serde(skip_serializing_if = "Option::is_none")]
    sent: Option<Sent>,
    ticket: Followed,
}

#[derive(Debug, Serialize)]
struct Sent {
    transaction: TxHash,
    gas: u64,
}

/// A file was written instead.
#[derive(Debug, Serialize)]
struct Written {
    file: std::path::PathBuf,
    wallet: Address,
    to: Address,
    value: String,
    data: alloy::primitives::Bytes,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ticket = &self.ticket;
        writeln!(f, "{} of {}", self.kind, self.l1_addr)?;
        if let Some(brings) = &self.brings {
            write!(f, "{brings}")?;
        }
        writeln!(f, "  to         {} on L2", self.l2_addr)?;
        writeln!(f, "  sent in    {} on L1", ticket.l1_transaction)?;
        writeln!(f, "  ticket     {}  {}", ticket.id, ticket.state.name())?;
        match &ticket.state {
            State::Redeemed { transaction } => writeln!(f, "  arrived in {transaction} on L2"),
            state => writeln!(f, "  {}", state.advice()),
        }
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "wrote {} for the wallet {}",
            self.file.display(),
            self.wallet
        )?;
        writeln!(f, "  to         {}", self.to)?;
        writeln!(f, "  value      {} wei", self.value)?;
        writeln!(
            f,
            "  next       load it in Safe's Transaction Builder, sign and execute; then `confluence status HASH`"
        )
    }
}

/// What is asked for, with everything that it takes.
struct Job {
    l1: L1,
    l2: L2,
    sides: Sides,
    order: migrate::Order,
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let (kind, common) = match self.what {
            Kind::Delegator(common) => (options::Asked::Delegator, common),
            Kind::Sender(common) => (options::Asked::Sender, common),
            Kind::Locks { ids, common } => (options::Asked::Locks(ids), common),
            Kind::Amount { part, common } => (options::Asked::Amount(part), common),
        };
        super::runtime()?.block_on(run(&kind, &common, out))
    }
}

async fn run(kind: &options::Asked, common: &Common, out: &Output) -> Result<Exit, CliError> {
    let job = common.job(kind).await?;
    let (moved, l1_migrator) = (&job.order.moved, job.sides.l1_migrator);
    if common.safe_json.is_none() {
        let since = common.since(&job.l1).await?;
        let before = migrate::underway(&job.l1, &job.l2, l1_migrator, moved, since).await?;
        if let Some(before) = before {
            let hash = before.l1_transaction.unwrap_or_default();
            out.progress().say(format!(
                "this was sent in {hash} before; nothing is sent again"
            ));
            let ticket = follow(&job.l2, before.id, hash, common, out).await?;
            return report(moved, None, None, ticket, out);
        }
    }
    let ready = job.order.prepare(&job.l1, &job.l2, &job.sides).await?;
    if let Some(path) = &common.safe_json {
        return write_batch(path, &ready, &job.l1, out);
    }
    out.progress().say(&ready);
    agree(common.yes)?;
    let mined = ready.send(&job.l1).await?;
    let id = migrate::ticket_of(&job.l2, &mined, l1_migrator)?;
    out.progress().say(format!(
        "sent in {} on L1, {} gas; ticket {id}",
        mined.hash, mined.gas
    ));
    let ticket = follow(&job.l2, id, mined.hash, common, out).await?;
    report(moved, Some(ready), Some(mined), ticket, out)
}

async fn follow(
    l2: &L2,
    id: B256,
    sent: TxHash,
    common: &Common,
    out: &Output,
) -> Result<Followed, CliError> {
    let patience = Duration::from_secs(60 * common.wait);
    let waiting = out
        .progress()
        .spinner("waiting for L2 to take it in (about ten minutes on Arbitrum)");
    let followed = migrate::follow(l2, id, sent, patience, |_| waiting.advance(1)).await?;
    Ok(followed)
}

fn report(
    moved: &crate::sign::Move,
    ready: Option<Ready>,
    mined: Option<Mined>,
    ticket: Followed,
    out: &Output,
) -> Result<Exit, CliError> {
    let (brings, quote) = ready.map(|ready| (ready.brings, ready.quote)).unzip();
    let exit = match &ticket.state {
        State::Redeemed { .. } => Exit::Done,
        state if state.is_final() => Exit::Failed,
        _ => Exit::Pending,
    };
    let report = Report {
        kind: moved.what.name(),
        l1_addr: moved.l1_addr,
        l2_addr: moved.l2_addr,
        brings,
        quote,
        sent: mined.map(|mined| Sent {
            transaction: mined.hash,
            gas: mined.gas,
        }),
        ticket,
    };
    out.result("confluence.migrate/1", &report)?;
    Ok(exit)
}

fn write_batch(
    path: &std::path::Path,
    ready: &Ready,
    l1: &L1,
    out: &Output,
) -> Result<Exit, CliError> {
    let abi = IL1Migrator::abi::contract();
    let value = ready.quote.ticket.value();
    let name = match &ready.moved.what {
        What::Delegator => "Move stake and fees to Arbitrum",
        What::Locks { .. } => "Move unbonding locks to Arbitrum",
        What::Sender => "Move deposit and reserve to Arbitrum",
        What::Amount { .. } => "Move a part of the stake to Arbitrum",
    };
    let batch = Batch::new(l1.chain_id(), ready.payer, name);
    let batch = batch.with(abi.functions(), ready.to, value, &ready.data);
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let created = now.map_or(0, |now| now.as_millis()).try_into().unwrap_or(0);
    out.progress().say(ready);
    batch
        .write(path, created)
        .map_err(|source| MigrateError::File {
            path: path.to_owned(),
            source,
        })?;
    let written = Written {
        file: path.to_owned(),
        wallet: ready.payer,
        to: ready.to,
        value: value.to_string(),
        data: ready.data.clone(),
    };
    out.result("confluence.migrate.safe/1", &written)?;
    Ok(Exit::Done)
}
