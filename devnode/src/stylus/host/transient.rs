//! Transient storage (EIP-1153), straight to the journal.

use super::{Args, Escape, Flow, Host};
use crate::stylus::world::World;

const ACCESS_GAS: u64 = 100;

/// `transient_load_bytes32(key, dest)`
pub(super) fn load(host: &mut Host<'_>, world: &mut dyn World, args: Args) -> Result<Flow, Escape> {
    host.buy_gas(ACCESS_GAS)?;
    let key = host.read_word(args.u32(0))?;
    let value = world.load_transient(key.into());
    host.write_number(args.u32(1), value)?;
    host.note(&[key.as_slice()], &[&value.to_be_bytes::<32>()]);
    Ok(Flow::Resume(0))
}

/// `transient_store_bytes32(key, value)`
pub(super) fn store(
    host: &mut Host<'_>,
    world: &mut dyn World,
    args: Args,
) -> Result<Flow, Escape> {
    host.buy_gas(ACCESS_GAS)?;
    let key = host.read_word(args.u32(0))?;
    let value = host.read_word(args.u32(1))?;
    if host.state.env.read_only {
        return Err(Escape::Failure("write protection"));
    }
    world.store_transient(key.into(), value.into());
    host.note(&[key.as_slice(), value.as_slice()], &[]);
    Ok(Flow::Resume(0))
}
