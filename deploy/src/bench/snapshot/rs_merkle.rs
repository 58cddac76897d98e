//! `rs_merkle`, given our hash and the published tree's order.
//! Always holds: it builds the same tree as ours, so that both do the same work.

use alloy::primitives::keccak256;
use rs_merkle::{Hasher, MerkleTree};

use crate::snapshot::Leaf;

/// Keccak-256, pairs in ascending order, an odd node moved up.
#[derive(Debug, Clone)]
pub struct SortedKeccak;

impl Hasher for SortedKeccak {
    type Hash = [u8; 32];

    fn hash(data: &[u8]) -> [u8; 32] {
        keccak256(data).0
    }

    fn concat_and_hash(left: &[u8; 32], right: Option<&[u8; 32]>) -> [u8; 32] {
        let Some(right) = right else { return *left };
        let (low, high) = if left <= right {
            (left, right)
        } else {
            (right, left)
        };
        Self::hash([*low, *high].as_flattened())
    }
}

/// The tree of `rs_merkle` over leaves in any order.
#[must_use]
pub fn rs_merkle_tree(leaves: &[Leaf]) -> MerkleTree<SortedKeccak> {
    let mut hashes: Vec<[u8; 32]> = leaves.iter().map(|leaf| leaf.hash().0).collect();
    hashes.sort_unstable();
    MerkleTree::from_leaves(&hashes)
}

#[cfg(test)]
mod tests {
    use crate::snapshot::{Population, Tree, generate};

    #[test]
    fn it_builds_the_tree_that_ours_is_with_odd_levels_too() {
        for leaves in (1..=40).chain([1_023, 1_024, 1_025]) {
            let list = generate(Population::like_published(leaves), 1).expect("a list");
            let ours = Tree::of(list.leaves()).expect("not empty").root();
            assert_eq!(
                super::rs_merkle_tree(list.leaves()).root(),
                Some(ours.0),
                "{leaves}"
            );
        }
    }
}
