//! `confluence watch`: follow every ticket of the migrator.

use std::{collections::BTreeMap, fmt, net::SocketAddr, path::PathBuf, time::Duration};

use alloy::primitives::B256;
use serde::Serialize;

use super::{
    CliError, EXIT_CODES, Exit, Output,
    chains::{Chains, Keys, Migrator, Password},
};
use crate::{
    migrate::{Sides, TICKET_DAYS},
    watch::{Alert, Book, Entry, Metrics, Passed, Watch, Webhook, serve},
};

/// Follow all tickets of the migrator, and mend those that wait if told to
///
/// Reads L1Migrator's messages and their tickets' states again and again until it is stopped. An alert is a line on stdout (a
/// JSON document with --json) and, if wanted, a POST to a webhook: a ticket waits, expires soon, ended without having run, or
/// the chains cannot be read. With --redeem it redeems what waits, with the given key's gas on L2. The state file lets it go on
/// after a restart without raising an alert twice. With --once it looks once; the exit code is 3 while a ticket is on its way
/// or waits, and 1 if one was lost.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence watch --network mainnet --l1-rpc URL --l2-rpc URL --metrics 127.0.0.1:9464 --webhook URL\n  confluence watch --redeem --keystore key.json --password-file password\n  confluence watch --once --json\n\n{EXIT_CODES}")
)]
pub(super) struct Args {
    /// Look once instead of going on
    #[arg(long)]
    once: bool,
    /// Seconds between two looks
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    interval: u64,
    /// Where to remember what was seen
    #[arg(long, value_name = "FILE", default_value = "watch.state.json")]
    state: PathBuf,
    /// Redeem tickets that wait
    #[arg(long)]
    redeem: bool,
    /// Days before a ticket's end at which that is an alert
    #[arg(long, value_name = "DAYS", default_value_t = 2)]
    alert_days: u64,
    /// Serve Prometheus metrics over HTTP here
    #[arg(long, value_name = "ADDRESS:PORT")]
    metrics: Option<SocketAddr>,
    /// POST each alert here, as JSON with a `text`
    #[arg(long, value_name = "URL")]
    webhook: Option<String>,
    /// L1 block to begin at; two weeks ago if not given, since no ticket lives longer unless it is kept alive
    #[arg(long, value_name = "BLOCK")]
    since: Option<u64>,
    #[command(flatten)]
    migrator: Migrator,
    #[command(flatten)]
    chains: Chains,
    #[command(flatten)]
    keys: Keys,
    #[command(flatten)]
    password: Password,
}

/// What one look found.
#[derive(Debug, Serialize)]
struct Report {
    open: BTreeMap<B256, Entry>,
    ended: BTreeMap<String, u64>,
    redeemed: u64,
    alerts: Vec<Alert>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "open       {}", self.open.len())?;
        for (id, entry) in &self.open {
            writeln!(f, "  {id}  {}  of {}", entry.state, entry.account)?;
        }
        for (state, count) in &self.ended {
            writeln!(f, "ended      {count} {state}")?;
        }
        writeln!(f, "redeemed   {} by this command", self.redeemed)?;
        for alert in &self.alerts {
            writeln!(f, "alert      {alert}")?;
        }
        Ok(())
    }
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        super::runtime()?.block_on(self.watch(out))
    }

    async fn watch(self, out: &Output) -> Result<Exit, CliError> {
        let webhook = match &self.webhook {
            Some(url) => Some(Webhook::new(url)?),
            None => None,
        };
        let mut watch = self.start().await?;
        if self.once {
            let passed = watch.look().await?;
            tell(&webhook, &passed, out).await;
            return report(watch.book, passed, out);
        }
        let metrics = Metrics::default();
        if let Some(at) = self.metrics {
            let bound = serve(at, metrics.clone()).await?;
            out.progress()
                .say(format!("metrics on http://{bound}/metrics"));
        }
        loop {
            let passed = watch.pass().await?;
            metrics.update(&watch);
            for alert in &passed.alerts {
                out.line("confluence.alert/1", alert)?;
            }
            tell(&webhook, &passed, out).await;
            tokio::time::sleep(Duration::from_secs(self.interval)).await;
        }
    }

    async fn start(&self) -> Result<Watch, CliError> {
        let network = self.chains.network()?;
        let l1_migrator = self.migrator.of(&network)?;
        let account = match self.redeem {
            true => {
                let chain_id = network.l2.chain_id.get();
                Some(self.keys.account(&self.password, chain_id).await?)
            }
            false => None,
        };
        let l1 = self.chains.l1(&network, None).await?;
        let l2 = self.chains.l2(&network, account.as_ref()).await?;
        let sides = Sides::find(&l1, &l2, l1_migrator).await?;
        let since = match self.since {
            Some(since) => since,
            None => {
                let blocks = TICKET_DAYS * 86_400 / network.l1.block_seconds.get();
                l1.head().await?.number.saturating_sub(blocks)
            }
        };
        let book = Book::new(l1.chain_id(), l1_migrator, since).resume(&self.state)?;
        Ok(Watch {
            l1,
            l2,
            sides,
            redeem: self.redeem,
            alert_before: self.alert_days * 86_400,
            file: Some(self.state.clone()),
            book,
            failures: 0,
        })
    }
}

async fn tell(webhook: &Option<Webhook>, passed: &Passed, out: &Output) {
    let Some(webhook) = webhook else { return };
    for alert in &passed.alerts {
        if let Err(why) = webhook.send(alert).await {
            out.progress()
                .say(format!("the webhook did not take an alert: {why}"));
        }
    }
}

fn report(book: Book, passed: Passed, out: &Output) -> Result<Exit, CliError> {
    let lost = |alert: &Alert| matches!(alert, Alert::Lost { .. });
    let exit = match (passed.alerts.iter().any(lost), book.open.is_empty()) {
        (true, _) => Exit::Failed,
        (false, false) => Exit::Pending,
        (false, true) => Exit::Done,
    };
    let report = Report {
        open: book.open,
        ended: book.ended,
        redeemed: book.redeemed,
        alerts: passed.alerts,
    };
    out.result("confluence.watch.look/1", &report)?;
    Ok(exit)
}
