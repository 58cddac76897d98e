//! The program answers exactly what its interface declares, and logs exactly the events in it.

use confluence_abi::{IL2Migrator, events, functions};
use confluence_kit::{bridge, entries, event, manager, peers};
use confluence_l2_migrator as program;

#[test]
fn entry_table_is_the_interface() {
    let interface = functions(&IL2Migrator::abi::contract());
    assert_eq!(entries::functions(program::ENTRIES), interface);
}

#[test]
fn events_are_the_interfaces() {
    let logged: Vec<_> = [
        program::events::EVENTS,
        bridge::EVENTS,
        manager::EVENTS,
        peers::EVENTS,
    ]
    .concat()
    .into_iter()
    .filter(|event| event.name != "ParameterUpdate")
    .collect();
    let interface = events(&IL2Migrator::abi::contract());
    assert_eq!(event::listed(&logged), interface);
}
