//! The program answers exactly what its interface declares, and logs exactly the events in it.

use confluence_abi::{IDelegatorPool, events, functions};
use confluence_delegator_pool as program;
use confluence_kit::{entries, event};

#[test]
fn entry_table_is_the_interface() {
    let interface = functions(&IDelegatorPool::abi::contract());
    assert_eq!(entries::functions(program::ENTRIES), interface);
}

#[test]
fn events_are_the_interfaces() {
    let interface = events(&IDelegatorPool::abi::contract());
    assert_eq!(event::listed(program::events::EVENTS), interface);
}
