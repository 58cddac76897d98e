//! PollCreator: opens polls for stakeholders. Each poll is a contract of its own, made of the code in `poll`.
//! Always holds: who opens a poll has at the time 100 LPT at stake, of its own or delegated to it; a poll's end never moves.
#![cfg_attr(target_arch = "wasm32", no_std)]

mod assembly;
pub mod create;
pub mod events;
pub mod poll;
pub mod storage;

use confluence_kit::abi::Bytes;
use confluence_kit::{Address, entries};

entries! {
    once {
        constructor(bondingManager: Address) => create::construct;
    }
    exec {
        createPoll(proposal: Bytes) => create::create_poll;
    }
    view {
        QUORUM() -> u32 => create::quorum;
        QUOTA() -> u32 => create::quota;
        POLL_PERIOD() -> u128 => create::poll_period;
        POLL_CREATION_COST() -> u128 => create::poll_creation_cost;
        bondingManager() -> Address => create::bonding_manager;
    }
}
