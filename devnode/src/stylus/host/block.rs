//! The block and the chain.

use super::{Args, Escape, Host};

/// Gas limit that every Arbitrum block reports.
const BLOCK_GAS_LIMIT: u64 = 1 << 50;

/// `block_basefee(dest)`
pub(super) fn basefee(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    let fee = host.state.env.base_fee;
    host.write_number(args.u32(0), fee)?;
    host.note(&[], &[&fee.to_be_bytes::<32>()]);
    Ok(0)
}

/// `block_coinbase(dest)`
pub(super) fn coinbase(host: &mut Host<'_>, args: Args) -> Result<u64, Escape> {
    let coinbase = host.state.env.coinbase;
    host.write(args.u32(0), coinbase.as_slice())?;
    host.note(&[], &[coinbase.as_slice()]);
    Ok(0)
}

/// `block_gas_limit() -> gas`
pub(super) fn gas_limit(host: &mut Host<'_>, _: Args) -> Result<u64, Escape> {
    answer(host, BLOCK_GAS_LIMIT)
}

/// `block_number() -> number`: of L1, as Arbitrum's NUMBER
pub(super) fn number(host: &mut Host<'_>, _: Args) -> Result<u64, Escape> {
    answer(host, host.state.env.block_number)
}

/// `block_timestamp() -> seconds`
pub(super) fn timestamp(host: &mut Host<'_>, _: Args) -> Result<u64, Escape> {
    answer(host, host.state.env.block_timestamp)
}

/// `chainid() -> id`
pub(super) fn chain_id(host: &mut Host<'_>, _: Args) -> Result<u64, Escape> {
    answer(host, host.state.env.chain_id)
}

/// `evm_gas_left() -> gas`
pub(super) fn gas_left(host: &mut Host<'_>, _: Args) -> Result<u64, Escape> {
    answer(host, host.gas_left())
}

/// `evm_ink_left() -> ink`
pub(super) fn ink_left(host: &mut Host<'_>, _: Args) -> Result<u64, Escape> {
    answer(host, host.state.ink_left.0)
}

fn answer(host: &mut Host<'_>, value: u64) -> Result<u64, Escape> {
    host.note(&[], &[&value.to_be_bytes()]);
    Ok(value)
}
