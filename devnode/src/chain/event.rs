//! What the chain tells those who listen: subscriptions and block filters are fed from here.

use std::sync::Arc;

use alloy_primitives::B256;

use super::block::Block;

/// Something that happened to the chain.
#[derive(Clone, Debug)]
pub enum Event {
    /// A transaction entered the pool or a block.
    Pending(B256),
    /// A block was added.
    Block(Arc<Block>),
    /// Blocks were taken off the end by a revert to a snapshot, newest first.
    Reverted(Vec<Arc<Block>>),
}
