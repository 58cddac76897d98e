//! Solidity's ABI: types, selectors, words in and out.
//! Always holds: what comes in is checked as strictly as ABI coder v2 does (short data, dirty padding, offsets out of range
//! revert without data), and what goes out is the canonical encoding.

mod dynamic;
mod reply;
mod signature;
mod tuple;
mod word;

pub use dynamic::{Array, Bytes, List, Str};
pub use reply::{Answer, Reply, answer_bytes, encoded, reply};
pub use signature::{Ty, id, selector, signature};
pub use tuple::{Hint, Ignored, NO_HINT, Neighbours};
pub use word::{put_word, read_wide, write_wide};

use crate::Result;

/// A type of the ABI and how Rust sees it. What can stay where it arrived does: an `Address` is read as a reference into
/// the calldata, `bytes` as a slice of it.
pub trait Abi {
    /// Its canonical name.
    const TYPE: Ty;
    /// Words it takes in the head.
    const WORDS: usize = 1;
    /// What a rule gets and an encoder takes.
    type As<'a>: Copy;

    /// Reads one, checked in full.
    fn read<'a>(from: Source<'a>) -> Result<Self::As<'a>>;

    /// Bytes it takes in the tail.
    #[inline(always)]
    fn tail(_value: Self::As<'_>) -> usize {
        0
    }

    /// Writes one.
    ///
    /// # Safety
    /// `to` must have [`Abi::WORDS`] words of room in the head and [`Abi::tail`] bytes in the tail.
    unsafe fn write(value: Self::As<'_>, to: Target<'_>);
}

/// Where a value is read from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its head word.
    head: *const u8,
    /// What offsets count from.
    base: *const u8,
    /// The first byte that is no longer data.
    end: *const u8,
    data: core::marker::PhantomData<&'a [u8]>,
}

impl<'a> Source<'a> {
    /// The values encoded in `data`; the caller has checked that their `words` head words are there.
    #[inline(always)]
    pub fn new(data: &'a [u8], words: usize) -> Result<Self> {
        if data.len() < 32 * words {
            return crate::fault::empty();
        }
        let range = data.as_ptr_range();
        Ok(Source {
            head: range.start,
            base: range.start,
            end: range.end,
            data: Default::default(),
        })
    }

    /// The value `words` words further on.
    #[inline(always)]
    pub fn skip(self, words: usize) -> Self {
        Source {
            head: self.head.wrapping_add(32 * words),
            ..self
        }
    }

    /// Everything from here on.
    pub fn rest(self) -> &'a [u8] {
        // SAFETY: `head` lies in data that ends at `end` and lives for 'a.
        unsafe { core::slice::from_raw_parts(self.head, self.end as usize - self.head as usize) }
    }

    /// The value that this head word points to, with `words` words in its own head.
    #[inline(never)]
    fn follow(self, words: usize) -> Result<Self> {
        let offset = word::size(self.head)?;
        let room = self.end as usize - self.base as usize;
        if offset > room || 32 * words > room - offset {
            return crate::fault::empty();
        }
        let at = self.base.wrapping_add(offset);
        Ok(Source {
            head: at,
            base: at,
            ..self
        })
    }
}

/// Where a value is written to.
#[derive(Debug)]
pub struct Target<'t> {
    /// Its head word.
    head: *mut u8,
    /// What offsets count from.
    base: *mut u8,
    /// Where the next tail goes, in bytes from the base.
    tail: &'t mut usize,
}

impl<'t> Target<'t> {
    /// The values of a tuple at `base`, the word `head` words into it next, with its tails from `tail` bytes on.
    #[inline(always)]
    pub fn new(base: *mut u8, head: usize, tail: &'t mut usize) -> Self {
        Target {
            head: base.wrapping_add(32 * head),
            base,
            tail,
        }
    }
}
