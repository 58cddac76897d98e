//! The part of `ArbOwner` that sets the price of computation where a value alone does not do.

use alloy_sol_types::{SolCall, sol};

use super::{
    args::Args,
    call::Call,
    fault::{Fault, require},
    method::{Answer, nothing},
};
use crate::arbos::state::l2_pricing::{self as l2, Constraint};

sol! {
    function setGasPricingConstraints(uint64[3][] constraints);
}

/// From here on transactions have a gas limit of their own.
const TX_GAS_LIMIT_FROM: u64 = 50;

pub(super) fn set_min_base_fee(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let price = args.word(0);
    let is_on_chain = call.host.tx().mode.is_on_chain();
    require(
        is_on_chain || !price.is_zero(),
        "minimum base fee must be nonzero",
    )?;
    call.set(l2::MIN_BASE_FEE, price)?;
    nothing()
}

pub(super) fn set_max_tx_gas(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let cell = if call.version() >= TX_GAS_LIMIT_FROM {
        l2::TX_GAS_LIMIT
    } else {
        l2::BLOCK_GAS_LIMIT
    };
    call.set(cell, args.u64(0))?;
    nothing()
}

pub(super) fn set_constraints(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let decoded = setGasPricingConstraintsCall::abi_decode_raw_validate(args.data())
        .map_err(|_| Fault::OutOfGas)?;
    let constraints: Vec<_> = decoded
        .constraints
        .iter()
        .map(|&[target, window, backlog]| Constraint {
            target,
            window,
            backlog,
        })
        .collect();
    let are_valid = constraints.iter().all(|c| c.target != 0 && c.window != 0);
    require(
        are_valid,
        "invalid constraint: target and adjustment window must be nonzero",
    )?;
    l2::set_constraints(call, &constraints)?;
    nothing()
}

/// Prices by kind of resource are not part of this node: an empty list, which turns them off, is all it takes.
pub(super) fn set_multi_constraints(_: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let length = usize::try_from(args.word(0))
        .ok()
        .and_then(|start| args.data().get(start..)?.first_chunk::<32>())
        .ok_or(Fault::OutOfGas)?;
    require(*length == [0; 32], "multi-gas pricing is not supported")?;
    nothing()
}
