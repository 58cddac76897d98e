//! How far it is.

use crate::complete::Missing;
use crate::storage::State;
use confluence_kit::abi::{Reply, reply};
use confluence_kit::{Address, Result};

/// 0 waiting, 1 announced, 2 complete, 3 aborted.
pub fn status(s: &State) -> Result<u8> {
    Ok(s.origin.load().status)
}

/// What L1 announced: LPT base units, wei, inflation in parts of 10^9, LPT on L1.
pub fn announced(s: &State) -> Result<Reply> {
    let it = s.announced.load();
    Ok(reply()
        .number(it.lpt)
        .number(it.eth)
        .number(it.inflation)
        .number(it.l1_supply))
}

/// What of it is not here: LPT base units, wei, whether L1's supply.
pub fn missing(s: &State) -> Result<Reply> {
    let it = Missing::now(s)?;
    Ok(reply().number(it.lpt).number(it.eth).flag(!it.has_supply))
}

/// L1SwitchOver, on L1.
pub fn l1_switch_over(s: &State) -> Result<Address> {
    Ok(s.origin.load().l1_switch_over)
}

/// Who gets the Controller.
pub fn governor(s: &State) -> Result<Address> {
    Ok(s.heir.load().governor)
}
