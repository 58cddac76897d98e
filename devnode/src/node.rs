//! A running node in this process: one chain that everybody shares, stopped when the last handle is dropped.

use std::sync::Arc;

use parking_lot::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::chain::{Chain, Config};

/// A chain shared between threads. Cheap to clone; any number of nodes may live side by side.
#[derive(Clone, Debug)]
pub struct DevNode {
    chain: Arc<RwLock<Chain>>,
}

impl DevNode {
    /// Starts a node with its genesis block made.
    pub fn start(config: Config) -> Self {
        Self {
            chain: Arc::new(RwLock::new(Chain::new(config))),
        }
    }

    /// The chain, to read. Blocks while a transaction runs.
    pub fn read(&self) -> RwLockReadGuard<'_, Chain> {
        self.chain.read()
    }

    /// The chain, to change.
    pub fn write(&self) -> RwLockWriteGuard<'_, Chain> {
        self.chain.write()
    }
}
