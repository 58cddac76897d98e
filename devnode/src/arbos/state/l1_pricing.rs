//! What a byte on L1 costs, who is owed for it, and the batch posters that get it.
//!
//! Always holds: the funds pool's balance is at least [`FEES_AVAILABLE`]; [`TOTAL_FUNDS_DUE`] is the sum of what
//! all posters are owed.

use alloy_primitives::{Address, I256, U256};

use super::{AddressSet, Cell, Meter, Space, State};
use crate::arbos::address::L1_PRICER_FUNDS;

/// Gas units (16 per compressed byte) over which a surplus or deficit is to vanish.
pub(crate) const EQUILIBRATION_UNITS: Cell<U256> = Cell::at(Space::L1Pricing, 0);
/// Damping of price changes.
pub(crate) const INERTIA: Cell<u64> = Cell::at(Space::L1Pricing, 1);
/// Gets the reward for posting.
pub(crate) const REWARD_RECIPIENT: Cell<Address> = Cell::at(Space::L1Pricing, 2);
/// Wei of reward per unit.
pub(crate) const REWARD_PER_UNIT: Cell<u64> = Cell::at(Space::L1Pricing, 3);
/// Unix time of the last report that changed the price.
pub(crate) const LAST_UPDATE_TIME: Cell<u64> = Cell::at(Space::L1Pricing, 4);
/// Wei of rewards not yet paid.
pub(crate) const REWARDS_DUE: Cell<I256> = Cell::at(Space::L1Pricing, 5);
/// Units charged to users since the last report.
pub(crate) const UNITS_SINCE_UPDATE: Cell<u64> = Cell::at(Space::L1Pricing, 6);
/// Wei per unit.
pub(crate) const PRICE_PER_UNIT: Cell<U256> = Cell::at(Space::L1Pricing, 7);
/// Surplus at the last report, in wei.
pub(crate) const LAST_SURPLUS: Cell<I256> = Cell::at(Space::L1Pricing, 8);
/// Gas of L1 that each batch is taken to cost besides its data.
pub(crate) const PER_BATCH_GAS: Cell<i64> = Cell::at(Space::L1Pricing, 9);
/// Cap on what a batch may cost against its units at L1's price, in basis points; zero for none.
pub(crate) const AMORTIZED_COST_CAP_BIPS: Cell<u64> = Cell::at(Space::L1Pricing, 10);
/// Wei that users paid and nobody has got yet.
pub(crate) const FEES_AVAILABLE: Cell<U256> = Cell::at(Space::L1Pricing, 11);
/// Gas per calldata token of L1's floor price (EIP-7623), from ArbOS 50.
pub(crate) const GAS_FLOOR_PER_TOKEN: Cell<u64> = Cell::at(Space::L1Pricing, 12);
/// Wei owed to all batch posters.
pub(crate) const TOTAL_FUNDS_DUE: Cell<I256> = Cell::at(Space::L1Pricing, 13);

/// The accounts known as batch posters.
pub(crate) const BATCH_POSTERS: AddressSet = AddressSet(Space::BatchPosters);

/// Where a batch poster's money goes.
pub(crate) fn pay_to(poster: Address) -> Cell<Address> {
    Cell::keyed(Space::BatchPosters, poster.into_word(), 1)
}

/// Wei a batch poster is owed.
pub(crate) fn funds_due(poster: Address) -> Cell<I256> {
    Cell::keyed(Space::BatchPosters, poster.into_word(), 2)
}

/// Adds a batch poster unless it is one, as `add` finds out by itself.
pub(crate) fn add_poster<M: Meter>(
    state: &mut State<'_, M>,
    poster: Address,
    pays: Address,
) -> Result<(), M::Error> {
    if BATCH_POSTERS.contains(state, poster)? {
        return Ok(());
    }
    state.set(funds_due(poster), I256::ZERO)?;
    state.set(pay_to(poster), pays)?;
    BATCH_POSTERS.add(state, poster)
}

/// What the pool would have left if everyone owed were paid, in wei; may be negative.
pub(crate) fn surplus<M: Meter>(state: &mut State<'_, M>) -> Result<I256, M::Error> {
    let available = state.get(FEES_AVAILABLE)?;
    let due = state.get(TOTAL_FUNDS_DUE)?;
    let rewards = state.get(REWARDS_DUE)?;
    Ok(I256::from_raw(available)
        .saturating_sub(due)
        .saturating_sub(rewards))
}

/// Counts wei in the pool as available; the pool must have got them.
pub(crate) fn add_fees<M: Meter>(state: &mut State<'_, M>, wei: U256) -> Result<(), M::Error> {
    let available = state.get(FEES_AVAILABLE)?;
    state.set(FEES_AVAILABLE, available.saturating_add(wei))
}

/// Pays wei out of the pool and returns what stays available; nothing happens when the pool has less.
pub(crate) fn pay_out<M: Meter>(
    state: &mut State<'_, M>,
    to: Address,
    wei: U256,
) -> Result<Option<U256>, M::Error> {
    if !state.host.transfer(L1_PRICER_FUNDS, to, wei) {
        return Ok(None);
    }
    let available = state.get(FEES_AVAILABLE)?.saturating_sub(wei);
    state.set(FEES_AVAILABLE, available)?;
    Ok(Some(available))
}
