//! Proofs that a message is in the send tree, as the Outbox on L1 checks them.
//!
//! Always holds: the tree of `size` leaves has the height of the next power of two; a subtree without leaves is a
//! zero word at any height.

use alloy_primitives::{B256, Log, keccak256};
use alloy_sol_types::SolEvent;

use super::{address::ARB_SYS, precompile::sys::L2ToL1Tx, state::sends::parent};

/// What `NodeInterface.constructOutboxProof` answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxProof {
    /// Hash of the message.
    pub send: B256,
    /// Root of the tree.
    pub root: B256,
    /// Siblings from the leaf up.
    pub siblings: Vec<B256>,
}

/// The hash of the message to L1 that a log announces, if it does.
pub fn send_of(log: &Log) -> Option<B256> {
    (log.address == ARB_SYS)
        .then(|| L2ToL1Tx::decode_log_data(&log.data).ok())
        .flatten()
        .map(|event| event.hash.into())
}

/// Proves the message at `leaf` in the tree of the first `size` messages; `sends` are the hashes of all there are.
///
/// Nitro refuses a leaf that does not exist or is beyond the tree's height, but neither a size that has not been
/// reached (the tree is then as it is) nor a leaf that is just beyond the size (the tree then reaches up to it).
pub fn outbox_proof(sends: &[B256], size: u64, leaf: u64) -> Option<OutboxProof> {
    let height = u64::BITS - size.saturating_sub(1).leading_zeros();
    if leaf.checked_shr(height).is_some_and(|above| above != 0) {
        return None;
    }
    let mut index = usize::try_from(leaf).ok()?;
    let send = *sends.get(index)?;
    let size = usize::try_from(size.max(leaf + 1)).unwrap_or(usize::MAX);
    let mut level: Vec<B256> = sends.iter().take(size).map(keccak256).collect();
    let mut siblings = Vec::new();
    for _ in 0..height {
        siblings.push(level.get(index ^ 1).copied().unwrap_or_default());
        index /= 2;
        level = level
            .chunks(2)
            .map(|pair| parent(pair[0], pair.get(1).copied().unwrap_or_default()))
            .collect();
    }
    Some(OutboxProof {
        send,
        root: level.first().copied().unwrap_or_default(),
        siblings,
    })
}
