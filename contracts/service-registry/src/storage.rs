//! What ServiceRegistry stores: a text's length and first bytes in one slot, the rest in slots of its own. Most addresses take
//! one or two slots.

use confluence_kit::{Address, storage};

/// Bytes of a text that fit beside its length.
pub const HEAD: usize = 28;
/// Bytes of a text that fit in each further slot.
pub const PART: usize = 32;

storage! {
    /// An account's address of service. Written by the account.
    heads: Head[Address] @ 1 {
        /// Bytes of the text.
        len: u32,
        /// The first of them; zeros behind a shorter text.
        text: [u8; 28],
    }
    /// Bytes 28 + 32 i and on; zeros behind the end.
    parts: Part[(Address, u32)] @ 2 { text: [u8; 32] }
}
