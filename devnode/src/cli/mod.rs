//! The command line of the node, used by its own binary and by `confluence devnode`.
//! stdout carries one line, human or JSON, once the node answers; all else goes to stderr.

mod ctl;

use std::{
    io::Write as _,
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
    time::Duration,
};

use alloy_primitives::{B256, U256};
use serde_json::json;

pub use ctl::{Ctl, CtlError, CtlVerb};

use crate::{
    bridge::{Contracts, L1Options, ROLLUP_KEY},
    chain::{ArbosVersion, BlockNumberMode, Config, ETHER, Mining},
    node::{DevNode, Options, SaveError, StartError},
    rpc::TEST_MNEMONIC,
};

/// L1 price per data unit of a Nitro dev genesis, in wei.
const NITRO_L1_PRICE: u64 = 50_000_000_000;

/// Start Ethereum and Arbitrum for development, with the bridge between them.
///
/// L2 is in this process: Stylus, ArbOS and JSON-RPC, answering like a Nitro dev chain (chain id 412346) to the unit of gas. L1 is
/// anvil with Arbitrum's own Bridge, Inbox and Outbox, both from npm (`npm ci`); deposits and retryable tickets arrive by
/// themselves, withdrawals can be executed at once. The accounts it funds are unlocked; their keys are public, so never send
/// anything of value to them.
#[derive(Clone, Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Examples:
  confluence-devnode                        # L2 on port 8547, L1 on 8545
  confluence-devnode --l2-only --port 8547
  confluence-devnode --port 0 --json        # any free port, told on stdout
  confluence-devnode --predeploys           # for cargo-stylus: deploy, cache bid
  confluence-devnode --state chain.bin      # goes on where it was stopped

Exit codes: 0 stopped by a signal, 1 could not start or save, 2 wrong usage.")]
pub struct Devnode {
    /// Port to listen on, for HTTP and WebSocket; 0 takes any free one.
    #[arg(long, default_value_t = 8547)]
    pub port: u16,
    /// Address to listen on.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub host: IpAddr,
    /// Accounts of the mnemonic to fund and unlock, besides the Nitro dev account.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(..=1000))]
    pub accounts: u32,
    /// Ether that each of them gets.
    #[arg(long, value_name = "ETHER", default_value_t = 10_000)]
    pub balance: u64,
    /// Mnemonic the accounts are derived from (m/44'/60'/0'/0/i).
    #[arg(long, default_value = TEST_MNEMONIC)]
    pub mnemonic: String,
    /// ArbOS version: 40, 51 or 60.
    #[arg(long, value_name = "VERSION", default_value = "60", value_parser = arbos)]
    pub arbos: ArbosVersion,
    /// Chain id.
    #[arg(long, value_name = "ID", default_value_t = 412_346)]
    pub chain_id: u64,
    /// Make a block every so many seconds, instead of one for each transaction.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub block_time: Option<Duration>,
    /// Make blocks only on request (evm_mine).
    #[arg(long, conflicts_with = "block_time")]
    pub no_mining: bool,
    /// Look like hardhat: `block.number` is the L2 height instead of the L1 clock, and hardhat's helpers accept the node.
    #[arg(long)]
    pub as_hardhat: bool,
    /// Charge for L1 data as a Nitro dev chain does before anybody changes it (50 gwei per unit).
    #[arg(long)]
    pub l1_pricing: bool,
    /// Start with the CREATE2 factory, the StylusDeployer and a cache manager, where Nitro's set-up script puts them.
    #[arg(long, conflicts_with = "l1_pricing")]
    pub predeploys: bool,
    /// No L1: just the L2, as Nitro's dev mode has it.
    #[arg(long, conflicts_with_all = ["l1_port", "l1_rpc", "l1_contracts", "l1_chain_id", "rollup_key"])]
    pub l2_only: bool,
    /// Port of L1; 0 takes any free one, which is the default where --port is 0.
    #[arg(long, value_name = "PORT")]
    pub l1_port: Option<u16>,
    /// Chain id of L1.
    #[arg(long, value_name = "ID", default_value_t = 1337)]
    pub l1_chain_id: u64,
    /// Follow an L1 that runs already, instead of starting anvil.
    #[arg(long, value_name = "URL", conflicts_with_all = ["l1_port", "l1_chain_id"])]
    pub l1_rpc: Option<String>,
    /// Use the contracts that this file names, instead of deploying them: the start line's `l1.contracts`, as JSON.
    #[arg(long, value_name = "FILE", requires = "l1_rpc")]
    pub l1_contracts: Option<PathBuf>,
    /// Key that deploys the contracts and posts roots on L1.
    #[arg(long, value_name = "KEY", env = "CONFLUENCE_ROLLUP_KEY", default_value_t = ROLLUP_KEY, hide_default_value = true, hide_env_values = true)]
    pub rollup_key: B256,
    /// Load the chain from this file if it exists, and save it there on stopping; L1's is beside it, with `.l1` added.
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// Write the start line as JSON (`confluence.devnode/1`).
    #[arg(long)]
    pub json: bool,
    /// What else than starting a node.
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

/// What can be done besides starting a node.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Verb {
    /// Steer what happens between the chains of a running node
    Ctl(Ctl),
}

fn arbos(text: &str) -> Result<ArbosVersion, String> {
    let version = text.parse().ok().and_then(ArbosVersion::from_number);
    version.ok_or_else(|| "the versions this node has are 40, 51 and 60".into())
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text
        .parse()
        .ok()
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds
        .filter(|every| !every.is_zero())
        .ok_or_else(|| "not a number of seconds above 0".into())
}

/// Ports of the two chains where nothing else is said: those of anvil and Nitro.
const L1_PORT: u16 = 8545;

/// Why the node ended other than by a signal.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// It could not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// A control of a running node failed.
    #[error(transparent)]
    Ctl(#[from] CtlError),
    /// It could not save the chain.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// It could not tell that it runs, or listen for signals.
    #[error(transparent)]
    System(#[from] std::io::Error),
}

impl Devnode {
    /// What the node is started with.
    ///
    /// # Errors
    /// When the file of L1's contracts cannot be read.
    pub fn options(&self) -> Result<Options, StartError> {
        let mining = match self.block_time {
            Some(every) => Mining::Interval(every),
            None if self.no_mining => Mining::Manual,
            None => Mining::Auto,
        };
        Ok(Options {
            chain: Config {
                chain_id: self.chain_id,
                arbos: self.arbos,
                block_number: if self.as_hardhat {
                    BlockNumberMode::L2Height
                } else {
                    BlockNumberMode::L1Clock
                },
                mining,
                l1_price_per_unit: U256::from(if self.l1_pricing { NITRO_L1_PRICE } else { 0 }),
                ..Config::default()
            },
            host: self.host,
            port: self.port,
            accounts: self.accounts,
            mnemonic: self.mnemonic.clone(),
            balance: U256::from(self.balance) * ETHER,
            predeploys: self.predeploys,
            state: self.state.clone(),
            l1: self.l1()?,
        })
    }

    fn l1(&self) -> Result<Option<L1Options>, StartError> {
        if self.l2_only {
            return Ok(None);
        }
        let contracts = self.l1_contracts.as_deref().map(Contracts::read);
        let any = if self.port == 0 { 0 } else { L1_PORT };
        Ok(Some(L1Options {
            rpc: self.l1_rpc.clone(),
            contracts: contracts.transpose()?,
            rollup_key: self.rollup_key,
            port: self.l1_port.unwrap_or(any),
            chain_id: self.l1_chain_id,
            state: self.state.as_ref().map(|path| {
                let mut beside = path.clone().into_os_string();
                beside.push(".l1");
                beside.into()
            }),
        }))
    }

    /// Runs the node until SIGTERM or SIGINT, then saves the chain if it has a state file.
    ///
    /// # Errors
    /// When it cannot start, or cannot save the chain.
    pub fn run(&self) -> Result<(), RunError> {
        if let Some(Verb::Ctl(ctl)) = &self.verb {
            return Ok(ctl.run()?);
        }
        let node = DevNode::start(self.options()?)?;
        // Signals are caught before anybody is told that the node runs.
        let signals = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        signals.block_on(async {
            let stopped = stop_signal()?;
            self.announce(&node)?;
            stopped.await;
            Ok::<_, std::io::Error>(())
        })?;
        node.stop()?;
        Ok(())
    }

    fn announce(&self, node: &DevNode) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        if self.json {
            let accounts: Vec<_> = node
                .wallet()
                .keys()
                .map(|(address, key)| json!({"address": address, "privateKey": key}))
                .collect();
            let l1 = node.bridge().map(|bridge| {
                json!({
                    "http": bridge.l1_url(),
                    "ws": bridge.l1_ws_url(),
                    "chainId": bridge.l1_chain_id(),
                    "contracts": bridge.contracts(),
                })
            });
            let line = json!({
                "schema": "confluence.devnode/1",
                "http": node.http_url(),
                "ws": node.ws_url(),
                "chainId": self.chain_id,
                "arbosVersion": self.arbos.number(),
                "accounts": accounts,
                "l1": l1,
            });
            writeln!(out, "{line}")?;
        } else {
            let (url, id, arbos) = (node.http_url(), self.chain_id, self.arbos.number());
            writeln!(out, "devnode ready: {url} (chain {id}, ArbOS {arbos})")?;
            if let Some(bridge) = node.bridge() {
                let (url, id) = (bridge.l1_url(), bridge.l1_chain_id());
                let Contracts { inbox, outbox, .. } = bridge.contracts();
                writeln!(
                    out,
                    "  on L1: {url} (chain {id}, inbox {inbox}, outbox {outbox})"
                )?;
            }
            for (address, key) in node.wallet().keys() {
                eprintln!("  {address}  {key}");
            }
        }
        out.flush()
    }
}

/// Ends with the first SIGTERM or SIGINT.
#[cfg(unix)]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut term, mut int) = (
        signal(SignalKind::terminate())?,
        signal(SignalKind::interrupt())?,
    );
    Ok(async move {
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
    })
}

/// Ends with the first Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
