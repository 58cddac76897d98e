//! The name of a slot: tag, key, index of the slot in its record. A key that fits is written as it is, so that different
//! keys have different names by construction and nothing is hashed; a longer one is hashed to 30 bytes behind its tag.

use crate::{Address, B256, crypto};

/// A slot's name: byte 0 is the tag, bytes 1 to 30 the key, byte 31 the index.
pub type Name = [u8; 32];

/// What a table is keyed by.
pub trait Key {
    /// How a key is passed.
    type By<'a>: Copy;

    /// Fills bytes 1 to 30.
    fn name(by: Self::By<'_>, slot: &mut Name);
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

/// Tag, account, id: most records are named so.
#[inline(never)]
fn name_account(slot: &mut Name, who: &Address, id: u32) {
    slot[1..21].copy_from_slice(who.as_slice());
    slot[21..25].copy_from_slice(&id.to_be_bytes());
}

/// 30 bytes of a hash stand for the key.
#[inline(never)]
fn name_hash(slot: &mut Name, hash: &B256) {
    slot[1..31].copy_from_slice(&hash[..30]);
}

/// Hashes `key`; different keys of a table must be different bytes.
#[inline(never)]
fn name_hashed(slot: &mut Name, key: &[u8]) {
    name_hash(slot, &crypto::keccak256(key));
}

/// A single record.
impl Key for () {
    type By<'a> = ();
    #[inline(always)]
    fn name(_: (), _: &mut Name) {}
}

impl Key for Address {
    type By<'a> = &'a Address;
    #[inline(always)]
    fn name(who: &Address, slot: &mut Name) {
        name_account(slot, who, 0);
    }
}

impl Key for (Address, u32) {
    type By<'a> = (&'a Address, u32);
    #[inline(always)]
    fn name((who, id): (&Address, u32), slot: &mut Name) {
        name_account(slot, who, id);
    }
}

impl Key for u32 {
    type By<'a> = u32;
    #[inline(always)]
    fn name(id: u32, slot: &mut Name) {
        name_account(slot, &Address::ZERO, id);
    }
}

/// A key that is a hash already: a ticket, a role, a registry id.
impl Key for B256 {
    type By<'a> = &'a B256;
    #[inline(always)]
    fn name(hash: &B256, slot: &mut Name) {
        name_hash(slot, hash);
    }
}

macro_rules! hashed {
    ($($(#[$doc:meta])* ($($part:ty),*) as ($($by:ty),*): $n:literal = $($field:ident => $bytes:expr, $from:literal..$to:literal),*;)*) => { $(
        $(#[$doc])*
        impl Key for ($($part),*) {
            type By<'a> = ($($by),*);
            #[inline(never)]
            fn name(($($field),*): Self::By<'_>, slot: &mut Name) {
                let mut key = [0; $n];
                $(key[$from..$to].copy_from_slice($bytes);)*
                name_hashed(slot, &key);
            }
        }
    )* };
}
hashed! {
    /// Owner and spender.
    (Address, Address) as (&'a Address, &'a Address): 40 =
        a => a.as_slice(), 0..20, b => b.as_slice(), 20..40;
    /// Role and account.
    (B256, Address) as (&'a B256, &'a Address): 52 =
        a => a.as_slice(), 0..32, b => b.as_slice(), 32..52;
    /// An account's full-width id.
    (Address, B256) as (&'a Address, &'a B256): 52 =
        a => a.as_slice(), 0..20, b => b.as_slice(), 20..52;
    /// What an account holds for another in one round.
    (Address, u32, Address) as (&'a Address, u32, &'a Address): 44 =
        a => a.as_slice(), 0..20, id => &id.to_be_bytes(), 20..24, b => b.as_slice(), 24..44;
}
