//! Beginning a round.

use crate::events::NewRound;
use crate::hashes::block_hash;
use crate::peers::{bonding_manager, minter};
use crate::storage::State;
use confluence_kit::{Result, block, emit, ensure, fault, manager};

/// Initialises the current round: remembers the last L1 block's hash, lets BondingManager take over the round's stake and the
/// Minter decide its inflation. Anyone may do it, once a round; nothing that needs a round runs before.
///
/// # Errors
/// * "system is paused".
/// * `Panic(0x12)` - no round length is set yet.
/// * "round already initialized".
///
/// # Events
/// Minter's `SetCurrentRewardTokens`, `NewRound`.
///
/// # Source
/// RoundsManager.initializeRound; deviation: none.
pub fn initialize_round(s: &mut State) -> Result {
    manager::not_paused()?;
    let mut clock = s.clock.open();
    let round = clock.round(block::number())?;
    ensure!(clock.last_initialized < round, "round already initialized");
    clock.last_initialized = round;
    clock.store();

    let Some(last) = block::number().checked_sub(1) else {
        return fault::panic(fault::OVERFLOW);
    };
    let hash = block_hash(s, last as u128)?;
    let mut remembered = s.hashes.edit(round);
    remembered.hash = hash;
    remembered.store();

    bonding_manager().setCurrentRoundTotalActiveStake()?;
    minter().setCurrentRewardTokens()?;
    emit!(NewRound {
        round,
        blockHash: &hash
    });
    Ok(())
}

/// The last round that was initialised.
pub fn last_initialized_round(s: &State) -> Result<u32> {
    Ok(s.clock.load().last_initialized)
}
