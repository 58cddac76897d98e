//! The program's tables are the interface, selector by selector and topic by topic.

use confluence_abi::IMerkleSnapshot;
use confluence_kit::{entries, event, export};
use confluence_merkle_snapshot::{ENTRIES, EVENTS};

#[test]
fn entries_are_the_interfaces_functions() {
    assert_eq!(
        entries::functions(ENTRIES),
        confluence_abi::functions(&IMerkleSnapshot::abi::contract())
    );
}

#[test]
fn events_are_the_interfaces_events() {
    assert_eq!(
        event::listed(EVENTS),
        confluence_abi::events(&IMerkleSnapshot::abi::contract())
    );
}

#[test]
fn cargo_stylus_is_told_the_constructor() {
    assert_eq!(
        export::constructor(ENTRIES).as_deref(),
        Some("constructor(address controller)")
    );
}
