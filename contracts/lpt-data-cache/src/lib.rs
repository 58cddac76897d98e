//! L2LPTDataCache: how much LPT there is on L1, as the Minter needs it to know the supply of both chains.
//! Always holds: L1's supply is what L1LPTDataCache last sent; what came from there through the gateway and has not gone back is
//! counted on L2 and not once more on L1.
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod events;
pub mod ownership;
pub mod settings;
pub mod storage;
pub mod supply;

use confluence_kit::{Address, entries};

entries! {
    once {
        constructor(owner: Address) => ownership::construct;
    }
    exec {
        finalizeCacheTotalSupply(totalSupply: u128) => supply::finalize;
        increaseL2SupplyFromL1(amount: u128) => supply::increase;
        decreaseL2SupplyFromL1(amount: u128) => supply::decrease;
        setL1LPTDataCache(l1LPTDataCache: Address) => settings::set_l1_lpt_data_cache;
        setL2LPTGateway(l2LPTGateway: Address) => settings::set_l2_lpt_gateway;
        transferOwnership(newOwner: Address) => ownership::transfer;
        renounceOwnership() => ownership::renounce;
    }
    view {
        l1CirculatingSupply() -> u128 => supply::circulating;
        l1TotalSupply() -> u128 => supply::total;
        l2SupplyFromL1() -> u128 => supply::from_l1;
        l1LPTDataCache() -> Address => settings::l1_lpt_data_cache;
        l2LPTGateway() -> Address => settings::l2_lpt_gateway;
        owner() -> Address => ownership::owner;
    }
}
