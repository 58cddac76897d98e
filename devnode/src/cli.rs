//! The command line of the node, used by its own binary and by `confluence devnode`.
//! stdout carries one line, human or JSON, once the node answers; all else goes to stderr.

use std::{
    io::Write as _,
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
    time::Duration,
};

use alloy_primitives::U256;
use serde_json::json;

use crate::{
    chain::{ArbosVersion, BlockNumberMode, Config, ETHER, Mining},
    node::{DevNode, Options, SaveError, StartError},
    rpc::TEST_MNEMONIC,
};

/// L1 price per data unit of a Nitro dev genesis, in wei.
const NITRO_L1_PRICE: u64 = 50_000_000_000;

/// Start an Arbitrum L2 for development: Stylus, ArbOS and JSON-RPC in one process.
///
/// Answers like a Nitro dev chain (chain id 412346) to the unit of gas. The accounts it funds are unlocked; their keys
/// are public, so never send anything of value to them.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "Examples:
  confluence-devnode --port 8547
  confluence-devnode --port 0 --json        # any free port, told on stdout
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
    /// What `block.number` shows: the L1 clock, as on Arbitrum, or the L2 height, as tests written for hardhat expect.
    #[arg(long, value_name = "l1|l2", default_value = "l1", value_parser = block_number)]
    pub block_number: BlockNumberMode,
    /// Charge for L1 data as a Nitro dev chain does before anybody changes it (50 gwei per unit).
    #[arg(long)]
    pub l1_pricing: bool,
    /// Load the chain from this file if it exists, and save it there on stopping.
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// Write the start line as JSON.
    #[arg(long)]
    pub json: bool,
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

fn block_number(text: &str) -> Result<BlockNumberMode, String> {
    match text {
        "l1" => Ok(BlockNumberMode::L1Clock),
        "l2" => Ok(BlockNumberMode::L2Height),
        _ => Err("either l1 or l2".into()),
    }
}

/// Why the node ended other than by a signal.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// It could not start.
    #[error(transparent)]
    Start(#[from] StartError),
    /// It could not save the chain.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// It could not tell that it runs, or listen for signals.
    #[error(transparent)]
    System(#[from] std::io::Error),
}

impl Devnode {
    /// What the node is started with.
    pub fn options(&self) -> Options {
        let mining = match self.block_time {
            Some(every) => Mining::Interval(every),
            None if self.no_mining => Mining::Manual,
            None => Mining::Auto,
        };
        Options {
            chain: Config {
                chain_id: self.chain_id,
                arbos: self.arbos,
                block_number: self.block_number,
                mining,
                l1_price_per_unit: U256::from(if self.l1_pricing { NITRO_L1_PRICE } else { 0 }),
                ..Config::default()
            },
            host: self.host,
            port: self.port,
            accounts: self.accounts,
            mnemonic: self.mnemonic.clone(),
            balance: U256::from(self.balance) * ETHER,
            state: self.state.clone(),
        }
    }

    /// Runs the node until SIGTERM or SIGINT, then saves the chain if it has a state file.
    ///
    /// # Errors
    /// When it cannot start, or cannot save the chain.
    pub fn run(&self) -> Result<(), RunError> {
        let node = DevNode::start(self.options())?;
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
            let line = json!({
                "http": node.http_url(),
                "ws": node.ws_url(),
                "chainId": self.chain_id,
                "arbosVersion": self.arbos.number(),
                "accounts": accounts,
            });
            writeln!(out, "{line}")?;
        } else {
            let (url, id, arbos) = (node.http_url(), self.chain_id, self.arbos.number());
            writeln!(out, "devnode ready: {url} (chain {id}, ArbOS {arbos})")?;
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
