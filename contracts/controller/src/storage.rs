//! What the Controller stores. `owner` and `paused` share a slot, since every change reads the one and most calls of other
//! contracts the other.

use confluence_kit::storage;
use confluence_kit::storage::Flag;
use confluence_kit::{Address, B256, FixedBytes};

storage! {
    /// Who decides, and whether the system stands still.
    system: System[()] @ 1 {
        /// Set by the constructor, then by its holder.
        owner: Address,
        /// Set by the constructor, then by the owner.
        paused: Flag,
        _spare: [u8; 11],
    }
    /// Where a contract is, by the hash of its name. Written by the owner.
    contracts: Contract[B256] @ 2 { at: Address, _spare: [u8; 12] }
    /// The commit it was built from; apart, since nobody on chain asks for it.
    commits: Commit[B256] @ 3 { hash: FixedBytes<20>, _spare: [u8; 12] }
}
