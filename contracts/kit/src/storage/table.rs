//! Tables of records, and the one copy of a record that may be written back.
//! Always holds: an [`Edit`] borrows its table, so up to its last use nothing else of that table can be read or edited, in this
//! function or in any it calls. Two copies cannot overwrite each other, and a stale one cannot be read. It costs nothing:
//! tables have no size.
//!
//! ```compile_fail,E0499
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

use super::{Key, Name};
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
#[repr(C)]
pub struct Edit<'t, T> {
    name: Name,
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
        Edit::<T>::fetch(key).record
    }

    /// The record to change; nothing else of this table can be touched while it is in use.
    #[inline(always)]
    pub fn edit(&mut self, key: By<'_, T>) -> Edit<'_, T> {
        Edit::fetch(key)
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
    #[inline(always)]
    pub(super) fn fetch(key: By<'_, T>) -> Self {
        const { assert!(size_of::<T>() <= 32 * 256 && align_of::<T>() <= 32) };
        let mut it = MaybeUninit::<Self>::uninit();
        // SAFETY: name and record are 32 bytes and `size_of::<T>()`, without padding between (`repr(C)`, alignment at most
        // 32); all of it is written, and any bytes are a record.
        unsafe {
            T::Key::fetch(it.as_mut_ptr() as *mut u8, T::TAG, key, size_of::<T>());
            it.assume_init()
        }
    }

    /// The name of its first slot; the last byte is an index.
    pub(super) fn name(&self) -> &Name {
        &self.name
    }

    /// Writes the record back. The host drops slots that did not change.
    #[inline(always)]
    pub fn store(&mut self) {
        // SAFETY: name and record, as `fetch` wrote them.
        unsafe { store_named(&raw mut *self as *mut u8, size_of::<T>()) }
    }

    /// Clears the record, which refunds part of what it cost.
    #[inline(always)]
    pub fn erase(&mut self) {
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

/// # Safety
/// `at` is a name and `bytes` bytes behind it, whole slots.
#[inline(never)]
unsafe fn store_named(at: *mut u8, bytes: usize) {
    let mut done = 0;
    while done < bytes {
        // SAFETY: the caller's promise.
        unsafe {
            *at.add(31) = (done / 32) as u8;
            host::storage_cache_bytes32(at, at.add(32 + done));
        }
        done += 32;
    }
}
