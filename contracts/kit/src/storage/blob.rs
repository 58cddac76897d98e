//! Bytes of any length in a record: a service URI, a name. The record holds a [`Blob`], which is the length and up to 28 bytes; longer
//! ones are in slots of their own, 32 bytes each, named by the hash of the record's name.
//! Always holds: slots that a shorter blob no longer needs are cleared; one blob a record.

use super::{Edit, Key, Plain, Record, Table};
use crate::{Result, crypto, fault, host};
use alloc::vec::Vec;

/// A blob's length and, where it is short, the blob itself.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blob {
    len: u32,
    short: [u8; SHORT],
}
// SAFETY: a number and bytes, without padding.
unsafe impl Plain for Blob {}

/// What fits beside the length.
const SHORT: usize = 28;
/// Longer than a transaction could pay for.
const LONGEST: usize = 1 << 20;

impl Blob {
    /// How many bytes.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// How many slots the bytes take besides the head.
    fn slots(&self) -> u32 {
        if self.len() <= SHORT {
            0
        } else {
            self.len().div_ceil(32) as u32
        }
    }
}

impl<T: Record> Table<T> {
    /// The bytes of the blob that `pick` finds in the record.
    pub fn blob(&self, key: <T::Key as Key>::By<'_>, pick: impl FnOnce(&T) -> &Blob) -> Vec<u8> {
        let record = Edit::<T>::fetch(key);
        record.blob(pick(&record))
    }
}

impl<T: Record> Edit<'_, T> {
    /// The bytes of `blob`, a field of this record.
    pub fn blob(&self, blob: &Blob) -> Vec<u8> {
        let len = blob.len();
        let mut bytes = Vec::with_capacity(len.next_multiple_of(32));
        // SAFETY: there is room for whole slots, and for a short blob's 28 bytes; the first `len` are then written.
        unsafe {
            let to: *mut u8 = bytes.as_mut_ptr();
            if len <= SHORT {
                core::ptr::copy_nonoverlapping(blob.short.as_ptr(), to, len);
            }
            for i in 0..blob.slots() {
                host::storage_load_bytes32(self.part(i).as_ptr(), to.add(32 * i as usize));
            }
            bytes.set_len(len);
        }
        bytes
    }

    /// Stores `bytes` in place of `blob`, a field of this record, and gives what that field must be from now on.
    pub fn replace_blob(&mut self, blob: &Blob, bytes: &[u8]) -> Result<Blob> {
        if bytes.len() > LONGEST {
            return fault::panic(fault::OVERFLOW);
        }
        let mut new = Blob {
            len: bytes.len() as u32,
            short: [0; SHORT],
        };
        if bytes.len() <= SHORT {
            // SAFETY: at most 28 bytes.
            unsafe {
                core::ptr::copy_nonoverlapping(bytes.as_ptr(), new.short.as_mut_ptr(), bytes.len());
            }
        }
        for (i, chunk) in bytes.chunks(32).take(new.slots() as usize).enumerate() {
            let mut word = [0u8; 32];
            // SAFETY: a chunk has at most 32 bytes; both are words.
            unsafe {
                core::ptr::copy_nonoverlapping(chunk.as_ptr(), word.as_mut_ptr(), chunk.len());
                host::storage_cache_bytes32(self.part(i as u32).as_ptr(), word.as_ptr());
            }
        }
        for i in new.slots()..blob.slots() {
            // SAFETY: both are words.
            unsafe { host::storage_cache_bytes32(self.part(i).as_ptr(), [0u8; 32].as_ptr()) }
        }
        Ok(new)
    }

    /// The name of slot `i` of the bytes: tag, 27 bytes of hash, index.
    fn part(&self, i: u32) -> [u8; 32] {
        let mut name = *self.name();
        name[31] = 0;
        let mut slot = crypto::keccak256(&name).0;
        slot[0] = T::TAG;
        // SAFETY: the last 4 of 32 bytes.
        unsafe { (slot.as_mut_ptr().add(28) as *mut [u8; 4]).write_unaligned(i.to_be_bytes()) }
        slot
    }
}
