//! The program answers exactly what its interface declares, and logs exactly the events in it.

use confluence_abi::{IL2LPTDataCache, events, functions};
use confluence_kit::{bridge, entries, event, export};
use confluence_lpt_data_cache as program;

#[test]
fn entry_table_is_the_interface() {
    let interface = functions(&IL2LPTDataCache::abi::contract());
    assert_eq!(entries::functions(program::ENTRIES), interface);
}

#[test]
fn events_are_the_interfaces() {
    let logged = [program::events::EVENTS, bridge::EVENTS].concat();
    let interface = events(&IL2LPTDataCache::abi::contract());
    assert_eq!(event::listed(&logged), interface);
}

#[test]
fn cargo_stylus_is_told_the_constructor() {
    assert_eq!(
        export::constructor(program::ENTRIES).as_deref(),
        Some("constructor(address owner)")
    );
}
