//! What every method works on: the chain, the unlocked accounts, the filters of HTTP clients.

use std::sync::Arc;

use parking_lot::{RwLockReadGuard, RwLockWriteGuard};
use tokio::sync::Notify;

use super::{filters::Filters, wallet::Wallet};
use crate::{
    bridge::SharedFollower,
    chain::{Chain, SharedChain},
};

/// See the head of this file.
#[derive(Debug)]
pub(crate) struct Context {
    chain: SharedChain,
    pub(crate) wallet: Wallet,
    pub(crate) filters: Filters,
    mining: Arc<Notify>,
    /// The way to L1, if there is one.
    pub(crate) follower: Option<SharedFollower>,
}

impl Context {
    pub(crate) fn new(chain: SharedChain, wallet: Wallet, mining: Arc<Notify>) -> Self {
        Self {
            chain,
            wallet,
            filters: Filters::default(),
            mining,
            follower: None,
        }
    }

    /// The same chain with a way to L1.
    pub(crate) fn with_follower(self, follower: Option<SharedFollower>) -> Self {
        Self { follower, ..self }
    }

    /// Tells the miner that it may have to change its pace.
    pub(crate) fn mining_changed(&self) {
        self.mining.notify_one();
    }

    /// The chain, to read; others may read at the same time.
    pub(crate) fn chain(&self) -> RwLockReadGuard<'_, Chain> {
        self.chain.read()
    }

    /// The chain, to change; nobody else reads or writes meanwhile.
    pub(crate) fn chain_mut(&self) -> RwLockWriteGuard<'_, Chain> {
        self.chain.write()
    }

    /// Events from now on.
    pub(crate) fn events(&self) -> tokio::sync::broadcast::Receiver<crate::chain::Event> {
        self.chain.read().subscribe()
    }
}
