//! Checked arithmetic as Solidity 0.8 has it, and the protocol's three percentage bases.
//! Always holds: what leaves its type is `Panic(0x11)`, a division by zero `Panic(0x12)`; a share is taken in two steps, the ratio
//! truncated to the base first, then the product divided, both rounding down.

use crate::abi::{read_wide, write_wide};
use crate::{Result, U256, fault, host};

/// `+` and `-` that panic with 0x11 instead of wrapping.
pub trait Checked: Sized {
    /// `self + other`.
    fn plus(self, other: Self) -> Result<Self>;
    /// `self - other`.
    fn minus(self, other: Self) -> Result<Self>;
}

macro_rules! checked {
    ($($ty:ty),*) => { $(
        impl Checked for $ty {
            #[inline(always)]
            fn plus(self, other: Self) -> Result<Self> {
                match self.overflowing_add(other) {
                    (sum, false) => Ok(sum),
                    _ => fault::panic(fault::OVERFLOW),
                }
            }
            #[inline(always)]
            fn minus(self, other: Self) -> Result<Self> {
                match self.overflowing_sub(other) {
                    (difference, false) => Ok(difference),
                    _ => fault::panic(fault::OVERFLOW),
                }
            }
        }
    )* };
}
checked!(u32, u64, u128, U256);

/// A number of 128 bits as one of 256.
#[inline(always)]
pub fn wide(v: u128) -> U256 {
    U256::from_limbs([v as u64, (v >> 64) as u64, 0, 0])
}

/// A number of 256 bits as one of 128, or `Panic(0x11)`.
#[inline(never)]
pub fn narrow(v: &U256) -> Result<u128> {
    match *v.as_limbs() {
        [low, high, 0, 0] => Ok((high as u128) << 64 | low as u128),
        _ => fault::panic(fault::OVERFLOW),
    }
}

/// `a * b`.
#[inline(never)]
pub fn mul(a: &U256, b: &U256) -> Result<U256> {
    let (a, b) = (a.as_limbs(), b.as_limbs());
    let (mut out, mut lost) = ([0u64; 4], 0u64);
    for (i, &x) in a.iter().enumerate() {
        let mut carry = 0u64;
        for (j, &y) in b.iter().enumerate() {
            match out.get_mut(i + j) {
                Some(limb) => {
                    let t = x as u128 * y as u128 + *limb as u128 + carry as u128;
                    *limb = t as u64;
                    carry = (t >> 64) as u64;
                }
                None => lost |= (x != 0 && y != 0) as u64,
            }
        }
        lost |= carry;
    }
    if lost != 0 {
        return fault::panic(fault::OVERFLOW);
    }
    Ok(U256::from_limbs(out))
}

/// `a / b`, rounded down. On chain the host divides, for 4 gas.
#[inline(never)]
pub fn div(a: &U256, b: &U256) -> Result<U256> {
    if b.is_zero() {
        return fault::panic(fault::DIVISION_BY_ZERO);
    }
    let (mut value, mut divisor) = ([0u8; 32], [0u8; 32]);
    write_wide(a, &mut value);
    write_wide(b, &mut divisor);
    // SAFETY: two words.
    unsafe { host::math_div(value.as_mut_ptr(), divisor.as_ptr()) };
    Ok(read_wide(&value))
}

/// A percentage base: 1.0 is `ONE`.
#[derive(Clone, Copy, Debug)]
pub struct Base<const ONE: u128>;

/// Livepeer's MathUtils: cuts, the round lock.
pub const PPM: Base<1_000_000> = Base;
/// Livepeer's MathUtilsV2: the Minter's inflation and bonding rate.
pub const PPB: Base<1_000_000_000> = Base;
/// Livepeer's PreciseMathUtils: reward and fee factors.
pub const PRECISE: Base<1_000_000_000_000_000_000_000_000_000> = Base;

impl<const ONE: u128> Base<ONE> {
    /// 1.0.
    pub const ONE: u128 = ONE;

    /// Whether `share` is at most 1.0 (`validPerc`).
    #[inline(always)]
    pub fn admits(self, share: u128) -> bool {
        share <= ONE
    }

    /// `n / d` in this base (`percPoints`).
    #[inline(always)]
    pub fn points(self, n: u128, d: u128) -> Result<u128> {
        narrow(&self.points_wide(&wide(n), &wide(d))?)
    }

    /// `amount * share` (`percOf` with two arguments).
    #[inline(always)]
    pub fn share(self, amount: u128, share: u128) -> Result<u128> {
        narrow(&self.share_wide(&wide(amount), &wide(share))?)
    }

    /// `amount * (n / d)` (`percOf` with three arguments).
    #[inline(always)]
    pub fn of(self, amount: u128, n: u128, d: u128) -> Result<u128> {
        of(amount, n, d, ONE)
    }

    /// [`Base::points`] in 256 bits.
    #[inline(always)]
    pub fn points_wide(self, n: &U256, d: &U256) -> Result<U256> {
        mul_div(n, &wide(ONE), d)
    }

    /// [`Base::share`] in 256 bits.
    #[inline(always)]
    pub fn share_wide(self, amount: &U256, share: &U256) -> Result<U256> {
        mul_div(amount, share, &wide(ONE))
    }

    /// [`Base::of`] in 256 bits.
    #[inline(always)]
    pub fn of_wide(self, amount: &U256, n: &U256, d: &U256) -> Result<U256> {
        of_wide(amount, n, d, ONE)
    }
}

/// `a * b / c`; the product must fit 256 bits.
#[inline(never)]
pub fn mul_div(a: &U256, b: &U256, c: &U256) -> Result<U256> {
    div(&mul(a, b)?, c)
}

#[inline(never)]
fn of_wide(amount: &U256, n: &U256, d: &U256, one: u128) -> Result<U256> {
    let one = wide(one);
    mul_div(amount, &mul_div(n, &one, d)?, &one)
}

#[inline(never)]
fn of(amount: u128, n: u128, d: u128, one: u128) -> Result<u128> {
    narrow(&of_wide(&wide(amount), &wide(n), &wide(d), one)?)
}
