//! `ArbosTest` (0x69): burns gas on request.

use super::{
    args::Args,
    call::Call,
    fault::Fault,
    method::{Answer, Precompile, nothing, pure},
};
use crate::arbos::address::ARBOS_TEST;

pub(super) const TABLE: Precompile =
    Precompile::new(ARBOS_TEST, &[pure("burnArbGas(uint256)", burn)]);

fn burn(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    let gas = u64::try_from(args.word(0)).map_err(|_| Fault::Plain("not a uint64"))?;
    call.burn(gas)?;
    nothing()
}
