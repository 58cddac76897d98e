//! What MerkleSnapshot stores, besides the Controller's address in slot 0.

use confluence_kit::{B256, storage};

storage! {
    /// A published root, by the hash of the snapshot's name. Written by the Controller's owner.
    roots: Root[B256] @ 1 { hash: B256 }
}
