//! The faucet's events, as the original has them.

use confluence_kit::{Address, U256, events};

events! {
    /// Somebody was given LPT.
    Request(indexed to: Address, amount: U256);
    /// The owner changed.
    OwnershipTransferred(indexed previousOwner: Address, indexed newOwner: Address);
}
