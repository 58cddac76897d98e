//! A bridge at work: the L1 node (a child of ours, or somebody's), the contracts on it, a thread that looks at L1 all the
//! time. Dropping it ends the thread and the child.

use std::{
    net::IpAddr,
    path::PathBuf,
    sync::{Arc, mpsc},
    time::Duration,
};

use alloy_primitives::{B256, U256};
use parking_lot::Mutex;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::{
    anvil::{Anvil, Settings},
    contracts::Contracts,
    deploy::{self, ROLLUP_KEY},
    error::BridgeError,
    follow::Follower,
    l1::L1,
    status::Status,
};
use crate::chain::SharedChain;

/// Pause between two looks at L1. One look at an unchanged L1 is a single request.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// Stack of the thread that makes L2 blocks of messages; see the node's own threads.
const STACK_BYTES: usize = 512 * 1024 * 1024;

/// Which L1 the chain has, and how to get at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct L1Options {
    /// A node that runs already; without one, anvil is started.
    pub rpc: Option<String>,
    /// Contracts that are there already; without them, they are deployed.
    pub contracts: Option<Contracts>,
    /// Key that deploys them and posts roots.
    pub rollup_key: B256,
    /// Port of the anvil to start; 0 takes any free one.
    pub port: u16,
    /// Chain id of the anvil to start.
    pub chain_id: u64,
    /// State file of the anvil to start.
    pub state: Option<PathBuf>,
}

impl Default for L1Options {
    fn default() -> Self {
        Self {
            rpc: None,
            contracts: None,
            rollup_key: ROLLUP_KEY,
            port: 0,
            chain_id: 1337,
            state: None,
        }
    }
}

/// Accounts of the anvil to start: the same as the L2's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Accounts<'a> {
    pub(crate) host: IpAddr,
    pub(crate) mnemonic: &'a str,
    pub(crate) count: u32,
    /// Ether of each.
    pub(crate) balance: u64,
}

/// The follower, for those who tell it what to do: RPC handlers and tests.
#[derive(Clone, Debug)]
pub struct SharedFollower(Arc<Mutex<Follower>>);

impl SharedFollower {
    /// Looks at L1 now: when this returns, every message that is on L1 and not held back has its L2 block, and all roots are posted.
    ///
    /// # Errors
    /// When L1 does not answer or its contracts are not what they should be.
    pub fn sync(&self) -> Result<Status, BridgeError> {
        let mut follower = self.0.lock();
        follower.settle()?;
        Ok(follower.status())
    }

    /// State of the way between the chains, as of the last look.
    pub fn status(&self) -> Status {
        self.0.lock().status()
    }

    /// Holds all messages back that are not read yet.
    pub fn hold(&self) {
        let mut follower = self.0.lock();
        follower.controls.hold = true;
        follower.controls.released = 0;
    }

    /// Lets the next `count` messages through, or all and ends the holding.
    ///
    /// # Errors
    /// As [`Self::sync`].
    pub fn release(&self, count: Option<u64>) -> Result<Status, BridgeError> {
        let mut follower = self.0.lock();
        match count {
            Some(count) => follower.controls.released = count,
            None => follower.controls.hold = false,
        }
        follower.settle()?;
        Ok(follower.status())
    }

    /// Makes every message wait so many seconds of L2 time after its L1 block.
    pub fn delay(&self, seconds: u64) {
        self.0.lock().controls.delay_seconds = seconds;
    }

    /// Creates the next `count` tickets without an auto-redeem: the L2's base fee rises above their fee cap for that block.
    pub fn fail_auto_redeems(&self, count: u64) {
        self.0.lock().controls.failing = count;
    }

    /// Creates the next `count` tickets without an auto-redeem and redeems them so many seconds later, after whatever came
    /// behind them meanwhile.
    pub fn delay_auto_redeems(&self, count: u64, seconds: u64) {
        self.0.lock().controls.late = (count, seconds);
    }

    /// Redeems all late tickets now.
    pub fn redeem_late(&self) {
        self.0.lock().redeem_due(u64::MAX);
    }

    /// Holds roots back from L1, as if they were not confirmed yet, or ends that.
    pub fn hold_roots(&self, hold: bool) {
        self.0.lock().controls.hold_roots = hold;
    }

    /// Moves both chains' clocks `seconds` on, L1 by `blocks` blocks (at least one), the L2 by one.
    ///
    /// # Errors
    /// When L1 has no `evm_increaseTime`, and as [`Self::sync`].
    pub fn advance(&self, seconds: u64, blocks: u64) -> Result<Status, BridgeError> {
        let mut follower = self.0.lock();
        follower.advance(seconds, blocks)?;
        Ok(follower.status())
    }
}

/// See the head of this file.
#[derive(Debug)]
pub struct Bridge {
    follower: SharedFollower,
    contracts: Contracts,
    l1_url: String,
    l1_chain_id: u64,
    /// The thread ends when this is dropped.
    stop: Option<mpsc::Sender<()>>,
    runtime: Option<Runtime>,
    anvil: Option<Anvil>,
}

impl Bridge {
    /// Starts L1 if need be, finds or deploys the contracts and reads what is in the inbox.
    ///
    /// # Errors
    /// See [`BridgeError`].
    pub(crate) fn start(
        options: &L1Options,
        accounts: Accounts<'_>,
        chain: SharedChain,
    ) -> Result<Self, BridgeError> {
        let anvil = match options.rpc {
            Some(_) => None,
            None => Some(Anvil::start(&Settings {
                host: accounts.host,
                port: options.port,
                chain_id: options.chain_id,
                accounts: accounts.count,
                balance: accounts.balance,
                mnemonic: accounts.mnemonic.into(),
                state: options.state.clone(),
            })?),
        };
        let l1_url = match (&options.rpc, &anvil) {
            (Some(url), _) => url.clone(),
            (None, Some(anvil)) => anvil.http_url(),
            (None, None) => String::new(),
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("bridge requests")
            .enable_all()
            .build()
            .map_err(BridgeError::Threads)?;
        let begun = begin(options, &l1_url, &runtime, anvil.is_some(), chain);
        let (l1_chain_id, follower) = match begun {
            Ok(begun) => begun,
            Err(error) => {
                runtime.shutdown_background();
                return Err(error);
            }
        };
        let contracts = follower.contracts;
        let follower = SharedFollower(Arc::new(Mutex::new(follower)));
        let (stop, stopped) = mpsc::channel();
        let followed = follower.clone();
        let thread = std::thread::Builder::new()
            .name("bridge".into())
            .stack_size(STACK_BYTES)
            .spawn(move || keep_looking(&followed, &stopped))
            .map_err(BridgeError::Threads);
        if let Err(error) = thread {
            runtime.shutdown_background();
            return Err(error);
        }
        Ok(Self {
            follower,
            contracts,
            l1_url,
            l1_chain_id,
            stop: Some(stop),
            runtime: Some(runtime),
            anvil,
        })
    }

    /// The follower, to tell it what to do.
    pub const fn follower(&self) -> &SharedFollower {
        &self.follower
    }

    /// The contracts on L1.
    pub const fn contracts(&self) -> &Contracts {
        &self.contracts
    }

    /// URL of the L1 node for HTTP clients.
    pub fn l1_url(&self) -> &str {
        &self.l1_url
    }

    /// URL of the L1 node for WebSocket clients, where it is ours.
    pub fn l1_ws_url(&self) -> Option<String> {
        self.anvil.as_ref().map(Anvil::ws_url)
    }

    /// Chain id of L1.
    pub const fn l1_chain_id(&self) -> u64 {
        self.l1_chain_id
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn begin(
    options: &L1Options,
    url: &str,
    runtime: &Runtime,
    ours: bool,
    chain: SharedChain,
) -> Result<(u64, Follower), BridgeError> {
    let l1 = L1::connect(url, &options.rollup_key, runtime.handle().clone())?;
    let contracts = match options.contracts {
        Some(contracts) => contracts,
        None => deploy::find_or_deploy(&l1)?,
    };
    deploy::check(&l1, &contracts)?;
    if ours {
        back_genesis(&l1, &contracts, &chain)?;
    }
    let chain_id = l1.chain_id();
    let mut follower = Follower::new(l1, url.into(), chain, contracts);
    follower.pass()?;
    Ok((chain_id, follower))
}

/// Puts the ether that the L2 was started with into the Bridge, so that all of it can be withdrawn.
fn back_genesis(l1: &L1, contracts: &Contracts, chain: &SharedChain) -> Result<(), BridgeError> {
    let held: U256 = l1.ask("eth_getBalance", json!([contracts.bridge, "latest"]))?;
    if !held.is_zero() {
        return Ok(());
    }
    let total = {
        let chain = chain.read();
        let accounts = chain.config().accounts.iter();
        accounts.fold(U256::ZERO, |sum, (_, wei)| sum.saturating_add(*wei))
    };
    l1.ask::<Value>("anvil_setBalance", json!([contracts.bridge, total]))?;
    Ok(())
}

fn keep_looking(follower: &SharedFollower, stopped: &mpsc::Receiver<()>) {
    let mut told = String::new();
    while stopped.recv_timeout(LOOK_EVERY) == Err(mpsc::RecvTimeoutError::Timeout) {
        let looked = follower.0.lock().pass();
        match looked {
            Ok(()) => told.clear(),
            Err(BridgeError::Stopped) => return,
            // The same trouble is told once, and looked at again: L1 may come back.
            Err(error) => {
                let error = error.to_string();
                if error != told {
                    tracing::warn!(%error, "cannot follow L1");
                    told = error;
                }
            }
        }
    }
}
