//! How a program lies in an account's code: a prefix, a dictionary byte, a Brotli stream; or a root
//! that names the accounts whose codes together are the stream.
//!
//! Always holds: no input makes the decoder write more than the cap it is given.

use std::io::Read as _;

use alloy_primitives::Address;
use thiserror::Error;

use super::params::{ARBOS_FRAGMENTS, StylusParams};

const PREFIX_LEN: usize = 3;
const CLASSIC: [u8; PREFIX_LEN] = [0xef, 0xf0, 0x00];
const FRAGMENT: [u8; PREFIX_LEN] = [0xef, 0xf0, 0x01];
const ROOT: [u8; PREFIX_LEN] = [0xef, 0xf0, 0x02];
const ROOT_HEADER_LEN: usize = 8;
const NO_DICTIONARY: u8 = 0;
const BROTLI_BUFFER: usize = 4_096;

/// What a code with a Stylus prefix is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// A whole program.
    Classic,
    /// A slice of a program; runs as EVM code, that is, not at all.
    Fragment,
    /// A program made of fragments.
    Root,
}

impl CodeKind {
    /// The kind of a code under this ArbOS version, `None` for EVM code.
    pub fn of(code: &[u8], arbos_version: u64) -> Option<Self> {
        let prefix = code.first_chunk::<PREFIX_LEN>()?;
        match *prefix {
            CLASSIC if code.len() > PREFIX_LEN => Some(Self::Classic),
            FRAGMENT if arbos_version >= ARBOS_FRAGMENTS => Some(Self::Fragment),
            ROOT if arbos_version >= ARBOS_FRAGMENTS => Some(Self::Root),
            _ => None,
        }
    }

    /// Calls of the account run the program. Deployment lets all kinds through (EIP-3541 is waived).
    pub const fn is_executable(self) -> bool {
        matches!(self, Self::Classic | Self::Root)
    }
}

/// Why a code cannot be unwrapped.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FormatError {
    /// The code has not the prefix that was asked for.
    #[error("specified bytecode is not a Stylus program")]
    NotAProgram,
    /// A dictionary other than none; this node does not ship Nitro's shared dictionary.
    #[error("unsupported dictionary type: {0}")]
    UnsupportedDictionary(u8),
    /// Not a Brotli stream, or one that does not end.
    #[error("failed to decompress: {0}")]
    Brotli(String),
    /// More bytes than the cap.
    #[error("decompressed program is larger than {0} bytes")]
    TooLarge(u64),
    /// A root whose length is no header and addresses.
    #[error("malformed root program of {0} bytes")]
    MalformedRoot(usize),
    /// A root without fragments.
    #[error("root program names no fragments")]
    NoFragments,
    /// A root with more fragments than the chain allows.
    #[error("root program names {count} fragments, the chain allows {limit}")]
    TooManyFragments {
        /// How many it names.
        count: usize,
        /// How many it may name.
        limit: u8,
    },
    /// A root that announces more bytes than a program may have.
    #[error("root program announces {len} bytes, the chain allows {limit}")]
    AnnouncedTooLarge {
        /// Announced bytes.
        len: u32,
        /// Allowed bytes.
        limit: u32,
    },
    /// An account that a root names holds no fragment.
    #[error("account {0} holds no fragment")]
    NotAFragment(usize),
    /// The fragments do not decompress to what the root announces.
    #[error("root program announces {announced} bytes but has {actual}")]
    WrongLength {
        /// Announced bytes.
        announced: u32,
        /// Actual bytes.
        actual: usize,
    },
}

/// Unwraps a classic program.
///
/// # Errors
/// No such prefix, unknown dictionary, bad stream, or more than `max_wasm_size` bytes.
pub fn unwrap_classic(code: &[u8], params: &StylusParams) -> Result<Vec<u8>, FormatError> {
    let (dictionary, stream) = code
        .strip_prefix(&CLASSIC)
        .and_then(|rest| rest.split_first())
        .ok_or(FormatError::NotAProgram)?;
    decompress(*dictionary, stream, u64::from(params.max_wasm_size))
}

/// What a root program says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RootProgram {
    dictionary: u8,
    /// Bytes of the decompressed program.
    pub decompressed_len: u32,
    /// Accounts whose codes are the fragments, in order.
    pub fragments: Vec<Address>,
}

impl RootProgram {
    /// Reads a root program and holds it against the chain's parameters.
    ///
    /// # Errors
    /// Malformed, no or too many fragments, too long.
    pub fn parse(code: &[u8], params: &StylusParams) -> Result<Self, FormatError> {
        if !code.starts_with(&ROOT) {
            return Err(FormatError::NotAProgram);
        }
        let malformed = FormatError::MalformedRoot(code.len());
        let Some((header, addresses)) = code.split_first_chunk::<ROOT_HEADER_LEN>() else {
            return Err(malformed);
        };
        let (addresses, rest) = addresses.as_chunks::<20>();
        if !rest.is_empty() {
            return Err(malformed);
        }
        let [_, _, _, dictionary, a, b, c, d] = *header;
        let decompressed_len = u32::from_be_bytes([a, b, c, d]);
        if decompressed_len > params.max_wasm_size {
            let limit = params.max_wasm_size;
            return Err(FormatError::AnnouncedTooLarge {
                len: decompressed_len,
                limit,
            });
        }
        if addresses.is_empty() {
            return Err(FormatError::NoFragments);
        }
        if addresses.len() > usize::from(params.max_fragment_count) {
            let limit = params.max_fragment_count;
            return Err(FormatError::TooManyFragments {
                count: addresses.len(),
                limit,
            });
        }
        let fragments = addresses.iter().map(Address::from).collect();
        Ok(Self {
            dictionary,
            decompressed_len,
            fragments,
        })
    }

    /// Puts the program together from the codes of its fragments, in order.
    ///
    /// # Errors
    /// A code that is no fragment, unknown dictionary, bad stream, another length than announced.
    pub fn unwrap<C: AsRef<[u8]>>(&self, codes: &[C]) -> Result<Vec<u8>, FormatError> {
        let mut stream = Vec::new();
        for (at, code) in codes.iter().enumerate() {
            let slice = code.as_ref().strip_prefix(&FRAGMENT);
            stream.extend_from_slice(slice.ok_or(FormatError::NotAFragment(at))?);
        }
        let wasm = decompress(self.dictionary, &stream, u64::from(self.decompressed_len))?;
        if wasm.len() != self.decompressed_len as usize {
            let (announced, actual) = (self.decompressed_len, wasm.len());
            return Err(FormatError::WrongLength { announced, actual });
        }
        Ok(wasm)
    }
}

fn decompress(dictionary: u8, stream: &[u8], cap: u64) -> Result<Vec<u8>, FormatError> {
    if dictionary != NO_DICTIONARY {
        return Err(FormatError::UnsupportedDictionary(dictionary));
    }
    let mut wasm = Vec::new();
    brotli::Decompressor::new(stream, BROTLI_BUFFER)
        .take(cap + 1)
        .read_to_end(&mut wasm)
        .map_err(|error| FormatError::Brotli(error.to_string()))?;
    if wasm.len() as u64 > cap {
        return Err(FormatError::TooLarge(cap));
    }
    Ok(wasm)
}

/// Wraps a program the way tools deploy it: no dictionary, Brotli at its best.
pub fn wrap_classic(wasm: &[u8]) -> Vec<u8> {
    let mut code = CLASSIC.to_vec();
    code.push(NO_DICTIONARY);
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..brotli::enc::BrotliEncoderParams::default()
    };
    // writing to memory does not fail
    let _ = brotli::BrotliCompress(&mut &*wasm, &mut code, &params);
    code
}

#[cfg(test)]
mod tests;
