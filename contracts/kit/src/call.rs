//! Calls to other contracts. `interface! { Minter { exec createReward(stake: u128, total: u128) -> u128; } }` makes
//! `struct Minter(pub Address)` with one method each.
//! Always holds: as with Solidity 0.8.9, a callee has code, a short or dirty answer reverts without data, a callee's revert is passed
//! on as it is, and what was stored is written before a call that may change something.

use crate::abi::{Abi, Bytes, Source};
use crate::{Address, B256, Result, U256, abi::write_wide, buffer, fault, host};

/// What a callee may answer.
pub trait Answered: Sized {
    /// Words of a complete answer; 0 where nothing is declared.
    const WORDS: usize;
    /// Reads it.
    fn read(from: Source<'_>) -> Result<Self>;
}

impl Answered for () {
    const WORDS: usize = 0;
    #[inline(always)]
    fn read(_: Source<'_>) -> Result {
        Ok(())
    }
}

macro_rules! answered {
    ($($ty:ty: |$v:ident| $seen:expr;)*) => { $(
        impl Answered for $ty {
            const WORDS: usize = 1;
            #[inline(always)]
            fn read(from: Source<'_>) -> Result<Self> {
                let $v = <$ty as Abi>::read(from)?;
                Ok($seen)
            }
        }
    )* };
}
answered! {
    bool: |v| v;
    u8: |v| v;
    u64: |v| v;
    u32: |v| exact(v, u32::MAX)?;
    u128: |v| exact(v, u128::MAX)?;
    U256: |v| v;
    Address: |v| *v;
    B256: |v| *v;
}

/// A callee's number that does not fit is a fault, not a large number.
#[inline(always)]
fn exact<T: PartialEq + Copy>(v: T, most: T) -> Result<T> {
    if v == most {
        return fault::panic(fault::OVERFLOW);
    }
    Ok(v)
}

/// A whole answer as it is, for one that has `bytes` or arrays in it: read it with [`Source::new`].
#[derive(Debug)]
pub struct Raw(pub &'static [u8]);

impl Answered for Raw {
    const WORDS: usize = 1;
    fn read(from: Source<'_>) -> Result<Self> {
        Ok(Raw(kept(from.rest())))
    }
}

/// One `bytes` or `string`.
impl Answered for &'static [u8] {
    const WORDS: usize = 1;
    fn read(from: Source<'_>) -> Result<Self> {
        Ok(kept(Bytes::read(from)?))
    }
}

/// A copy that the next call does not overwrite.
#[inline(never)]
fn kept(bytes: &[u8]) -> &'static [u8] {
    let copy = buffer::lasting(bytes.len());
    // SAFETY: as long as the original.
    unsafe { buffer::put(copy.as_mut_ptr(), bytes) }
    copy
}

macro_rules! tuples {
    ($(($($part:ident),*))*) => { $(
        impl<$($part: Answered),*> Answered for ($($part,)*) {
            const WORDS: usize = 0 $(+ $part::WORDS)*;
            #[inline(always)]
            #[allow(unused_assignments)]
            fn read(from: Source<'_>) -> Result<Self> {
                let mut at = 0;
                Ok(($({
                    let v = $part::read(from.skip(at))?;
                    at += $part::WORDS;
                    v
                },)*))
            }
        }
    )* };
}
tuples! { (A, B) (A, B, C) (A, B, C, D) (A, B, C, D, E) (A, B, C, D, E, F) (A, B, C, D, E, F, G) }

/// `value` for a call that sends none.
pub const NOTHING: [u8; 32] = [0; 32];

/// The host's call, which first writes what was stored; a null `value` makes it a static one.
#[inline(never)]
fn call(to: &Address, data: *const u8, len: usize, value: *const u8) -> bool {
    let mut answered = 0;
    // SAFETY: `data` has `len` bytes, an address 20, a word 32.
    unsafe {
        let status = if value.is_null() {
            host::static_call_contract(to.as_ptr(), data, len, u64::MAX, &mut answered)
        } else {
            host::storage_flush_cache(false);
            host::call_contract(to.as_ptr(), data, len, value, u64::MAX, &mut answered)
        };
        status == 0
    }
}

/// The answer to the last call, in full.
#[inline(never)]
fn answer<'a>() -> &'a [u8] {
    // SAFETY: the host says how long the answer is, and there is room for it.
    unsafe {
        let len = host::return_data_size();
        let at = buffer::room(len);
        host::read_return_data(at, 0, len);
        core::slice::from_raw_parts(at, len)
    }
}

/// Calls with `len` bytes at `data` and expects `words` words, or a callee with code where none are declared.
///
/// # Safety
/// `data` has `len` bytes, and `value` a word or is null.
#[doc(hidden)]
#[inline(never)]
pub unsafe fn send<'a>(
    to: &Address,
    data: *const u8,
    len: usize,
    value: *const u8,
    words: usize,
) -> Result<Source<'a>> {
    let done = call(to, data, len, value);
    let answer = answer();
    if !done {
        return fault::bubble(answer);
    }
    if words == 0 && !has_code(to) {
        return fault::empty();
    }
    Source::new(answer, words)
}

/// Calls with `len` bytes at `data`; whether it succeeded. Its answer is not looked at.
///
/// # Safety
/// `data` has `len` bytes.
#[doc(hidden)]
#[inline(always)]
pub unsafe fn attempt(to: &Address, data: *const u8, len: usize) -> bool {
    call(to, data, len, NOTHING.as_ptr())
}

/// Whether there is a contract at `who`.
#[inline(never)]
pub fn has_code(who: &Address) -> bool {
    let mut hash = B256::ZERO;
    // SAFETY: 20 and 32 bytes.
    unsafe { host::account_codehash(who.as_ptr(), hash.as_mut_ptr()) }
    !hash.is_zero() && hash != alloy_primitives::KECCAK256_EMPTY
}

/// Sends `value` and `data`, whatever is there. `Ok` is the answer, `Err` the revert data.
#[inline(never)]
pub fn raw(
    to: &Address,
    value: &U256,
    data: &[u8],
) -> core::result::Result<&'static [u8], &'static [u8]> {
    let mut word = NOTHING;
    write_wide(value, &mut word);
    let done = call(to, data.as_ptr(), data.len(), word.as_ptr());
    let answer = kept(answer());
    if done { Ok(answer) } else { Err(answer) }
}

/// Sends plain ether with all gas; whether it arrived. Effects come first: whoever gets it may call anybody.
#[inline(never)]
pub fn pay(to: &Address, value: &U256) -> bool {
    let mut word = NOTHING;
    write_wide(value, &mut word);
    call(to, word.as_ptr(), 0, word.as_ptr())
}

/// Writes what was stored and forgets what was read, for a program that is about to be called by itself or by others
/// while it waits: only entries marked `reentrant` can be.
#[inline(always)]
pub fn forget() {
    // SAFETY: no pointers.
    unsafe { host::storage_flush_cache(true) }
}

/// Makes an ERC-1167 clone of `of`: the 45 bytes that every explorer knows.
#[inline(never)]
pub fn clone(of: &Address) -> Result<Address> {
    #[repr(C)]
    struct InitCode([u8; 20], Address, [u8; 15]);
    let code = InitCode(
        [
            0x3d, 0x60, 0x2d, 0x80, 0x60, 0x0a, 0x3d, 0x39, 0x81, 0xf3, 0x36, 0x3d, 0x3d, 0x37,
            0x3d, 0x3d, 0x3d, 0x36, 0x3d, 0x73,
        ],
        *of,
        [
            0x5a, 0xf4, 0x3d, 0x82, 0x80, 0x3e, 0x90, 0x3d, 0x91, 0x60, 0x2b, 0x57, 0xfd, 0x5b,
            0xf3,
        ],
    );
    // SAFETY: bytes, without padding.
    let it = create(unsafe { core::slice::from_raw_parts(&raw const code as *const u8, 55) });
    crate::ensure!(!it.is_zero(), "ERC1167: create failed");
    Ok(it)
}

/// Creates what `init_code` makes; the zero address if that failed.
#[inline(never)]
pub fn create(init_code: &[u8]) -> Address {
    let mut it = Address::ZERO;
    // SAFETY: the lengths are those of the slice and the arrays.
    unsafe {
        let mut reverted = 0;
        host::storage_flush_cache(false);
        host::create1(
            init_code.as_ptr(),
            init_code.len(),
            NOTHING.as_ptr(),
            it.as_mut_ptr(),
            &mut reverted,
        );
    }
    it
}

/// Other contracts, as this program calls them: `exec` may change something, `view` is a static call, `payable` takes the
/// wei to send first, `attempt` is an `exec` whose failure is no fault: it answers whether it succeeded. Answers are what the callee is declared to return; leave one unused where the original does.
#[macro_export]
macro_rules! interface {
    ($($(#[$doc:meta])* $peer:ident { $($(#[$mdoc:meta])* $kind:ident $name:ident($($arg:ident: $ty:ty),* $(,)?) $(-> $answer:ty)?;)* })*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $peer(pub $crate::Address);
        impl $peer { $(
            $crate::interface!(@method $kind [$(#[$mdoc])*] $name [$($arg: $ty,)*] [$($answer)?]);
        )* }
    )* };
    (@method exec $doc:tt $name:ident $args:tt $answer:tt) => {
        $crate::interface!(@body $doc $name [] [$crate::call::NOTHING.as_ptr()] $args $answer);
    };
    (@method view $doc:tt $name:ident $args:tt $answer:tt) => {
        $crate::interface!(@body $doc $name [] [core::ptr::null()] $args $answer);
    };
    (@method payable $doc:tt $name:ident $args:tt $answer:tt) => {
        $crate::interface!(@body $doc $name [value: &$crate::U256,] [$crate::call::word_of(value).as_ptr()] $args $answer);
    };
    (@method attempt [$(#[$doc:meta])*] $name:ident [$($arg:ident: $ty:ty,)*] []) => {
        $(#[$doc])*
        #[allow(non_snake_case, missing_docs, unused_mut, unused_variables, unused_assignments, clippy::too_many_arguments)]
        #[inline(always)]
        pub fn $name(&self, $($arg: <$ty as $crate::abi::Abi>::As<'_>),*) -> bool {
            let (at, len) = $crate::interface!(@calldata $name [$($arg: $ty,)*]);
            // SAFETY: `len` bytes were just written.
            unsafe { $crate::call::attempt(&self.0, at, len) }
        }
    };
    (@body [$(#[$doc:meta])*] $name:ident [$($value:tt)*] [$($wei:tt)*] [$($arg:ident: $ty:ty,)*] []) => {
        $crate::interface!(@body [$(#[$doc])*] $name [$($value)*] [$($wei)*] [$($arg: $ty,)*] [()]);
    };
    (@body [$(#[$doc:meta])*] $name:ident [$($value:tt)*] [$($wei:tt)*] [$($arg:ident: $ty:ty,)*] [$answer:ty]) => {
        $(#[$doc])*
        #[allow(non_snake_case, missing_docs, unused_mut, unused_variables, unused_assignments, clippy::too_many_arguments)]
        #[inline(always)]
        pub fn $name(&self, $($value)* $($arg: <$ty as $crate::abi::Abi>::As<'_>),*) -> $crate::Result<$answer> {
            use $crate::call::Answered;
            let (at, len) = $crate::interface!(@calldata $name [$($arg: $ty,)*]);
            // SAFETY: `len` bytes were just written, and wei is a word or null.
            let source = unsafe { $crate::call::send(&self.0, at, len, $($wei)*, <$answer as Answered>::WORDS)? };
            <$answer as Answered>::read(source)
        }
    };
    // Selector and arguments: where they are and how many bytes.
    (@calldata $name:ident [$($arg:ident: $ty:ty,)*]) => {{
        #[allow(unused_imports)]
        use $crate::abi::{Abi, Target};
        const SELECTOR: u32 = $crate::abi::selector(stringify!($name), &[$(<$ty as Abi>::TYPE),*]);
        const HEAD: usize = 0 $(+ <$ty as Abi>::WORDS)*;
        let len = 4 + 32 * HEAD $(+ <$ty as Abi>::tail($arg))*;
        let at = $crate::buffer::room(len);
        let (base, mut head, mut tail) = (at.wrapping_add(4), 0, 32 * HEAD);
        // SAFETY: there is room for selector, head and tails.
        unsafe {
            (at as *mut [u8; 4]).write_unaligned(SELECTOR.to_be_bytes());
            $(
                <$ty as Abi>::write($arg, Target::new(base, head, &mut tail));
                head += <$ty as Abi>::WORDS;
            )*
        }
        (at, len)
    }};
}

/// Wei as a word.
#[doc(hidden)]
#[inline(always)]
pub fn word_of(value: &U256) -> [u8; 32] {
    let mut word = NOTHING;
    write_wide(value, &mut word);
    word
}

/// Arguments as a call carries them, for somebody else to send: `encode!(mint(to: Address, amount: U256))` begins with the
/// selector of `mint(address,uint256)`, `encode!(to: Address, amount: U256)` is Solidity's `abi.encode`. The names are those of
/// variables of the types' [`Abi::As`].
#[macro_export]
macro_rules! encode {
    ($name:ident($($arg:ident: $ty:ty),* $(,)?)) => {
        $crate::encode!(@after [const { $crate::abi::selector(stringify!($name), &[$(<$ty as $crate::abi::Abi>::TYPE),*]).to_be_bytes() }] $($arg: $ty),*)
    };
    ($($arg:ident: $ty:ty),* $(,)?) => {
        $crate::encode!(@after [[0u8; 0]] $($arg: $ty),*)
    };
    (@after [$front:expr] $($arg:ident: $ty:ty),*) => {{
        #[allow(unused_imports)]
        use $crate::abi::{Abi, Target};
        const HEAD: usize = 0 $(+ <$ty as Abi>::WORDS)*;
        let front = $front;
        let bytes = $crate::buffer::lasting(front.len() + 32 * HEAD $(+ <$ty as Abi>::tail($arg))*);
        let at = bytes.as_mut_ptr();
        let (base, mut head, mut tail) = (at.wrapping_add(front.len()), 0, 32 * HEAD);
        // SAFETY: there is room for what stands in front, for the head and for the tails.
        unsafe {
            at.cast::<[u8; _]>().write_unaligned(front);
            $(
                <$ty as Abi>::write($arg, Target::new(base, head, &mut tail));
                head += <$ty as Abi>::WORDS;
            )*
        }
        let _ = (head, tail);
        &*bytes
    }};
}

#[cfg(test)]
mod tests {
    use crate::abi::{Bytes, selector};
    use crate::sim::World;
    use crate::{Address, U256};
    use alloy_sol_types::SolValue;

    #[test]
    fn encoded_arguments_are_solidity_s() {
        let world = World::new();
        let here = world.address();
        let (to, amount) = (Address::repeat_byte(0xab), U256::from(77));
        let to = &to;
        for len in [0, 1, 32, 65] {
            let memo = std::vec![9u8; len];
            let data = memo.as_slice();
            let plain = world.inside(here, here, || {
                Ok(encode!(to: Address, data: Bytes, amount: U256))
            });
            let expected = (*to, alloy_primitives::Bytes::copy_from_slice(data), amount);
            assert_eq!(plain.expect("bytes"), expected.abi_encode_params());
            let call = world.inside(here, here, || Ok(encode!(note(to: Address, data: Bytes))));
            let call = call.expect("bytes");
            let front = selector(
                "note",
                &[
                    crate::abi::Ty::Plain("address"),
                    crate::abi::Ty::Plain("bytes"),
                ],
            );
            assert_eq!(call[..4], front.to_be_bytes());
            let expected = (*to, alloy_primitives::Bytes::copy_from_slice(data));
            assert_eq!(call[4..], expected.abi_encode_params());
        }
    }
}
