//! What L2LPTDataCache stores: beside each number the address that may change it, so that a change reads and writes one slot.
//!
//! Bound, checked where it is written and answered with `Panic(0x11)`: supplies stay below 2^96 base units, 79 billion LPT. All there
//! is are 37 million, and a round adds 0.03 % at the most.

use confluence_kit::{Address, Narrow, storage};

/// LPT in base units.
pub type Supply = Narrow<12>;

storage! {
    /// What L1 says.
    l1: L1[()] @ 1 {
        /// L1LPTDataCache, on L1. Set by the owner.
        data_cache: Address,
        /// All LPT on L1, what is escrowed for L2 included. Written by L1LPTDataCache.
        total: Supply,
    }
    /// What came over.
    l2: L2[()] @ 2 {
        /// L2LPTGateway. Set by the owner.
        gateway: Address,
        /// LPT that came from L1 and did not go back. Written by the gateway.
        from_l1: Supply,
    }
    /// Who sets the addresses; null once given up.
    ownership: Ownership[()] @ 3 { owner: Address, _spare: [u8; 12] }
}
