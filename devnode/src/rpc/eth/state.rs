//! Accounts, as they were after any block.

use alloy_eips::BlockId;
use alloy_primitives::{Address, U64, U256};

use crate::{
    chain::UnknownBlock,
    rpc::{
        args::Args,
        blockid::unknown,
        context::Context,
        dispatch::Methods,
        error::{Answer, RpcError},
        json::answer,
    },
};

pub(super) const METHODS: Methods = &[
    ("eth_accounts", accounts),
    ("eth_getBalance", balance),
    ("eth_getCode", code),
    ("eth_getStorageAt", storage_at),
    ("eth_getTransactionCount", transaction_count),
];

fn accounts(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    answer(&context.wallet.addresses().collect::<Vec<_>>())
}

/// Account and block of a query. Clients that leave the block out mean the newest.
fn account(args: &Args, block: usize) -> Result<(Address, BlockId), RpcError> {
    args.at_most(block + 1)?;
    Ok((args.required(0)?, args.optional(block)?.unwrap_or_default()))
}

fn found<T>(id: BlockId, result: Result<T, UnknownBlock>) -> Result<T, RpcError> {
    result.map_err(|UnknownBlock| unknown(id))
}

fn balance(context: &Context, args: &Args) -> Answer {
    let (who, at) = account(args, 1)?;
    answer(&found(at, context.chain().account(who, at))?.balance)
}

fn code(context: &Context, args: &Args) -> Answer {
    let (who, at) = account(args, 1)?;
    answer(&found(at, context.chain().code(who, at))?)
}

fn transaction_count(context: &Context, args: &Args) -> Answer {
    let (who, at) = account(args, 1)?;
    answer(&U64::from(found(at, context.chain().nonce(who, at))?))
}

fn storage_at(context: &Context, args: &Args) -> Answer {
    let (who, at) = account(args, 2)?;
    let key = storage_key(&args.required::<String>(1)?)?;
    answer(&found(at, context.chain().storage(who, key, at))?)
}

/// A slot as go-ethereum takes it: hex of up to 32 bytes, prefixed or not.
fn storage_key(text: &str) -> Result<U256, RpcError> {
    let refused = |why| RpcError::server(format!("unable to decode storage key: {why}"));
    let digits = text
        .strip_prefix("0x")
        .or_else(|| text.strip_prefix("0X"))
        .unwrap_or(text);
    if digits.len() > 64 {
        return Err(refused("hex string too long, want at most 32 bytes"));
    }
    if digits.is_empty() {
        return Ok(U256::ZERO);
    }
    U256::from_str_radix(digits, 16).map_err(|_| refused("hex string invalid"))
}
