//! Small snapshots, and proofs of what is in them.

use super::L2;
use alloy_primitives::{Address, B256, U256, keccak256};
use confluence_abi::{IL2Migrator, IMerkleSnapshot};
use confluence_kit::sim::Receipt;
use confluence_l2_migrator::leaf::{SNAPSHOT, leaf};
use confluence_merkle_snapshot::proof::parent;

/// What the snapshot has of one delegator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Who.
    pub delegator: Address,
    /// With whom on L1.
    pub delegate: Address,
    /// LPT base units.
    pub stake: u128,
    /// Wei.
    pub fees: u128,
}

impl Entry {
    /// Its leaf.
    pub fn leaf(&self) -> B256 {
        leaf(&self.delegator, &self.delegate, self.stake, self.fees)
    }
}

/// A tree as the LIP-73 snapshot's: leaves sorted, an odd node moves up.
#[derive(Clone, Debug)]
pub struct Tree(Vec<Vec<B256>>);

impl Tree {
    /// Of these entries, of which there is at least one.
    pub fn new(entries: &[Entry]) -> Tree {
        let mut leaves: Vec<_> = entries.iter().map(Entry::leaf).collect();
        leaves.sort();
        leaves.dedup();
        let mut layers = vec![leaves];
        while let Some(below) = layers.last().filter(|layer| layer.len() > 1) {
            let above = below.chunks(2).map(|pair| match pair {
                [a, b] => parent(a, b),
                [a, ..] => *a,
                [] => B256::ZERO,
            });
            layers.push(above.collect());
        }
        Tree(layers)
    }

    /// What is published.
    pub fn root(&self) -> B256 {
        self.0.last().map_or(B256::ZERO, |top| top[0])
    }

    /// The way from an entry's leaf to the root; empty for what is not in here.
    pub fn proof(&self, entry: &Entry) -> Vec<B256> {
        let leaf = entry.leaf();
        let Some(mut at) = self.0[0].iter().position(|other| *other == leaf) else {
            return vec![];
        };
        let mut path = vec![];
        for layer in &self.0 {
            path.extend(layer.get(at ^ 1));
            at /= 2;
        }
        path
    }
}

impl L2 {
    /// Publishes a snapshot.
    pub fn publish(&self, tree: &Tree) {
        let call = IMerkleSnapshot::setSnapshotCall {
            id: keccak256("LIP-73"),
            root: tree.root(),
        };
        assert_eq!(call.id, SNAPSHOT, "the snapshot's name");
        self.world.send(self.owner, self.snapshot, &call).unwrap();
    }

    /// A delegator claims what the snapshot has of it.
    pub fn claim(
        &self,
        tree: &Tree,
        entry: &Entry,
        new_delegate: Address,
    ) -> Receipt<IL2Migrator::claimStakeReturn> {
        let call = IL2Migrator::claimStakeCall {
            delegate: entry.delegate,
            stake: U256::from(entry.stake),
            fees: U256::from(entry.fees),
            proof: tree.proof(entry),
            newDelegate: new_delegate,
        };
        self.world.send(entry.delegator, self.migrator, &call)
    }
}
