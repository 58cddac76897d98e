//! The message and the transaction it belongs to.

use alloy_primitives::{Address, U256};

use super::{Args, Escape, Host};

/// `contract_address(dest)`
pub(super) fn contract_address(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    write_address(host, args, host.state.env.acting)
}

/// `msg_sender(dest)`
pub(super) fn sender(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    write_address(host, args, host.state.env.caller)
}

/// `tx_origin(dest)`
pub(super) fn origin(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    write_address(host, args, host.state.env.origin)
}

/// `msg_value(dest)`
pub(super) fn value(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    write_number(host, args, host.state.env.value)
}

/// `tx_gas_price(dest)`
pub(super) fn gas_price(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    write_number(host, args, host.state.env.gas_price)
}

/// `msg_reentrant() -> 0 or 1`
pub(super) fn reentrant(host: &mut Host<'_>, _: Args) -> Result<u64, Escape> {
    answer(host, u32::from(host.state.env.reentrant))
}

/// `tx_ink_price() -> ink per gas`
pub(super) fn ink_price(host: &mut Host<'_>, _: Args) -> Result<u64, Escape> {
    answer(host, host.state.params.ink_price)
}

fn write_address(host: &mut Host<'_>, args: Args, address: Address) -> Result<u64, Escape> {
    host.write(args.u32(0), address.as_slice())?;
    host.note(&[], &[address.as_slice()]);
    Ok(0)
}

fn write_number(host: &mut Host<'_>, args: Args, number: U256) -> Result<u64, Escape> {
    host.write_number(args.u32(0), number)?;
    host.note(&[], &[&number.to_be_bytes::<32>()]);
    Ok(0)
}

fn answer(host: &mut Host<'_>, value: u32) -> Result<u64, Escape> {
    host.note(&[], &[&value.to_be_bytes()]);
    Ok(u64::from(value))
}
