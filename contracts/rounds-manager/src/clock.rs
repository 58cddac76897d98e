//! Which round it is. All of it follows from [`Clock`] and the L1 block number.

use crate::storage::{Clock, State};
use confluence_kit::abi::{Reply, reply};
use confluence_kit::math::PPM;
use confluence_kit::{Checked, Result, block, fault};

impl Clock {
    /// Whole rounds since the length was last set. `Panic(0x12)` before it was set.
    fn elapsed(&self, block: u64) -> Result<u64> {
        let blocks = block.minus(self.base_block)?;
        match blocks.checked_div(self.length) {
            Some(rounds) => Ok(rounds),
            None => fault::panic(fault::DIVISION_BY_ZERO),
        }
    }

    /// The round that `block` is in.
    pub fn round(&self, block: u64) -> Result<u32> {
        match u32::try_from(self.elapsed(block)?) {
            Ok(rounds) => self.base_round.plus(rounds),
            Err(_) => fault::panic(fault::OVERFLOW),
        }
    }

    /// The first block of that round.
    pub fn start_block(&self, block: u64) -> Result<u64> {
        Ok(self.base_block + self.elapsed(block)? * self.length)
    }

    /// Whether `block` is in the last part of its round.
    pub fn is_locked(&self, block: u64) -> Result<bool> {
        let length = self.length as u128;
        let lock = PPM.share(length, self.lock_amount as u128)?;
        Ok((block - self.start_block(block)?) as u128 >= length - lock)
    }
}

/// The current round.
///
/// # Errors
/// * `Panic(0x12)` - no round length is set yet.
///
/// # Source
/// RoundsManager.currentRound; deviation: none.
pub fn current_round(s: &State) -> Result<u32> {
    s.clock.load().round(block::number())
}

/// The L1 block at which the current round began.
///
/// # Errors
/// * `Panic(0x12)` - no round length is set yet.
///
/// # Source
/// RoundsManager.currentRoundStartBlock; deviation: none.
pub fn current_round_start_block(s: &State) -> Result<u128> {
    Ok(s.clock.load().start_block(block::number())? as u128)
}

/// Whether the current round was initialised.
///
/// # Source
/// RoundsManager.currentRoundInitialized; deviation: none.
pub fn current_round_initialized(s: &State) -> Result<bool> {
    let clock = s.clock.load();
    Ok(clock.last_initialized == clock.round(block::number())?)
}

/// Whether orchestrators can no longer change their terms in the current round.
///
/// # Source
/// RoundsManager.currentRoundLocked; deviation: none.
pub fn current_round_locked(s: &State) -> Result<bool> {
    s.clock.load().is_locked(block::number())
}

/// Round, whether it is initialised, whether it is locked: everything a peer asks, in one call.
///
/// # Source
/// Ours (one program entry instead of three); each part as its own view.
pub fn round_state(s: &State) -> Result<Reply> {
    let (clock, block) = (s.clock.load(), block::number());
    let round = clock.round(block)?;
    Ok(reply()
        .round(round)
        .flag(clock.last_initialized == round)
        .flag(clock.is_locked(block)?))
}
