//! The program answers exactly what its interface declares, and logs exactly the events in it.

use confluence_abi::{IMinter, events, functions};
use confluence_kit::{entries, event, manager, peers};
use confluence_minter as program;

#[test]
fn entry_table_is_the_interface() {
    let interface = functions(&IMinter::abi::contract());
    assert_eq!(entries::functions(program::ENTRIES), interface);
}

#[test]
fn events_are_the_interfaces() {
    let logged = [program::events::EVENTS, manager::EVENTS, peers::EVENTS].concat();
    let interface = events(&IMinter::abi::contract());
    assert_eq!(event::listed(&logged), interface);
}
