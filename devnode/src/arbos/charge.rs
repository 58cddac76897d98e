//! What ordinary transactions pay ArbOS: the L1 share of their gas before they run, and who gets the money after.
//!
//! Always holds: the L1 share is bought with gas at the block's base fee; computation goes to the network fee
//! account (a part of it to the infrastructure account where there is one), the L1 share to the pricer's pool.

use alloy_primitives::{U256, U512};

use super::{
    Host, RunMode,
    address::{L1_PRICER_FUNDS, SEQUENCER},
    meter::{Free, Meter},
    state::{State, fields, l1_pricing, l2_pricing},
};

/// Gas units per compressed byte: the price of nonzero calldata on L1.
const UNITS_PER_BYTE: u64 = 16;
const BROTLI_WINDOW: i32 = 22;
/// From here on the gas limit is one of a transaction instead of a block's.
const TX_LIMIT_FROM: u64 = 50;

/// Bytes by which the L1 share of a message is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum L1Data<'a> {
    /// A signed transaction.
    Signed(&'a [u8]),
    /// A stand-in for one that nobody has signed yet; measured with some padding.
    Unsigned(&'a [u8]),
}

/// The L1 share of a transaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct L1Share {
    /// L2 gas to take before the transaction runs.
    pub gas: u64,
    /// That gas at the base fee, in wei.
    pub fee: U256,
}

/// Works out the L1 share of the running transaction and counts its units.
pub fn charge_l1_data(host: &mut dyn Host, data: L1Data<'_>) -> L1Share {
    let (block, mode) = (host.block(), host.tx().mode);
    let posted = !mode.is_on_chain() || block.coinbase == SEQUENCER;
    let base_fee = block.header_base_fee;
    if !posted || base_fee.is_zero() {
        return L1Share::default();
    }
    let mut state = State::free(host);
    let Ok(price) = state.get(l1_pricing::PRICE_PER_UNIT);
    if price.is_zero() && !mode.is_on_chain() {
        // Nothing to pay, and nobody sees the units: calls need not be compressed.
        return L1Share::default();
    }
    let Ok(level) = state.get(fields::BROTLI_LEVEL);
    let units = match data {
        L1Data::Signed(bytes) => data_units(bytes, level),
        L1Data::Unsigned(bytes) => (data_units(bytes, level) + 256) * 10_100 / 10_000,
    };
    let Ok(since) = state.get(l1_pricing::UNITS_SINCE_UPDATE);
    let Ok(()) = state.set(l1_pricing::UNITS_SINCE_UPDATE, since.saturating_add(units));
    let mut cost = price.saturating_mul(U256::from(units));
    let mut gas_price = base_fee;
    if mode == RunMode::Estimate {
        let Ok(least) = state.get(l2_pricing::MIN_BASE_FEE);
        // Leaves room for L1 getting dearer and for the base fee falling: fewer wei a gas, more gas.
        gas_price = (base_fee * U256::from(7) / U256::from(8)).max(least);
        cost = fraction(cost, 11, 10);
    }
    L1Share::of_cost(cost, gas_price, base_fee)
}

impl L1Share {
    /// What data of that many units pays in a block, for whoever has no chain to ask.
    ///
    /// # Arguments
    /// * `units` - of the signed transaction, by [`data_units`].
    /// * `price_per_unit` - wei, as ArbGasInfo has it.
    /// * `base_fee` - wei a gas of L2; nothing is charged where it is zero.
    #[must_use]
    pub fn of_units(units: u64, price_per_unit: U256, base_fee: U256) -> Self {
        if base_fee.is_zero() {
            return Self::default();
        }
        Self::of_cost(
            price_per_unit.saturating_mul(U256::from(units)),
            base_fee,
            base_fee,
        )
    }

    fn of_cost(cost: U256, gas_price: U256, base_fee: U256) -> Self {
        let gas = cost
            .checked_div(gas_price)
            .map_or(u64::MAX, |gas| gas.saturating_to());
        Self {
            gas,
            fee: base_fee.saturating_mul(U256::from(gas)),
        }
    }
}

/// Gas units of data: sixteen for each byte of it when compressed with Brotli.
///
/// # Arguments
/// * `level` - Brotli's: 1 from ArbOS 20 on, 0 before.
#[must_use]
pub fn data_units(data: &[u8], level: u64) -> u64 {
    let params = brotli::enc::BrotliEncoderParams {
        quality: i32::try_from(level).unwrap_or(11).min(11),
        lgwin: BROTLI_WINDOW,
        size_hint: data.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    let mut input = data;
    // All of it at once, as Nitro hands it over: in pieces it packs less well.
    let (mut all, mut out) = (vec![0; data.len().max(1)], [0; 4096]);
    // Writing into a vector cannot fail; if it could, the data would count as it is.
    let length = brotli::BrotliCompressCustomAlloc(
        &mut input,
        &mut packed,
        &mut all,
        &mut out,
        &params,
        brotli::enc::StandardAlloc::default(),
    )
    .map_or(data.len(), |_| packed.len());
    UNITS_PER_BYTE * length as u64
}

fn fraction(value: U256, numerator: u64, denominator: u64) -> U256 {
    let wide = U512::from(value) * U512::from(numerator) / U512::from(denominator);
    wide.saturating_to()
}

/// Most gas a transaction may use for computation, after it paid `intrinsic`. What it bought beyond that is held
/// back and returned; calls are not limited.
pub fn compute_limit(host: &mut dyn Host, intrinsic: u64) -> u64 {
    let mut state = State::free(host);
    if state.version() >= TX_LIMIT_FROM {
        let Ok(limit) = state.get(l2_pricing::TX_GAS_LIMIT);
        limit.saturating_sub(intrinsic)
    } else {
        let Ok(limit) = state.get(l2_pricing::BLOCK_GAS_LIMIT);
        limit
    }
}

/// Compute gas of a block beyond which later transactions wait.
pub fn block_limit(host: &mut dyn Host) -> u64 {
    let Ok(limit) = State::free(host).get(l2_pricing::BLOCK_GAS_LIMIT);
    limit
}

/// Pays out what a transaction of the types 0 to 4, 0x65 and 0x66 was charged for `gas_used`, the L1 share included,
/// and counts its computation. `price` is the base fee it was charged by: zero in free calls.
pub fn settle(host: &mut dyn Host, gas_used: u64, l1: L1Share, price: U256) {
    let mut state = State::free(host);
    let Ok(()) = pay(&mut state, gas_used, l1, price);
    if !price.is_zero() {
        let compute = gas_used.checked_sub(l1.gas).unwrap_or(gas_used);
        let Ok(()) = l2_pricing::use_gas(&mut state, compute);
    }
}

fn pay(
    state: &mut State<'_, Free>,
    gas_used: u64,
    l1: L1Share,
    price: U256,
) -> Result<(), <Free as Meter>::Error> {
    let total = price.saturating_mul(U256::from(gas_used));
    // Only free calls are charged less than their L1 share.
    let (mut compute, l1_fee) = match total.checked_sub(l1.fee) {
        Some(compute) => (compute, l1.fee),
        None => (total, U256::ZERO),
    };
    let infra = state.get(fields::INFRA_FEE_ACCOUNT)?;
    if !infra.is_zero() {
        let least = state.get(l2_pricing::MIN_BASE_FEE)?;
        let gas = U256::from(gas_used.saturating_sub(l1.gas));
        let share = least.min(price).saturating_mul(gas).min(compute);
        state.host.mint(infra, share);
        compute -= share;
    }
    let network = state.get(fields::NETWORK_FEE_ACCOUNT)?;
    state.host.mint(network, compute);
    state.host.mint(L1_PRICER_FUNDS, l1_fee);
    l1_pricing::add_fees(state, l1_fee)
}
