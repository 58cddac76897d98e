//! Field types of packed records.
//! Always holds: any bytes are a valid value (storage starts as zeros), and a value that does not fit is `Panic(0x11)`.

use crate::{Address, B256, FixedBytes, Result, U256, fault};

/// A type whose every byte pattern is a value.
///
/// # Safety
/// Implement it only for such types, without padding.
pub unsafe trait Plain: Copy {}

macro_rules! plain {
    ($($ty:ty),*) => { $(
        // SAFETY: numbers and byte arrays have no invalid patterns; the others are transparent wrappers of them.
        unsafe impl Plain for $ty {}
    )* };
}
plain!(
    u8,
    u16,
    u32,
    u64,
    u128,
    U256,
    Address,
    B256,
    FixedBytes<4>,
    FixedBytes<20>,
    Flag
);
// SAFETY: arrays have no padding of their own.
unsafe impl<T: Plain, const N: usize> Plain for [T; N] {}
// SAFETY: bytes.
unsafe impl<const N: usize> Plain for Narrow<N> {}

/// An unsigned number in `N` bytes.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Narrow<const N: usize>([u8; N]);

impl<const N: usize> Narrow<N> {
    /// 0.
    pub const ZERO: Self = Narrow([0; N]);

    /// The largest number that fits.
    pub const MAX: u128 = u128::MAX >> (128 - 8 * N);

    /// The number.
    #[inline(always)]
    pub fn get(&self) -> u128 {
        get(self.0.as_ptr(), N)
    }

    /// Stores `v`, or panics with 0x11 where it does not fit.
    #[inline(always)]
    pub fn set(&mut self, v: u128) -> Result {
        set(self.0.as_mut_ptr(), N, v)
    }

    /// `v` in `N` bytes, or `Panic(0x11)`.
    #[inline(always)]
    pub fn new(v: u128) -> Result<Self> {
        let mut it = Self::ZERO;
        it.set(v)?;
        Ok(it)
    }

    /// Adds, or panics with 0x11.
    #[inline(always)]
    pub fn add(&mut self, v: u128) -> Result {
        use crate::Checked;
        self.set(self.get().plus(v)?)
    }

    /// Subtracts, or panics with 0x11.
    #[inline(always)]
    pub fn sub(&mut self, v: u128) -> Result {
        use crate::Checked;
        self.set(self.get().minus(v)?)
    }

    /// Whether it is 0.
    #[inline(always)]
    pub fn is_zero(&self) -> bool {
        self.get() == 0
    }
}

impl<const N: usize> Default for Narrow<N> {
    fn default() -> Self {
        Self::ZERO
    }
}

#[inline(never)]
fn get(from: *const u8, n: usize) -> u128 {
    let mut bytes = [0u8; 16];
    // SAFETY: `n` is a `Narrow`'s length, at most 16 (else its construction below does not compile).
    unsafe { core::ptr::copy_nonoverlapping(from, bytes.as_mut_ptr(), n) };
    u128::from_le_bytes(bytes)
}

#[inline(never)]
fn set(to: *mut u8, n: usize, v: u128) -> Result {
    if n < 16 && v >> (8 * n) != 0 {
        return fault::panic(fault::OVERFLOW);
    }
    // SAFETY: as above.
    unsafe { core::ptr::copy_nonoverlapping(v.to_le_bytes().as_ptr(), to, n) };
    Ok(())
}

/// True or false in one byte.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flag(u8);

impl Flag {
    /// True.
    pub const SET: Self = Flag(1);
    /// False.
    pub const CLEAR: Self = Flag(0);

    /// Whether it is set.
    #[inline(always)]
    pub fn get(self) -> bool {
        self.0 != 0
    }
}

impl From<bool> for Flag {
    #[inline(always)]
    fn from(v: bool) -> Self {
        Flag(v as u8)
    }
}
