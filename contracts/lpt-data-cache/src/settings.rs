//! The two contracts whose word counts.

use crate::events::{L1LPTDataCacheUpdate, L2LPTGatewayUpdate};
use crate::ownership::only_owner;
use crate::storage::State;
use confluence_kit::{Address, Result, emit};

/// Says which contract on L1 sends the supply.
///
/// # Errors
/// * "Ownable: caller is not the owner".
///
/// # Events
/// `L1LPTDataCacheUpdate`.
///
/// # Source
/// L2LPTDataCache.setL1LPTDataCache; deviation: none.
pub fn set_l1_lpt_data_cache(s: &mut State, at: &Address) -> Result {
    only_owner(s)?;
    let mut l1 = s.l1.open();
    l1.data_cache = *at;
    l1.store();
    emit!(L1LPTDataCacheUpdate {
        _l1LPTDataCache: at
    });
    Ok(())
}

/// Says which gateway counts what moves.
///
/// # Errors
/// * "Ownable: caller is not the owner".
///
/// # Events
/// `L2LPTGatewayUpdate`.
///
/// # Source
/// L2LPTDataCache.setL2LPTGateway; deviation: none.
pub fn set_l2_lpt_gateway(s: &mut State, at: &Address) -> Result {
    only_owner(s)?;
    let mut l2 = s.l2.open();
    l2.gateway = *at;
    l2.store();
    emit!(L2LPTGatewayUpdate { _l2LPTGateway: at });
    Ok(())
}

/// L1LPTDataCache, on L1.
pub fn l1_lpt_data_cache(s: &State) -> Result<Address> {
    Ok(s.l1.load().data_cache)
}

/// L2LPTGateway.
pub fn l2_lpt_gateway(s: &State) -> Result<Address> {
    Ok(s.l2.load().gateway)
}
