//! Tables of records, and the one copy of a record that may be written back.
//! Always holds: an [`Edit`] borrows its table, so while one is alive nothing else of that table can be read or edited, in this
//! function or in any it calls. Two copies cannot overwrite each other, and a stale one cannot be read. It costs nothing:
//! tables have no size.
//!
//! ```compile_fail
//! # use confluence_kit::{Address, storage};
//! storage! { accounts: Account[Address] @ 1 { amount: u128, spare: u128 } }
//! fn both(s: &mut State, a: &Address, b: &Address) {
//!     let mut from = s.accounts.edit(a);
//!     let mut to = s.accounts.edit(b); // the table is borrowed by `from`, and `a` may be `b`
//!     from.amount -= 1;
//!     to.amount += 1;
//!     from.store();
//!     to.store();
//! }
//! ```

use super::Key;
use crate::host;
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ops::{Deref, DerefMut};

/// A packed record.
///
/// # Safety
/// Every field is [`super::Plain`], there is no padding, and the size is a whole number of slots, at most 256.
/// `storage!` sees to all that.
pub unsafe trait Record: Copy {
    /// The first byte of its slots' names.
    const TAG: u8;
    /// What names one.
    type Key: Key;

    /// All zeros: a record that was never written.
    #[inline(always)]
    fn blank() -> Self {
        // SAFETY: a record is plain, so zeros are a value.
        unsafe { core::mem::zeroed() }
    }
}

/// All records of one kind. Whoever holds it mutably is the only one to write them.
pub struct Table<T>(PhantomData<T>);

impl<T> core::fmt::Debug for Table<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Table")
    }
}

impl<T> Table<T> {
    /// For `storage!`, which makes one a call.
    #[doc(hidden)]
    #[inline(always)]
    pub const fn new() -> Self {
        Table(PhantomData)
    }
}

/// A record that may be changed and written back; without [`Edit::store`] nothing happened.
#[must_use]
pub struct Edit<'t, T> {
    slot: [u8; 32],
    record: T,
    table: PhantomData<&'t mut Table<T>>,
}

impl<T> core::fmt::Debug for Edit<'_, T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Edit")
    }
}

type By<'a, T> = <<T as Record>::Key as Key>::By<'a>;

impl<T: Record> Table<T> {
    /// A copy to read.
    #[inline(always)]
    pub fn get(&self, key: By<'_, T>) -> T {
        let mut slot = [0; 32];
        load(&mut slot, key)
    }

    /// The record to change; nothing else of this table can be touched until it is stored or dropped.
    #[inline(always)]
    pub fn edit(&mut self, key: By<'_, T>) -> Edit<'_, T> {
        let mut slot = [0; 32];
        let record = load(&mut slot, key);
        Edit {
            slot,
            record,
            table: PhantomData,
        }
    }
}

impl<T: Record<Key = ()>> Table<T> {
    /// The only record of this table, to read.
    #[inline(always)]
    pub fn load(&self) -> T {
        self.get(())
    }

    /// The only record of this table, to change.
    #[inline(always)]
    pub fn open(&mut self) -> Edit<'_, T> {
        self.edit(())
    }
}

impl<T: Record> Edit<'_, T> {
    /// Writes the record back and gives the copy, to read on. The host drops slots that did not change.
    #[inline(always)]
    pub fn store(mut self) -> T {
        store_slots(
            &mut self.slot,
            &raw const self.record as *const u8,
            size_of::<T>(),
        );
        self.record
    }

    /// Clears the record, which refunds part of what it cost.
    #[inline(always)]
    pub fn erase(mut self) {
        self.record = T::blank();
        self.store();
    }
}

impl<T> Deref for Edit<'_, T> {
    type Target = T;
    #[inline(always)]
    fn deref(&self) -> &T {
        &self.record
    }
}

impl<T> DerefMut for Edit<'_, T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.record
    }
}

#[inline(always)]
fn load<T: Record>(slot: &mut [u8; 32], key: By<'_, T>) -> T {
    const { assert!(size_of::<T>() <= 32 * 256) };
    slot[0] = T::TAG;
    T::Key::name(key, slot);
    let mut record = MaybeUninit::<T>::uninit();
    load_slots(slot, record.as_mut_ptr() as *mut u8, size_of::<T>());
    // SAFETY: every byte was loaded, and any bytes are a record.
    unsafe { record.assume_init() }
}

#[inline(never)]
fn load_slots(slot: &mut [u8; 32], to: *mut u8, bytes: usize) {
    let mut at = 0;
    while at < bytes {
        slot[31] = (at / 32) as u8;
        // SAFETY: `to` has room for `bytes`, a multiple of 32.
        unsafe { host::storage_load_bytes32(slot.as_ptr(), to.add(at)) }
        at += 32;
    }
}

#[inline(never)]
fn store_slots(slot: &mut [u8; 32], from: *const u8, bytes: usize) {
    let mut at = 0;
    while at < bytes {
        slot[31] = (at / 32) as u8;
        // SAFETY: `from` has `bytes` bytes, a multiple of 32.
        unsafe { host::storage_cache_bytes32(slot.as_ptr(), from.add(at)) }
        at += 32;
    }
}
