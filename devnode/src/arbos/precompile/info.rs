//! `ArbInfo` (0x65): an account's balance and code.

use super::{
    args::Args,
    call::{COPY_GAS, Call},
    method::{Answer, Precompile, give, view, word},
};
use crate::arbos::{address::ARB_INFO, state::words};

/// Gas for a balance (EIP-1884).
const BALANCE_GAS: u64 = 700;
/// Gas for code, besides copying it.
const CODE_GAS: u64 = 2_100;

pub(super) const TABLE: Precompile = Precompile::new(
    ARB_INFO,
    &[
        view("getBalance(address)", balance),
        view("getCode(address)", code),
    ],
);

fn balance(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    call.burn(BALANCE_GAS)?;
    word(call.host.balance(args.address(0)))
}

fn code(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    call.burn(CODE_GAS)?;
    let code = call.host.code(args.address(0));
    call.burn(COPY_GAS * words(code.len()))?;
    give(&(code,))
}
