//! Paying for memory growth; the metered program calls this before each `memory.grow`.

use super::{Args, Escape, Flow, Host, Ink, ink::HOSTIO};
use crate::stylus::{params::ARBOS_STYLUS_V3, world::World};

/// `pay_for_memory_grow(pages)`: pages count as open before they are paid, whether or not they will be had
pub(super) fn pay(host: &mut Host<'_>, world: &mut dyn World, args: Args) -> Result<Flow, Escape> {
    let pages = args.u32(0);
    if pages > u32::from(u16::MAX) && host.state.arbos_version >= ARBOS_STYLUS_V3 {
        host.buy_ink(Ink(u64::MAX))?;
    }
    // before ArbOS 59 the host function takes 16 bits
    let pages = pages as u16;
    if pages == 0 {
        host.buy_ink(HOSTIO)?;
    } else {
        let open = world.pages();
        let gas = open.gas(&host.state.params, host.state.arbos_version, pages);
        open.add(pages);
        host.buy_gas(gas)?;
    }
    host.note(&[&pages.to_be_bytes()], &[]);
    Ok(Flow::Resume(0))
}
