//! Bidding for room in the cache, so that calls pay less to enter a program.
//! Always holds: a program that is cached already gets no bid, and none is bid less than the cache manager asks.

use alloy::{
    primitives::{Address, U256},
    sol,
};
use serde::Serialize;

use super::{Book, Contract, PlanError, ProgramState, programs};
use crate::l2::{
    L2,
    precompiles::{ARB_WASM_CACHE, ArbWasmCache},
};

sol! {
    /// Offchain Labs' contract on chains whose owner lets programs bid.
    #[derive(Debug)]
    interface CacheManager {
        function getMinBid(address program) external view returns (uint192 min);
        function placeBid(address program) external payable;
    }
}

/// A bid that was placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bid {
    /// Whose program.
    pub contract: Contract,
    /// The program.
    pub program: Address,
    /// Wei.
    pub wei: U256,
    /// Whether ArbOS keeps it ready now.
    pub cached: bool,
}

/// Bids `wei` for every program that is not cached; `before` hears of each.
///
/// # Errors
/// [`PlanError::NoCacheManager`] on a chain that takes no bids; [`PlanError::LowBid`] before anything is sent.
pub async fn bid(
    l2: &L2,
    book: &Book,
    wei: U256,
    mut before: impl FnMut(Contract),
) -> Result<Vec<Bid>, PlanError> {
    let managers = l2
        .read(ARB_WASM_CACHE, &ArbWasmCache::allCacheManagersCall {})
        .await?;
    // the last one is in charge: whoever replaces one adds it (as cargo-stylus reads it)
    let manager = *managers.last().ok_or(PlanError::NoCacheManager)?;
    let (mut open, mut least) = (Vec::new(), U256::ZERO);
    for ProgramState {
        contract, cached, ..
    } in programs(l2, book).await?
    {
        let place = book.place(contract)?;
        let program = place.implementation.unwrap_or(place.address);
        if !cached {
            let call = CacheManager::getMinBidCall { program };
            least = least.max(U256::from(l2.read(manager, &call).await?));
            open.push((contract, program));
        }
    }
    if wei < least {
        return Err(PlanError::LowBid { wei, least });
    }
    let mut bids = Vec::new();
    for (contract, program) in open {
        before(contract);
        let call = CacheManager::placeBidCall { program };
        l2.transact(manager, &call, wei).await?;
        let codehash = super::manifest::code_hash(l2, program).await?;
        let cached = ArbWasmCache::codehashIsCachedCall { codehash };
        let cached = l2.read(ARB_WASM_CACHE, &cached).await?;
        bids.push(Bid {
            contract,
            program,
            wei,
            cached,
        });
    }
    Ok(bids)
}
