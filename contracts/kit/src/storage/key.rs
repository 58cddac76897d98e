//! The name of a slot: tag, key, index of the slot in its record. A key that fits is written as it is, so that different
//! keys have different names by construction and nothing is hashed; a longer one is hashed to 30 bytes behind its tag.

use crate::crypto::{Join, keccak256_of};
use crate::{Address, B256, host};

/// A slot's name: byte 0 is the tag, bytes 1 to 30 the key, byte 31 the index.
pub type Name = [u8; 32];

/// What a table is keyed by.
pub trait Key {
    /// How a key is passed.
    type By<'a>: Copy;

    /// Writes the name of the first slot to `at` and the `bytes` bytes stored from there on behind it.
    ///
    /// # Safety
    /// `at` has room for both; `bytes` is whole slots, at most 256.
    unsafe fn fetch(at: *mut u8, tag: u8, by: Self::By<'_>, bytes: usize);
}

/// One line of a program's slot map.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The table's name.
    pub table: &'static str,
    /// The record's name.
    pub record: &'static str,
    /// The key's type.
    pub key: &'static str,
    /// The first byte of the slot's name.
    pub tag: u8,
    /// How many slots one record takes.
    pub slots: usize,
    /// Name, type and bytes of each field.
    pub fields: &'static [(&'static str, &'static str, usize)],
}

// What follows copies by pointer, since a slice whose length the compiler cannot see brings the panic machinery, 1.5 kB of it.

/// Loads a record whose name is complete, and leaves the name as it was.
///
/// # Safety
/// As for [`Key::fetch`].
#[inline(never)]
unsafe fn fetch_named(at: *mut u8, bytes: usize) {
    let mut done = 0;
    while done < bytes {
        // SAFETY: the caller's promise.
        unsafe {
            *at.add(31) = (done / 32) as u8;
            host::storage_load_bytes32(at, at.add(32 + done));
        }
        done += 32;
    }
}

/// Tag, account, id: most records are named so.
///
/// # Safety
/// As for [`Key::fetch`].
#[inline(never)]
unsafe fn fetch_account(at: *mut u8, tag: u8, who: &Address, id: u32, bytes: usize) {
    // SAFETY: the caller's promise; a name is 32 bytes.
    unsafe {
        *at = tag;
        (at.add(1) as *mut Address).write_unaligned(*who);
        (at.add(21) as *mut [u8; 4]).write_unaligned(id.to_be_bytes());
        (at.add(25) as *mut [u8; 7]).write_unaligned([0; 7]);
        fetch_named(at, bytes);
    }
}

/// 30 bytes of a hash stand for the key.
///
/// # Safety
/// As for [`Key::fetch`].
#[inline(never)]
unsafe fn fetch_hash(at: *mut u8, tag: u8, hash: &B256, bytes: usize) {
    // SAFETY: the caller's promise; a name is 32 bytes, and the last is set by `fetch_named`.
    unsafe {
        (at.add(1) as *mut [u8; 31]).write_unaligned(*(hash.as_ptr() as *const [u8; 31]));
        *at = tag;
        fetch_named(at, bytes);
    }
}

macro_rules! keys {
    ($($(#[$doc:meta])* $key:ty as $by:ty: |$at:ident, $tag:ident, $it:pat_param, $bytes:ident| $fetch:expr;)*) => { $(
        $(#[$doc])*
        impl Key for $key {
            type By<'a> = $by;
            #[inline(always)]
            unsafe fn fetch($at: *mut u8, $tag: u8, $it: Self::By<'_>, $bytes: usize) {
                // SAFETY: the caller's promise.
                unsafe { $fetch }
            }
        }
    )* };
}
keys! {
    /// A single record.
    () as (): |at, tag, (), bytes| fetch_account(at, tag, &Address::ZERO, 0, bytes);
    Address as &'a Address: |at, tag, who, bytes| fetch_account(at, tag, who, 0, bytes);
    (Address, u32) as (&'a Address, u32): |at, tag, (who, id), bytes| fetch_account(at, tag, who, id, bytes);
    u32 as u32: |at, tag, id, bytes| fetch_account(at, tag, &Address::ZERO, id, bytes);
    /// A key that is a hash already: a ticket, a role, a registry id.
    B256 as &'a B256: |at, tag, hash, bytes| fetch_hash(at, tag, hash, bytes);
    /// Owner and spender.
    (Address, Address) as (&'a Address, &'a Address):
        |at, tag, (a, b), bytes| fetch_hash(at, tag, &keccak256_of(&Join(*a, *b)), bytes);
    /// Role and account.
    (B256, Address) as (&'a B256, &'a Address):
        |at, tag, (a, b), bytes| fetch_hash(at, tag, &keccak256_of(&Join(*a, *b)), bytes);
    /// An account's full-width id.
    (Address, B256) as (&'a Address, &'a B256):
        |at, tag, (a, b), bytes| fetch_hash(at, tag, &keccak256_of(&Join(*a, *b)), bytes);
    /// What an account holds for another in one round.
    (Address, u32, Address) as (&'a Address, u32, &'a Address):
        |at, tag, (a, id, b), bytes| fetch_hash(at, tag, &keccak256_of(&Join(*a, Join(id.to_be_bytes(), *b))), bytes);
}
