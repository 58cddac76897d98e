//! The program answers exactly what its interface declares, and logs exactly the events in it.

use confluence_abi::{IGovernor, events, functions};
use confluence_governor as program;
use confluence_kit::{entries, event};

#[test]
fn entry_table_is_the_interface() {
    let interface = functions(&IGovernor::abi::contract());
    assert_eq!(entries::functions(program::ENTRIES), interface);
}

#[test]
fn events_are_the_interfaces() {
    let interface = events(&IGovernor::abi::contract());
    assert_eq!(event::listed(program::events::EVENTS), interface);
}
