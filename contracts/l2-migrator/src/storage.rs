//! What L2Migrator stores, besides the Controller's address in slot 0 and the peers'.
//!
//! Bounds, checked where they are written and answered with `Panic(0x11)`: LPT of one account below 2^88 base units, 309 million LPT,
//! ten times all there is; lock ids below 2^32 - 1. L1 gives ids one by one from 0, so nobody has one as high.

use confluence_kit::storage::Flag;
use confluence_kit::{Address, Narrow, storage};

/// LPT in base units.
pub type Lpt = Narrow<11>;

storage! {
    /// Who sends, and whether proofs are taken.
    origin: Origin[()] @ 1 {
        /// L1Migrator, on L1. Set by the Controller's owner.
        l1_migrator: Address,
        /// Set by the Controller's owner.
        claim_stake_enabled: Flag,
        _spare: [u8; 11],
    }
    /// What pools are clones of. Set by the Controller's owner; apart, since it is read once for each orchestrator.
    pool_code: PoolCode[()] @ 2 { implementation: Address, _spare: [u8; 12] }
    /// What of an L1 account has arrived. Written by every message of it and by its claim.
    accounts: Account[Address] @ 3 {
        /// LPT of its stake.
        arrived: Lpt,
        /// All of its stake and fees have; nothing more of them is taken.
        is_done: Flag,
        /// Its fees have; they come with the first message or claim.
        fees_paid: Flag,
        /// Its deposit and reserve have.
        is_sender_done: Flag,
        _spare: [u8; 18],
    }
    /// What is known of somebody as a delegate on L1.
    delegates: Delegate[Address] @ 4 {
        /// Where its delegators' stake is; null as long as it has not migrated, or if there was none.
        pool: Address,
        /// LPT of what was delegated to it that has arrived, its own included. Less of it goes into the pool.
        claimed: Lpt,
        _spare: u8,
    }
    /// Which unbonding locks of an account have arrived: bit `id % 256` of word `id / 256`.
    locks: Locks[(Address, u32)] @ 5 { arrived: [u8; 32] }
}
