//! ArbOS: what Nitro does around the EVM. State, transaction types, retryables, pricing, precompiles.
//!
//! Everything runs over a [`Host`], so that the same code serves transactions, calls and tests. Three kinds of
//! entry points: [`precompile`] for calls inside the EVM, functions for the moments around a transaction or
//! block, and plain data ([`tx`], [`address`]) for whoever shows it.

pub mod address;
mod host;
mod outcome;
pub mod tx;

pub use host::{BlockFacts, Frame, Host, Redeeming, RunMode, TxFacts};
pub use outcome::Outcome;
