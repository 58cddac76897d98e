//! What a pool calls.

use confluence_kit::{Address, interface};

interface! {
    /// Where its stake is.
    BondingManager {
        view pendingStake(who: Address, until: Ignored) -> u128;
        view pendingFees(who: Address, until: Ignored) -> u128;
        exec transferBond(to: Address, amount: u128, old: Hint, new: Hint);
        exec withdrawFees(recipient: Address, amount: u128);
    }
}
use confluence_kit::abi::{Hint, Ignored};
