//! L2LPTDataCache's events, as the original has them, but for `TxToL1`, which is the kit's and never logged here.

use confluence_kit::{Address, events};

events! {
    /// L1's supply arrived.
    CacheTotalSupplyFinalized(totalSupply: u128);
    /// The L1 side was set.
    L1LPTDataCacheUpdate(_l1LPTDataCache: Address);
    /// The gateway was set.
    L2LPTGatewayUpdate(_l2LPTGateway: Address);
    /// The owner changed.
    OwnershipTransferred(indexed previousOwner: Address, indexed newOwner: Address);
}
