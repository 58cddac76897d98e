//! LivepeerTokenFaucet: gives LPT to whoever asks, on test networks, once in a while.
//! Always holds: an account that is not whitelisted waits the set hours between two requests.
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod events;
pub mod ownership;
pub mod request;
pub mod storage;
pub mod whitelist;

use confluence_kit::{Address, U256, entries};

entries! {
    once {
        constructor(owner: Address, token: Address, requestAmount: U256, requestWait: U256) => request::construct;
    }
    exec {
        request() => request::request;
        addToWhitelist(who: Address) => whitelist::add;
        removeFromWhitelist(who: Address) => whitelist::remove;
        transferOwnership(newOwner: Address) => ownership::transfer;
    }
    view {
        token() -> Address => request::token;
        requestAmount() -> U256 => request::amount;
        requestWait() -> U256 => request::wait;
        nextValidRequest(who: Address) -> U256 => request::next_valid_request;
        isWhitelisted(who: Address) -> bool => whitelist::is_whitelisted;
        owner() -> Address => ownership::owner;
    }
}
