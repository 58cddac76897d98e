//! ServiceRegistry's own event, as the original has it.

use confluence_kit::{Address, events};

events! {
    /// An account serves at another address now.
    ServiceURIUpdate(indexed addr: Address, serviceURI: Str);
}
use confluence_kit::abi::Str;
