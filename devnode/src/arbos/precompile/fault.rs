//! Why a precompile's method gives no result.

use alloy_sol_types::SolError;

use crate::arbos::meter::OutOfGas;

/// Why a method fails. The state changes it made are undone by whoever called the precompile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// All gas is gone: it did not suffice, or the caller had no right to the method.
    OutOfGas,
    /// An error without data; the rest of the gas is given back. The text is for readers of this code.
    Plain(&'static str),
    /// A Solidity error, encoded.
    Solidity(Vec<u8>),
    /// An EVM error that is not a revert.
    Fatal(String),
}

impl From<OutOfGas> for Fault {
    fn from(_: OutOfGas) -> Self {
        Self::OutOfGas
    }
}

impl Fault {
    /// A Solidity error.
    pub(crate) fn solidity(error: &impl SolError) -> Self {
        Self::Solidity(error.abi_encode())
    }
}

/// Refuses unless a condition holds.
pub(crate) fn require(holds: bool, otherwise: &'static str) -> Result<(), Fault> {
    if holds {
        Ok(())
    } else {
        Err(Fault::Plain(otherwise))
    }
}
