//! A running node in this process: a chain, its JSON-RPC server and its miner. Stopped when dropped; any number may live
//! side by side, each on a port of its own.

use std::{
    io::ErrorKind,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};

use alloy_primitives::U256;
use tokio::{runtime::Runtime, sync::Notify};

use crate::{
    bridge::{Accounts, Bridge, BridgeError, L1Options},
    chain::{Chain, Config, ETHER, LoadError, Mining, SharedChain},
    predeploy::{PredeployError, predeploy},
    rpc::{MnemonicError, ServeError, Server, TEST_MNEMONIC, Wallet, serve},
};

/// Stack of the threads that run transactions. Programs may call each other 1,024 deep, natively; the system gives
/// out pages of it only as they are touched.
const STACK_BYTES: usize = 512 * 1024 * 1024;

/// What a node is started with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Chain id, ArbOS version, prices, clock. Accounts of the mnemonic are added to its accounts.
    pub chain: Config,
    /// Address to listen on.
    pub host: IpAddr,
    /// Port to listen on; 0 takes any free one.
    pub port: u16,
    /// Number of accounts of the mnemonic to fund and unlock, besides the dev account.
    pub accounts: u32,
    /// Where those accounts come from.
    pub mnemonic: String,
    /// Wei that each of them has at genesis.
    pub balance: U256,
    /// Put on a new chain what the usual set-up script of a Nitro dev chain does: see [`crate::predeploy`].
    pub predeploys: bool,
    /// File to load the chain from, if it exists, and to save it to on [`DevNode::stop`].
    pub state: Option<PathBuf>,
    /// The L1 that the chain follows; without one it is alone, like Nitro's dev chain.
    pub l1: Option<L1Options>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            chain: Config::default(),
            host: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            accounts: 10,
            mnemonic: TEST_MNEMONIC.into(),
            balance: U256::from(10_000) * ETHER,
            predeploys: false,
            state: None,
            l1: None,
        }
    }
}

/// Why a node cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The mnemonic is none.
    #[error(transparent)]
    Mnemonic(#[from] MnemonicError),
    /// What every tool counts on cannot be deployed.
    #[error("cannot set the chain up: {0}")]
    Predeploy(#[from] PredeployError),
    /// The port cannot be opened.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// L1 cannot be started or followed.
    #[error(transparent)]
    Bridge(#[from] BridgeError),
    /// The system gives no threads.
    #[error("cannot start threads: {0}")]
    Threads(std::io::Error),
    /// The state file cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The state file is not one of this chain.
    #[error("cannot load {path}: {source}")]
    Load {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: LoadError,
    },
}

/// Why a chain cannot be saved.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {path}: {source}")]
pub struct SaveError {
    /// The file.
    pub path: PathBuf,
    /// What the system says.
    pub source: std::io::Error,
}

/// See the head of this file.
#[derive(Debug)]
pub struct DevNode {
    chain: SharedChain,
    wallet: Wallet,
    state: Option<PathBuf>,
    server: Option<Server>,
    address: SocketAddr,
    /// Dropped before the runtime: it makes blocks as well.
    bridge: Option<Bridge>,
    /// Threads of this node alone, so that it serves whatever its owner's threads do.
    runtime: Option<Runtime>,
}

impl DevNode {
    /// Starts a node; it answers when this returns.
    ///
    /// # Errors
    /// When the mnemonic is none, the state file cannot be loaded or the port is taken.
    pub fn start(options: Options) -> Result<Self, StartError> {
        let wallet = Wallet::new(&options.mnemonic, options.accounts)?;
        let mut config = options.chain;
        for who in wallet.addresses() {
            if !config.accounts.iter().any(|(funded, _)| *funded == who) {
                config.accounts.push((who, options.balance));
            }
        }
        let mut chain = open(config, options.state.as_deref())?;
        if options.predeploys && chain.head().number() == 0 {
            predeploy(&mut chain, &wallet)?;
        }
        let chain = SharedChain::from(chain);
        let accounts = Accounts {
            host: options.host,
            mnemonic: &options.mnemonic,
            count: options.accounts,
            balance: (options.balance / ETHER).saturating_to(),
        };
        let bridge = options
            .l1
            .map(|l1| Bridge::start(&l1, accounts, chain.clone()))
            .transpose()?;
        let follower = bridge.as_ref().map(|bridge| bridge.follower().clone());
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("devnode")
            .thread_stack_size(STACK_BYTES)
            .enable_all()
            .build()
            .map_err(StartError::Threads)?;
        let mining = Arc::new(Notify::new());
        let address = SocketAddr::new(options.host, options.port);
        let server = {
            let _inside = runtime.enter();
            let mining = Arc::clone(&mining);
            serve(address, chain.clone(), wallet.clone(), mining, follower)?
        };
        runtime.spawn(mine(chain.clone(), mining));
        Ok(Self {
            chain,
            wallet,
            state: options.state,
            address: server.address(),
            server: Some(server),
            bridge,
            runtime: Some(runtime),
        })
    }

    /// Where it listens, for HTTP and WebSocket.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// URL for HTTP clients.
    pub fn http_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// URL for WebSocket clients.
    pub fn ws_url(&self) -> String {
        format!("ws://{}", self.address)
    }

    /// The chain, for tests that look behind the RPC.
    pub const fn chain(&self) -> &SharedChain {
        &self.chain
    }

    /// The way to L1, if it has one.
    pub const fn bridge(&self) -> Option<&Bridge> {
        self.bridge.as_ref()
    }

    /// The unlocked accounts, the dev account first.
    pub const fn wallet(&self) -> &Wallet {
        &self.wallet
    }

    /// Lets running requests end and saves the chain, if a state file was given.
    ///
    /// # Errors
    /// When the state file cannot be written.
    pub fn stop(mut self) -> Result<(), SaveError> {
        if let (Some(server), Some(runtime)) = (self.server.take(), &self.runtime) {
            // Not by entering the runtime: the caller may be inside one already.
            let (done, wait) = std::sync::mpsc::channel();
            runtime.spawn(async move {
                server.stop().await;
                let _ = done.send(());
            });
            let _ = wait.recv();
        }
        let Some(path) = self.state.take() else {
            return Ok(());
        };
        save(&self.chain.read(), &path).map_err(|source| SaveError { path, source })
    }
}

impl Drop for DevNode {
    fn drop(&mut self) {
        // Not waiting for threads allows a node to be dropped anywhere, also in asynchronous code.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// The chain in the state file, or a new one if there is no such file.
fn open(config: Config, path: Option<&Path>) -> Result<Chain, StartError> {
    let Some(path) = path else {
        return Ok(Chain::new(config));
    };
    match std::fs::read(path) {
        Ok(bytes) => Chain::load(config, &bytes).map_err(|source| StartError::Load {
            path: path.into(),
            source,
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Chain::new(config)),
        Err(source) => Err(StartError::Read {
            path: path.into(),
            source,
        }),
    }
}

/// Writes the chain beside the file first, so that a crash leaves the old file whole.
fn save(chain: &Chain, path: &Path) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    std::fs::write(&beside, chain.dump())?;
    std::fs::rename(&beside, path)
}

/// Makes blocks at intervals, while that is wanted.
async fn mine(chain: SharedChain, changed: Arc<Notify>) {
    loop {
        // The chain may be busy for a while.
        match tokio::task::block_in_place(|| chain.read().config().mining) {
            Mining::Interval(every) => tokio::select! {
                () = changed.notified() => {}
                () = tokio::time::sleep(every) => {
                    let chain = chain.clone();
                    // A block that fails is tried again with the next one.
                    let _ = tokio::task::spawn_blocking(move || chain.write().mine()).await;
                }
            },
            Mining::Auto | Mining::Manual => changed.notified().await,
        }
    }
}
