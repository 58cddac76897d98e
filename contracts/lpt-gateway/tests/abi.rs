//! The program answers exactly what its interface declares, and logs exactly the events in it.

use confluence_abi::{IL2LPTGateway, events, functions};
use confluence_kit::{bridge, entries, event, export, pausable, roles};
use confluence_lpt_gateway as program;

#[test]
fn entry_table_is_the_interface() {
    let interface = functions(&IL2LPTGateway::abi::contract());
    assert_eq!(entries::functions(program::ENTRIES), interface);
}

#[test]
fn events_are_the_interfaces() {
    let logged = [
        program::events::EVENTS,
        roles::EVENTS,
        pausable::EVENTS,
        bridge::EVENTS,
    ]
    .concat();
    let interface = events(&IL2LPTGateway::abi::contract());
    assert_eq!(event::listed(&logged), interface);
}

#[test]
fn cargo_stylus_is_told_the_constructor() {
    assert_eq!(
        export::constructor(program::ENTRIES).as_deref(),
        Some(
            "constructor(address l2Router, address l1Lpt, address l2Lpt, address l2LPTDataCache, address admin)"
        )
    );
}
