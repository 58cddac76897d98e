//! Ink: its unit, the prices host functions are made of, and how a frame pays.

use super::{Escape, Host};

/// An amount of ink; 10,000 make one gas unless the chain's owner has changed the price.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ink(pub u64);

impl Ink {
    /// Ink for an amount of gas, saturated.
    pub fn from_gas(gas: u64, ink_price: u32) -> Self {
        Self(gas.saturating_mul(u64::from(ink_price)))
    }

    /// Whole gas in this ink.
    pub fn to_gas(self, ink_price: u32) -> u64 {
        self.0 / u64::from(ink_price.max(1))
    }

    /// A sum of prices, each times a count.
    const fn sum(parts: &[(u64, Self)]) -> Self {
        let mut total = 0;
        let mut at = 0;
        while at < parts.len() {
            total += parts[at].0 * parts[at].1.0;
            at += 1;
        }
        Self(total)
    }
}

/// Entering a host function.
pub(super) const HOSTIO: Ink = Ink(8_400);
/// Each pointer it takes.
pub(super) const PTR: Ink = Ink(5_040);
/// Reaching the EVM's state.
pub(super) const EVM_API: Ink = Ink(59_673);
const DIV: Ink = Ink(20_000);
const MUL_MOD: Ink = Ink(24_100);
const ADD_MOD: Ink = Ink(21_000);

/// The base prices that host functions have.
pub(super) struct Base;

impl Base {
    /// No base price.
    pub(super) const FREE: Ink = Ink(0);
    /// No pointers.
    pub(super) const PLAIN: Ink = HOSTIO;
    /// One pointer.
    pub(super) const ONE_PTR: Ink = Ink::sum(&[(1, HOSTIO), (1, PTR)]);
    /// Two pointers.
    pub(super) const TWO_PTR: Ink = Ink::sum(&[(1, HOSTIO), (2, PTR)]);
    /// The EVM's state.
    pub(super) const API: Ink = Ink::sum(&[(1, HOSTIO), (1, EVM_API)]);
    /// The EVM's state and two pointers.
    pub(super) const API_TWO_PTR: Ink = Ink::sum(&[(1, HOSTIO), (2, PTR), (1, EVM_API)]);
    /// The EVM's state and three pointers.
    pub(super) const API_THREE_PTR: Ink = Ink::sum(&[(1, HOSTIO), (3, PTR), (1, EVM_API)]);
    /// The EVM's state and four pointers.
    pub(super) const API_FOUR_PTR: Ink = Ink::sum(&[(1, HOSTIO), (4, PTR), (1, EVM_API)]);
    /// Division and remainder.
    pub(super) const DIV: Ink = Ink::sum(&[(1, HOSTIO), (3, PTR), (1, DIV)]);
    /// Power, without the part by exponent.
    pub(super) const POW: Ink = Ink::sum(&[(1, HOSTIO), (3, PTR)]);
    /// Modular addition.
    pub(super) const ADD_MOD: Ink = Ink::sum(&[(1, HOSTIO), (4, PTR), (1, ADD_MOD)]);
    /// Modular multiplication.
    pub(super) const MUL_MOD: Ink = Ink::sum(&[(1, HOSTIO), (4, PTR), (1, MUL_MOD)]);
}

/// Writing `len` bytes into the program's memory.
pub(super) fn write_price(len: u64) -> Ink {
    by_excess(5_040, 30, len)
}

/// Reading `len` bytes from the program's memory.
pub(super) fn read_price(len: u64) -> Ink {
    by_excess(16_381, 55, len)
}

fn by_excess(base: u64, per_byte: u64, len: u64) -> Ink {
    Ink(len
        .saturating_sub(32)
        .saturating_mul(per_byte)
        .saturating_add(base))
}

/// Hashing `len` bytes.
pub(super) fn keccak_price(len: u64) -> Ink {
    let words = len.div_ceil(32);
    Ink(words
        .saturating_sub(2)
        .saturating_mul(21_000)
        .saturating_add(121_800))
}

/// Raising to a power, by the big-endian exponent.
pub(super) fn pow_price(exponent: &[u8; 32]) -> Ink {
    let leading_zeros = exponent.iter().take_while(|byte| **byte == 0).count() as u64;
    Ink(3_000 + 17_500 * (33 - leading_zeros))
}

impl Host<'_> {
    /// Takes ink; with too little, all of it.
    pub fn buy_ink(&mut self, price: Ink) -> Result<(), Escape> {
        self.require_ink(price)?;
        self.state.ink_left.0 -= price.0;
        Ok(())
    }

    /// Takes gas at the chain's ink price.
    pub fn buy_gas(&mut self, gas: u64) -> Result<(), Escape> {
        self.buy_ink(Ink::from_gas(gas, self.state.params.ink_price))
    }

    /// Stops as out of ink unless this much gas is left.
    pub fn require_gas(&mut self, gas: u64) -> Result<(), Escape> {
        self.require_ink(Ink::from_gas(gas, self.state.params.ink_price))
    }

    fn require_ink(&mut self, price: Ink) -> Result<(), Escape> {
        if self.state.ink_left < price {
            self.state.ink_left = Ink(0);
            return Err(Escape::OutOfInk);
        }
        Ok(())
    }

    /// Whole gas left.
    pub fn gas_left(&self) -> u64 {
        self.state.ink_left.to_gas(self.state.params.ink_price)
    }
}
