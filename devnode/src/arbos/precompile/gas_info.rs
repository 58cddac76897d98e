//! `ArbGasInfo` (0x6c): what gas and L1 data cost, and the state of both prices.

use alloy_primitives::{I256, U256};

use super::{
    args::Args,
    call::Call,
    method::{Answer, Precompile, account, give, view, word},
};
use crate::arbos::{
    address::ARB_GAS_INFO,
    state::{l1_pricing as l1, l2_pricing as l2},
};

/// Gas units of a byte on L1.
const UNITS_PER_BYTE: u64 = 16;
/// Bytes that a small transaction is taken to have.
const SMALL_TX_BYTES: u64 = 140;
/// Gas that a storage slot is taken to cost.
const STORAGE_GAS: u64 = 20_000;

pub(super) const TABLE: Precompile = Precompile::new(
    ARB_GAS_INFO,
    &[
        view("getPricesInWei()", prices_in_wei),
        view("getPricesInWeiWithAggregator(address)", prices_in_wei),
        view("getPricesInArbGas()", prices_in_gas),
        view("getPricesInArbGasWithAggregator(address)", prices_in_gas),
        view("getGasAccountingParams()", |call, _| {
            let speed_limit = call.get(l2::SPEED_LIMIT)?;
            let block_limit = call.get(l2::BLOCK_GAS_LIMIT)?;
            give(&(
                U256::from(speed_limit),
                U256::from(block_limit),
                U256::from(block_limit),
            ))
        }),
        view("getMinimumGasPrice()", |call, _| {
            word(call.get(l2::MIN_BASE_FEE)?)
        }),
        view("getL1BaseFeeEstimate()", |call, _| {
            word(call.get(l1::PRICE_PER_UNIT)?)
        }),
        view("getL1GasPriceEstimate()", |call, _| {
            word(call.get(l1::PRICE_PER_UNIT)?)
        }),
        view("getL1BaseFeeEstimateInertia()", |call, _| {
            number(call.get(l1::INERTIA)?)
        }),
        view("getL1RewardRate()", |call, _| {
            number(call.get(l1::REWARD_PER_UNIT)?)
        })
        .since(11),
        view("getL1RewardRecipient()", |call, _| {
            account(call.get(l1::REWARD_RECIPIENT)?)
        })
        .since(11),
        view("getCurrentTxL1GasFees()", |call, _| {
            word(call.host.tx().poster_fee)
        }),
        view("getGasBacklog()", |call, _| number(call.get(l2::BACKLOG)?)),
        view("getPricingInertia()", |call, _| {
            number(call.get(l2::INERTIA)?)
        }),
        view("getGasBacklogTolerance()", |call, _| {
            number(call.get(l2::TOLERANCE)?)
        }),
        view("getL1PricingSurplus()", |call, _| {
            signed(l1::surplus(call)?)
        }),
        view("getPerBatchGasCharge()", |call, _| {
            signed(I256::try_from(call.get(l1::PER_BATCH_GAS)?).unwrap_or_default())
        }),
        view("getAmortizedCostCapBips()", |call, _| {
            number(call.get(l1::AMORTIZED_COST_CAP_BIPS)?)
        }),
        view("getL1FeesAvailable()", |call, _| {
            word(call.get(l1::FEES_AVAILABLE)?)
        })
        .since(10),
        view("getL1PricingEquilibrationUnits()", |call, _| {
            word(call.get(l1::EQUILIBRATION_UNITS)?)
        })
        .since(20),
        view("getLastL1PricingUpdateTime()", |call, _| {
            number(call.get(l1::LAST_UPDATE_TIME)?)
        })
        .since(20),
        view("getL1PricingFundsDueForRewards()", |call, _| {
            signed(call.get(l1::REWARDS_DUE)?)
        })
        .since(20),
        view("getL1PricingUnitsSinceUpdate()", |call, _| {
            number(call.get(l1::UNITS_SINCE_UPDATE)?)
        })
        .since(20),
        view("getLastL1PricingSurplus()", |call, _| {
            signed(call.get(l1::LAST_SURPLUS)?)
        })
        .since(20),
        view("getMaxTxGasLimit()", |call, _| {
            number(call.get(l2::TX_GAS_LIMIT)?)
        })
        .since(50),
        view("getMaxBlockGasLimit()", |call, _| {
            number(call.get(l2::BLOCK_GAS_LIMIT)?)
        })
        .since(50),
        view("getGasPricingConstraints()", |call, _| {
            let constraints: Vec<[u64; 3]> = l2::constraints(call)?
                .iter()
                .map(|c| [c.target, c.window, c.backlog])
                .collect();
            give(&(constraints,))
        })
        .since(50),
        view("getMultiGasPricingConstraints()", |_, _| {
            give(&(Vec::<U256>::new(),))
        })
        .since(60),
        view("getMultiGasBaseFee()", multi_gas_base_fee).since(60),
    ],
);

fn number(value: u64) -> Answer {
    word(U256::from(value))
}

fn signed(value: I256) -> Answer {
    word(value.into_raw())
}

fn prices_in_wei(call: &mut Call<'_, '_>, _: &Args<'_>) -> Answer {
    let price = call.get(l1::PRICE_PER_UNIT)?;
    let base_fee = call.host.block().header_base_fee;
    let byte = price.saturating_mul(U256::from(UNITS_PER_BYTE));
    let tx = byte.saturating_mul(U256::from(SMALL_TX_BYTES));
    let storage = base_fee.saturating_mul(U256::from(STORAGE_GAS));
    let least = call.get(l2::MIN_BASE_FEE)?.min(base_fee);
    give(&(tx, byte, storage, least, base_fee - least, base_fee))
}

fn prices_in_gas(call: &mut Call<'_, '_>, _: &Args<'_>) -> Answer {
    let price = call.get(l1::PRICE_PER_UNIT)?;
    let base_fee = call.host.block().header_base_fee;
    let byte = price.saturating_mul(U256::from(UNITS_PER_BYTE));
    let tx = byte.saturating_mul(U256::from(SMALL_TX_BYTES));
    let in_gas = |wei: U256| wei.checked_div(base_fee).unwrap_or_default();
    give(&(in_gas(tx), in_gas(byte), U256::from(STORAGE_GAS)))
}

/// The base fee of each kind of gas: all the same, because prices by kind are off.
fn multi_gas_base_fee(call: &mut Call<'_, '_>, _: &Args<'_>) -> Answer {
    const KINDS: usize = 8;
    give(&(vec![call.host.block().header_base_fee; KINDS],))
}
