//! Minting a round's rewards.

use crate::peers::{only_bonding_manager, token};
use crate::storage::{Round, State};
use confluence_kit::math::PPB;
use confluence_kit::{Result, ensure, this};

impl Round {
    /// The reward for `stake` of `total`, base units, counted as minted.
    ///
    /// # Errors
    /// * `Panic(0x12)` - `total` is 0.
    /// * "minted tokens cannot exceed mintable tokens".
    pub fn take(&mut self, stake: u128, total: u128) -> Result<u128> {
        let mintable = self.mintable.get();
        let reward = PPB.of(mintable, stake, total)?;
        self.minted.add(reward)?;
        ensure!(
            self.minted.get() <= mintable,
            "minted tokens cannot exceed mintable tokens"
        );
        Ok(reward)
    }
}

/// Mints the reward for `stake` of `total`, to the Minter itself.
///
/// # Arguments
/// * `stake`, `total` - LPT base units.
///
/// # Errors
/// * "msg.sender not BondingManager", "system is paused".
/// * `Panic(0x12)` - `total` is 0.
/// * "minted tokens cannot exceed mintable tokens".
///
/// # Events
/// The token's `Transfer` and `Mint`.
///
/// # Source
/// Minter.createReward; deviation: none.
pub fn create_reward(s: &mut State, stake: u128, total: u128) -> Result<u128> {
    only_bonding_manager()?;
    let mut round = s.round.open();
    let reward = round.take(stake, total)?;
    round.store();
    token().mint(&this::address(), reward)?;
    Ok(reward)
}

/// LPT this round brings, base units.
pub fn current_mintable_tokens(s: &State) -> Result<u128> {
    Ok(s.round.load().mintable.get())
}

/// LPT of it that was minted, base units.
pub fn current_minted_tokens(s: &State) -> Result<u128> {
    Ok(s.round.load().minted.get())
}
