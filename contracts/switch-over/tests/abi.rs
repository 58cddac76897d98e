//! The program answers exactly what its interface declares, and logs exactly the events in it.

use confluence_abi::{IL2SwitchOver, events, functions};
use confluence_kit::{entries, event, export};
use confluence_switch_over as program;

#[test]
fn entry_table_is_the_interface() {
    let interface = functions(&IL2SwitchOver::abi::contract());
    assert_eq!(entries::functions(program::ENTRIES), interface);
}

#[test]
fn events_are_the_interfaces() {
    let interface = events(&IL2SwitchOver::abi::contract());
    assert_eq!(event::listed(program::events::EVENTS), interface);
}

#[test]
fn cargo_stylus_is_told_the_constructor() {
    assert_eq!(
        export::constructor(program::ENTRIES).as_deref(),
        Some("constructor(address controller, address l1SwitchOver, address governor)")
    );
}
