//! A chain that several threads share: any number may read, one may write. A panic while writing does not lock it up.

use std::sync::Arc;

use parking_lot::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::{Chain, Config};

/// A handle to a chain; cheap to clone.
#[derive(Clone, Debug)]
pub struct SharedChain(Arc<RwLock<Chain>>);

impl SharedChain {
    /// A chain with its genesis block.
    pub fn new(config: Config) -> Self {
        Chain::new(config).into()
    }

    /// The chain, to read. Blocks while somebody writes.
    pub fn read(&self) -> RwLockReadGuard<'_, Chain> {
        self.0.read()
    }

    /// The chain, to change. Blocks while somebody reads or writes.
    pub fn write(&self) -> RwLockWriteGuard<'_, Chain> {
        self.0.write()
    }
}

impl From<Chain> for SharedChain {
    fn from(chain: Chain) -> Self {
        Self(Arc::new(RwLock::new(chain)))
    }
}
