//! Controller: the registry of the protocol's contracts, and the switch that pauses them.
//! Always holds: only the owner changes anything; the system starts paused.
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod events;
pub mod ownership;
pub mod pause;
pub mod registry;
pub mod storage;

use confluence_kit::abi::Reply;
use confluence_kit::{Address, B256, FixedBytes, entries};

entries! {
    once {
        constructor(owner: Address) => ownership::construct;
    }
    exec {
        transferOwnership(newOwner: Address) => ownership::transfer;
        pause() => pause::pause;
        unpause() => pause::unpause;
        setContractInfo(id: B256, contractAddress: Address, gitCommitHash: FixedBytes<20>) => registry::set;
        updateController(id: B256, controller: Address) => registry::update_controller;
    }
    view {
        owner() -> Address => ownership::owner;
        paused() -> bool => pause::paused;
        getContract(id: B256) -> Address => registry::contract;
        getContractInfo(id: B256) -> Reply => registry::info;
    }
}
