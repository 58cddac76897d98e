//! Hashes and signatures.

use crate::{Address, B256, host, storage::Plain};

/// Keccak-256.
#[inline(never)]
pub fn keccak256(data: &[u8]) -> B256 {
    let mut hash = B256::ZERO;
    // SAFETY: the lengths are the slice's and 32.
    unsafe { host::native_keccak256(data.as_ptr(), data.len(), hash.as_mut_ptr()) }
    hash
}

/// Two values, one right after the other, as Solidity's `abi.encodePacked` puts them.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Join<A, B>(pub A, pub B);
// SAFETY: `keccak256_of`, the only one to look at its bytes, makes sure that there is no padding.
unsafe impl<A: Plain, B: Plain> Plain for Join<A, B> {}
// SAFETY: nothing, of size 0.
unsafe impl Plain for () {}

/// Keccak-256 of a value's bytes: addresses, words, byte arrays and [`Join`]s of them.
#[inline(always)]
pub fn keccak256_of<T: Plain>(value: &T) -> B256 {
    const {
        assert!(
            align_of::<T>() == 1,
            "bytes only, so that there is no padding"
        );
    }
    // SAFETY: a plain value without padding is bytes.
    keccak256(unsafe {
        core::slice::from_raw_parts(&raw const *value as *const u8, size_of::<T>())
    })
}

/// Keccak-256 of a value's bytes with `tail` behind them: what `abi.encodePacked` makes of a struct that ends in `bytes`.
#[inline(always)]
pub fn keccak256_with<T: Plain>(value: &T, tail: &[u8]) -> B256 {
    const {
        assert!(
            align_of::<T>() == 1,
            "bytes only, so that there is no padding"
        );
    }
    let len = size_of::<T>() + tail.len();
    let at = crate::buffer::room(len);
    // SAFETY: there is room for both, and a plain value without padding is bytes.
    keccak256(unsafe {
        (at as *mut T).write_unaligned(*value);
        crate::buffer::put(at.add(size_of::<T>()), tail);
        core::slice::from_raw_parts(at, len)
    })
}

/// Who signed `hash`; the zero address where nobody did (the precompile at 1, which answers nothing then).
#[inline(never)]
pub fn ecrecover(hash: &B256, v: u8, r: &B256, s: &B256) -> Address {
    let input = [*hash, B256::with_last_byte(v), *r, *s];
    let mut word = B256::ZERO;
    // SAFETY: the lengths are those of the arrays.
    unsafe {
        let precompile = Address::with_last_byte(1);
        let mut len = 0;
        host::static_call_contract(
            precompile.as_ptr(),
            input.as_ptr() as *const u8,
            128,
            u64::MAX,
            &mut len,
        );
        host::read_return_data(word.as_mut_ptr(), 0, 32);
    }
    // SAFETY: the last 20 of 32 bytes.
    unsafe { *(word.as_ptr().add(12) as *const Address) }
}

/// Half of the group's order: OpenZeppelin takes no `s` above it.
const HALF_ORDER: B256 =
    crate::b256!("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");

/// OpenZeppelin 4.4 `ECDSA.recover(hash, v, r, s)` with its messages, in its order.
#[inline(never)]
pub fn recover(hash: &B256, v: u8, r: &B256, s: &B256) -> crate::Result<Address> {
    crate::ensure!(*s <= HALF_ORDER, "ECDSA: invalid signature 's' value");
    crate::ensure!(v == 27 || v == 28, "ECDSA: invalid signature 'v' value");
    let signer = ecrecover(hash, v, r, s);
    crate::ensure!(!signer.is_zero(), "ECDSA: invalid signature");
    Ok(signer)
}
