//! The Merkle tree over a snapshot's leaf hashes, as Livepeer published it (LIP-73).
//! Always holds: leaves are sorted and each stands once; a node hashes its two children in ascending order;
//! an odd last node moves up unchanged. Any other tree has another root, and no claim would verify.

use alloy::primitives::B256;
use rayon::prelude::*;

use super::{keccak::hash_each, leaf::Leaf};

/// Below this many hashes a level is not worth waking the second core for.
const WORTH_SPLITTING: usize = 2048;
/// Hashes one worker takes at a time: 64 KiB of input stays in its first-level cache's neighbourhood.
const BATCH: usize = 1024;

/// All levels of the tree, bottom first.
#[derive(Debug, Clone)]
pub struct Tree {
    levels: Vec<Vec<B256>>,
}

impl Tree {
    /// Builds the tree; `None` for no leaves, which have no root.
    #[must_use]
    pub fn of(leaves: &[Leaf]) -> Option<Self> {
        Self::of_hashes(leaf_hashes(leaves))
    }

    /// Builds the tree over leaf hashes in any order; the same hash twice counts once.
    #[must_use]
    pub fn of_hashes(mut hashes: Vec<B256>) -> Option<Self> {
        sort_unique(&mut hashes);
        if hashes.is_empty() {
            return None;
        }
        let mut levels = vec![hashes];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            let above = parents(below);
            levels.push(above);
        }
        Some(Self { levels })
    }

    /// The hash that stands for all leaves.
    #[must_use]
    pub fn root(&self) -> B256 {
        self.levels
            .last()
            .and_then(|top| top.first())
            .copied()
            .unwrap_or_default()
    }

    /// The leaf hashes in ascending order.
    #[must_use]
    pub fn leaves(&self) -> &[B256] {
        self.levels.first().map_or(&[], Vec::as_slice)
    }

    /// Levels between a leaf and the root: the longest proof.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.levels.len().saturating_sub(1)
    }

    /// The siblings from `leaf` up to the root, or `None` if it is not in the tree.
    #[must_use]
    pub fn proof(&self, leaf: &B256) -> Option<Vec<B256>> {
        let index = self.leaves().binary_search(leaf).ok()?;
        let mut proof = Vec::with_capacity(self.depth());
        proof.extend(self.siblings(index));
        Some(proof)
    }

    /// The proof of the leaf at `index` of [`Tree::leaves`], without an allocation; empty for an index out of range.
    pub fn siblings(&self, index: usize) -> impl Iterator<Item = B256> + '_ {
        let levels = if index < self.leaves().len() {
            self.levels.as_slice()
        } else {
            &[]
        };
        // `get` skips a level on which this branch is the odd last node.
        levels
            .iter()
            .enumerate()
            .filter_map(move |(height, level)| level.get((index >> height) ^ 1).copied())
    }
}

/// The root alone, without keeping the levels; `None` for no leaves.
#[must_use]
pub fn root_of(leaves: &[Leaf]) -> Option<B256> {
    let mut level = leaf_hashes(leaves);
    sort_unique(&mut level);
    while level.len() > 1 {
        level = parents(&level);
    }
    level.first().copied()
}

/// Where a leaf and its proof lead; it is in the tree whose root this is. The contract's own rule, run here.
#[must_use]
pub fn climb(proof: &[B256], leaf: B256) -> B256 {
    confluence_merkle_snapshot::proof::root_of(&leaf, proof.iter())
}

fn pair(a: &B256, b: &B256) -> [u8; 64] {
    let (low, high) = if a <= b { (a, b) } else { (b, a) };
    let mut both = [0; 64];
    both[..32].copy_from_slice(low.as_slice());
    both[32..].copy_from_slice(high.as_slice());
    both
}

fn leaf_hashes(leaves: &[Leaf]) -> Vec<B256> {
    let mut hashes = vec![B256::ZERO; leaves.len()];
    let hash = |(leaves, hashes): (&[Leaf], &mut [B256])| {
        let mut packed = [[0; super::LEAF_LEN]; BATCH];
        for (packed, leaf) in packed.iter_mut().zip(leaves) {
            *packed = leaf.0;
        }
        hash_each(&packed[..leaves.len()], hashes);
    };
    if leaves.len() < WORTH_SPLITTING {
        leaves
            .chunks(BATCH)
            .zip(hashes.chunks_mut(BATCH))
            .for_each(hash);
    } else {
        leaves
            .par_chunks(BATCH)
            .zip(hashes.par_chunks_mut(BATCH))
            .for_each(hash);
    }
    hashes
}

fn sort_unique(hashes: &mut Vec<B256>) {
    hashes.par_sort_unstable();
    hashes.dedup();
}

/// The level above: one hash per pair, an odd last node as it is.
fn parents(below: &[B256]) -> Vec<B256> {
    let (pairs, odd) = below.as_chunks::<2>();
    let mut above = vec![B256::ZERO; pairs.len()];
    let hash = |(pairs, above): (&[[B256; 2]], &mut [B256])| {
        let mut sorted = [[0; 64]; BATCH];
        for (sorted, [a, b]) in sorted.iter_mut().zip(pairs) {
            *sorted = pair(a, b);
        }
        hash_each(&sorted[..pairs.len()], above);
    };
    if pairs.len() < WORTH_SPLITTING {
        pairs
            .chunks(BATCH)
            .zip(above.chunks_mut(BATCH))
            .for_each(hash);
    } else {
        pairs
            .par_chunks(BATCH)
            .zip(above.par_chunks_mut(BATCH))
            .for_each(hash);
    }
    above.extend_from_slice(odd);
    above
}

#[cfg(test)]
mod tests {
    use alloy::primitives::keccak256;
    use proptest::prelude::*;

    use super::*;

    /// The rule as prose says it, one hash at a time: what the fast tree is held against.
    fn slow_root(mut level: Vec<B256>) -> Option<B256> {
        level.sort_unstable();
        level.dedup();
        while level.len() > 1 {
            level = level
                .chunks(2)
                .map(|nodes| match nodes {
                    [a, b] => keccak256(pair(a, b)),
                    rest => rest[0],
                })
                .collect();
        }
        level.first().copied()
    }

    proptest! {
        #[test]
        fn root_is_the_slow_rules_root(hashes in prop::collection::vec(any::<[u8; 32]>(), 0..70)) {
            let hashes: Vec<B256> = hashes.into_iter().map(B256::from).collect();
            let tree = Tree::of_hashes(hashes.clone());
            prop_assert_eq!(tree.map(|tree| tree.root()), slow_root(hashes));
        }

        #[test]
        fn every_leaf_has_a_proof_that_leads_to_the_root(
            hashes in prop::collection::vec(any::<[u8; 32]>(), 1..70),
        ) {
            let hashes: Vec<B256> = hashes.into_iter().map(B256::from).collect();
            let tree = Tree::of_hashes(hashes.clone()).expect("not empty");
            for hash in &hashes {
                let proof = tree.proof(hash).expect("in the tree");
                prop_assert!(proof.len() <= tree.depth());
                prop_assert_eq!(climb(&proof, *hash), tree.root());
            }
        }

        #[test]
        fn a_changed_proof_leads_elsewhere(
            hashes in prop::collection::vec(any::<[u8; 32]>(), 2..70),
            which in any::<prop::sample::Index>(),
            bit in 0_usize..256,
        ) {
            let hashes: Vec<B256> = hashes.into_iter().map(B256::from).collect();
            let tree = Tree::of_hashes(hashes.clone()).expect("not empty");
            let leaf = which.get(&hashes);
            let mut proof = tree.proof(leaf).expect("in the tree");
            prop_assume!(!proof.is_empty());
            let step = which.index(proof.len());
            proof[step][bit / 8] ^= 1 << (bit % 8);
            prop_assert_ne!(climb(&proof, *leaf), tree.root());
        }
    }

    #[test]
    fn a_level_large_enough_to_be_split_has_the_same_root() {
        let hashes: Vec<B256> = (0..2 * 2048 + 2003_u32)
            .map(|n| keccak256(n.to_be_bytes()))
            .collect();
        let tree = Tree::of_hashes(hashes.clone()).expect("not empty");
        assert_eq!(Some(tree.root()), slow_root(hashes));
    }

    #[test]
    fn a_hash_that_is_not_a_leaf_has_no_proof() {
        let tree =
            Tree::of_hashes(vec![B256::repeat_byte(1), B256::repeat_byte(2)]).expect("not empty");
        assert_eq!(tree.proof(&B256::repeat_byte(3)), None);
    }

    #[test]
    fn one_leaf_is_its_own_root() {
        let tree = Tree::of_hashes(vec![B256::repeat_byte(7); 3]).expect("not empty");
        assert_eq!((tree.root(), tree.depth()), (B256::repeat_byte(7), 0));
        assert_eq!(tree.proof(&B256::repeat_byte(7)), Some(vec![]));
    }

    #[test]
    fn no_leaves_have_no_root() {
        assert!(Tree::of(&[]).is_none());
        assert_eq!(root_of(&[]), None);
    }
}
