//! How a call to a precompile ends, in the EVM's terms.

use alloy_primitives::Bytes;

/// Result of a precompile call. The caller undoes the frame's state changes unless it [succeeded](Self::is_success).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Return data and unspent gas.
    Success {
        /// ABI-encoded results.
        output: Bytes,
        /// Gas given back to the caller.
        gas_left: u64,
    },
    /// An EVM revert: with data for a Solidity error, without for any other refusal.
    Revert {
        /// Selector and arguments of the error, or nothing.
        output: Bytes,
        /// Gas given back to the caller; zero where Nitro burns it all.
        gas_left: u64,
    },
    /// An EVM error that is not a revert: no data, no gas left. The text is what `eth_call` reports with code -32000.
    Halt {
        /// Error text.
        error: String,
    },
}

impl Outcome {
    /// A revert that takes all gas and says nothing.
    pub const fn burned() -> Self {
        Self::Revert {
            output: Bytes::new(),
            gas_left: 0,
        }
    }

    /// Whether state changes stay.
    pub const fn is_success(&self) -> bool {
        matches!(self, Self::Success { .. })
    }

    /// Gas given back to the caller.
    pub const fn gas_left(&self) -> u64 {
        match self {
            Self::Success { gas_left, .. } | Self::Revert { gas_left, .. } => *gas_left,
            Self::Halt { .. } => 0,
        }
    }
}
