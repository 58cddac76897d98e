//! The `txpool` namespace: transactions that wait because blocks are made on demand.

use std::collections::BTreeMap;

use alloy_primitives::{Address, U64};

use super::{
    args::Args,
    context::Context,
    dispatch::Methods,
    error::Answer,
    json::{TransactionJson, answer},
};

pub(super) const METHODS: Methods = &[("txpool_content", content), ("txpool_status", status)];

type ByNonce = BTreeMap<String, TransactionJson>;

fn status(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    let pending = U64::from(context.chain().pending().len());
    answer(&BTreeMap::from([
        ("pending", pending),
        ("queued", U64::ZERO),
    ]))
}

fn content(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    let chain = context.chain();
    let mut pending: BTreeMap<Address, ByNonce> = BTreeMap::new();
    for waiting in chain.pending() {
        let json = TransactionJson::pending(&waiting.tx, waiting.from);
        pending
            .entry(waiting.from)
            .or_default()
            .insert(waiting.tx.nonce().to_string(), json);
    }
    answer(&BTreeMap::from([
        ("pending", pending),
        ("queued", BTreeMap::new()),
    ]))
}
