//! Headers, blocks, transactions and receipts in the encodings that are hashed.

use alloy_consensus::{Eip658Value, Receipt, ReceiptWithBloom, TxReceipt as _};
use alloy_eips::BlockId;
use alloy_primitives::{B256, Bytes};
use alloy_rlp::Encodable;

use crate::{
    chain::{Block, Mined},
    rpc::{
        args::Args, blockid::block_of, context::Context, dispatch::Methods, error::Answer,
        json::answer,
    },
};

pub(super) const METHODS: Methods = &[
    ("debug_getRawBlock", block),
    ("debug_getRawHeader", header),
    ("debug_getRawReceipts", receipts),
    ("debug_getRawTransaction", transaction),
];

fn header(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let id: BlockId = args.required(0)?;
    let chain = context.chain();
    answer(&Bytes::from(alloy_rlp::encode(
        &block_of(&chain, id)?.header,
    )))
}

fn block(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let id: BlockId = args.required(0)?;
    let chain = context.chain();
    answer(&encode_block(block_of(&chain, id)?))
}

/// Header, transactions and no uncles.
fn encode_block(block: &Block) -> Bytes {
    let mut transactions = Vec::new();
    for mined in &block.transactions {
        let bytes = mined.tx.encode();
        if mined.tx.kind() == 0 {
            // A legacy transaction is a list of its own.
            transactions.extend_from_slice(&bytes);
        } else {
            bytes.encode(&mut transactions);
        }
    }
    let mut body = alloy_rlp::encode(&block.header);
    alloy_rlp::Header {
        list: true,
        payload_length: transactions.len(),
    }
    .encode(&mut body);
    body.extend_from_slice(&transactions);
    body.push(alloy_rlp::EMPTY_LIST_CODE);
    let mut out = Vec::with_capacity(body.len() + 9);
    alloy_rlp::Header {
        list: true,
        payload_length: body.len(),
    }
    .encode(&mut out);
    out.extend_from_slice(&body);
    out.into()
}

fn transaction(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let hash: B256 = args.required(0)?;
    let chain = context.chain();
    answer(
        &chain
            .transaction(&hash)
            .map(|mined| mined.tx.encode())
            .unwrap_or_default(),
    )
}

fn receipts(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let id: BlockId = args.required(0)?;
    let chain = context.chain();
    let block = block_of(&chain, id)?;
    answer(
        &block
            .transactions
            .iter()
            .map(|mined| encode_receipt(mined))
            .collect::<Vec<_>>(),
    )
}

pub(crate) fn encode_receipt(mined: &Mined) -> Bytes {
    let receipt = &mined.receipt;
    let receipt: ReceiptWithBloom<Receipt> = Receipt {
        status: Eip658Value::Eip658(receipt.success),
        cumulative_gas_used: receipt.cumulative_gas_used,
        logs: receipt.logs.clone(),
    }
    .into_with_bloom();
    let mut out = Vec::new();
    if mined.tx.kind() != 0 {
        out.push(mined.tx.kind());
    }
    alloy_rlp::Encodable::encode(&receipt, &mut out);
    out.into()
}
