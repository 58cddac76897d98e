//! Governor: owns the protocol's contracts. Its owner stages a batch of calls; after a delay anyone executes it.
//! Always holds: nothing is executed that was not staged, and nothing before its block; a batch is executed whole or not at all.
//! Every entry may be called while a batch runs, since a batch may govern the Governor; each leaves its storage behind it first.
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod events;
pub mod ownership;
pub mod storage;
pub mod update;

use confluence_kit::{Address, B256, U256, entries};
use update::Update;

entries! {
    once {
        constructor(owner: Address) => ownership::construct;
    }
    exec reentrant {
        stage(update: Update, delay: U256) => update::stage;
        cancel(update: Update) => update::cancel;
        transferOwnership(newOwner: Address) => ownership::transfer;
    }
    payable reentrant {
        execute(update: Update) => update::execute;
    }
    view reentrant {
        owner() -> Address => ownership::owner;
        updates(hash: B256) -> U256 => update::executable_from;
    }
}
