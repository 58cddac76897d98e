//! L1 says what is on its way.

use crate::complete;
use crate::events::SwitchOverAnnounced;
use crate::storage::{State, Status};
use confluence_kit::{Result, bridge, emit, fault, tuple};

tuple! {
    /// What left L1.
    Announcement of AnnouncementArg {
        /// LPT base units for L2Migrator.
        lpt_amount: u128,
        /// Wei for L2Migrator.
        eth_amount: u128,
        /// The last inflation, parts of 10^9.
        inflation: u128,
        /// LPT on L1, base units.
        l1_total_supply: u128,
    }
}

/// Takes the announcement, and starts L2 if all has arrived. It never fails for what has not, and a repetition of the ticket
/// changes nothing but that it looks again.
///
/// # Errors
/// * "ONLY_COUNTERPART_GATEWAY" - the caller is not the alias of L1SwitchOver.
/// * `Panic(0x11)` - an amount above the bound of `storage`.
/// * as [`complete::complete`], should all have arrived and L2 still not start.
///
/// # Events
/// `SwitchOverAnnounced` the first time; as [`complete::complete`].
///
/// # Source
/// Ours: X7.
pub fn finalize(s: &mut State, it: AnnouncementArg<'_>) -> Result {
    let mut origin = s.origin.open();
    bridge::only_l1_counterpart(&origin.l1_switch_over)?;
    if origin.is(Status::Waiting) {
        origin.status = Status::Announced as u8;
        origin.store();
        let mut announced = s.announced.open();
        announced.lpt = bounded(it.lpt_amount)?;
        announced.eth = bounded(it.eth_amount)?;
        announced.inflation = bounded(it.inflation)?;
        announced.l1_supply = bounded(it.l1_total_supply)?;
        announced.store();
        emit!(SwitchOverAnnounced { announcement: it });
    }
    if s.origin.load().is(Status::Announced) && complete::has_all_arrived(s)? {
        complete::start(s)?;
    }
    Ok(())
}

/// Larger numbers were read as the largest, which no funds reach.
fn bounded(v: u128) -> Result<u128> {
    if v == u128::MAX {
        return fault::panic(fault::OVERFLOW);
    }
    Ok(v)
}
