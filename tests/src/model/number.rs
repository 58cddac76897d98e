//! Numbers without a limit, and the two places where Solidity's limit shows: what leaves 256 bits and what divides by zero.
//! Always holds: a percentage is taken in two steps, the ratio first, each rounded down (Livepeer's MathUtils, MathUtilsV2,
//! PreciseMathUtils).

use super::revert::{Res, Revert};
use num_bigint::BigUint;

/// A natural number.
pub type N = BigUint;

/// A literal.
pub fn n(v: u128) -> N {
    N::from(v)
}

/// Arithmetic as Solidity 0.8 checks it.
pub trait Word: Sized {
    /// Sum, or `Panic(0x11)` above 256 bits.
    fn plus(&self, other: &Self) -> Res<Self>;
    /// Difference, or `Panic(0x11)` below zero.
    fn minus(&self, other: &Self) -> Res<Self>;
    /// Product, or `Panic(0x11)` above 256 bits.
    fn times(&self, other: &Self) -> Res<Self>;
    /// Quotient, or `Panic(0x12)`.
    fn over(&self, other: &Self) -> Res<Self>;
    /// Whether it is 0.
    fn is_nil(&self) -> bool;
}

fn fits(v: N) -> Res<N> {
    if v.bits() > 256 {
        Err(Revert::OVERFLOW)
    } else {
        Ok(v)
    }
}

impl Word for N {
    fn plus(&self, other: &N) -> Res<N> {
        fits(self + other)
    }
    fn minus(&self, other: &N) -> Res<N> {
        if other > self {
            Err(Revert::OVERFLOW)
        } else {
            Ok(self - other)
        }
    }
    fn times(&self, other: &N) -> Res<N> {
        fits(self * other)
    }
    fn over(&self, other: &N) -> Res<N> {
        if other.is_nil() {
            Err(Revert::DIVISION_BY_ZERO)
        } else {
            Ok(self / other)
        }
    }
    fn is_nil(&self) -> bool {
        self.bits() == 0
    }
}

/// What a percentage counts in: 1.0 is `10^digits`.
#[derive(Clone, Copy, Debug)]
pub struct Base {
    digits: u32,
}

/// Cuts and the round lock: millionths.
pub const PPM: Base = Base { digits: 6 };
/// Inflation and the bonding rate: billionths.
pub const PPB: Base = Base { digits: 9 };
/// Reward and fee factors: 27 digits.
pub const PRECISE: Base = Base { digits: 27 };

impl Base {
    /// 1.0.
    pub fn one(self) -> N {
        n(10).pow(self.digits)
    }
    /// Whether `share` is at most 1.0.
    pub fn admits(self, share: &N) -> bool {
        *share <= self.one()
    }
    /// `amount * share`.
    pub fn share(self, amount: &N, share: &N) -> Res<N> {
        amount.times(share)?.over(&self.one())
    }
    /// `num / den`.
    pub fn points(self, num: &N, den: &N) -> Res<N> {
        num.times(&self.one())?.over(den)
    }
    /// `amount * (num / den)`.
    pub fn of(self, amount: &N, num: &N, den: &N) -> Res<N> {
        self.share(amount, &self.points(num, den)?)
    }
}
