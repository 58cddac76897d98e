//! L2SwitchOver: starts L2 once everything that L1SwitchOver announced has arrived (deviation X7). It owns the Controller until then.
//! Always holds: only the alias of L1SwitchOver announces, and once; L2 starts at most once, and only with all of L1's LPT and ether
//! in L2Migrator and L1's supply known; afterwards, or when it gives up, the Governor owns the Controller and this program nothing.
#![cfg_attr(target_arch = "wasm32", no_std)]

pub mod announce;
pub mod complete;
pub mod construct;
pub mod events;
pub mod peers;
pub mod storage;
pub mod views;

use announce::Announcement;
use confluence_kit::abi::Reply;
use confluence_kit::{Address, entries, manager};

entries! {
    once {
        constructor(controller: Address, l1SwitchOver: Address, governor: Address) => construct::construct;
    }
    exec {
        finalizeSwitchOver(announcement: Announcement) => announce::finalize;
        complete() => complete::complete;
        abort() => complete::abort;
    }
    view {
        status() -> u8 => views::status;
        announced() -> Reply => views::announced;
        missing() -> Reply => views::missing;
        l1SwitchOver() -> Address => views::l1_switch_over;
        governor() -> Address => views::governor;
        controller() -> Address => manager::address;
    }
}
