//! What the Minter stores: what a reward needs in one slot, what only a new round needs in another.
//!
//! Bounds: LPT below 2^88 base units (309 million LPT), inflation below 2^80 parts of 10^9. What exceeds its bound is `Panic(0x11)`.
//! Reaching them takes a supply ten times today's that grows by more than its own size in a round, or 10^21 rounds of rising inflation.

use confluence_kit::{Narrow, storage};

/// LPT base units.
pub type Lpt = Narrow<11>;

storage! {
    /// The running round.
    round: Round[()] @ 1 {
        /// LPT this round brings. Written when it is initialised.
        mintable: Lpt,
        /// LPT minted of it so far. Written with each reward.
        minted: Lpt,
        /// The round's inflation, parts of 10^9 of the supply. Written when it is initialised.
        inflation: Narrow<10>,
    }
    /// How inflation moves.
    policy: Policy[()] @ 2 {
        /// By how much a round, parts of 10^9. Written by the owner.
        change: u32,
        /// The bonded part of the supply above which it falls, parts of 10^9. Written by the owner.
        target_bonding_rate: u32,
        _spare: [u8; 24],
    }
}
