//! The chain around the EVM: state and its history, blocks, receipts, logs, time, snapshots.
//!
//! [`Chain`] is one value without threads or locks: whoever shares it wraps it (see [`SharedChain`]). Reading methods
//! take `&self` and may run side by side; everything that changes the chain takes `&mut self`. No type here knows of JSON.
//!
//! Bounds: history is kept in full, its size is what transactions wrote; the pool holds at most [`POOL_LIMIT`] transactions.

mod block;
mod call;
mod cheat;
mod clock;
mod commit;
mod config;
mod delayed;
mod deliver;
mod dump;
mod error;
mod estimate;
mod event;
mod filter;
mod genesis;
mod inbox;
mod lookup;
mod message;
mod node_interface;
mod pool;
mod produce;
mod seal;
mod shared;
mod snapshot;
pub(crate) mod state;
mod submit;
#[cfg(test)]
mod tests;
mod trace;
mod tx;
pub(crate) mod view;

use std::sync::Arc;

use alloy_primitives::map::{AddressSet, B256Map};
use tokio::sync::broadcast;

pub use block::{Block, HEADER_GAS_LIMIT, Mined, Receipt};
pub use config::{ArbosVersion, BlockNumberMode, Config, DEV_ACCOUNT, ETHER, Mining, TimeSource};
pub use deliver::Delivered;
pub use error::{CallError, LoadError, TimeError, TxError, UnknownBlock};
pub use event::Event;
pub use filter::LogFilter;
pub use inbox::{BatchCost, L1Message, MessageError};
pub use lookup::{AccountAt, FoundLog};
pub use message::{AccountOverride, BlockOverrides, CallOutcome, Message, StateOverrides};
pub use pool::{POOL_LIMIT, Pending};
pub use shared::SharedChain;
pub use snapshot::SnapshotId;
pub use trace::{TouchedAccount, Traced, TracedAccount};
pub use tx::Tx;

use self::{clock::Clock, pool::Pool, snapshot::Snapshots, state::State};

/// Events a slow listener may lag behind before it loses some.
const EVENT_BUFFER: usize = 4096;

/// An L2 chain. See the head of this module.
#[derive(Debug)]
pub struct Chain {
    config: Config,
    state: State,
    /// By number.
    blocks: Vec<Arc<Block>>,
    numbers: B256Map<u64>,
    /// Block and position of every transaction.
    places: B256Map<(u64, usize)>,
    pool: Pool,
    clock: Clock,
    /// L1 block number the next block learns of.
    l1_block: u64,
    snapshots: Snapshots,
    impersonated: AddressSet,
    impersonate_all: bool,
    events: broadcast::Sender<Event>,
}

impl Chain {
    /// A chain with its genesis block.
    pub fn new(config: Config) -> Self {
        let mut chain = Self::empty(config);
        chain.make_genesis();
        chain
    }

    /// A chain without even a genesis block, to be filled at once.
    fn empty(config: Config) -> Self {
        Self {
            state: State::default(),
            blocks: Vec::new(),
            numbers: B256Map::default(),
            places: B256Map::default(),
            pool: Pool::default(),
            clock: Clock::new(config.time),
            l1_block: 0,
            snapshots: Snapshots::default(),
            impersonated: AddressSet::default(),
            impersonate_all: false,
            events: broadcast::channel(EVENT_BUFFER).0,
            config,
        }
    }

    /// What the chain was started with.
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Events from now on. A listener that lags more than 4,096 events behind loses the oldest.
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    fn announce(&self, event: Event) {
        // Nobody listening is no error.
        let _ = self.events.send(event);
    }

    /// Appends a block to the lists.
    fn index(&mut self, block: Arc<Block>) {
        self.numbers.insert(block.hash, block.number());
        for (index, mined) in block.transactions.iter().enumerate() {
            self.places.insert(mined.hash, (block.number(), index));
        }
        self.blocks.push(block);
    }
}
