//! Publishing roots and checking proofs against them.

use crate::proof;
use crate::storage::State;
use confluence_kit::abi::List;
use confluence_kit::{B256, Result, manager};

/// Publishes a root under `id`, in place of the one before.
///
/// # Errors
/// * "caller must be Controller owner".
///
/// # Source
/// MerkleSnapshot.setSnapshot; deviation: none.
pub fn publish(s: &mut State, id: &B256, root: &B256) -> Result {
    manager::only_owner()?;
    let mut published = s.roots.edit(id);
    published.hash = *root;
    published.store();
    Ok(())
}

/// The root under `id`, zero where none is published.
pub fn root(s: &State, id: &B256) -> Result<B256> {
    Ok(s.roots.get(id).hash)
}

/// Whether `leaf` is in the tree whose root is published under `id`.
///
/// # Source
/// MerkleSnapshot.verify; deviation: none. An empty proof holds for the root itself.
pub fn verify(s: &State, id: &B256, path: List<'_, B256>, leaf: &B256) -> Result<bool> {
    Ok(proof::root_of(leaf, path.iter()) == s.roots.get(id).hash)
}
