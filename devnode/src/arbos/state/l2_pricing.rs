//! What a unit of computation costs: the base fee and the backlog that drives it.
//!
//! Always holds: gas used beyond the speed limit piles up in a backlog; the base fee of the next block is the
//! minimum times e to the (backlog above tolerance / (inertia x speed limit)). From ArbOS 50 the owner may put
//! constraints, each with its own backlog, in the place of that one; there are none by default.

use alloy_primitives::U256;

use super::{Cell, Meter, READ_GAS, Space, State, WRITE_GAS};

/// One in basis points.
const ONE_BIPS: u64 = 10_000;
/// Terms of the exponential's series that Nitro computes for the base fee.
const TERMS: u64 = 4;
/// ArbOS version that brought constraints.
const CONSTRAINTS_FROM: u64 = 50;
/// ArbOS version from which a redeem pays a fixed price for the backlog.
const FLAT_PRICE_FROM: u64 = 60;

/// Gas per second beyond which a backlog grows.
pub(crate) const SPEED_LIMIT: Cell<u64> = Cell::at(Space::L2Pricing, 0);
/// Most gas of computation in a block; below ArbOS 50 also in a transaction.
pub(crate) const BLOCK_GAS_LIMIT: Cell<u64> = Cell::at(Space::L2Pricing, 1);
/// Wei per gas, for the next block.
pub(crate) const BASE_FEE: Cell<U256> = Cell::at(Space::L2Pricing, 2);
/// Least wei per gas.
pub(crate) const MIN_BASE_FEE: Cell<U256> = Cell::at(Space::L2Pricing, 3);
/// Gas used and not yet worked off.
pub(crate) const BACKLOG: Cell<u64> = Cell::at(Space::L2Pricing, 4);
/// Seconds of full load that multiply the base fee by e.
pub(crate) const INERTIA: Cell<u64> = Cell::at(Space::L2Pricing, 5);
/// Seconds of full load that the base fee ignores.
pub(crate) const TOLERANCE: Cell<u64> = Cell::at(Space::L2Pricing, 6);
/// Most gas of computation in a transaction, from ArbOS 50.
pub(crate) const TX_GAS_LIMIT: Cell<u64> = Cell::at(Space::L2Pricing, 7);

const CONSTRAINTS: Cell<u64> = Cell::at(Space::GasConstraints, 0);

/// One of the owner's constraints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Constraint {
    /// Gas per second beyond which its backlog grows.
    pub(crate) target: u64,
    /// Seconds of load at the target that multiply the base fee by e.
    pub(crate) window: u64,
    /// Gas used and not yet worked off.
    pub(crate) backlog: u64,
}

const fn constraint_cell(index: u64, field: u64) -> Cell<u64> {
    Cell::at(Space::GasConstraints, 1 + 3 * index + field)
}

/// e^x in basis points by a truncated series of `terms`, every step floored and saturated.
pub(crate) fn approx_exp_bips(x: u64, terms: u64) -> u64 {
    (1..terms)
        .rev()
        .fold(ONE_BIPS.saturating_add(x / terms), |sum, i| {
            ONE_BIPS.saturating_add(sum.saturating_mul(x) / (i * ONE_BIPS))
        })
}

/// Number of constraints; none below ArbOS 50, without looking.
fn constraint_count<M: Meter>(state: &mut State<'_, M>) -> Result<u64, M::Error> {
    if state.version() < CONSTRAINTS_FROM {
        return Ok(0);
    }
    state.get(CONSTRAINTS)
}

pub(crate) fn constraints<M: Meter>(state: &mut State<'_, M>) -> Result<Vec<Constraint>, M::Error> {
    let count = constraint_count(state)?;
    (0..count)
        .map(|index| {
            Ok(Constraint {
                target: state.get(constraint_cell(index, 0))?,
                window: state.get(constraint_cell(index, 1))?,
                backlog: state.get(constraint_cell(index, 2))?,
            })
        })
        .collect()
}

pub(crate) fn set_constraints<M: Meter>(
    state: &mut State<'_, M>,
    constraints: &[Constraint],
) -> Result<(), M::Error> {
    let before = constraint_count(state)?;
    for (index, c) in (0..).zip(constraints) {
        for (field, value) in (0..).zip([c.target, c.window, c.backlog]) {
            state.set(constraint_cell(index, field), value)?;
        }
    }
    let count = constraints.len() as u64;
    for index in count..before {
        for field in 0..3 {
            state.clear(constraint_cell(index, field))?;
        }
    }
    state.set(CONSTRAINTS, count)
}

/// Counts gas as used.
pub(crate) fn use_gas<M: Meter>(state: &mut State<'_, M>, gas: u64) -> Result<(), M::Error> {
    change_backlogs(state, |backlog| backlog.saturating_add(gas))
}

/// Takes gas off what counts as used.
pub(crate) fn give_gas_back<M: Meter>(state: &mut State<'_, M>, gas: u64) -> Result<(), M::Error> {
    change_backlogs(state, |backlog| backlog.saturating_sub(gas))
}

fn change_backlogs<M: Meter>(
    state: &mut State<'_, M>,
    change: impl Fn(u64) -> u64,
) -> Result<(), M::Error> {
    let count = constraint_count(state)?;
    if count == 0 {
        let backlog = state.get(BACKLOG)?;
        return state.set(BACKLOG, change(backlog));
    }
    for index in 0..count {
        let cell = constraint_cell(index, 2);
        let backlog = state.get(cell)?;
        state.set(cell, change(backlog))?;
    }
    Ok(())
}

/// Gas a redeem keeps aside for giving its gas back; from ArbOS 50 finding it out costs gas, too.
pub(crate) fn give_back_price<M: Meter>(state: &mut State<'_, M>) -> Result<u64, M::Error> {
    const ONE: u64 = READ_GAS + WRITE_GAS;
    match state.version() {
        FLAT_PRICE_FROM.. => Ok(ONE),
        CONSTRAINTS_FROM.. => Ok(READ_GAS + constraint_count(state)?.max(1) * ONE),
        _ => Ok(ONE),
    }
}

/// Gives a redeem's gas back at the price announced by [`give_back_price`].
pub(crate) fn give_back_priced<M: Meter>(
    state: &mut State<'_, M>,
    gas: u64,
) -> Result<(), M::Error> {
    if state.version() < FLAT_PRICE_FROM {
        return give_gas_back(state, gas);
    }
    state.burn(READ_GAS + WRITE_GAS)?;
    let Ok(()) = give_gas_back(&mut state.unmetered(), gas);
    Ok(())
}

/// Works off `seconds` of backlog and sets the base fee of the next block.
pub(crate) fn update<M: Meter>(state: &mut State<'_, M>, seconds: u64) -> Result<(), M::Error> {
    let exponent = if constraint_count(state)? == 0 {
        exponent_of_speed_limit(state, seconds)?
    } else {
        exponent_of_constraints(state, seconds)?
    };
    let min = state.get(MIN_BASE_FEE)?;
    let fee = if exponent == 0 {
        min
    } else {
        min.saturating_mul(U256::from(approx_exp_bips(exponent, TERMS))) / U256::from(ONE_BIPS)
    };
    state.set(BASE_FEE, fee)
}

fn exponent_of_speed_limit<M: Meter>(
    state: &mut State<'_, M>,
    seconds: u64,
) -> Result<u64, M::Error> {
    let limit = state.get(SPEED_LIMIT)?;
    give_gas_back(state, seconds.saturating_mul(limit))?;
    let inertia = state.get(INERTIA)?;
    let tolerance = state.get(TOLERANCE)?;
    let backlog = state.get(BACKLOG)?;
    let excess = backlog.saturating_sub(tolerance.saturating_mul(limit));
    Ok(bips(excess, inertia.saturating_mul(limit)))
}

fn exponent_of_constraints<M: Meter>(
    state: &mut State<'_, M>,
    seconds: u64,
) -> Result<u64, M::Error> {
    let mut sum = 0_u64;
    for (index, c) in (0..).zip(constraints(state)?) {
        let backlog = c.backlog.saturating_sub(seconds.saturating_mul(c.target));
        state.set(constraint_cell(index, 2), backlog)?;
        sum = sum.saturating_add(bips(backlog, c.window.saturating_mul(c.target)));
    }
    Ok(sum)
}

/// A ratio in basis points; nothing where the divisor is zero, which the owner's methods keep out.
fn bips(part: u64, whole: u64) -> u64 {
    part.saturating_mul(ONE_BIPS)
        .checked_div(whole)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::approx_exp_bips;

    #[test]
    fn exponential_is_nitros_truncated_series() {
        assert_eq!(approx_exp_bips(0, 4), 10_000);
        assert_eq!(approx_exp_bips(10_000, 4), 27_083);
        assert_eq!(approx_exp_bips(239, 12), 10_241);
        assert_eq!(approx_exp_bips(u64::MAX, 4), u64::MAX / 10_000 + 10_000);
    }
}
