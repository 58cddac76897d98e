//! How much a round brings.

use crate::events::SetCurrentRewardTokens;
use crate::peers::{bonding_manager, data_cache, rounds_manager, token};
use crate::storage::{Policy, State};
use confluence_kit::math::PPB;
use confluence_kit::{Checked, Result, emit, ensure, manager, msg};

impl Policy {
    /// The next round's inflation: a step up while less than the target is bonded, a step down, to 0 at the least, while more is.
    ///
    /// # Arguments
    /// * `inflation` - this round's, parts of 10^9.
    /// * `bonding_rate` - the bonded part of the supply, parts of 10^9.
    pub fn next_inflation(&self, inflation: u128, bonding_rate: u128) -> Result<u128> {
        let (target, change) = (self.target_bonding_rate as u128, self.change as u128);
        if bonding_rate < target {
            inflation.plus(change)
        } else if bonding_rate > target {
            Ok(inflation.saturating_sub(change))
        } else {
            Ok(inflation)
        }
    }
}

/// Decides the new round's inflation and how much LPT it brings.
///
/// # Errors
/// * "msg.sender not RoundsManager", "system is paused".
///
/// # Events
/// `SetCurrentRewardTokens`.
///
/// # Source
/// Minter.setCurrentRewardTokens; deviation: none.
pub fn set_current_reward_tokens(s: &mut State) -> Result {
    ensure!(
        msg::sender() == rounds_manager().0,
        "msg.sender not RoundsManager"
    );
    manager::not_paused()?;
    let supply = global_total_supply(s)?;
    let rate = if supply == 0 {
        0
    } else {
        PPB.points(bonding_manager().getTotalBonded()?, supply)?
    };
    let policy = s.policy.load();
    let mut round = s.round.open();
    let inflation = policy.next_inflation(round.inflation.get(), rate)?;
    let mintable = PPB.share(supply, inflation)?;
    round.inflation.set(inflation)?;
    round.mintable.set(mintable)?;
    round.minted.set(0)?;
    round.store();
    emit!(SetCurrentRewardTokens {
        currentMintableTokens: mintable,
        currentInflation: inflation,
    });
    Ok(())
}

/// LPT in existence on both chains, base units. What is escrowed on L1 for L2 counts once.
///
/// # Source
/// Minter.getGlobalTotalSupply; deviation: none.
pub fn global_total_supply(_: &State) -> Result<u128> {
    token()
        .totalSupply()?
        .plus(data_cache().l1CirculatingSupply()?)
}
