//! DelegatorPool's events, as the original has them.

use confluence_kit::{Address, events};

events! {
    /// A delegator got its part.
    Claimed(indexed _delegator: Address, _stake: u128, _fees: u128);
    /// The pool has its stake.
    DelegatorPoolInitialized(indexed _bondingManager: Address, indexed _migrator: Address, _initialStake: u128);
}
