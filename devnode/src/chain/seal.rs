//! Making a header of what a block did (Nitro's encoding) and appending the block.

use std::sync::Arc;

use alloy_consensus::{
    Eip658Value, Header, Receipt as ConsensusReceipt, ReceiptWithBloom,
    proofs::ordered_trie_root_with_encoder,
};
use alloy_primitives::{B64, B256, Bloom, U256};
use alloy_rlp::{BufMut, Encodable};

use super::{
    Chain,
    block::{Block, HEADER_GAS_LIMIT, Mined, Receipt},
    commit,
    event::Event,
    state::Version,
};

/// What a header says beyond its transactions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seal {
    pub(crate) number: u64,
    pub(crate) timestamp: u64,
    pub(crate) coinbase: alloy_primitives::Address,
    pub(crate) base_fee: U256,
    /// Messages read from the delayed inbox.
    pub(crate) delayed_read: u64,
    pub(crate) send_count: u64,
    pub(crate) send_root: B256,
    pub(crate) l1_number: u64,
    pub(crate) arbos: u64,
    pub(crate) collects_tips: bool,
}

impl Seal {
    fn mix_hash(&self) -> B256 {
        let mut mix = B256::ZERO;
        mix[0..8].copy_from_slice(&self.send_count.to_be_bytes());
        mix[8..16].copy_from_slice(&self.l1_number.to_be_bytes());
        mix[16..24].copy_from_slice(&self.arbos.to_be_bytes());
        mix[25] = u8::from(self.collects_tips);
        mix
    }
}

impl Chain {
    /// Appends a block of transactions that have run, on a state that was `since` before them.
    pub(crate) fn append_block(
        &mut self,
        seal: &Seal,
        mut transactions: Vec<Mined>,
        since: Version,
    ) -> Arc<Block> {
        let parent = self.blocks.last();
        let parent_root = parent.map_or(B256::ZERO, |parent| parent.header.state_root);
        let parent_hash = parent.map_or(B256::ZERO, |parent| parent.hash);
        let mut logs = 0;
        let mut gas_used = 0_u64;
        let mut bloom = Bloom::ZERO;
        for mined in &mut transactions {
            let receipt = &mut mined.receipt;
            gas_used = gas_used.saturating_add(receipt.gas_used);
            receipt.cumulative_gas_used = gas_used;
            receipt.first_log_index = logs;
            receipt.bloom = receipt.logs.iter().collect();
            bloom |= receipt.bloom;
            logs += receipt.logs.len() as u64;
        }
        let header = Header {
            parent_hash,
            beneficiary: seal.coinbase,
            state_root: commit::root(&self.state, parent_root, since),
            transactions_root: ordered_trie_root_with_encoder(&transactions, |mined, out| {
                out.put_slice(&mined.tx.encode());
            }),
            receipts_root: ordered_trie_root_with_encoder(&transactions, |mined, out| {
                encode_receipt(mined.tx.kind(), &mined.receipt, out);
            }),
            logs_bloom: bloom,
            difficulty: U256::ONE,
            number: seal.number,
            gas_limit: HEADER_GAS_LIMIT,
            gas_used,
            timestamp: seal.timestamp,
            extra_data: seal.send_root.into(),
            mix_hash: seal.mix_hash(),
            nonce: B64::from(seal.delayed_read),
            base_fee_per_gas: Some(seal.base_fee.saturating_to()),
            ..Header::default()
        };
        let hash = header.hash_slow();
        let block = Arc::new(Block {
            size: block_size(&header, &transactions),
            header,
            hash,
            transactions: transactions.into_iter().map(Arc::new).collect(),
            version: self.state.version(),
        });
        self.index(block.clone());
        self.announce(Event::Block(block.clone()));
        block
    }
}

/// A receipt as the receipts root commits to it.
fn encode_receipt(kind: u8, receipt: &Receipt, out: &mut dyn BufMut) {
    let body = ReceiptWithBloom::new(
        ConsensusReceipt {
            status: Eip658Value::Eip658(receipt.success),
            cumulative_gas_used: receipt.cumulative_gas_used,
            logs: receipt.logs.clone(),
        },
        receipt.bloom,
    );
    if kind != 0 {
        out.put_u8(kind);
    }
    body.encode(out);
}

/// Length of the block's RLP encoding: header, transactions, no uncles.
fn block_size(header: &Header, transactions: &[Mined]) -> u64 {
    let list = |payload: usize| payload + alloy_rlp::length_of_length(payload);
    let bodies: usize = transactions
        .iter()
        .map(|mined| {
            let encoded = mined.tx.encode();
            if mined.tx.kind() == 0 {
                encoded.len()
            } else {
                encoded.as_ref().length()
            }
        })
        .sum();
    list(header.length() + list(bodies) + list(0)) as u64
}
