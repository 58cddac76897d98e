//! LPT on L1: what L1 says, less what came over to L2.

use crate::events::CacheTotalSupplyFinalized;
use crate::storage::{L2, State, Supply};
use confluence_kit::{Result, bridge, emit, ensure, msg};

/// Takes over L1's supply: the L2 leg of `L1LPTDataCache.cacheTotalSupply`.
///
/// # Arguments
/// * `total` - LPT base units.
///
/// # Errors
/// * "ONLY_COUNTERPART_GATEWAY" - the caller is not the alias of L1LPTDataCache.
/// * `Panic(0x11)` - above the bound of `storage`.
///
/// # Events
/// `CacheTotalSupplyFinalized`.
///
/// # Source
/// L2LPTDataCache.finalizeCacheTotalSupply; deviation: the bound.
pub fn finalize(s: &mut State, total: u128) -> Result {
    let mut l1 = s.l1.open();
    bridge::only_l1_counterpart(&l1.data_cache)?;
    l1.total.set(total)?;
    l1.store();
    emit!(CacheTotalSupplyFinalized { totalSupply: total });
    Ok(())
}

/// LPT came from L1.
///
/// # Arguments
/// * `amount` - LPT base units.
///
/// # Errors
/// * "NOT_L2_LPT_GATEWAY".
/// * `Panic(0x11)` - above the bound of `storage`.
///
/// # Source
/// L2LPTDataCache.increaseL2SupplyFromL1; deviation: the bound.
pub fn increase(s: &mut State, amount: u128) -> Result {
    let mut l2 = s.l2.open();
    l2.only_gateway()?;
    l2.from_l1.add(amount)?;
    l2.store();
    Ok(())
}

/// LPT goes to L1. More than came from there were minted on L2, and count as if nothing of L1's were here.
///
/// # Arguments
/// * `amount` - LPT base units.
///
/// # Errors
/// * "NOT_L2_LPT_GATEWAY".
///
/// # Source
/// L2LPTDataCache.decreaseL2SupplyFromL1; deviation: none.
pub fn decrease(s: &mut State, amount: u128) -> Result {
    let mut l2 = s.l2.open();
    l2.only_gateway()?;
    l2.from_l1 = Supply::new(l2.from_l1.get().saturating_sub(amount))?;
    l2.store();
    Ok(())
}

impl L2 {
    fn only_gateway(&self) -> Result {
        ensure!(msg::sender() == self.gateway, "NOT_L2_LPT_GATEWAY");
        Ok(())
    }
}

/// LPT on L1 that is not escrowed for L2, base units; 0 while L1's figure lags behind.
///
/// # Source
/// L2LPTDataCache.l1CirculatingSupply; deviation: none.
pub fn circulating(s: &State) -> Result<u128> {
    Ok(total(s)?.saturating_sub(from_l1(s)?))
}

/// LPT on L1, base units, as L1 last said.
pub fn total(s: &State) -> Result<u128> {
    Ok(s.l1.load().total.get())
}

/// LPT that came from L1 and did not go back, base units.
pub fn from_l1(s: &State) -> Result<u128> {
    Ok(s.l2.load().from_l1.get())
}
