//! What ServiceRegistry stores: a text's length and first 28 bytes in one slot, the rest in slots of its own. Most addresses take
//! one or two slots.

use confluence_kit::storage::Blob;
use confluence_kit::{Address, storage};

storage! {
    /// An account's address of service. Written by the account.
    uris: Uri[Address] @ 1 { text: Blob }
}
