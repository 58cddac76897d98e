//! The end: L2 starts, or the Governor takes over.

use crate::events::{SwitchOverAborted, SwitchOverCompleted};
use crate::peers;
use crate::storage::{State, Status};
use confluence_kit::math::wide;
use confluence_kit::{Result, balance_of, emit, ensure, msg};

/// Starts L2, if that was announced and all has arrived. Anyone may call, for instance whoever redeemed a ticket that had failed.
///
/// # Errors
/// * "SWITCH_OVER:NOT_ANNOUNCED", "SWITCH_OVER:ALREADY_COMPLETE", "SWITCH_OVER:ABORTED".
/// * "SWITCH_OVER:FUNDS_MISSING" - `missing()` says which.
/// * empty, "caller must be Controller owner" - the Controller was not handed over to this program, or not while paused.
///
/// # Events
/// The Minter's `ParameterUpdate`, the Controller's `Unpause` and `OwnershipTransferred`, `SwitchOverCompleted`.
///
/// # Source
/// Ours: X7.
pub fn complete(s: &mut State) -> Result {
    let origin = s.origin.load();
    ensure!(!origin.is(Status::Waiting), "SWITCH_OVER:NOT_ANNOUNCED");
    ensure!(!origin.is(Status::Complete), "SWITCH_OVER:ALREADY_COMPLETE");
    ensure!(!origin.is(Status::Aborted), "SWITCH_OVER:ABORTED");
    ensure!(has_all_arrived(s)?, "SWITCH_OVER:FUNDS_MISSING");
    start(s)
}

/// Hands the Controller to the Governor as it is, paused. For a switch-over that L1 has aborted, or that cannot end as announced.
///
/// # Errors
/// * "SWITCH_OVER:NOT_GOVERNOR", "SWITCH_OVER:ALREADY_COMPLETE", "SWITCH_OVER:ABORTED".
///
/// # Events
/// The Controller's `OwnershipTransferred`, `SwitchOverAborted`.
///
/// # Source
/// Ours: X7.
pub fn abort(s: &mut State) -> Result {
    let governor = s.heir.load().governor;
    ensure!(msg::sender() == governor, "SWITCH_OVER:NOT_GOVERNOR");
    let mut origin = s.origin.open();
    ensure!(!origin.is(Status::Complete), "SWITCH_OVER:ALREADY_COMPLETE");
    ensure!(!origin.is(Status::Aborted), "SWITCH_OVER:ABORTED");
    origin.status = Status::Aborted as u8;
    origin.store();
    peers::controller().transferOwnership(&governor)?;
    emit!(SwitchOverAborted {});
    Ok(())
}

/// Whether L2Migrator holds everything and L1's supply is known.
#[inline(never)]
pub fn has_all_arrived(s: &State) -> Result<bool> {
    let missing = Missing::now(s)?;
    Ok(missing.lpt == 0 && missing.eth == 0 && missing.has_supply)
}

/// What has not arrived.
#[derive(Clone, Copy, Debug)]
pub struct Missing {
    /// LPT base units.
    pub lpt: u128,
    /// Wei.
    pub eth: u128,
    /// Whether L1's supply has.
    pub has_supply: bool,
}

impl Missing {
    /// As it is now. Finalisers check the pause, so nothing has left L2Migrator before L2 starts.
    #[inline(never)]
    pub fn now(s: &State) -> Result<Missing> {
        let announced = s.announced.load();
        let migrator = &peers::l2_migrator()?;
        let (eth, ether) = (wide(announced.eth), balance_of(migrator));
        let eth = if eth > ether {
            confluence_kit::math::narrow(&(eth - ether))?
        } else {
            0
        };
        Ok(Missing {
            lpt: announced
                .lpt
                .saturating_sub(peers::token()?.balanceOf(migrator)?),
            eth,
            has_supply: peers::data_cache()?.l1TotalSupply()? != 0,
        })
    }
}

/// Starts L2.
#[inline(never)]
pub fn start(s: &mut State) -> Result {
    let mut origin = s.origin.open();
    origin.status = Status::Complete as u8;
    origin.store();
    let controller = peers::controller();
    peers::minter()?.setInflation(s.announced.load().inflation)?;
    controller.unpause()?;
    controller.transferOwnership(&s.heir.load().governor)?;
    emit!(SwitchOverCompleted {});
    Ok(())
}
