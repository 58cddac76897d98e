//! What RoundsManager stores. Everything that tells the round is in one slot, so that the clock costs one load.
//!
//! Bounds: a round is below 2^32, which at one L1 block a round would last 1,600 years; `roundLength` and block numbers are below
//! 2^64. What exceeds its bound is `Panic(0x11)`.

use confluence_kit::{Address, B256, U256, storage};

storage! {
    /// The clock.
    clock: Clock[()] @ 1 {
        /// L1 blocks a round; 0 until the owner sets it.
        length: u64,
        /// L1 block at which `base_round` began. Written with the length.
        base_block: u64,
        /// The round in which the length was last set.
        base_round: u32,
        /// The last round that was initialised.
        last_initialized: u32,
        /// Part of a round, at its end, in which orchestrators cannot change their terms; PPM. Written by the owner.
        lock_amount: u32,
        _spare: [u8; 4],
    }
    /// The L1 block hash that a round remembers. Written when the round is initialised.
    hashes: RoundHash[u32] @ 2 { hash: B256 }
    /// The round in which an improvement proposal takes effect; written once each, by the owner. Nothing on L2 reads it.
    lips: LipUpgrade[u32] @ 3 { round: U256 }
    /// The EVM contract that knows BLOCKHASH, which a program cannot ask for. Written by the initializer.
    helper: Helper[()] @ 4 { at: Address, _spare: [u8; 12] }
}
