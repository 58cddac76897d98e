//! What the chain remembers: blocks, their transactions and receipts. All of it is immutable once a block is made.

use std::sync::Arc;

use alloy_consensus::Header;
use alloy_primitives::{Address, B256, Bloom, Log, U256};

use super::tx::Tx;

/// Gas limit every header shows (2^50, Nitro).
pub const HEADER_GAS_LIMIT: u64 = 1 << 50;

/// A block with everything in it.
#[derive(Clone, Debug)]
pub struct Block {
    /// The header in Nitro's encoding.
    pub header: Header,
    /// Hash of the header.
    pub hash: B256,
    /// Length of the RLP-encoded block in bytes.
    pub size: u64,
    /// Transactions in order; the first is ArbOS's own start of block.
    pub transactions: Vec<Arc<Mined>>,
    /// State version after this block.
    pub(crate) version: u64,
}

impl Block {
    /// L2 block number.
    pub const fn number(&self) -> u64 {
        self.header.number
    }

    /// Seconds since 1970.
    pub const fn timestamp(&self) -> u64 {
        self.header.timestamp
    }

    /// L2 base fee in wei.
    pub fn base_fee(&self) -> U256 {
        U256::from(self.header.base_fee_per_gas.unwrap_or_default())
    }

    /// Number of L2-to-L1 messages sent up to and including this block.
    pub fn send_count(&self) -> u64 {
        mix_word(&self.header, 0)
    }

    /// L1 block number this block knows.
    pub fn l1_number(&self) -> u64 {
        mix_word(&self.header, 1)
    }

    /// ArbOS version of this block.
    pub fn arbos_version(&self) -> u64 {
        mix_word(&self.header, 2)
    }

    /// Root of the tree of L2-to-L1 messages after this block.
    pub fn send_root(&self) -> B256 {
        let extra = &self.header.extra_data;
        if extra.len() == 32 {
            B256::from_slice(extra)
        } else {
            B256::ZERO
        }
    }
}

/// The `index`-th 8-byte word of the mix hash, where Nitro keeps send count, L1 number and ArbOS version.
fn mix_word(header: &Header, index: usize) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(&header.mix_hash[8 * index..8 * index + 8]);
    u64::from_be_bytes(word)
}

/// A transaction in a block, with its receipt.
#[derive(Clone, Debug)]
pub struct Mined {
    /// The transaction.
    pub tx: Tx,
    /// Its hash.
    pub hash: B256,
    /// Its sender: recovered, aliased or impersonated.
    pub from: Address,
    /// Position in its block.
    pub index: u64,
    /// Number of its block.
    pub block_number: u64,
    /// What it did.
    pub receipt: Receipt,
    /// State version just before it ran.
    pub(crate) before: u64,
    /// Code hashes of the Stylus programs it ran, by last use: what the block's program cache saw of it.
    pub(crate) programs: Vec<B256>,
}

/// What a transaction did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Whether it succeeded.
    pub success: bool,
    /// Gas used, with the L1 part.
    pub gas_used: u64,
    /// The part of `gas_used` that pays for L1 data.
    pub gas_used_for_l1: u64,
    /// Gas used in the block up to and including this transaction.
    pub cumulative_gas_used: u64,
    /// The address created, if it created one (a failed creation has it as well).
    pub contract_address: Option<Address>,
    /// Logs in order.
    pub logs: Vec<Log>,
    /// Index in the block of the first of `logs`.
    pub first_log_index: u64,
    /// Bloom filter of `logs`.
    pub bloom: Bloom,
    /// What went wrong where it was not an EVM revert, in Nitro's words; for traces, not part of the chain.
    pub failure: Option<String>,
}
