//! PollCreator's event, as the original has it. A poll's own is in its code.

use confluence_kit::{Address, abi::Bytes, events};

events! {
    /// A poll was opened.
    PollCreated(indexed poll: Address, proposal: Bytes, endBlock: u128, quorum: u32, quota: u32);
}
