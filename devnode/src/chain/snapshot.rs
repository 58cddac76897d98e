//! Snapshots: everything that tests may want back, held under a number. Taking one is cheap, going back cuts off what came after.

use std::sync::Arc;

use alloy_primitives::map::AddressSet;

use super::{
    Chain, block::Block, clock::Clock, config::Mining, event::Event, pool::Pool, state::Version,
};

/// Number of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SnapshotId(pub u64);

/// What a snapshot holds besides the length of what only grows.
#[derive(Clone, Debug)]
struct Snapshot {
    blocks: usize,
    version: Version,
    clock: Clock,
    l1_block: u64,
    mining: Mining,
    pool: Pool,
    impersonated: AddressSet,
    impersonate_all: bool,
}

/// Snapshots that can still be gone back to, in order.
#[derive(Debug, Default)]
pub(crate) struct Snapshots {
    taken: Vec<(SnapshotId, Snapshot)>,
    next: u64,
}

impl Chain {
    /// Remembers the chain as it is.
    pub fn snapshot(&mut self) -> SnapshotId {
        self.snapshots.next += 1;
        let id = SnapshotId(self.snapshots.next);
        let snapshot = Snapshot {
            blocks: self.blocks.len(),
            version: self.state.version(),
            clock: self.clock.clone(),
            l1_block: self.l1_block,
            mining: self.config.mining,
            pool: self.pool.clone(),
            impersonated: self.impersonated.clone(),
            impersonate_all: self.impersonate_all,
        };
        // Whatever is changed from outside from now on must not write into the version remembered.
        self.state.advance();
        self.snapshots.taken.push((id, snapshot));
        id
    }

    /// Goes back to a snapshot, which is used up with all taken after it. False if there is no such snapshot.
    pub fn revert(&mut self, id: SnapshotId) -> bool {
        let Some(index) = self
            .snapshots
            .taken
            .iter()
            .position(|(taken, _)| *taken == id)
        else {
            return false;
        };
        let mut gone = self.snapshots.taken.split_off(index);
        let (_, snapshot) = gone.swap_remove(0);
        self.cut_blocks(snapshot.blocks);
        self.state.rewind(snapshot.version);
        self.clock = snapshot.clock;
        self.l1_block = snapshot.l1_block;
        self.config.mining = snapshot.mining;
        self.pool = snapshot.pool;
        self.impersonated = snapshot.impersonated;
        self.impersonate_all = snapshot.impersonate_all;
        true
    }

    /// Goes back to the first `keep` blocks for good: snapshots of a longer chain are used up.
    pub(crate) fn cut_to(&mut self, keep: usize) {
        self.snapshots
            .taken
            .retain(|(_, snapshot)| snapshot.blocks <= keep);
        self.cut_blocks(keep);
        let version = self.head().version;
        self.state.rewind(version);
    }

    /// Takes blocks off the end until `keep` are left.
    fn cut_blocks(&mut self, keep: usize) {
        let mut cut: Vec<Arc<Block>> = self.blocks.split_off(keep.clamp(1, self.blocks.len()));
        if cut.is_empty() {
            return;
        }
        cut.reverse();
        for block in &cut {
            self.numbers.remove(&block.hash);
            for mined in &block.transactions {
                self.places.remove(&mined.hash);
            }
        }
        self.announce(Event::Reverted(cut));
    }
}
