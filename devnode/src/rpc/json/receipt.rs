//! A receipt as `eth_getTransactionReceipt` shows it.

use alloy_primitives::{Address, B256, Bloom, U64, U256};
use serde::Serialize;

use super::log::LogJson;
use crate::chain::{Block, Mined};

/// See the head of this file.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReceiptJson {
    block_hash: B256,
    block_number: U64,
    contract_address: Option<Address>,
    cumulative_gas_used: U64,
    /// The base fee: Nitro drops tips.
    effective_gas_price: U256,
    from: Address,
    gas_used: U64,
    #[serde(rename = "gasUsedForL1")]
    gas_used_for_l1: U64,
    l1_block_number: U64,
    logs: Vec<LogJson>,
    logs_bloom: Bloom,
    status: U64,
    to: Option<Address>,
    transaction_hash: B256,
    transaction_index: U64,
    r#type: U64,
}

impl ReceiptJson {
    /// The receipt of `mined`, which is in `block`.
    pub(crate) fn new(block: &Block, mined: &Mined) -> Self {
        let receipt = &mined.receipt;
        Self {
            block_hash: block.hash,
            block_number: U64::from(block.number()),
            contract_address: receipt.contract_address,
            cumulative_gas_used: U64::from(receipt.cumulative_gas_used),
            effective_gas_price: block.base_fee(),
            from: mined.from,
            gas_used: U64::from(receipt.gas_used),
            gas_used_for_l1: U64::from(receipt.gas_used_for_l1),
            l1_block_number: U64::from(block.l1_number()),
            logs: block
                .logs_of(mined)
                .map(|log| LogJson::new(log, false))
                .collect(),
            logs_bloom: receipt.bloom,
            status: U64::from(receipt.success),
            to: mined.tx.to(),
            transaction_hash: mined.hash,
            transaction_index: U64::from(mined.index),
            r#type: U64::from(mined.tx.kind()),
        }
    }
}
