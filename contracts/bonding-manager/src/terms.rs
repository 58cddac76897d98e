//! An orchestrator sets its terms.

use crate::events::TranscoderUpdate;
use crate::storage::{State, Terms};
use crate::{list, peers, stake};
use confluence_kit::abi::{NO_HINT, Neighbours};
use confluence_kit::math::PPM;
use confluence_kit::{Result, emit, ensure, msg};

/// [`transcoder_with_hint`] without a hint.
pub fn transcoder(s: &mut State, reward_cut: u32, fee_share: u32) -> Result {
    transcoder_with_hint(s, reward_cut, fee_share, NO_HINT)
}

/// Sets the caller's terms for coming rounds, and makes it a candidate if it has the stake.
///
/// # Arguments
/// * `reward_cut` - what it keeps of a reward, in millionths.
/// * `fee_share` - what it shares of fees, in millionths.
/// * `hint` - the caller's neighbours in the pool.
///
/// # Errors
/// * "system is paused", "current round is not initialized".
/// * "can't update transcoder params, current round is locked".
/// * "invalid rewardCut percentage", "invalid feeShare percentage".
/// * "transcoder must be registered".
/// * "caller can't be active or must have already called reward for the current round".
///
/// # Events
/// `TranscoderDeactivated`, `TranscoderActivated`, `TranscoderUpdate`.
///
/// # Source
/// BondingManager.transcoderWithHint; deviation: none.
#[inline(never)]
pub fn transcoder_with_hint(
    s: &mut State,
    reward_cut: u32,
    fee_share: u32,
    hint: Neighbours<'_>,
) -> Result {
    let (round, is_locked) = peers::running_round_and_lock()?;
    ensure!(
        !is_locked,
        "can't update transcoder params, current round is locked"
    );
    ensure!(
        PPM.admits(reward_cut as u128),
        "invalid rewardCut percentage"
    );
    ensure!(PPM.admits(fee_share as u128), "invalid feeShare percentage");
    let sender = msg::sender();
    let d = s.delegators.get(&sender);
    ensure!(d.is_registered(&sender), "transcoder must be registered");
    let mut it = s.orchestrators.edit(&sender);
    ensure!(
        !it.is_active(round) || it.has_rewarded(round),
        "caller can't be active or must have already called reward for the current round"
    );
    it.terms = Terms::new(reward_cut, fee_share);
    it.store();
    if !list::contains(s, &sender) {
        stake::try_to_join(s, &sender, d.delegated.get(), round, hint)?;
    }
    emit!(TranscoderUpdate {
        transcoder: &sender,
        rewardCut: reward_cut,
        feeShare: fee_share,
    });
    Ok(())
}
