//! Prices of gas. Nitro drops tips, so there is nothing to bid and nothing to suggest but the base fee.

use std::sync::Arc;

use alloy_primitives::{U64, U256};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::{
    chain::{Block, Chain},
    rpc::{
        args::Args,
        blockid::{BlockTag, block_of},
        context::Context,
        dispatch::Methods,
        error::{Answer, RpcError},
        json::answer,
        limits,
        read::{Lenient, Read, Refused},
    },
};

pub(super) const METHODS: Methods = &[
    ("eth_feeHistory", history),
    ("eth_gasPrice", price),
    ("eth_maxPriorityFeePerGas", tip),
];

/// Gas per second that ArbOS prices at the minimum (the speed limit of a dev chain).
const SPEED_LIMIT: f64 = 7_000_000.0;

fn price(context: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    answer(&context.chain().head().base_fee())
}

fn tip(_: &Context, args: &Args) -> Answer {
    args.at_most(0)?;
    answer(&U256::ZERO)
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct History {
    oldest_block: U64,
    #[serde(skip_serializing_if = "Option::is_none")]
    reward: Option<Vec<Vec<U256>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    base_fee_per_gas: Vec<U256>,
    gas_used_ratio: Vec<Box<RawValue>>,
}

/// A percentile.
struct Percentile(f64);

impl Read for Percentile {
    fn read(value: &serde_json::Value) -> Result<Self, Refused> {
        let number = value
            .as_f64()
            .filter(|percent| (0.0..=100.0).contains(percent));
        number
            .map(Self)
            .ok_or_else(|| Refused::text(format!("invalid reward percentile: {value}")))
    }
}

fn history(context: &Context, args: &Args) -> Answer {
    args.at_most(3)?;
    let wanted = args
        .required::<Lenient>(0)?
        .0
        .saturating_to::<u64>()
        .min(limits::FEE_HISTORY);
    let BlockTag(newest) = args.required(1)?;
    let percentiles = args.optional::<Vec<Percentile>>(2)?.unwrap_or_default();
    check_order(&percentiles)?;
    let chain = context.chain();
    let newest = block_of(&chain, newest.into())?.number();
    if wanted == 0 {
        let none = History {
            oldest_block: U64::ZERO,
            reward: None,
            base_fee_per_gas: Vec::new(),
            gas_used_ratio: Vec::new(),
        };
        return answer(&none);
    }
    let oldest = (newest + 1).saturating_sub(wanted);
    let blocks: Vec<_> = (oldest..=newest)
        .filter_map(|number| chain.block_by_number(number))
        .collect();
    let mut base_fees: Vec<_> = blocks.iter().map(|block| block.base_fee()).collect();
    // The list tells the next block's fee as well; of a block not yet made Nitro guesses that it stays.
    let next = chain
        .block_by_number(newest + 1)
        .map(|block| block.base_fee());
    base_fees.extend(next.or_else(|| base_fees.last().copied()));
    answer(&History {
        oldest_block: U64::from(oldest),
        reward: (!percentiles.is_empty())
            .then(|| vec![vec![U256::ZERO; percentiles.len()]; blocks.len()]),
        base_fee_per_gas: base_fees,
        gas_used_ratio: ratios(&chain, oldest, &blocks)
            .into_iter()
            .map(float)
            .collect::<Result<_, _>>()?,
    })
}

fn check_order(percentiles: &[Percentile]) -> Result<(), RpcError> {
    for (i, pair) in percentiles.windows(2).enumerate() {
        let (before, after) = (pair[0].0, pair[1].0);
        if after <= before {
            return Err(RpcError::server(format!(
                "invalid reward percentile: #{i}:{before:.6} >= #{}:{after:.6}",
                i + 1
            )));
        }
    }
    Ok(())
}

/// How full each block is: L2 gas since the timestamp last changed against twice the speed limit, at most 1.
fn ratios(chain: &Chain, oldest: u64, blocks: &[&Arc<Block>]) -> Vec<f64> {
    let before = oldest
        .checked_sub(1)
        .and_then(|number| chain.block_by_number(number));
    let mut previous = before.map_or(0, |block| block.timestamp());
    let (mut seconds, mut gas) = (0, 0);
    blocks
        .iter()
        .map(|block| {
            if block.timestamp() > previous {
                (seconds, gas) = (block.timestamp() - previous, 0);
            }
            previous = block.timestamp();
            let used = |receipt: &crate::chain::Receipt| {
                receipt.gas_used.saturating_sub(receipt.gas_used_for_l1)
            };
            gas += block
                .transactions
                .iter()
                .map(|mined| used(&mined.receipt))
                .sum::<u64>();
            // Without a change in sight Nitro takes the block as full.
            if seconds == 0 {
                1.0
            } else {
                (gas as f64 / SPEED_LIMIT / seconds as f64 / 2.0).min(1.0)
            }
        })
        .collect()
}

/// A number as Go prints it: no fraction where there is none, an exponent only below 10^-6.
fn float(number: f64) -> Result<Box<RawValue>, RpcError> {
    let text = if number != 0.0 && number < 1e-6 {
        format!("{number:e}")
    } else {
        number.to_string()
    };
    RawValue::from_string(text).map_err(|error| RpcError::server(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_printed_as_go_prints_them() {
        let text = |number| float(number).unwrap().get().to_owned();
        assert_eq!(
            [0.0, 1.0, 0.0015, 2.5e-7].map(text),
            ["0", "1", "0.0015", "2.5e-7"]
        );
    }
}
