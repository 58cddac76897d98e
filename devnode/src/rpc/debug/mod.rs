//! The `debug` namespace: transactions and calls under a tracer, and encodings as they are hashed.

mod call;
mod config;
mod prestate;
mod raw;
mod steps;
mod stylus;
mod trace;

#[cfg(test)]
pub(crate) use raw::encode_receipt;

use super::dispatch::Methods;

/// All methods of the namespace.
pub(super) const NAMESPACE: [Methods; 2] = [raw::METHODS, trace::METHODS];
