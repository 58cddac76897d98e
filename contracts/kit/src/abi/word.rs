//! Types of one word. Numbers that Rust keeps narrower than the ABI does are of two kinds:
//! * `u128` and `u32` stand for `uint256` and *saturate*: a larger word reads as the largest value, which no check of the
//!   protocol admits, so that its own message answers and not a decoder's;
//! * `u64` and `u8` stand for `uint64` and `uint8` and are strict: a larger word reverts without data.

use super::{Abi, Source, Target, Ty};
use crate::{Address, B256, FixedBytes, Result, U256, fault};

#[inline(never)]
fn swapped(at: *const u8) -> u64 {
    // SAFETY: all callers pass a place inside a whole word.
    u64::from_be_bytes(unsafe { (at as *const [u8; 8]).read_unaligned() })
}

#[inline(never)]
fn put_swapped(at: *mut u8, v: u64) {
    // SAFETY: all callers pass a place inside a whole word.
    unsafe { (at as *mut [u8; 8]).write_unaligned(v.to_be_bytes()) }
}

#[inline(never)]
fn read_number(at: *const u8) -> u128 {
    // SAFETY: `at` is a whole word.
    let high = unsafe { (at as *const [u64; 2]).read_unaligned() };
    if high[0] | high[1] != 0 {
        return u128::MAX;
    }
    (swapped(at.wrapping_add(16)) as u128) << 64 | swapped(at.wrapping_add(24)) as u128
}

#[inline(never)]
fn read_round(at: *const u8) -> u32 {
    read_number(at).min(u32::MAX as u128) as u32
}

/// A number below 2^`bits`, else an empty revert.
#[inline(never)]
fn read_strict(at: *const u8, bits: u32) -> Result<u64> {
    let v = read_number(at);
    if v >> bits != 0 {
        return fault::empty();
    }
    Ok(v as u64)
}

/// A length or an offset. No data is longer than 2^31 bytes.
#[inline(always)]
pub(super) fn size(at: *const u8) -> Result<usize> {
    Ok(read_strict(at, 31)? as usize)
}

/// The full word as a number.
#[inline(never)]
pub fn read_wide(at: &[u8; 32]) -> U256 {
    let limb = |i| swapped(at.as_ptr().wrapping_add(i));
    U256::from_limbs([limb(24), limb(16), limb(8), limb(0)])
}

/// A number as a full word.
#[inline(never)]
pub fn write_wide(v: &U256, to: &mut [u8; 32]) {
    for (i, limb) in v.as_limbs().iter().enumerate() {
        put_swapped(to.as_mut_ptr().wrapping_add(24 - 8 * i), *limb);
    }
}

#[inline(never)]
pub(super) fn write_number(v: u128, to: *mut u8) {
    // SAFETY: `to` has room for a word.
    unsafe { (to as *mut [u64; 2]).write_unaligned([0; 2]) }
    put_swapped(to.wrapping_add(16), (v >> 64) as u64);
    put_swapped(to.wrapping_add(24), v as u64);
}

#[inline(never)]
fn read_address<'a>(at: *const u8) -> Result<&'a Address> {
    // SAFETY: `at` is a whole word of data that outlives 'a; an address is 20 plain bytes.
    unsafe {
        let head = (at as *const [u32; 3]).read_unaligned();
        if head[0] | head[1] | head[2] != 0 {
            return fault::empty();
        }
        Ok(&*(at.add(12) as *const Address))
    }
}

/// Copies a word.
///
/// # Safety
/// `to` has room for it.
#[inline(never)]
pub unsafe fn put_word(word: &[u8; 32], to: *mut u8) {
    // SAFETY: the caller's promise.
    unsafe { (to as *mut [u8; 32]).write_unaligned(*word) }
}

#[inline(never)]
fn write_address(v: &Address, to: *mut u8) {
    // SAFETY: `to` has room for a word.
    unsafe {
        (to as *mut [u8; 12]).write_unaligned([0; 12]);
        (to.add(12) as *mut Address).write_unaligned(*v);
    }
}

/// The first `used` bytes of a word whose other bytes must be 0.
#[inline(never)]
fn read_left(at: *const u8, used: usize) -> Result<*const u8> {
    let mut i = used;
    while i < 32 {
        // SAFETY: `at` is a whole word.
        if unsafe { *at.add(i) } != 0 {
            return fault::empty();
        }
        i += 1;
    }
    Ok(at)
}

macro_rules! words {
    ($($ty:ty = $name:literal as $seen:ty: |$at:ident| $read:expr, |$v:ident, $to:ident| $write:expr;)*) => { $(
        impl Abi for $ty {
            const TYPE: Ty = Ty::Plain($name);
            type As<'a> = $seen;
            #[inline(always)]
            fn read<'a>(from: Source<'a>) -> Result<Self::As<'a>> {
                let $at = from.head;
                Ok($read)
            }
            #[inline(always)]
            unsafe fn write($v: Self::As<'_>, to: Target<'_>) {
                let $to = to.head;
                $write
            }
        }
    )* };
}

words! {
    u128 = "uint256" as u128: |at| read_number(at), |v, to| write_number(v, to);
    u32 = "uint256" as u32: |at| read_round(at), |v, to| write_number(v as u128, to);
    u64 = "uint64" as u64: |at| read_strict_64(at)?, |v, to| write_number(v as u128, to);
    u8 = "uint8" as u8: |at| read_strict(at, 8)? as u8, |v, to| write_number(v as u128, to);
    bool = "bool" as bool: |at| read_strict(at, 1)? != 0, |v, to| write_number(v as u128, to);
    U256 = "uint256" as U256:
        // SAFETY: `at` and `to` are whole words.
        |at| read_wide(unsafe { &*(at as *const [u8; 32]) }),
        |v, to| write_wide(&v, unsafe { &mut *(to as *mut [u8; 32]) });
    Address = "address" as &'a Address: |at| read_address(at)?, |v, to| write_address(v, to);
    B256 = "bytes32" as &'a B256:
        // SAFETY: `at` and `to` are whole words; a B256 is 32 plain bytes.
        |at| unsafe { &*(at as *const B256) },
        |v, to| unsafe { put_word(&v.0, to) };
    FixedBytes<20> = "bytes20" as &'a FixedBytes<20>:
        // SAFETY: as above; the bytes stand on the left.
        |at| unsafe { &*(read_left(at, 20)? as *const FixedBytes<20>) },
        |v, to| unsafe {
            (to.add(20) as *mut [u8; 12]).write_unaligned([0; 12]);
            (to as *mut FixedBytes<20>).write_unaligned(*v);
        };
    FixedBytes<4> = "bytes4" as &'a FixedBytes<4>:
        // SAFETY: as above.
        |at| unsafe { &*(read_left(at, 4)? as *const FixedBytes<4>) },
        |v, to| unsafe {
            core::ptr::write_bytes(to.add(4), 0, 28);
            (to as *mut FixedBytes<4>).write_unaligned(*v);
        };
}

#[inline(always)]
fn read_strict_64(at: *const u8) -> Result<u64> {
    read_strict(at, 64)
}
