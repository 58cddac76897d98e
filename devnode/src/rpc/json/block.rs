//! A block and its header as `eth_getBlockByNumber` and `newHeads` show them.

use alloy_primitives::{Address, B64, B256, Bloom, Bytes, U64, U256};
use serde::Serialize;

use super::transaction::TransactionJson;
use crate::chain::Block;

/// A block, with transactions in full or by hash.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BlockJson {
    base_fee_per_gas: U256,
    difficulty: U256,
    extra_data: Bytes,
    gas_limit: U64,
    gas_used: U64,
    /// Absent, like nonce and miner, where the pending block was asked for.
    hash: Option<B256>,
    l1_block_number: U64,
    logs_bloom: Bloom,
    miner: Option<Address>,
    mix_hash: B256,
    nonce: Option<B64>,
    number: U64,
    parent_hash: B256,
    receipts_root: B256,
    send_count: U64,
    send_root: B256,
    #[serde(rename = "sha3Uncles")]
    uncles_hash: B256,
    size: U64,
    state_root: B256,
    timestamp: U64,
    transactions: Transactions,
    transactions_root: B256,
    uncles: [B256; 0],
}

#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Transactions {
    Full(Vec<TransactionJson>),
    Hashes(Vec<B256>),
}

impl BlockJson {
    /// `block`, with its transactions in full if `full`.
    pub(crate) fn new(block: &Block, full: bool) -> Self {
        let header = &block.header;
        let transactions = if full {
            let json = |mined: &_| TransactionJson::mined(block, mined);
            Transactions::Full(block.transactions.iter().map(|mined| json(mined)).collect())
        } else {
            Transactions::Hashes(block.transactions.iter().map(|mined| mined.hash).collect())
        };
        Self {
            base_fee_per_gas: block.base_fee(),
            difficulty: header.difficulty,
            extra_data: header.extra_data.clone(),
            gas_limit: U64::from(header.gas_limit),
            gas_used: U64::from(header.gas_used),
            hash: Some(block.hash),
            l1_block_number: U64::from(block.l1_number()),
            logs_bloom: header.logs_bloom,
            miner: Some(header.beneficiary),
            mix_hash: header.mix_hash,
            nonce: Some(header.nonce),
            number: U64::from(header.number),
            parent_hash: header.parent_hash,
            receipts_root: header.receipts_root,
            send_count: U64::from(block.send_count()),
            send_root: block.send_root(),
            uncles_hash: header.ommers_hash,
            size: U64::from(block.size),
            state_root: header.state_root,
            timestamp: U64::from(header.timestamp),
            transactions,
            transactions_root: header.transactions_root,
            uncles: [],
        }
    }

    /// As go-ethereum shows the pending block: without what is not settled.
    pub(crate) fn pending(mut self) -> Self {
        self.hash = None;
        self.miner = None;
        self.nonce = None;
        self
    }
}

/// A header, for `newHeads`; go-ethereum writes it in the order of its encoding.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HeaderJson {
    parent_hash: B256,
    #[serde(rename = "sha3Uncles")]
    uncles_hash: B256,
    miner: Address,
    state_root: B256,
    transactions_root: B256,
    receipts_root: B256,
    logs_bloom: Bloom,
    difficulty: U256,
    number: U64,
    gas_limit: U64,
    gas_used: U64,
    timestamp: U64,
    extra_data: Bytes,
    mix_hash: B256,
    nonce: B64,
    base_fee_per_gas: U256,
    withdrawals_root: Option<B256>,
    blob_gas_used: Option<U64>,
    excess_blob_gas: Option<U64>,
    parent_beacon_block_root: Option<B256>,
    requests_hash: Option<B256>,
    hash: B256,
}

impl HeaderJson {
    pub(crate) fn new(block: &Block) -> Self {
        let header = &block.header;
        Self {
            parent_hash: header.parent_hash,
            uncles_hash: header.ommers_hash,
            miner: header.beneficiary,
            state_root: header.state_root,
            transactions_root: header.transactions_root,
            receipts_root: header.receipts_root,
            logs_bloom: header.logs_bloom,
            difficulty: header.difficulty,
            number: U64::from(header.number),
            gas_limit: U64::from(header.gas_limit),
            gas_used: U64::from(header.gas_used),
            timestamp: U64::from(header.timestamp),
            extra_data: header.extra_data.clone(),
            mix_hash: header.mix_hash,
            nonce: header.nonce,
            base_fee_per_gas: block.base_fee(),
            withdrawals_root: None,
            blob_gas_used: None,
            excess_blob_gas: None,
            parent_beacon_block_root: None,
            requests_hash: None,
            hash: block.hash,
        }
    }
}
