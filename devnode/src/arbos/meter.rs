//! Who pays for what ArbOS code does: the caller of a precompile, or nobody.
//!
//! Always holds: code that runs [`Free`] cannot fail for want of gas (its error has no value), so whoever calls
//! it has nothing to handle.

use std::convert::Infallible;

/// A frame's gas did not suffice; nothing of it is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("out of gas")]
pub(crate) struct OutOfGas;

/// Pays gas, or does not need to.
pub(crate) trait Meter {
    /// What happens when the gas does not suffice.
    type Error;

    /// Takes `gas` away.
    ///
    /// # Errors
    /// When less is left; then all of it is gone.
    fn burn(&mut self, gas: u64) -> Result<(), Self::Error>;
}

/// Nobody pays: starts of blocks, bookkeeping around transactions.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Free;

impl Meter for Free {
    type Error = Infallible;

    fn burn(&mut self, _gas: u64) -> Result<(), Infallible> {
        Ok(())
    }
}

/// The caller of a precompile pays.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limited {
    left: u64,
}

impl Limited {
    /// A frame with this much gas.
    pub(crate) const fn new(gas: u64) -> Self {
        Self { left: gas }
    }

    /// Gas not yet used.
    pub(crate) const fn left(&self) -> u64 {
        self.left
    }
}

impl Meter for Limited {
    type Error = OutOfGas;

    fn burn(&mut self, gas: u64) -> Result<(), OutOfGas> {
        if let Some(left) = self.left.checked_sub(gas) {
            self.left = left;
            return Ok(());
        }
        self.left = 0;
        Err(OutOfGas)
    }
}
