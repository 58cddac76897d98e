//! Why a call ends without effect: a revert string, a Solidity panic code, or bytes that somebody else reverted with.
//! One source compiles to two things. On chain [`Fault`] has no value: making one writes the revert data and ends the call on
//! the spot, so `?` costs nothing. Natively it is an ordinary error that `?` carries to the entry point.

#[cfg(not(target_arch = "wasm32"))]
use alloc::{string::String, vec::Vec};

/// What every rule returns.
pub type Result<T = ()> = core::result::Result<T, Fault>;

/// Solidity's panic code for arithmetic that leaves its type.
pub const OVERFLOW: u8 = 0x11;
/// Solidity's panic code for a division by zero.
pub const DIVISION_BY_ZERO: u8 = 0x12;
/// Solidity's panic code for an array index out of range.
pub const OUT_OF_RANGE: u8 = 0x32;

/// Cannot exist: whoever makes one has already ended the call.
#[cfg(target_arch = "wasm32")]
#[derive(Clone, Copy, Debug)]
pub enum Fault {}

/// How a call failed.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `Error(string)`.
    Text(String),
    /// `Panic(uint256)`.
    Panic(u8),
    /// Revert data as it is: empty, or passed on from a callee.
    Data(Vec<u8>),
}

/// A revert string, its length in front: one pointer names it.
#[repr(C)]
#[derive(Debug)]
pub struct Text<const N: usize> {
    len: u8,
    text: [u8; N],
}

impl<const N: usize> Text<N> {
    /// The text as a constant; `N` is its length.
    pub const fn new(text: &str) -> Self {
        assert!(
            text.len() == N && N < 256,
            "a revert string has at most 255 bytes"
        );
        let (mut bytes, mut i) = ([0; N], 0);
        while i < N {
            bytes[i] = text.as_bytes()[i];
            i += 1;
        }
        Text {
            len: N as u8,
            text: bytes,
        }
    }
}

/// Ends with `Error(string)`.
#[inline(always)]
pub fn revert<T, const N: usize>(text: &'static Text<N>) -> Result<T> {
    ending::text(&raw const *text as *const u8)
}

/// Ends with `Error(string)` and a text made at run time.
#[inline(always)]
pub fn revert_with<T>(text: &[u8]) -> Result<T> {
    ending::bytes(text)
}

/// Ends with `Panic(uint256)`.
#[inline(always)]
pub fn panic<T>(code: u8) -> Result<T> {
    ending::panic(code)
}

/// Ends without data: what Solidity does with malformed calldata, and with `require` without a message.
#[inline(always)]
pub fn empty<T>() -> Result<T> {
    ending::nothing()
}

/// Ends with `data` as it is.
#[inline(always)]
pub fn bubble<T>(data: &[u8]) -> Result<T> {
    ending::data(data.as_ptr(), data.len())
}

#[cfg(target_arch = "wasm32")]
mod ending {
    use super::{Result, encode_panic, encode_text};
    use crate::{buffer, host};

    #[cold]
    #[inline(never)]
    fn end(data: *const u8, len: usize) -> ! {
        // SAFETY: `data` has `len` bytes; with a length of 0 the host reads nothing.
        unsafe {
            host::write_result(data, len);
            host::exit_early(1)
        }
    }
    #[cold]
    #[inline(never)]
    fn end_with_text(text: *const u8) -> ! {
        // SAFETY: `text` is a `Text`: one byte of length, then as many bytes.
        let len =
            encode_text(unsafe { core::slice::from_raw_parts(text.add(1), *text as usize) }).1;
        end(buffer::out(), len)
    }
    #[cold]
    #[inline(never)]
    fn end_with_panic(code: u8) -> ! {
        end(buffer::out(), encode_panic(code))
    }
    #[inline(always)]
    pub(super) fn text<T>(text: *const u8) -> Result<T> {
        end_with_text(text)
    }
    pub(super) fn bytes<T>(text: &[u8]) -> Result<T> {
        let (at, len) = encode_text(text);
        end(at, len)
    }
    #[inline(always)]
    pub(super) fn panic<T>(code: u8) -> Result<T> {
        end_with_panic(code)
    }
    #[cold]
    #[inline(never)]
    fn end_with_nothing() -> ! {
        end(core::ptr::null(), 0)
    }
    #[inline(always)]
    pub(super) fn nothing<T>() -> Result<T> {
        end_with_nothing()
    }
    #[inline(always)]
    pub(super) fn data<T>(data: *const u8, len: usize) -> Result<T> {
        end(data, len)
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod ending {
    use super::{Fault, Result};

    pub(super) fn text<T>(text: *const u8) -> Result<T> {
        // SAFETY: `text` is a `Text`: one byte of length, then as many bytes.
        bytes(unsafe { core::slice::from_raw_parts(text.add(1), *text as usize) })
    }
    pub(super) fn bytes<T>(text: &[u8]) -> Result<T> {
        Err(match core::str::from_utf8(text) {
            Ok(text) => Fault::Text(text.into()),
            Err(_) => Fault::Data(super::error_string(text)),
        })
    }
    pub(super) fn panic<T>(code: u8) -> Result<T> {
        Err(Fault::Panic(code))
    }
    pub(super) fn nothing<T>() -> Result<T> {
        Err(Fault::Data(super::Vec::new()))
    }
    pub(super) fn data<T>(data: *const u8, len: usize) -> Result<T> {
        // SAFETY: `data` has `len` bytes.
        Err(Fault::Data(
            unsafe { core::slice::from_raw_parts(data, len) }.to_vec(),
        ))
    }
}

/// Writes `Error(string)` and says where, and how many bytes it took.
fn encode_text(text: &[u8]) -> (*mut u8, usize) {
    let len = 68 + text.len().next_multiple_of(32);
    let at = crate::buffer::room(len);
    // SAFETY: there is room for `len` bytes.
    unsafe {
        core::ptr::write_bytes(at, 0, len);
        (at as *mut [u8; 4]).write_unaligned([0x08, 0xc3, 0x79, 0xa0]);
        *at.add(35) = 32;
        (at.add(64) as *mut [u8; 4]).write_unaligned((text.len() as u32).to_be_bytes());
        crate::buffer::put(at.add(68), text);
    }
    (at, len)
}

/// Writes `Panic(uint256)` and says how many bytes it took.
fn encode_panic(code: u8) -> usize {
    let at = crate::buffer::out();
    // SAFETY: 36 bytes fit the fixed buffer.
    unsafe {
        core::ptr::write_bytes(at, 0, 36);
        (at as *mut [u8; 4]).write_unaligned([0x4e, 0x48, 0x7b, 0x71]);
        *at.add(35) = code;
    }
    36
}

#[cfg(not(target_arch = "wasm32"))]
fn error_string(text: &[u8]) -> Vec<u8> {
    let (at, len) = encode_text(text);
    // SAFETY: just written.
    unsafe { core::slice::from_raw_parts(at, len).to_vec() }
}

#[cfg(not(target_arch = "wasm32"))]
impl Fault {
    /// The revert data a caller sees.
    pub fn data(&self) -> Vec<u8> {
        match self {
            Fault::Text(text) => error_string(text.as_bytes()),
            Fault::Panic(code) => {
                let len = encode_panic(*code);
                // SAFETY: just written.
                unsafe { core::slice::from_raw_parts(crate::buffer::out(), len).to_vec() }
            }
            Fault::Data(data) => data.clone(),
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl core::fmt::Display for Fault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Fault::Text(text) => write!(f, "reverted: {text}"),
            Fault::Panic(code) => write!(f, "panicked with code {code:#x}"),
            Fault::Data(data) if data.is_empty() => f.write_str("reverted without data"),
            Fault::Data(data) => write!(
                f,
                "reverted with {}",
                alloy_primitives::hex::encode_prefixed(data)
            ),
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl core::error::Error for Fault {}

/// A check, in the order in which it can fail: with a text `Error(string)`, without one an empty revert.
#[macro_export]
macro_rules! ensure {
    ($holds:expr) => {
        if !$holds {
            return $crate::fault::empty();
        }
    };
    ($holds:expr, $text:expr) => {
        if !$holds {
            $crate::revert!($text);
        }
    };
}

/// Ends the call with `Error(string)`.
#[macro_export]
macro_rules! revert {
    ($text:expr) => {{
        static TEXT: $crate::fault::Text<{ $text.len() }> = $crate::fault::Text::new($text);
        return $crate::fault::revert(&TEXT);
    }};
}
