//! What L2LPTGateway stores. Addresses that a transfer needs lie together, without gaps: four in three slots.

use confluence_kit::{Address, storage};

storage! {
    /// Between what it carries. All but the counterpart are set once, by the constructor.
    route: Route[()] @ 1 {
        /// L1LPTGateway, on L1. Set by the admin.
        l1_counterpart: Address,
        /// LPT on L1.
        l1_lpt: Address,
        /// LPT here.
        l2_lpt: Address,
        /// L2LPTDataCache.
        data_cache: Address,
        _spare: [u8; 16],
    }
    /// Arbitrum's gateway router, which calls for others; apart, since only what goes out asks for it.
    router: Router[()] @ 2 { at: Address, _spare: [u8; 12] }
}
