//! A batch posting report: the poster and the reward recipient are paid, and the price of L1 data moves towards
//! what covers the cost.
//!
//! Always holds: all amounts are wei; divisions round down, also below zero, as Nitro's do.

use alloy_primitives::{Address, I256, U256};

use super::{
    Host,
    meter::{Free, Meter},
    state::{State, l1_pricing as l1, words},
    tx::{batchPostingReportCall, batchPostingReportV2Call},
};

/// Reports of this form carry what the batch is made of; the gas floor applies to them.
const GAS_FLOOR_FROM: u64 = 50;

/// What a batch cost, with its data's gas worked out already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Report {
    /// Unix time of the batch.
    time: u64,
    poster: Address,
    /// L1 gas for the batch's data.
    data_gas: u64,
    l1_base_fee: U256,
}

impl From<batchPostingReportCall> for Report {
    fn from(call: batchPostingReportCall) -> Self {
        Self {
            time: call.batchTimestamp.saturating_to(),
            poster: call.batchPosterAddress,
            data_gas: call.batchDataGas,
            l1_base_fee: call.l1BaseFeeWei,
        }
    }
}

/// Counts a report of ArbOS 40's form.
pub(super) fn report(host: &mut dyn Host, report: &Report) {
    let mut state = State::free(host);
    let Ok(per_batch) = state.get(l1::PER_BATCH_GAS);
    let gas = per_batch.saturating_add(i64::try_from(report.data_gas).unwrap_or(i64::MAX));
    settle(&mut state, report, u64::try_from(gas).unwrap_or(0));
}

/// Counts a report of ArbOS 50's form.
pub(super) fn report_v2(host: &mut dyn Host, call: &batchPostingReportV2Call) {
    let mut state = State::free(host);
    let Ok(per_batch) = state.get(l1::PER_BATCH_GAS);
    let data = data_gas(call.batchCalldataLength, call.batchCalldataNonZeros);
    let gas = per_batch
        .saturating_add(i64::try_from(call.batchExtraGas).unwrap_or(i64::MAX))
        .saturating_add(i64::try_from(data).unwrap_or(i64::MAX));
    let mut gas = u64::try_from(gas).unwrap_or(0);
    if state.version() >= GAS_FLOOR_FROM {
        let Ok(per_token) = state.get(l1::GAS_FLOOR_PER_TOKEN);
        let tokens = call
            .batchCalldataLength
            .saturating_add(call.batchCalldataNonZeros.saturating_mul(3));
        gas = gas.max(per_token.saturating_mul(tokens).saturating_add(21_000));
    }
    let report = Report {
        time: call.batchTimestamp.saturating_to(),
        poster: call.batchPosterAddress,
        data_gas: data,
        l1_base_fee: call.l1BaseFeeWei,
    };
    settle(&mut state, &report, gas);
}

/// L1 gas for calldata, its hash, and the two slots that a batch and its report take.
pub(super) fn data_gas(length: u64, non_zeros: u64) -> u64 {
    let zeros = length.saturating_sub(non_zeros);
    let calldata = zeros
        .saturating_mul(4)
        .saturating_add(non_zeros.saturating_mul(16));
    let hash = 30 + 6 * words(usize::try_from(length).unwrap_or(usize::MAX));
    calldata.saturating_add(hash).saturating_add(2 * 20_000)
}

fn settle(state: &mut State<'_, Free>, report: &Report, gas: u64) {
    let now = state.host.block().timestamp;
    let spent = report.l1_base_fee.saturating_mul(U256::from(gas));
    let Ok(()) = update(state, report, spent, now);
}

fn update(
    state: &mut State<'_, Free>,
    report: &Report,
    spent: U256,
    now: u64,
) -> Result<(), <Free as Meter>::Error> {
    l1::add_poster(state, report.poster, report.poster)?;
    let Some(units) = take_units(state, report.time, now)? else {
        return Ok(());
    };
    let spent = capped(state, report.l1_base_fee, units, spent)?;
    owe(state, report.poster, signed(spent))?;
    pay_reward(state, units)?;
    pay_poster(state, report.poster)?;
    state.set(l1::LAST_UPDATE_TIME, report.time)?;
    if units > 0 {
        move_price(state, units)?;
    }
    Ok(())
}

/// Takes the units that belong to the time before the batch; `None` for a batch out of time's order.
fn take_units(
    state: &mut State<'_, Free>,
    batch_time: u64,
    now: u64,
) -> Result<Option<u64>, <Free as Meter>::Error> {
    let mut last = state.get(l1::LAST_UPDATE_TIME)?;
    if last == 0 && batch_time > 0 {
        last = batch_time - 1;
    }
    if batch_time > now || batch_time < last {
        return Ok(None);
    }
    let (part, whole) = match now - last {
        0 => (1, 1),
        whole => (batch_time - last, whole),
    };
    let units = state.get(l1::UNITS_SINCE_UPDATE)?;
    let taken = units.saturating_mul(part) / whole;
    state.set(l1::UNITS_SINCE_UPDATE, units - taken.min(units))?;
    Ok(Some(taken))
}

fn capped(
    state: &mut State<'_, Free>,
    l1_base_fee: U256,
    units: u64,
    spent: U256,
) -> Result<U256, <Free as Meter>::Error> {
    let cap_bips = state.get(l1::AMORTIZED_COST_CAP_BIPS)?;
    if cap_bips == 0 {
        return Ok(spent);
    }
    let at_l1_price = l1_base_fee.saturating_mul(U256::from(units));
    let cap = at_l1_price.saturating_mul(U256::from(cap_bips)) / U256::from(10_000);
    Ok(spent.min(cap))
}

/// Changes what a poster is owed.
fn owe(
    state: &mut State<'_, Free>,
    poster: Address,
    change: I256,
) -> Result<(), <Free as Meter>::Error> {
    let due = state.get(l1::funds_due(poster))?;
    let total = state.get(l1::TOTAL_FUNDS_DUE)?;
    state.set(l1::TOTAL_FUNDS_DUE, total.saturating_add(change))?;
    state.set(l1::funds_due(poster), due.saturating_add(change))
}

fn pay_reward(state: &mut State<'_, Free>, units: u64) -> Result<(), <Free as Meter>::Error> {
    let per_unit = state.get(l1::REWARD_PER_UNIT)?;
    let reward = U256::from(per_unit).saturating_mul(U256::from(units));
    let available = state.get(l1::FEES_AVAILABLE)?;
    let payment = reward.min(available);
    let due = state.get(l1::REWARDS_DUE)?;
    let left = due
        .saturating_add(signed(reward))
        .saturating_sub(signed(payment));
    state.set(l1::REWARDS_DUE, left)?;
    let recipient = state.get(l1::REWARD_RECIPIENT)?;
    l1::pay_out(state, recipient, payment)?;
    Ok(())
}

fn pay_poster(state: &mut State<'_, Free>, poster: Address) -> Result<(), <Free as Meter>::Error> {
    let due = state.get(l1::funds_due(poster))?;
    let available = signed(state.get(l1::FEES_AVAILABLE)?);
    let payment = due.min(available);
    if !payment.is_positive() {
        return Ok(());
    }
    let to = state.get(l1::pay_to(poster))?;
    if l1::pay_out(state, to, payment.into_raw())?.is_some() {
        owe(state, poster, -payment)?;
    }
    Ok(())
}

/// Moves the price so that, at the present rate, the surplus vanishes over the equilibration units.
fn move_price(state: &mut State<'_, Free>, units: u64) -> Result<(), <Free as Meter>::Error> {
    let surplus = l1::surplus(state)?;
    let inertia = state.get(l1::INERTIA)?.max(1);
    let equilibration = state.get(l1::EQUILIBRATION_UNITS)?.max(U256::ONE);
    let price = signed(state.get(l1::PRICE_PER_UNIT)?);
    let before = state.get(l1::LAST_SURPLUS)?;
    let units = signed(U256::from(units));

    let desired = floor_div(-surplus, signed(equilibration));
    let actual = floor_div(surplus.saturating_sub(before), units);
    let damping = signed(equilibration / U256::from(inertia)).saturating_add(units);
    let change = floor_div(
        desired.saturating_sub(actual).saturating_mul(units),
        damping,
    );
    state.set(l1::LAST_SURPLUS, surplus)?;
    let new = price.saturating_add(change).max(I256::ZERO);
    state.set(l1::PRICE_PER_UNIT, new.into_raw())
}

/// Rounds towards minus infinity; the divisor is positive.
fn floor_div(a: I256, b: I256) -> I256 {
    a.div_euclid(b)
}

fn signed(wei: U256) -> I256 {
    I256::try_from(wei).unwrap_or(I256::MAX)
}
