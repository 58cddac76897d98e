//! A log as `eth_getLogs`, receipts and subscriptions show it.

use alloy_primitives::{Address, B256, Bytes, U64};
use serde::Serialize;

use crate::chain::FoundLog;

/// See the head of this file.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LogJson {
    address: Address,
    topics: Vec<B256>,
    data: Bytes,
    block_number: U64,
    transaction_hash: B256,
    transaction_index: U64,
    block_hash: B256,
    block_timestamp: U64,
    log_index: U64,
    /// Whether its block was taken back.
    removed: bool,
}

impl LogJson {
    pub(crate) fn new(found: FoundLog, removed: bool) -> Self {
        let (topics, data) = found.log.data.split();
        Self {
            address: found.log.address,
            topics,
            data,
            block_number: U64::from(found.block_number),
            transaction_hash: found.tx_hash,
            transaction_index: U64::from(found.tx_index),
            block_hash: found.block_hash,
            block_timestamp: U64::from(found.block_timestamp),
            log_index: U64::from(found.log_index),
            removed,
        }
    }
}
