//! The `confluence` namespace: what only this node has, above all the L1 clock that `block.number` follows.

use alloy_primitives::U64;
use serde::Serialize;

use super::{
    args::{Args, invalid},
    context::Context,
    dispatch::Methods,
    error::{Answer, RpcError},
    json::answer,
    read::{Lenient, Refused},
    web3::CLIENT,
};
use crate::chain::{BlockNumberMode, Mining};

pub(super) const METHODS: Methods = &[
    ("confluence_advanceL1Block", advance_l1),
    ("confluence_l1BlockNumber", l1_number),
    ("confluence_nodeInfo", node_info),
    ("confluence_setBlockNumberMode", set_mode),
    ("confluence_setL1BlockNumber", set_l1),
];

/// A number at `index`, in any form.
pub(super) fn number(args: &Args, index: usize) -> Result<u64, RpcError> {
    args.required::<Lenient>(index)?
        .u64()
        .map_err(|refused| invalid(index, &refused))
}

/// L1 block number that the next L2 block will know.
fn l1_number(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    answer(&U64::from(context.chain().l1_block()))
}

/// Sets it; programs see it from the next block on.
fn set_l1(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let number = number(args, 0)?;
    context.chain_mut().set_l1_block(number);
    answer(&U64::from(number))
}

/// Moves it on, by one block unless said otherwise.
fn advance_l1(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let blocks = if args.optional::<Lenient>(0)?.is_some() {
        number(args, 0)?
    } else {
        1
    };
    let mut chain = context.chain_mut();
    let number = chain.l1_block().saturating_add(blocks);
    chain.set_l1_block(number);
    answer(&U64::from(number))
}

/// `"l1"`: `block.number` follows the L1 clock, as on Arbitrum; `"l2"`: the L2 height, as hardhat's tests expect.
fn set_mode(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let name: String = args.required(0)?;
    let mode = match name.as_str() {
        "l1" => BlockNumberMode::L1Clock,
        "l2" => BlockNumberMode::L2Height,
        _ => {
            return Err(invalid(
                0,
                &Refused::text("the mode is either \"l1\" or \"l2\""),
            ));
        }
    };
    context.chain_mut().set_block_number_mode(mode);
    answer(&true)
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct NodeInfo {
    client: &'static str,
    chain_id: U64,
    arbos_version: U64,
    block_number: U64,
    l1_block_number: U64,
    block_number_mode: &'static str,
    automine: bool,
    next_timestamp: U64,
}

fn node_info(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    let chain = context.chain();
    let config = chain.config();
    answer(&NodeInfo {
        client: CLIENT,
        chain_id: U64::from(config.chain_id),
        arbos_version: U64::from(chain.head().arbos_version()),
        block_number: U64::from(chain.head().number()),
        l1_block_number: U64::from(chain.l1_block()),
        block_number_mode: match config.block_number {
            BlockNumberMode::L1Clock => "l1",
            BlockNumberMode::L2Height => "l2",
        },
        automine: config.mining == Mining::Auto,
        next_timestamp: U64::from(chain.next_timestamp()),
    })
}
