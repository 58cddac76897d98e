//! The part of `ArbOwner` that sets Stylus parameters.
//!
//! Always holds: what does not fit a parameter's width is saturated, except the ink price, which is refused.

use super::{
    args::Args,
    call::Call,
    fault::require,
    method::{Answer, nothing},
};
use crate::{arbos::state::programs, stylus::StylusParams};

/// Gas of one unit of the least init gas.
const INIT_UNIT: u64 = 128;
/// Gas of one unit of the least init gas of a cached program.
const CACHED_INIT_UNIT: u64 = 32;
/// Percent of one unit of a cost scalar.
const SCALAR_PERCENT: u64 = 2;
/// Largest number of 24 bits.
const U24_MAX: u32 = 0xff_ffff;

fn change(call: &mut Call<'_, '_>, set: impl FnOnce(&mut StylusParams)) -> Answer {
    let mut params = programs::params(call)?;
    set(&mut params);
    programs::set_params(call, params)?;
    nothing()
}

fn units(value: u64, unit: u64) -> u8 {
    u8::try_from(value.div_ceil(unit)).unwrap_or(u8::MAX)
}

pub(super) fn ink_price(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let price = args.u32(0);
    require(
        price != 0 && price <= U24_MAX,
        "ink price must be a positive uint24",
    )?;
    change(call, |params| params.ink_price = price)
}

pub(super) fn max_stack_depth(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    change(call, |params| params.max_stack_depth = args.u32(0))
}

pub(super) fn free_pages(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    change(call, |params| params.free_pages = args.u16(0))
}

pub(super) fn page_gas(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    change(call, |params| params.page_gas = args.u16(0))
}

pub(super) fn page_limit(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    change(call, |params| params.page_limit = args.u16(0))
}

pub(super) fn min_init_gas(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    change(call, |params| {
        params.min_init_gas = units(args.u64(0), INIT_UNIT);
        params.min_cached_init_gas = units(args.u64(1), CACHED_INIT_UNIT);
    })
}

pub(super) fn init_cost_scalar(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    change(call, |params| {
        params.init_cost_scalar = units(args.u64(0), SCALAR_PERCENT);
    })
}

pub(super) fn expiry_days(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    change(call, |params| params.expiry_days = args.u16(0))
}

pub(super) fn keepalive_days(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    change(call, |params| params.keepalive_days = args.u16(0))
}

pub(super) fn block_cache_size(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    change(call, |params| params.block_cache_size = args.u16(0))
}

pub(super) fn max_size(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    change(call, |params| params.max_wasm_size = args.u32(0))
}

pub(super) fn max_fragments(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    change(call, |params| params.max_fragment_count = args.u8(0))
}
