//! RoundsManager: the protocol's clock, in rounds of L1 blocks.
//! Always holds: the current round follows from the L1 block number alone; a round is initialised at most once, and rounds in
//! which nobody did it are skipped for good.
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod clock;
pub mod events;
pub mod hashes;
pub mod initialize;
pub mod parameters;
pub mod peers;
pub mod storage;

use confluence_kit::abi::Reply;
use confluence_kit::{Address, B256, U256, entries, manager};

entries! {
    exec {
        initialize(controller: Address, blockHash: Address) => parameters::initialize;
        initializeRound() => initialize::initialize_round;
        setRoundLength(blocks: u128) => parameters::set_round_length;
        setRoundLockAmount(share: u128) => parameters::set_round_lock_amount;
        setLIPUpgradeRound(lip: u32, round: U256) => parameters::set_lip_upgrade_round;
        syncControllerContracts() => peers::sync_controller_contracts;
        setController(controller: Address) => manager::set_controller;
    }
    view {
        currentRound() -> u32 => clock::current_round;
        currentRoundStartBlock() -> u128 => clock::current_round_start_block;
        currentRoundInitialized() -> bool => clock::current_round_initialized;
        currentRoundLocked() -> bool => clock::current_round_locked;
        roundState() -> Reply => clock::round_state;
        blockNum() -> u128 => hashes::block_num;
        blockHash(number: u128) -> B256 => hashes::block_hash;
        blockHashForRound(round: u32) -> B256 => hashes::block_hash_for_round;
        roundLength() -> u128 => parameters::round_length;
        roundLockAmount() -> u128 => parameters::round_lock_amount;
        lastInitializedRound() -> u32 => initialize::last_initialized_round;
        lastRoundLengthUpdateRound() -> u32 => parameters::last_round_length_update_round;
        lastRoundLengthUpdateStartBlock() -> u128 => parameters::last_round_length_update_start_block;
        lipUpgradeRound(lip: u32) -> U256 => parameters::lip_upgrade_round;
        controller() -> Address => manager::address;
    }
}
