//! What the gateway tells about itself.

use crate::storage::State;
use confluence_kit::{Address, Result};

/// LPT here for LPT on L1, null for any other token.
pub fn l2_token(s: &State, l1_token: &Address) -> Result<Address> {
    let route = s.route.load();
    Ok(if *l1_token == route.l1_lpt {
        route.l2_lpt
    } else {
        Address::ZERO
    })
}

/// L1LPTGateway, on L1.
pub fn l1_counterpart(s: &State) -> Result<Address> {
    Ok(s.route.load().l1_counterpart)
}

/// LPT on L1.
pub fn l1_lpt(s: &State) -> Result<Address> {
    Ok(s.route.load().l1_lpt)
}

/// LPT here.
pub fn l2_lpt(s: &State) -> Result<Address> {
    Ok(s.route.load().l2_lpt)
}

/// L2LPTDataCache.
pub fn data_cache(s: &State) -> Result<Address> {
    Ok(s.route.load().data_cache)
}

/// Arbitrum's gateway router.
pub fn l2_router(s: &State) -> Result<Address> {
    Ok(s.router.load().at)
}
