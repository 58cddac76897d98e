//! Earnings are credited when an account acts, once a round, before anything else happens to its stake.

use crate::events::EarningsClaimed;
use crate::pending::{Earned, pending};
use crate::storage::{Delegator, State};
use crate::{factors, peers};
use confluence_kit::abi::Ignored;
use confluence_kit::{Address, Checked, Result, emit, ensure, msg};

/// Credits the caller with what it earned; nothing happens if it has claimed in this round.
///
/// # Errors
/// * "system is paused", "current round is not initialized".
///
/// # Events
/// `EarningsClaimed`.
///
/// # Source
/// BondingManager.claimEarnings; deviation: none.
pub fn claim_earnings(s: &mut State, _until: Ignored) -> Result {
    let round = peers::running_round()?;
    claim(s, &msg::sender(), round)?;
    Ok(())
}

/// Credits `who` with what it earned up to `round`, and gives the account as it is then stored.
#[inline(never)]
pub fn claim(s: &mut State, who: &Address, round: u32) -> Result<Delegator> {
    let before = s.delegators.get(who);
    if before.last_claim_round >= round {
        return Ok(before);
    }
    let (bonded, fees) = (before.bonded.get(), before.fees.get());
    let mut earned = Earned {
        stake: bonded,
        fees,
    };
    let delegate = &before.delegate;
    if !delegate.is_zero() {
        earned = pending(s, who, &before, round)?;
        factors::initialise(s, delegate, round);
        if delegate == who {
            let mut own = s.own_earnings.edit(who);
            own.rewards = Default::default();
            own.fees = Default::default();
            own.store();
        }
    }
    emit!(EarningsClaimed {
        delegate,
        delegator: who,
        rewards: earned.stake.minus(bonded)?,
        fees: earned.fees.minus(fees)?,
        startRound: before.last_claim_round + 1,
        endRound: round,
    });
    let mut after = s.delegators.edit(who);
    after.last_claim_round = round;
    after.bonded.set(earned.stake)?;
    after.fees.set(earned.fees)?;
    after.store();
    Ok(*after)
}

/// [`claim`] for `who`, caused by `sender`. A claim gives up whatever the rest of the round brings, so nobody may make
/// another claim before its orchestrator has called `reward` (Livepeer Delta, e2c4055 and 6ae1116). L2Migrator and its pools may:
/// their messages from L1 must not fail for it.
#[inline(never)]
pub fn claim_for(
    s: &mut State,
    sender: &Address,
    is_pool: bool,
    who: &Address,
    round: u32,
) -> Result<Delegator> {
    if sender != who && !is_pool && *sender != peers::l2_migrator().0 {
        let d = s.delegators.get(who);
        if !d.bonded.is_zero() && d.last_claim_round < round {
            let orchestrator = s.orchestrators.get(&d.delegate);
            ensure!(
                !orchestrator.is_active(round) || orchestrator.has_rewarded(round),
                "ILLEGAL_CLAIM_EARNINGS"
            );
        }
    }
    claim(s, who, round)
}
