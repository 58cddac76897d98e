//! What PollCreator stores.

use confluence_kit::{Address, storage};

storage! {
    /// Who knows the stakes. Written by the constructor.
    bonding: Bonding[()] @ 1 { at: Address, _spare: [u8; 12] }
}
