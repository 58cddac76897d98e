//! The Verifier takes stake from an orchestrator that cheated. Livepeer has never registered one.

use crate::account::Status;
use crate::events::TranscoderSlashed;
use crate::storage::State;
use crate::{list, peers, stake};
use confluence_kit::math::PPM;
use confluence_kit::{Address, Checked, Result, emit, ensure, manager, msg};

/// Takes part of an account's stake, pays part of that to who found it out and burns the rest. Claims nothing.
///
/// # Arguments
/// * `who` - the account.
/// * `finder` - whom to pay; null for nobody.
/// * `share` - of the stake, in millionths.
/// * `finder_share` - of the penalty, in millionths.
///
/// # Errors
/// * "system is paused", "caller must be Verifier".
/// * what the Minter answers.
///
/// # Events
/// `TranscoderDeactivated`, the token's, `TranscoderSlashed`.
///
/// # Source
/// BondingManager.slashTranscoder; deviation: none.
pub fn slash_transcoder(
    s: &mut State,
    who: &Address,
    finder: &Address,
    share: u128,
    finder_share: u128,
) -> Result {
    manager::not_paused()?;
    ensure!(
        msg::sender() == peers::verifier().0,
        "caller must be Verifier"
    );
    let (mut penalty, mut reward) = (0, 0);
    let bonded = s.delegators.get(who).bonded.get();
    if bonded != 0 {
        penalty = PPM.share(bonded, share)?;
        take(s, who, penalty)?;
        let minter = peers::minter();
        if !finder.is_zero() {
            reward = PPM.share(penalty, finder_share)?;
            minter.trustedTransferTokens(finder, reward)?;
        }
        minter.trustedBurnTokens(penalty.minus(reward)?)?;
    }
    emit!(TranscoderSlashed {
        transcoder: who,
        finder,
        penalty,
        finderReward: reward
    });
    Ok(())
}

fn take(s: &mut State, who: &Address, penalty: u128) -> Result {
    let round = peers::current_round()?;
    if list::contains(s, who) {
        stake::resign(s, who, round)?;
    }
    let mut d = s.delegators.edit(who);
    d.bonded.sub(penalty)?;
    d.store();
    let d = *d;
    if d.status(round) == Status::Bonded {
        let mut to = s.delegators.edit(&d.delegate);
        to.delegated.sub(penalty)?;
        to.store();
    }
    Ok(())
}
