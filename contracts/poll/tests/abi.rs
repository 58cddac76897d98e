//! The program answers exactly what its interface declares, and logs exactly the events in it.

use confluence_abi::{IPollCreator, events, functions};
use confluence_kit::{entries, event};
use confluence_poll as program;

#[test]
fn entry_table_is_the_interface() {
    let interface = functions(&IPollCreator::abi::contract());
    assert_eq!(entries::functions(program::ENTRIES), interface);
}

#[test]
fn events_are_the_interfaces() {
    let logged = program::events::EVENTS;
    let interface = events(&IPollCreator::abi::contract());
    assert_eq!(event::listed(logged), interface);
}
