//! Bytes of any length in a record: a service URI, a name. The record holds a [`Blob`], which is the length and the first 28 bytes;
//! the rest is in slots of its own, 32 bytes each, named by the hash of the record's name.
//! Always holds: slots that a shorter blob no longer needs are cleared, and there are zeros behind its end; one blob a record.

use super::{Edit, Key, Plain, Record, Table};
use crate::{Result, buffer, crypto, fault, host};

/// A blob's length and beginning.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blob {
    len: u32,
    head: [u8; HEAD],
}
// SAFETY: a number and bytes, without padding.
unsafe impl Plain for Blob {}

/// What fits beside the length.
const HEAD: usize = 28;
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
        self.len().saturating_sub(HEAD).div_ceil(32) as u32
    }
}

impl<T: Record> Table<T> {
    /// The bytes of the blob that `pick` finds in the record.
    pub fn blob(
        &self,
        key: <T::Key as Key>::By<'_>,
        pick: impl FnOnce(&T) -> &Blob,
    ) -> &'static [u8] {
        let record = Edit::<T>::fetch(key);
        record.blob(pick(&record))
    }
}

impl<T: Record> Edit<'_, T> {
    /// The bytes of `blob`, a field of this record.
    pub fn blob(&self, blob: &Blob) -> &'static [u8] {
        let slots = blob.slots() as usize;
        let bytes = buffer::lasting(HEAD + 32 * slots).as_mut_ptr();
        // SAFETY: there is room for the head and each slot, and the blob is not longer than they are.
        unsafe {
            (bytes as *mut [u8; HEAD]).write_unaligned(blob.head);
            for i in 0..slots {
                host::storage_load_bytes32(self.part(i).as_ptr(), bytes.add(HEAD + 32 * i));
            }
            core::slice::from_raw_parts(bytes, blob.len().min(HEAD + 32 * slots))
        }
    }

    /// Stores `bytes` in place of `blob`, a field of this record, and gives what that field must be from now on.
    pub fn replace_blob(&mut self, blob: &Blob, bytes: &[u8]) -> Result<Blob> {
        if bytes.len() > LONGEST {
            return fault::panic(fault::OVERFLOW);
        }
        let mut rest = bytes.iter();
        let new = Blob {
            len: bytes.len() as u32,
            head: taken(&mut rest),
        };
        for i in 0..new.slots().max(blob.slots()) as usize {
            let word: [u8; 32] = taken(&mut rest);
            // SAFETY: both are words.
            unsafe { host::storage_cache_bytes32(self.part(i).as_ptr(), word.as_ptr()) }
        }
        Ok(new)
    }

    /// The name of slot `i` of the bytes: tag, 27 bytes of hash, index.
    fn part(&self, i: usize) -> [u8; 32] {
        let mut name = *self.name();
        name[31] = 0;
        let mut slot = crypto::keccak256(&name).0;
        slot[0] = T::TAG;
        // SAFETY: the last 4 of 32 bytes.
        unsafe {
            (slot.as_mut_ptr().add(28) as *mut [u8; 4]).write_unaligned((i as u32).to_be_bytes());
        }
        slot
    }
}

/// The next `N` bytes, zeros behind the end.
fn taken<const N: usize>(from: &mut core::slice::Iter<'_, u8>) -> [u8; N] {
    let mut bytes = [0; N];
    for to in &mut bytes {
        match from.next() {
            Some(byte) => *to = *byte,
            None => break,
        }
    }
    bytes
}
