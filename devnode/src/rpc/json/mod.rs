//! Transactions, receipts, logs and blocks as a Nitro node writes them: same fields, same order, same forms.
//! The tests hold them against recorded answers, byte for byte.

mod block;
mod log;
mod receipt;
mod transaction;

pub(crate) use block::{BlockJson, HeaderJson};
pub(crate) use log::LogJson;
pub(crate) use receipt::ReceiptJson;
pub(crate) use transaction::TransactionJson;

use super::error::{Answer, RpcError};

/// JSON text of an answer.
pub(crate) fn answer<T: serde::Serialize>(value: &T) -> Answer {
    serde_json::value::to_raw_value(value).map_err(|error| RpcError::server(error.to_string()))
}

#[cfg(test)]
mod tests;
