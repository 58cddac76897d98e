//! `bytes`, `string` and arrays. They are read in place: a rule gets a slice of the calldata, or a list that decodes an
//! element when it is asked for one.
//! Always holds: a list's elements were all checked when the list was read; using it cannot revert for malformed data.

use super::{Abi, Source, Target, Ty, word};
use crate::{Result, fault};
use core::marker::PhantomData;

/// The ABI's `bytes`.
#[derive(Debug)]
pub enum Bytes {}

/// The ABI's `string`; nothing in the protocol looks at its characters, so it stays bytes.
#[derive(Debug)]
pub enum Str {}

/// The ABI's `T[]`.
#[derive(Debug)]
pub struct Array<T>(PhantomData<T>);

#[inline(never)]
fn read_bytes<'a>(from: Source<'a>) -> Result<&'a [u8]> {
    let at = from.follow(1)?;
    let len = word::size(at.head)?;
    let start = at.head.wrapping_add(32);
    if len > at.end as usize - start as usize {
        return fault::empty();
    }
    // SAFETY: `len` bytes from `start` lie before `end`, in data that lives for 'a.
    Ok(unsafe { core::slice::from_raw_parts(start, len) })
}

fn bytes_tail(v: &[u8]) -> usize {
    32 + v.len().next_multiple_of(32)
}

/// # Safety
/// As for [`Abi::write`].
#[inline(never)]
unsafe fn write_bytes(v: &[u8], to: &mut Target<'_>) {
    let tail = *to.tail;
    word::write_number(tail as u128, to.head);
    let at = to.base.wrapping_add(tail);
    word::write_number(v.len() as u128, at);
    // SAFETY: the caller promises room for the padded bytes.
    unsafe {
        let padded = v.len().next_multiple_of(32);
        if padded != 0 {
            (at.add(padded) as *mut [u8; 32]).write_unaligned([0; 32]);
        }
        crate::buffer::put(at.add(32), v);
    }
    *to.tail = tail + bytes_tail(v);
}

macro_rules! bytes {
    ($($ty:ty = $name:literal),*) => { $(
        impl Abi for $ty {
            const TYPE: Ty = Ty::Plain($name);
            type As<'a> = &'a [u8];
            #[inline(always)]
            fn read<'a>(from: Source<'a>) -> Result<&'a [u8]> {
                read_bytes(from)
            }
            #[inline(always)]
            fn tail(v: &[u8]) -> usize {
                bytes_tail(v)
            }
            #[inline(always)]
            unsafe fn write(v: &[u8], mut to: Target<'_>) {
                // SAFETY: the caller's promise.
                unsafe { write_bytes(v, &mut to) }
            }
        }
    )* };
}
bytes!(Bytes = "bytes", Str = "string");

/// An array in the calldata.
pub struct List<'a, T: Abi> {
    items: Source<'a>,
    len: usize,
    of: PhantomData<T>,
}

impl<T: Abi> Clone for List<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T: Abi> Copy for List<'_, T> {}

impl<T: Abi> core::fmt::Debug for List<'_, T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("List")
    }
}

impl<'a, T: Abi> List<'a, T> {
    /// How many elements.
    #[inline(always)]
    pub fn len(self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[inline(always)]
    pub fn is_empty(self) -> bool {
        self.len == 0
    }

    /// Element `i`; out of range is `Panic(0x32)`.
    #[inline(always)]
    pub fn get(self, i: usize) -> Result<T::As<'a>> {
        if i >= self.len {
            return fault::panic(fault::OUT_OF_RANGE);
        }
        Ok(self.item(i))
    }

    /// The elements in order.
    #[inline(always)]
    pub fn iter(self) -> impl Iterator<Item = T::As<'a>> {
        (0..self.len).map(move |i| self.item(i))
    }

    #[inline(always)]
    fn item(self, i: usize) -> T::As<'a> {
        match T::read(self.items.skip(i * T::WORDS)) {
            Ok(item) => item,
            Err(_) => unreachable!("the element was checked when the list was read"),
        }
    }
}

impl<T: Abi> Abi for Array<T> {
    const TYPE: Ty = Ty::Array(&T::TYPE);
    type As<'a> = List<'a, T>;

    fn read<'a>(from: Source<'a>) -> Result<List<'a, T>> {
        let at = from.follow(1)?;
        let len = word::size(at.head)?;
        let start = at.head.wrapping_add(32);
        if len > (at.end as usize - start as usize) / (32 * T::WORDS) {
            return fault::empty();
        }
        let items = Source {
            head: start,
            base: start,
            ..at
        };
        for i in 0..len {
            T::read(items.skip(i * T::WORDS))?;
        }
        Ok(List {
            items,
            len,
            of: PhantomData,
        })
    }

    fn tail(v: List<'_, T>) -> usize {
        v.iter()
            .fold(32 + 32 * T::WORDS * v.len, |sum, item| sum + T::tail(item))
    }

    unsafe fn write(v: List<'_, T>, to: Target<'_>) {
        let tail = *to.tail;
        word::write_number(tail as u128, to.head);
        let at = to.base.wrapping_add(tail);
        word::write_number(v.len as u128, at);
        let base = at.wrapping_add(32);
        let mut inner = 32 * T::WORDS * v.len;
        for (i, item) in v.iter().enumerate() {
            // SAFETY: the caller promises room for what `tail` counted.
            unsafe { T::write(item, Target::new(base, i * T::WORDS, &mut inner)) }
        }
        *to.tail = tail + 32 + inner;
    }
}
