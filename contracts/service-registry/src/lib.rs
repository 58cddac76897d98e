//! ServiceRegistry: where orchestrators say at which address they serve.
//! Always holds: everybody writes only an entry of their own, paused or not.
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod events;
pub mod storage;
pub mod uri;

use confluence_kit::abi::Str;
use confluence_kit::{Address, entries, manager};

entries! {
    exec {
        initialize(controller: Address) => manager::initialize;
        setServiceURI(uri: Str) => uri::set;
        setController(controller: Address) => manager::set_controller;
    }
    view {
        getServiceURI(who: Address) -> &'static [u8] => uri::get;
        controller() -> Address => manager::address;
    }
}
