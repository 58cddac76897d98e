//! Minter: decides how much LPT a round brings, mints it as rewards, and holds all bonded LPT and all deposited ether.
//! Always holds: minted <= mintable in each round; only BondingManager moves LPT out, only it and the TicketBroker ether.
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod events;
pub mod funds;
pub mod inflation;
pub mod migrate;
pub mod parameters;
pub mod peers;
pub mod rewards;
pub mod storage;

use confluence_kit::{Address, entries, manager};

entries! {
    once {
        constructor(controller: Address, inflation: u128, inflationChange: u128, targetBondingRate: u128) => parameters::construct;
    }
    exec {
        setTargetBondingRate(rate: u128) => parameters::set_target_bonding_rate;
        setInflationChange(change: u128) => parameters::set_inflation_change;
        setInflation(inflation: u128) => parameters::set_inflation;
        setCurrentRewardTokens() => inflation::set_current_reward_tokens;
        createReward(stake: u128, total: u128) -> u128 => rewards::create_reward;
        trustedTransferTokens(to: Address, amount: u128) => funds::transfer_tokens;
        trustedBurnTokens(amount: u128) => funds::burn_tokens;
        trustedWithdrawETH(to: Address, amount: u128) => funds::withdraw_eth;
        migrateToNewMinter(minter: Address) => migrate::migrate_to_new_minter;
        syncControllerContracts() => peers::sync_controller_contracts;
        setController(controller: Address) => manager::set_controller;
    }
    payable {
        depositETH() -> bool => funds::deposit_eth;
    }
    view {
        inflation() -> u128 => parameters::inflation;
        inflationChange() -> u128 => parameters::inflation_change;
        targetBondingRate() -> u128 => parameters::target_bonding_rate;
        currentMintableTokens() -> u128 => rewards::current_mintable_tokens;
        currentMintedTokens() -> u128 => rewards::current_minted_tokens;
        getGlobalTotalSupply() -> u128 => inflation::global_total_supply;
        getController() -> Address => manager::address;
        controller() -> Address => manager::address;
    }
}
