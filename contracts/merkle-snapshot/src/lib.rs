//! MerkleSnapshot: published Merkle roots, and proofs against them.
//! Always holds: only the Controller's owner publishes; a published root can be replaced.
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod proof;
pub mod snapshot;
pub mod storage;

use confluence_kit::abi::Array;
use confluence_kit::{Address, B256, entries, manager};

/// Everything this program can log; the interface has `ParameterUpdate` as well, which no Manager logs by itself.
#[cfg(not(target_arch = "wasm32"))]
pub use confluence_kit::manager::EVENTS;

entries! {
    once {
        constructor(controller: Address) => manager::construct;
    }
    exec {
        setController(controller: Address) => manager::set_controller;
        setSnapshot(id: B256, root: B256) => snapshot::publish;
    }
    view {
        controller() -> Address => manager::address;
        snapshot(id: B256) -> B256 => snapshot::root;
        verify(id: B256, proof: Array<B256>, leaf: B256) -> bool => snapshot::verify;
    }
}
