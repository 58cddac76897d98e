//! What an entry answers.

use super::{Abi, Target};
use crate::{Address, B256, FixedBytes, U256, buffer, host};

/// What a rule may return from an entry.
pub trait Answer {
    /// Hands it to the host as the call's result.
    fn give(self);
}

#[inline(never)]
fn hand_over(at: *const u8, len: usize) {
    // SAFETY: `len` bytes at `at` are written.
    unsafe { host::write_result(at, len) }
}

impl Answer for () {
    #[inline(always)]
    fn give(self) {}
}

macro_rules! plain {
    ($($ty:ty as |$v:ident| $seen:expr;)*) => { $(
        impl Answer for $ty {
            #[inline(always)]
            fn give(self) {
                let $v = &self;
                // SAFETY: one word fits the fixed buffer.
                unsafe { <$ty as Abi>::write($seen, Target::new(buffer::out(), 0, &mut 32)) }
                hand_over(buffer::out(), 32);
            }
        }
    )* };
}
plain! {
    u128 as |v| *v;
    u64 as |v| *v;
    u32 as |v| *v;
    u8 as |v| *v;
    bool as |v| *v;
    U256 as |v| *v;
    Address as |v| v;
    B256 as |v| v;
    FixedBytes<4> as |v| v;
    FixedBytes<20> as |v| v;
}

/// Several values, written word by word: `reply().number(a).address(&b)`.
#[derive(Debug)]
#[must_use]
pub struct Reply(usize);

/// Begins a [`Reply`]; at most 20 words.
#[inline(always)]
pub fn reply() -> Reply {
    Reply(0)
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident($ty:ty as $arg:ty);)*) => { impl Reply { $(
        $(#[$doc])*
        #[inline(never)]
        pub fn $name(self, v: $arg) -> Self {
            debug_assert!(self.0 < buffer::ROOM / 32, "a reply has at most 20 words");
            // SAFETY: replies are built word by word inside the fixed buffer.
            unsafe { <$ty as Abi>::write(v, Target::new(buffer::out(), self.0, &mut 0)) }
            Reply(self.0 + 1)
        }
    )* } };
}
words! {
    /// A number of up to 128 bits.
    number(u128 as u128);
    /// An address.
    address(Address as &Address);
    /// 32 bytes.
    word(B256 as &B256);
    /// 20 bytes on the left of a word.
    bytes20(FixedBytes<20> as &FixedBytes<20>);
}
impl Reply {
    /// A number of 256 bits.
    #[inline(never)]
    pub fn wide(self, v: &U256) -> Self {
        // SAFETY: as above.
        unsafe { <U256 as Abi>::write(*v, Target::new(buffer::out(), self.0, &mut 0)) }
        Reply(self.0 + 1)
    }
    /// A round, an id, a count.
    #[inline(always)]
    pub fn round(self, v: u32) -> Self {
        self.number(v as u128)
    }
    /// True or false.
    #[inline(always)]
    pub fn flag(self, v: bool) -> Self {
        self.number(v as u128)
    }
}

impl Answer for Reply {
    #[inline(always)]
    fn give(self) {
        hand_over(buffer::out(), 32 * self.0);
    }
}

/// One `bytes` or `string`.
impl Answer for &[u8] {
    #[inline(never)]
    fn give(self) {
        answer_bytes(self);
    }
}

/// Answers one `bytes` or `string`.
#[inline(never)]
pub fn answer_bytes(v: &[u8]) {
    let len = 32 + super::Bytes::tail(v);
    let at = buffer::room(len);
    // SAFETY: there is room for the offset and the tail.
    unsafe { super::Bytes::write(v, Target::new(at, 0, &mut 32)) }
    hand_over(at, len);
}

/// A value encoded as a call's arguments are: `encoded::<Ticket>(ticket)` is what stands behind a selector that takes one.
pub fn encoded<T: Abi>(value: T::As<'_>) -> &'static [u8] {
    let bytes = buffer::lasting(32 * T::WORDS + T::tail(value));
    // SAFETY: there is room for head and tail.
    unsafe {
        T::write(
            value,
            Target::new(bytes.as_mut_ptr(), 0, &mut (32 * T::WORDS)),
        );
    }
    bytes
}
