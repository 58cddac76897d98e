//! Blocks and their headers.

use alloy_eips::{BlockId, BlockNumberOrTag};
use alloy_primitives::{B256, U64};

use crate::rpc::{
    args::Args,
    blockid::BlockTag,
    context::Context,
    dispatch::Methods,
    error::Answer,
    json::{BlockJson, HeaderJson, ReceiptJson, answer},
};

pub(super) const METHODS: Methods = &[
    ("eth_blockNumber", number),
    ("eth_chainId", chain_id),
    ("eth_getBlockByHash", by_hash),
    ("eth_getBlockByNumber", by_number),
    ("eth_getBlockReceipts", receipts),
    (
        "eth_getBlockTransactionCountByHash",
        transaction_count_by_hash,
    ),
    (
        "eth_getBlockTransactionCountByNumber",
        transaction_count_by_number,
    ),
    ("eth_getHeaderByHash", header_by_hash),
    ("eth_getHeaderByNumber", header_by_number),
    ("eth_getUncleByBlockHashAndIndex", uncle),
    ("eth_getUncleByBlockNumberAndIndex", uncle),
    ("eth_getUncleCountByBlockHash", uncle_count_by_hash),
    ("eth_getUncleCountByBlockNumber", uncle_count_by_number),
    ("eth_syncing", syncing),
];

fn number(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    answer(&U64::from(context.chain().head().number()))
}

fn chain_id(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    answer(&U64::from(context.chain().config().chain_id))
}

fn syncing(_: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    answer(&false)
}

fn by_number(context: &Context, args: &Args) -> Answer {
    args.at_most(2)?;
    let BlockTag(tag) = args.required(0)?;
    let full = args.optional(1)?.unwrap_or(false);
    let chain = context.chain();
    let json = chain
        .block(tag.into())
        .map(|block| BlockJson::new(block, full));
    answer(&if tag.is_pending() {
        json.map(BlockJson::pending)
    } else {
        json
    })
}

fn by_hash(context: &Context, args: &Args) -> Answer {
    args.at_most(2)?;
    let hash: B256 = args.required(0)?;
    let full = args.optional(1)?.unwrap_or(false);
    let chain = context.chain();
    answer(
        &chain
            .block_by_hash(&hash)
            .map(|block| BlockJson::new(block, full)),
    )
}

fn header(context: &Context, id: BlockId) -> Answer {
    answer(
        &context
            .chain()
            .block(id)
            .map(|block| HeaderJson::new(block)),
    )
}

fn header_by_number(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    header(context, args.required::<BlockTag>(0)?.0.into())
}

fn header_by_hash(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    header(context, args.required::<B256>(0)?.into())
}

fn receipts(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let id: BlockId = args.required(0)?;
    let chain = context.chain();
    answer(&chain.block(id).map(|block| {
        let receipt = |mined: &_| ReceiptJson::new(block, mined);
        block
            .transactions
            .iter()
            .map(|mined| receipt(mined))
            .collect::<Vec<_>>()
    }))
}

fn transaction_count(context: &Context, id: BlockId) -> Answer {
    answer(
        &context
            .chain()
            .block(id)
            .map(|block| U64::from(block.transactions.len())),
    )
}

fn transaction_count_by_number(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    transaction_count(context, args.required::<BlockTag>(0)?.0.into())
}

fn transaction_count_by_hash(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    transaction_count(context, args.required::<B256>(0)?.into())
}

/// Nitro has no uncles.
fn uncle(_: &Context, args: &Args) -> Answer {
    args.at_most(2)?;
    answer(&None::<()>)
}

fn uncle_count(context: &Context, id: BlockId) -> Answer {
    answer(&context.chain().block(id).map(|_| U64::ZERO))
}

fn uncle_count_by_number(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let tag: BlockNumberOrTag = args.required::<BlockTag>(0)?.0;
    uncle_count(context, tag.into())
}

fn uncle_count_by_hash(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    uncle_count(context, args.required::<B256>(0)?.into())
}
