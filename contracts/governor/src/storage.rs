//! What the Governor stores.

use confluence_kit::{Address, B256, U256, storage};

storage! {
    /// Who stages batches. Written by the constructor, then by a batch.
    owner: Owner[()] @ 1 { who: Address, _spare: [u8; 12] }
    /// The L1 block from which a batch may be executed, by its hash; 0 if it is not staged.
    updates: Staged[B256] @ 2 { block: U256 }
}
