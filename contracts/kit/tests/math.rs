//! The kit's arithmetic against big integers: the same result, or the panic that Solidity gives.

use alloy_primitives::{B256, U256, keccak256};
use confluence_kit::math::{self, PPB, PPM, PRECISE};
use confluence_kit::{Checked, Fault, Narrow, Result};
use num_bigint::BigUint;
use proptest::prelude::*;

const OVERFLOW: Fault = Fault::Panic(0x11);
const BY_ZERO: Fault = Fault::Panic(0x12);

fn big(v: &U256) -> BigUint {
    BigUint::from_bytes_be(&v.to_be_bytes::<32>())
}

/// A big integer as a number of `bits` bits, or the panic.
fn fit(v: &BigUint, bits: u64) -> Result<U256> {
    if v.bits() > bits {
        return Err(OVERFLOW);
    }
    Ok(U256::from_be_slice(&v.to_bytes_be()))
}

fn one(digits: u32) -> BigUint {
    BigUint::from(10u32).pow(digits)
}

/// Numbers near the edges as often as in between.
fn wide() -> impl Strategy<Value = U256> {
    (any::<[u64; 4]>(), 0..=256usize, any::<bool>()).prop_map(|(limbs, bits, all_ones)| {
        let v = if all_ones {
            U256::MAX
        } else {
            U256::from_limbs(limbs)
        };
        if bits == 0 {
            U256::ZERO
        } else {
            v >> (256 - bits)
        }
    })
}

fn number() -> impl Strategy<Value = u128> {
    (any::<u128>(), 0..=128u32).prop_map(|(v, bits)| v.checked_shr(128 - bits).unwrap_or(0))
}

/// Ratio first, truncated, then the product: what the protocol does, step by step.
fn of(amount: &BigUint, n: &BigUint, d: &BigUint, digits: u32, bits: u64) -> Result<U256> {
    let product = fit(&(n * one(digits)), 256)?;
    if d.bits() == 0 {
        return Err(BY_ZERO);
    }
    let ratio = big(&product) / d;
    let product = fit(&(amount * ratio), 256)?;
    fit(&(big(&product) / one(digits)), bits)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn products_quotients_sums_and_differences(a in wide(), b in wide()) {
        prop_assert_eq!(math::mul(&a, &b), fit(&(big(&a) * big(&b)), 256));
        let quotient = if b.is_zero() { Err(BY_ZERO) } else { fit(&(big(&a) / big(&b)), 256) };
        prop_assert_eq!(math::div(&a, &b), quotient);
        prop_assert_eq!(a.plus(b), fit(&(big(&a) + big(&b)), 256));
        prop_assert_eq!(a.minus(b), if a < b { Err(OVERFLOW) } else { fit(&(big(&a) - big(&b)), 256) });
        prop_assert_eq!(math::narrow(&a).map(math::wide), fit(&big(&a), 128));
    }

    #[test]
    fn three_bases_truncate_twice(amount in number(), n in number(), d in number()) {
        let (a, x, y) = (BigUint::from(amount), BigUint::from(n), BigUint::from(d));
        prop_assert_eq!(PPM.of(amount, n, d).map(math::wide), of(&a, &x, &y, 6, 128));
        prop_assert_eq!(PPB.of(amount, n, d).map(math::wide), of(&a, &x, &y, 9, 128));
        prop_assert_eq!(PRECISE.of(amount, n, d).map(math::wide), of(&a, &x, &y, 27, 128));
    }

    #[test]
    fn three_bases_in_full_width(amount in wide(), n in wide(), d in wide()) {
        let (a, x, y) = (big(&amount), big(&n), big(&d));
        prop_assert_eq!(PPM.of_wide(&amount, &n, &d), of(&a, &x, &y, 6, 256));
        prop_assert_eq!(PPB.of_wide(&amount, &n, &d), of(&a, &x, &y, 9, 256));
        prop_assert_eq!(PRECISE.of_wide(&amount, &n, &d), of(&a, &x, &y, 27, 256));
    }

    #[test]
    fn shares_and_points(amount in number(), share in number(), d in number()) {
        let product = fit(&(BigUint::from(amount) * BigUint::from(share)), 256);
        let expected = product.clone().and_then(|p| fit(&(big(&p) / one(9)), 128));
        prop_assert_eq!(PPB.share(amount, share).map(math::wide), expected);
        let product = fit(&(BigUint::from(amount) * one(27)), 256);
        let expected = product.and_then(|p| {
            if d == 0 { Err(BY_ZERO) } else { fit(&(big(&p) / d), 128) }
        });
        prop_assert_eq!(PRECISE.points(amount, d).map(math::wide), expected);
    }

    #[test]
    fn a_narrow_number_keeps_what_fits_and_refuses_the_rest(v in number()) {
        prop_assert_eq!(Narrow::<11>::new(v).map(|v| v.get()), if v >> 88 == 0 { Ok(v) } else { Err(OVERFLOW) });
        prop_assert_eq!(Narrow::<16>::new(v).map(|v| v.get()), Ok(v));
        let mut it = Narrow::<10>::new(v & 0xffff)?;
        let sum = it.add(v);
        prop_assert_eq!(sum.is_ok(), ((v & 0xffff) + v) >> 80 == 0);
    }
}

#[test]
fn a_share_is_valid_up_to_one() {
    assert!(PPM.admits(1_000_000) && !PPM.admits(1_000_001));
    assert!(PPB.admits(1_000_000_000) && !PPB.admits(1_000_000_001));
    assert_eq!(confluence_kit::math::Base::<7>::ONE, 7);
}

#[test]
fn the_host_hashes_as_everybody_does() {
    assert_eq!(
        confluence_kit::crypto::keccak256(b"LIP-73"),
        keccak256("LIP-73")
    );
    assert_eq!(
        B256::new(confluence_kit::abi::id("LIP-73")),
        keccak256("LIP-73")
    );
}
