//! `confluence switchover`: L1's funds and last figures leave for L2, which starts when they have arrived.

use std::{fmt, path::PathBuf, time::Duration};

use alloy::primitives::{Address, B256, utils::format_ether};
use serde::Serialize;

use super::{
    CliError, EXIT_CODES, Exit, Output,
    chain::agree,
    chains::{Chains, Keys, Password},
};
use crate::{
    client::{L1, L2},
    network::Network,
    plan::{Manifest, PlanError},
    switchover::{Ahead, Followed, Following, Places, abort, ahead, follow, start, started_in},
};

/// Move the protocol's funds from L1 to L2, once, and start L2
///
/// One L1 transaction sends BridgeMinter's LPT and ether, L1's supply and an announcement of all that in four retryable tickets,
/// and opens L1Migrator. L2 sets the last inflation and unpauses itself once everything has arrived, in whatever order.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence switchover start --manifest deployment.json --network sepolia --keystore key.json\n  confluence switchover follow --manifest deployment.json --redeem --keystore key.json\n\n{EXIT_CODES}")
)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    Start(Start),
    Follow(Follow),
    Abort(Abort),
}

/// Send everything, and follow it
///
/// Checks first that L1 is frozen, that the account is the owner, that both sides know each other and that it can pay; shows
/// what leaves and what the tickets cost, and asks. The tickets' ether that is not used comes back on L2.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
struct Start {
    /// Gets what the tickets do not use, on L2; the account itself if not given
    #[arg(long, value_name = "ADDRESS")]
    refund_to: Option<Address>,
    /// Send without asking
    #[arg(long, short)]
    yes: bool,
    #[command(flatten)]
    with: With,
}

/// Say how far it is, and mend what failed
///
/// Finds the switch-over's tickets on L1 by itself. Sends nothing unless --redeem is given.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
struct Follow {
    #[command(flatten)]
    with: With,
}

/// Give the switch-over up before it starts
///
/// Sends one L1 transaction, by the owner; it can never be started afterwards.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
struct Abort {
    /// Send without asking
    #[arg(long, short)]
    yes: bool,
    #[command(flatten)]
    with: With,
}

#[derive(Debug, clap::Args)]
struct With {
    /// What was deployed, as `deploy apply` wrote it
    #[arg(long, value_name = "FILE", default_value = "deployment.json")]
    manifest: PathBuf,
    /// Redeem tickets that failed, and start L2 if it did not start by itself, with the same key on L2
    #[arg(long)]
    redeem: bool,
    /// Seconds to wait for messages that L2 has not taken in; exit code 3 afterwards
    #[arg(long, value_name = "SECONDS", default_value = "1200")]
    wait: u64,
    #[command(flatten)]
    chains: Chains,
    #[command(flatten)]
    keys: Keys,
    #[command(flatten)]
    password: Password,
}

/// Both chains and what is on them.
struct Both {
    l1: L1,
    l2: L2,
    places: Places,
}

impl With {
    async fn both(&self, network: &Network, signs_on_l1: bool) -> Result<Both, CliError> {
        let manifest = Manifest::read(&self.manifest).map_err(PlanError::from)?;
        let system = manifest.system().ok_or_else(|| CliError::OneSided {
            manifest: self.manifest.clone(),
        })?;
        let on_l1 = match signs_on_l1 {
            true => {
                let chain_id = network.l1.chain_id.get();
                Some(self.keys.account(&self.password, chain_id).await?)
            }
            false => None,
        };
        let chain_id = network.l2.chain_id.get();
        let on_l2 = match (self.redeem, &on_l1) {
            (true, Some(on_l1)) => Some(self.keys.also(on_l1, &self.password, chain_id).await?),
            (true, None) => Some(self.keys.account(&self.password, chain_id).await?),
            (false, _) => None,
        };
        Ok(Both {
            l1: self.chains.l1(network, on_l1.as_ref()).await?,
            l2: self.chains.l2(network, on_l2.as_ref()).await?,
            places: Places::of(&system).map_err(PlanError::from)?,
        })
    }

    async fn follow(&self, both: &Both, sent: B256, out: &Output) -> Result<Report, CliError> {
        let how = Following {
            patience: Duration::from_secs(self.wait),
            redeem: self.redeem,
        };
        let Both { l1, l2, places } = both;
        let say = |line: &str| out.progress().say(line);
        let followed = follow(l1, l2, places, sent, how, say).await?;
        Ok(Report {
            transaction: sent,
            followed,
        })
    }
}

/// How far it is.
#[derive(Debug, Serialize)]
struct Report {
    transaction: B256,
    #[serde(flatten)]
    followed: Followed,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "started in {}", self.transaction)?;
        for (leg, status) in &self.followed.tickets {
            let state = &status.state;
            writeln!(f, "  {leg:<18} {:<16} {}", state.name(), status.id)?;
            if !state.is_redeemed() {
                writeln!(f, "  {:<18} {}", "", state.advice())?;
            }
        }
        match self.followed.complete {
            true => write!(f, "L2 runs"),
            false => write!(
                f,
                "L2 is still paused; run `confluence switchover follow --redeem`"
            ),
        }
    }
}

impl Report {
    fn exit(&self) -> Exit {
        match self.followed.complete {
            true => Exit::Done,
            false => Exit::Pending,
        }
    }
}

/// What is about to be sent.
fn shown(it: &Ahead, from: Address) -> String {
    use fmt::Write as _;
    let Ahead {
        announced,
        legs,
        value,
        refund_to,
    } = it;
    let mut text = format!(
        "about to send the switch-over from {from}\n  LPT        {}\n  ETH        {}\n  inflation  {} of 10^9\n  supply     {} LPT\n",
        format_ether(announced.lpt),
        format_ether(announced.eth),
        announced.inflation,
        format_ether(announced.l1_supply),
    );
    for leg in legs {
        let (gas, cost) = (leg.fees.gas_limit, format_ether(leg.fees.cost()));
        // writing to a String does not fail
        let _ = writeln!(
            text,
            "  ticket     {:<18} {gas:>9} gas, {cost} ETH at most",
            leg.brings
        );
    }
    let _ = write!(
        text,
        "  to pay     {} ETH and L1 gas; what is left goes to {refund_to} on L2",
        format_ether(*value)
    );
    text
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let runtime = super::runtime()?;
        match self.verb {
            Verb::Start(args) => {
                let report = runtime.block_on(args.run(out))?;
                out.result("confluence.switchover/1", &report)?;
                Ok(report.exit())
            }
            Verb::Follow(args) => {
                let report = runtime.block_on(args.run(out))?;
                out.result("confluence.switchover/1", &report)?;
                Ok(report.exit())
            }
            Verb::Abort(args) => {
                let aborted = runtime.block_on(args.run(out))?;
                out.result("confluence.switchover.abort/1", &aborted)?;
                Ok(Exit::Done)
            }
        }
    }
}

impl Start {
    async fn run(self, out: &Output) -> Result<Report, CliError> {
        let network = self.with.chains.network()?;
        let both = self.with.both(&network, true).await?;
        let Both { l1, l2, places } = &both;
        // a client made with an account has one
        let from = l1.from().unwrap_or_default();
        let refund_to = self.refund_to.unwrap_or(from);
        let it = ahead(l1, l2, places, from, refund_to).await?;
        out.progress().say(shown(&it, from));
        agree(self.yes)?;
        let sent = start(l1, places, &it).await?;
        self.with.follow(&both, sent.hash, out).await
    }
}

impl Follow {
    async fn run(self, out: &Output) -> Result<Report, CliError> {
        let network = self.with.chains.network()?;
        let both = self.with.both(&network, false).await?;
        let since = network.migration.as_ref();
        let since = since.and_then(|migration| migration.l1_first_block);
        let sent = started_in(&both.l1, &both.places, since.unwrap_or_default()).await?;
        self.with.follow(&both, sent, out).await
    }
}

impl Abort {
    async fn run(self, out: &Output) -> Result<Aborted, CliError> {
        let network = self.with.chains.network()?;
        let Both { l1, places, .. } = self.with.both(&network, true).await?;
        let at = places.l1.switch_over;
        let say = format!("about to give the switch-over {at} up for good");
        out.progress().say(say);
        agree(self.yes)?;
        let transaction = abort(&l1, &places).await?.hash;
        Ok(Aborted {
            switch_over: at,
            transaction,
        })
    }
}

/// What was given up.
#[derive(Debug, Serialize)]
struct Aborted {
    switch_over: Address,
    transaction: B256,
}

impl fmt::Display for Aborted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            switch_over,
            transaction,
        } = self;
        write!(
            f,
            "L1SwitchOver {switch_over} is aborted in {transaction}; it can never be started. The Governor takes L2 over with L2SwitchOver.abort()"
        )
    }
}
