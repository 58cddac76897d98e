//! The program answers exactly what its interface declares, and logs exactly the events in it.

use confluence_abi::{IServiceRegistry, events, functions};
use confluence_kit::{entries, event, manager};
use confluence_service_registry as program;

#[test]
fn entry_table_is_the_interface() {
    let interface = functions(&IServiceRegistry::abi::contract());
    assert_eq!(entries::functions(program::ENTRIES), interface);
}

#[test]
fn events_are_the_interfaces() {
    let logged = [program::events::EVENTS, manager::EVENTS].concat();
    let interface = events(&IServiceRegistry::abi::contract());
    assert_eq!(event::listed(&logged), interface);
}
