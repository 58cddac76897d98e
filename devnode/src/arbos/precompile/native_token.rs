//! `ArbNativeTokenManager` (0x73): accounts that the chain owners chose make and destroy the chain's own money.

use alloy_primitives::U256;
use alloy_sol_types::sol;

use super::{
    args::Args,
    call::Call,
    fault::{Fault, require},
    method::{Answer, Precompile, nothing, write},
};
use crate::arbos::{address::ARB_NATIVE_TOKEN_MANAGER, state::fields};

sol! {
    /// Wei were made.
    event NativeTokenMinted(address indexed to, uint256 amount);
    /// Wei were destroyed.
    event NativeTokenBurned(address indexed from, uint256 amount);
}

/// A warm access and a transfer of value.
const CHANGE_GAS: u64 = 100 + 9_000;

pub(super) const TABLE: Precompile = Precompile::new(
    ARB_NATIVE_TOKEN_MANAGER,
    &[
        write("mintNativeToken(uint256)", mint),
        write("burnNativeToken(uint256)", burn),
    ],
)
.since(41);

fn pay_as_token_owner(call: &mut Call<'_, '_>) -> Result<(), Fault> {
    let caller = call.frame.caller;
    if !fields::NATIVE_TOKEN_OWNERS.contains(call, caller)? {
        return Err(Fault::OutOfGas);
    }
    Ok(call.burn(CHANGE_GAS)?)
}

fn mint(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    pay_as_token_owner(call)?;
    let (to, amount): (_, U256) = (call.frame.caller, args.word(0));
    call.host.mint(to, amount);
    call.emit(&NativeTokenMinted { to, amount })?;
    nothing()
}

fn burn(call: &mut Call<'_, '_>, args: &Args<'_>) -> Answer {
    pay_as_token_owner(call)?;
    let (from, amount): (_, U256) = (call.frame.caller, args.word(0));
    let burned = call.host.burn(from, amount);
    require(burned, "burn amount exceeds balance")?;
    call.emit(&NativeTokenBurned { from, amount })?;
    nothing()
}
