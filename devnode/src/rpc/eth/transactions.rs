//! Transactions and receipts, by hash or place.

use alloy_eips::BlockId;
use alloy_primitives::{B256, Bytes, U256};

use crate::{
    chain::{Chain, Mined},
    rpc::{
        args::Args,
        blockid::BlockTag,
        context::Context,
        dispatch::Methods,
        error::{Answer, RpcError},
        json::{ReceiptJson, TransactionJson, answer},
    },
};

pub(super) const METHODS: Methods = &[
    (
        "eth_getRawTransactionByBlockHashAndIndex",
        raw_by_block_hash,
    ),
    (
        "eth_getRawTransactionByBlockNumberAndIndex",
        raw_by_block_number,
    ),
    ("eth_getRawTransactionByHash", raw_by_hash),
    ("eth_getTransactionByBlockHashAndIndex", by_block_hash),
    ("eth_getTransactionByBlockNumberAndIndex", by_block_number),
    ("eth_getTransactionByHash", by_hash),
    ("eth_getTransactionReceipt", receipt),
    ("eth_pendingTransactions", pending),
];

fn json(chain: &Chain, mined: &Mined) -> Option<TransactionJson> {
    let block = chain.block_by_number(mined.block_number)?;
    Some(TransactionJson::mined(block, mined))
}

fn by_hash(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let hash: B256 = args.required(0)?;
    let chain = context.chain();
    if let Some(mined) = chain.transaction(&hash) {
        return answer(&json(&chain, mined));
    }
    let waiting = chain.pending_transaction(&hash);
    answer(&waiting.map(|pending| TransactionJson::pending(&pending.tx, pending.from)))
}

fn receipt(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let hash: B256 = args.required(0)?;
    let chain = context.chain();
    answer(&chain.transaction(&hash).and_then(|mined| {
        chain
            .block_by_number(mined.block_number)
            .map(|block| ReceiptJson::new(block, mined))
    }))
}

/// The transaction at a place in a block.
fn at<'a>(chain: &'a Chain, block: BlockId, args: &Args) -> Result<Option<&'a Mined>, RpcError> {
    let index: U256 = args.required(1)?;
    let mined = usize::try_from(index).ok().and_then(|index| {
        chain
            .block(block)
            .and_then(|block| block.transactions.get(index))
    });
    Ok(mined.map(|mined| &**mined))
}

fn by_block_number(context: &Context, args: &Args) -> Answer {
    args.at_most(2)?;
    let chain = context.chain();
    let mined = at(&chain, args.required::<BlockTag>(0)?.0.into(), args)?;
    answer(&mined.and_then(|mined| json(&chain, mined)))
}

fn by_block_hash(context: &Context, args: &Args) -> Answer {
    args.at_most(2)?;
    let chain = context.chain();
    let mined = at(&chain, args.required::<B256>(0)?.into(), args)?;
    answer(&mined.and_then(|mined| json(&chain, mined)))
}

fn raw(mined: Option<&Mined>) -> Answer {
    // go-ethereum answers with empty bytes where there is no such transaction.
    answer(&mined.map(|mined| mined.tx.encode()).unwrap_or_default())
}

fn raw_by_hash(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let hash: B256 = args.required(0)?;
    let chain = context.chain();
    let waiting = || {
        chain
            .pending_transaction(&hash)
            .map(|pending| pending.tx.encode())
    };
    let bytes = chain
        .transaction(&hash)
        .map(|mined| mined.tx.encode())
        .or_else(waiting);
    answer::<Bytes>(&bytes.unwrap_or_default())
}

fn raw_by_block_number(context: &Context, args: &Args) -> Answer {
    args.at_most(2)?;
    let chain = context.chain();
    raw(at(&chain, args.required::<BlockTag>(0)?.0.into(), args)?)
}

fn raw_by_block_hash(context: &Context, args: &Args) -> Answer {
    args.at_most(2)?;
    let chain = context.chain();
    raw(at(&chain, args.required::<B256>(0)?.into(), args)?)
}

fn pending(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    let chain = context.chain();
    let waiting = chain.pending().iter();
    answer(
        &waiting
            .map(|pending| TransactionJson::pending(&pending.tx, pending.from))
            .collect::<Vec<_>>(),
    )
}
