//! Proofs that somebody would like to be true.

use alloy::primitives::{B256, U256};

use crate::snapshot::{Found, Leaf, Proof, SnapshotError};

/// A claim that the contract must refuse.
#[derive(Debug)]
pub(super) struct Forgery {
    /// What was changed.
    pub(super) how: &'static str,
    /// The claimed leaf.
    pub(super) leaf: B256,
    /// The proof that goes with it.
    pub(super) proof: Vec<B256>,
}

/// One base unit more, somebody else's proof, and a proof with one bit changed.
pub(super) fn forgeries(found: &Found) -> Result<Vec<Forgery>, SnapshotError> {
    let leaves = found.list.leaves();
    let mine = Proof::of(leaves[leaves.len() / 3].delegator(), found)?;
    let other = Proof::of(leaves[leaves.len() / 2].delegator(), found)?;

    let richer = Leaf::new(
        mine.delegator,
        mine.delegate,
        mine.stake + U256::ONE,
        mine.fees,
    );
    let mut bent = mine.proof.clone();
    if let Some(first) = bent.first_mut() {
        first.0[31] ^= 1;
    }
    Ok(vec![
        Forgery {
            how: "stake raised by one base unit",
            leaf: richer.hash(),
            proof: mine.proof,
        },
        Forgery {
            how: "another account's proof",
            leaf: mine.leaf,
            proof: other.proof,
        },
        Forgery {
            how: "one bit of the proof changed",
            leaf: mine.leaf,
            proof: bent,
        },
    ])
}

#[cfg(test)]
mod tests {
    use crate::snapshot::{Population, climb};

    use super::*;

    #[test]
    fn forgeries_are_not_true_and_differ_from_each_other() {
        let found = Found::synthetic(Population::like_published(100), 1).expect("possible");
        let forgeries = forgeries(&found).expect("accounts of the list");
        let mut ends: Vec<_> = forgeries
            .iter()
            .map(|forgery| climb(&forgery.proof, forgery.leaf))
            .collect();
        ends.push(found.root());
        ends.sort_unstable();
        ends.dedup();
        assert_eq!(ends.len(), 4);
    }
}
