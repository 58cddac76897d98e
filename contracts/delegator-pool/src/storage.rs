//! What a DelegatorPool stores: two slots, of which a claim rewrites one.
//!
//! Bound, checked where it is written and answered with `Panic(0x11)`: BondingManager's, 2^88 base units of LPT an account.

use confluence_kit::{Address, Narrow, storage};

/// LPT in base units.
pub type Lpt = Narrow<11>;

storage! {
    /// Where the stake is. Written once, by `initialize`.
    stake: Stake[()] @ 1 {
        bonding_manager: Address,
        /// What the pool began with.
        initial: Lpt,
        _spare: u8,
    }
    /// What has left.
    claims: Claims[()] @ 2 {
        /// Who claims for delegators. Written once, by `initialize`; null before.
        migrator: Address,
        /// The part of `initial` that was claimed. Written by `claim`.
        claimed: Lpt,
        _spare: u8,
    }
}
