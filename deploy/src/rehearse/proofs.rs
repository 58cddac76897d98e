//! Proofs held against the root on L2 before anybody claims: true ones, and what a thief would try.
//! Always holds: the contract itself is asked, with proofs from the list that was built from L1.

use alloy::primitives::{B256, U256};
use confluence_abi::IMerkleSnapshot;
use serde::{Deserialize, Serialize};

use super::{RehearseError, stage::Stage};
use crate::{
    network::Migration,
    snapshot::{Found, Leaf, Proof, SnapshotError},
};

/// True proofs to ask for, from all over the list.
const TRIED: usize = 100;

/// What the contract said.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Proofs {
    /// True ones that it accepted: all that were tried.
    pub accepted: usize,
    /// Forged ones that it refused: all that were tried, by what was changed.
    pub refused: Vec<String>,
}

/// Asks for true proofs and forged ones.
///
/// # Errors
/// [`RehearseError::Proof`] if an answer is the wrong one.
pub(super) async fn check(
    stage: &Stage,
    migration: &Migration,
    list: &Found,
) -> Result<Proofs, RehearseError> {
    let leaves = list.list.leaves();
    let tried = TRIED.min(leaves.len());
    let id = migration.snapshot_id();
    for number in 0..tried {
        let account = leaves[number * leaves.len() / tried].delegator();
        let Proof { proof, leaf, .. } = Proof::of(account, list)?;
        let call = IMerkleSnapshot::verifyCall { id, proof, leaf };
        if !stage.l2.read(stage.place.snapshot, &call).await? {
            let what = format!("the proof of {account} is not accepted");
            return Err(RehearseError::Proof { what });
        }
    }
    let mut refused = Vec::new();
    for Forgery { how, leaf, proof } in forgeries(list)? {
        let call = IMerkleSnapshot::verifyCall { id, proof, leaf };
        if stage.l2.read(stage.place.snapshot, &call).await? {
            let what = format!("a forged proof is accepted ({how})");
            return Err(RehearseError::Proof { what });
        }
        refused.push(how.to_owned());
    }
    Ok(Proofs {
        accepted: tried,
        refused,
    })
}

/// A claim that the contract must refuse.
#[derive(Debug)]
struct Forgery {
    /// What was changed.
    how: &'static str,
    /// The claimed leaf.
    leaf: B256,
    /// The proof that goes with it.
    proof: Vec<B256>,
}

fn forgeries(list: &Found) -> Result<[Forgery; 3], SnapshotError> {
    let leaves = list.list.leaves();
    let mine = Proof::of(leaves[leaves.len() / 3].delegator(), list)?;
    let other = Proof::of(leaves[leaves.len() / 2].delegator(), list)?;
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
    let forged = |how, leaf, proof| Forgery { how, leaf, proof };
    Ok([
        forged("stake raised by one base unit", richer.hash(), mine.proof),
        forged("another account's proof", mine.leaf, other.proof),
        forged("one bit of the proof changed", mine.leaf, bent),
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
        let ends = forgeries.iter().map(|it| climb(&it.proof, it.leaf));
        let ends: std::collections::BTreeSet<_> = ends.chain([found.root()]).collect();
        assert_eq!(ends.len(), 4);
    }
}
