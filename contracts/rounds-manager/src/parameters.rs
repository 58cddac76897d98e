//! What the Controller's owner sets.

use crate::storage::State;
use confluence_kit::manager;
use confluence_kit::math::PPM;
use confluence_kit::{Address, Result, U256, block, ensure, fault};

/// Sets what a proxy is created with.
///
/// # Arguments
/// * `controller` - the registry.
/// * `helper` - the EVM contract that answers `blockHash(uint256)`.
///
/// # Errors
/// * empty - not behind a proxy, or initialised before.
///
/// # Source
/// RoundsManager's constructor; deviation: an initializer, and the helper.
pub fn initialize(s: &mut State, controller: &Address, helper: &Address) -> Result {
    manager::initialize(s, controller)?;
    let mut to = s.helper.open();
    to.at = *helper;
    to.store();
    Ok(())
}

/// Sets how many L1 blocks a round takes, from the start of the current round on. The number of the current round does not
/// change; the first time, rounds count from block 0.
///
/// # Errors
/// * "caller must be Controller owner".
/// * "round length cannot be 0".
/// * `Panic(0x11)` - `blocks` does not fit 64 bits.
///
/// # Events
/// `ParameterUpdate("roundLength")`.
///
/// # Source
/// RoundsManager.setRoundLength; deviation: none.
pub fn set_round_length(s: &mut State, blocks: u128) -> Result {
    manager::only_owner()?;
    ensure!(blocks != 0, "round length cannot be 0");
    let Ok(blocks) = u64::try_from(blocks) else {
        return fault::panic(fault::OVERFLOW);
    };
    let (mut clock, now) = (s.clock.open(), block::number());
    if clock.length == 0 {
        clock.length = blocks;
    }
    let (round, start) = (clock.round(now)?, clock.start_block(now)?);
    clock.base_round = round;
    clock.base_block = start;
    clock.length = blocks;
    clock.store();
    manager::parameter_update("roundLength");
    Ok(())
}

/// Sets the part of a round, at its end, in which orchestrators cannot change their terms.
///
/// # Arguments
/// * `share` - PPM.
///
/// # Errors
/// * "caller must be Controller owner".
/// * "round lock amount must be a valid percentage".
///
/// # Events
/// `ParameterUpdate("roundLockAmount")`.
///
/// # Source
/// RoundsManager.setRoundLockAmount; deviation: none.
pub fn set_round_lock_amount(s: &mut State, share: u128) -> Result {
    manager::only_owner()?;
    ensure!(
        PPM.admits(share),
        "round lock amount must be a valid percentage"
    );
    let mut clock = s.clock.open();
    clock.lock_amount = share as u32;
    clock.store();
    manager::parameter_update("roundLockAmount");
    Ok(())
}

/// Says from which round on an improvement proposal holds.
///
/// # Arguments
/// * `lip` - its number, below 2^32 - 1.
/// * `round` - the round.
///
/// # Errors
/// * "caller must be Controller owner".
/// * "LIP upgrade round already set".
/// * `Panic(0x11)` - there is no such LIP number.
///
/// # Source
/// RoundsManager.setLIPUpgradeRound; deviation: numbers of 2^32 - 1 and above are refused.
pub fn set_lip_upgrade_round(s: &mut State, lip: u32, round: U256) -> Result {
    manager::only_owner()?;
    // A larger number is read as this one.
    if lip == u32::MAX {
        return fault::panic(fault::OVERFLOW);
    }
    let mut upgrade = s.lips.edit(lip);
    ensure!(upgrade.round.is_zero(), "LIP upgrade round already set");
    upgrade.round = round;
    upgrade.store();
    Ok(())
}

/// L1 blocks a round; 0 before it was set.
pub fn round_length(s: &State) -> Result<u128> {
    Ok(s.clock.load().length as u128)
}

/// The locked part of a round, PPM.
pub fn round_lock_amount(s: &State) -> Result<u128> {
    Ok(s.clock.load().lock_amount as u128)
}

/// The round in which the length was last set.
pub fn last_round_length_update_round(s: &State) -> Result<u32> {
    Ok(s.clock.load().base_round)
}

/// The L1 block at which that round began.
pub fn last_round_length_update_start_block(s: &State) -> Result<u128> {
    Ok(s.clock.load().base_block as u128)
}

/// The round in which LIP `lip` takes effect; 0 where none is set.
pub fn lip_upgrade_round(s: &State, lip: u32) -> Result<U256> {
    Ok(s.lips.get(lip).round)
}
