//! The test namespaces of hardhat and anvil: snapshots, clocks, mining, accounts as a test wants them.
//! One method serves all spellings; where hardhat and anvil differ, each spelling keeps its own meaning.

use std::time::Duration;

use alloy_primitives::{Address, B256, Bytes, U64};
use serde_json::Value;

use super::{
    args::{Args, invalid},
    confluence::number,
    context::Context,
    dispatch::Methods,
    error::{Answer, RpcError},
    json::answer,
    limits,
    read::{Lenient, Read as _},
};
use crate::chain::{Chain, Mining, SnapshotId};

pub(super) const METHODS: Methods = &[
    ("anvil_autoImpersonateAccount", auto_impersonate),
    ("anvil_dropTransaction", drop_transaction),
    ("anvil_getAutomine", get_automine),
    ("anvil_getIntervalMining", get_interval),
    ("anvil_impersonateAccount", impersonate),
    ("anvil_increaseTime", increase_time),
    ("anvil_mine", mine_many),
    (
        "anvil_removeBlockTimestampInterval",
        remove_timestamp_interval,
    ),
    ("anvil_setAutomine", set_automine),
    ("anvil_setBalance", set_balance),
    ("anvil_setBlockTimestampInterval", set_timestamp_interval),
    ("anvil_setCode", set_code),
    ("anvil_setIntervalMining", set_interval_seconds),
    ("anvil_setNextBlockTimestamp", set_next_timestamp),
    ("anvil_setNonce", set_nonce),
    ("anvil_setStorageAt", set_storage),
    ("anvil_setTime", set_time),
    ("anvil_stopImpersonatingAccount", stop_impersonating),
    ("confluence_mine", mine_with_l1),
    ("evm_increaseTime", increase_time),
    ("evm_mine", mine),
    ("evm_revert", revert),
    ("evm_setAutomine", set_automine),
    ("evm_setIntervalMining", set_interval_millis),
    ("evm_setNextBlockTimestamp", set_next_timestamp),
    ("evm_setTime", set_time),
    ("evm_snapshot", snapshot),
    ("hardhat_autoImpersonateAccount", auto_impersonate),
    ("hardhat_dropTransaction", drop_transaction),
    ("hardhat_getAutomine", get_automine),
    ("hardhat_impersonateAccount", impersonate),
    ("hardhat_mine", mine_many),
    ("hardhat_setBalance", set_balance),
    ("hardhat_setCode", set_code),
    ("hardhat_setNonce", set_nonce),
    ("hardhat_setStorageAt", set_storage),
    ("hardhat_stopImpersonatingAccount", stop_impersonating),
];

fn snapshot(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    answer(&U64::from(context.chain_mut().snapshot().0))
}

fn revert(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let id = SnapshotId(number(args, 0)?);
    let mut chain = context.chain_mut();
    let done = chain.revert(id);
    context.filters.cut(chain.head().number());
    context.mining_changed();
    answer(&done)
}

/// Mines one block, or as many as an object says; with a timestamp if one is given.
fn mine(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let (mut blocks, mut timestamp) = (1, None);
    let lenient = |value: &Value| {
        Lenient::read(value)
            .and_then(Lenient::u64)
            .map_err(|refused| invalid(0, &refused))
    };
    match args.optional::<Value>(0)? {
        Some(Value::Object(options)) => {
            if let Some(given) = options.get("blocks") {
                blocks = lenient(given)?;
            }
            timestamp = options.get("timestamp").map(lenient).transpose()?;
        }
        Some(value) => timestamp = Some(lenient(&value)?),
        None => {}
    }
    let mut chain = context.chain_mut();
    // Zero stands for "no timestamp" in tools that always send one.
    if let Some(timestamp) = timestamp.filter(|timestamp| *timestamp > 0) {
        next_timestamp(&mut chain, timestamp)?;
    }
    mine_blocks(&mut chain, blocks, None, 0)?;
    answer(&"0x0")
}

/// `blocks`, and seconds between them.
fn mine_many(context: &Context, args: &Args) -> Answer {
    args.at_most(2)?;
    let blocks = if args.optional::<Lenient>(0)?.is_some() {
        number(args, 0)?
    } else {
        1
    };
    let seconds = args
        .optional::<Lenient>(1)?
        .map(|_| number(args, 1))
        .transpose()?;
    mine_blocks(&mut context.chain_mut(), blocks, seconds, 0)?;
    answer(&true)
}

/// `blocks`, seconds between them, and how far the L1 clock moves before each.
fn mine_with_l1(context: &Context, args: &Args) -> Answer {
    args.at_most(3)?;
    let (blocks, seconds, l1_blocks) = (number(args, 0)?, number(args, 1)?, number(args, 2)?);
    mine_blocks(&mut context.chain_mut(), blocks, Some(seconds), l1_blocks)?;
    answer(&true)
}

fn mine_blocks(
    chain: &mut Chain,
    blocks: u64,
    seconds: Option<u64>,
    l1_blocks: u64,
) -> Result<(), RpcError> {
    if blocks > limits::MINED_AT_ONCE {
        let message = format!(
            "at most {} blocks can be mined at a time",
            limits::MINED_AT_ONCE
        );
        return Err(RpcError::limit(message));
    }
    for block in 0..blocks {
        if l1_blocks > 0 {
            chain.set_l1_block(chain.l1_block().saturating_add(l1_blocks));
        }
        if let Some(seconds) = seconds.filter(|_| block > 0) {
            next_timestamp(chain, chain.head().timestamp().saturating_add(seconds))?;
        }
        chain.mine();
    }
    Ok(())
}

fn next_timestamp(chain: &mut Chain, second: u64) -> Result<(), RpcError> {
    chain
        .set_next_block_timestamp(second)
        .map_err(|error| RpcError::server(error.to_string()))
}

fn increase_time(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    answer(&context.chain_mut().increase_time(number(args, 0)?))
}

fn set_time(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    context.chain_mut().set_time(number(args, 0)?);
    answer(&0)
}

fn set_next_timestamp(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    next_timestamp(&mut context.chain_mut(), number(args, 0)?)?;
    answer(&None::<()>)
}

fn set_timestamp_interval(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    context
        .chain_mut()
        .set_block_timestamp_interval(Some(number(args, 0)?));
    answer(&None::<()>)
}

fn remove_timestamp_interval(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    context.chain_mut().set_block_timestamp_interval(None);
    answer(&true)
}

fn set_mining(context: &Context, mining: Mining) {
    context.chain_mut().set_mining(mining);
    context.mining_changed();
}

fn set_automine(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let mining = if args.required(0)? {
        Mining::Auto
    } else {
        Mining::Manual
    };
    set_mining(context, mining);
    answer(&true)
}

fn get_automine(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    answer(&(context.chain().config().mining == Mining::Auto))
}

fn get_interval(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    answer(&match context.chain().config().mining {
        Mining::Interval(every) => Some(every.as_secs()),
        Mining::Auto | Mining::Manual => None,
    })
}

/// An interval of zero ends interval mining.
fn set_interval(context: &Context, every: Duration) -> Answer {
    set_mining(
        context,
        if every.is_zero() {
            Mining::Manual
        } else {
            Mining::Interval(every)
        },
    );
    answer(&true)
}

fn set_interval_seconds(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    set_interval(context, Duration::from_secs(number(args, 0)?))
}

/// hardhat counts in milliseconds.
fn set_interval_millis(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    set_interval(context, Duration::from_millis(number(args, 0)?))
}

fn impersonate(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    context.chain_mut().impersonate(args.required(0)?);
    answer(&true)
}

fn stop_impersonating(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    context.chain_mut().stop_impersonating(args.required(0)?);
    answer(&true)
}

fn auto_impersonate(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    context.chain_mut().impersonate_everyone(args.required(0)?);
    answer(&None::<()>)
}

fn set_balance(context: &Context, args: &Args) -> Answer {
    args.at_most(2)?;
    let who: Address = args.required(0)?;
    let Lenient(wei) = args.required(1)?;
    context.chain_mut().set_balance(who, wei);
    answer(&true)
}

fn set_nonce(context: &Context, args: &Args) -> Answer {
    args.at_most(2)?;
    let (who, nonce) = (args.required(0)?, number(args, 1)?);
    context.chain_mut().set_nonce(who, nonce);
    answer(&true)
}

fn set_code(context: &Context, args: &Args) -> Answer {
    args.at_most(2)?;
    let (who, code) = (args.required(0)?, args.required::<Bytes>(1)?);
    context.chain_mut().set_code(who, &code);
    answer(&true)
}

fn set_storage(context: &Context, args: &Args) -> Answer {
    args.at_most(3)?;
    let who: Address = args.required(0)?;
    let Lenient(key): Lenient = args.required(1)?;
    let Lenient(value): Lenient = args.required(2)?;
    context.chain_mut().set_storage(who, key, value.into());
    answer(&true)
}

/// The hash of the transaction if it waited, null otherwise.
fn drop_transaction(context: &Context, args: &Args) -> Answer {
    args.at_most(1)?;
    let hash: B256 = args.required(0)?;
    let dropped = context.chain_mut().drop_pending(&hash);
    answer(&dropped.then_some(hash))
}
