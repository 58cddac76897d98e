//! DelegatorPool: one orchestrator's foreign stake, bonded as a whole until each of its delegators claims a part. L2Migrator makes one
//! ERC-1167 clone of it for every orchestrator that has delegators.
//! Always holds: whoever had a part of the stake on L1 gets the same part of what the pool has, with all it has earned; a part is
//! claimed once; the orchestrator's own stake is never in here.
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod claim;
pub mod events;
pub mod initialize;
pub mod peers;
pub mod share;
pub mod storage;

use confluence_kit::abi::Hint;
use confluence_kit::{Address, entries};

entries! {
    exec {
        initialize(bondingManager: Address) => initialize::initialize;
        claim(delegator: Address, stake: u128) => claim::claim;
        claimUpTo(delegator: Address, stake: u128, old: Hint, new: Hint) -> u128 => claim::claim_up_to;
    }
    view {
        bondingManager() -> Address => initialize::bonding_manager;
        migrator() -> Address => initialize::migrator;
        initialStake() -> u128 => initialize::initial_stake;
        claimedInitialStake() -> u128 => claim::claimed_initial_stake;
    }
}
