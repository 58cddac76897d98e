//! What an account has if it claims now.

use crate::factors::{self, Factors, or_one};
use crate::storage::{Delegator, State};
use confluence_kit::math::{PRECISE, narrow, wide};
use confluence_kit::{Address, Checked, Result};

/// LPT and wei.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earned {
    /// The whole stake, in base units of LPT.
    pub stake: u128,
    /// All fees, in wei.
    pub fees: u128,
}

impl Earned {
    /// What became of it between two rounds: the stake grows by the quotient of the reward factors, and earns the
    /// difference of the fee factors for each unit it had at the start.
    pub fn grown(self, start: &Factors, end: &Factors) -> Result<Earned> {
        let (from, stake) = (wide(or_one(start.reward)), wide(self.stake));
        let earned = PRECISE.of_wide(&stake, &end.fee.minus(start.fee)?, &from)?;
        Ok(Earned {
            fees: self.fees.plus(narrow(&earned)?)?,
            stake: narrow(&PRECISE.of_wide(&stake, &wide(or_one(end.reward)), &from)?)?,
        })
    }
}

/// Stake and fees of `who` with everything earned up to `round`; an orchestrator's cuts too.
#[inline(never)]
pub fn pending(s: &State, who: &Address, d: &Delegator, round: u32) -> Result<Earned> {
    let mut it = Earned {
        stake: d.bonded.get(),
        fees: d.fees.get(),
    };
    let delegate = &d.delegate;
    // Nobody earns at the null address.
    if d.last_claim_round < round && !delegate.is_zero() {
        let start = factors::stored(s, delegate, d.last_claim_round);
        let end = factors::latest(s, delegate, &s.orchestrators.get(delegate), round);
        it = it.grown(&start, &end)?;
    }
    if delegate == who {
        let own = s.own_earnings.get(who);
        it.stake = it.stake.plus(own.rewards.get())?;
        it.fees = it.fees.plus(own.fees.get())?;
    }
    Ok(it)
}
