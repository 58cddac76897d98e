//! What the faucet stores.

use confluence_kit::storage::Flag;
use confluence_kit::{Address, U256, storage};

storage! {
    /// Who keeps the whitelist. Written by the constructor, then by its holder.
    owner: Owner[()] @ 1 { who: Address, _spare: [u8; 12] }
    /// What is given, and how often. Written by the constructor.
    terms: Terms[()] @ 2 {
        /// LPT base units a request.
        amount: U256,
        /// Hours between two requests.
        wait: U256,
        token: Address, _spare: [u8; 12],
    }
    /// An account that asked, or that need not wait.
    askers: Asker[Address] @ 3 {
        /// Seconds since 1970 from which it may ask again. Written by a request.
        next: u128,
        /// Need not wait. Written by the owner.
        whitelisted: Flag,
        _spare: [u8; 15],
    }
}
