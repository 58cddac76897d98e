//! A reserve is for all active orchestrators alike: in a round each can draw its part of what was there when the round began.
//! Always holds (X12): the parts are of the round's active set, which does not change while the round lasts, so together they are
//! at most the reserve, whoever joins or leaves meanwhile.

use crate::events::ReserveClaimed;
use crate::peers::bonding_manager;
use crate::storage::{RoundClaims, Sender, ShareClaimed};
use confluence_kit::math::{div, narrow, wide};
use confluence_kit::{Address, Checked, Result, Table, emit};

/// Among how many a reserve is shared, and whether somebody is one of them.
#[derive(Clone, Copy, Debug)]
pub struct Claimants {
    /// Whether it is active.
    pub is_claimant: bool,
    /// Parts.
    pub count: u32,
    /// Whether the count is the original's, which changes while a round lasts.
    by_original_rules: bool,
}

impl Claimants {
    /// Nobody can draw.
    pub const NONE: Self = Claimants {
        is_claimant: false,
        count: 0,
        by_original_rules: false,
    };

    /// Those of `round`, which is the current one. The original counts the candidates for the next.
    #[inline(never)]
    pub fn of(who: &Address, round: u32, by_original_rules: bool) -> Result<Self> {
        let (is_claimant, active) = bonding_manager().activeSet(who, round)?;
        let count = if by_original_rules {
            bonding_manager().getTranscoderPoolSize()?
        } else {
            active
        };
        Ok(Claimants {
            is_claimant,
            count,
            by_original_rules,
        })
    }

    /// What one of them can still draw: its part of `funds` and what was drawn of them, less what it drew.
    #[inline(never)]
    pub fn claimable(&self, funds: u128, drawn: u128, drawn_by_it: u128) -> Result<u128> {
        if !self.is_claimant || self.count == 0 {
            return Ok(0);
        }
        let part = narrow(&div(&wide(funds.plus(drawn)?), &wide(self.count as u128))?)?;
        if self.by_original_rules {
            return part.minus(drawn_by_it);
        }
        // A reserve withdrawn and funded anew in one round can be smaller than what was drawn before.
        Ok(part.saturating_sub(drawn_by_it).min(funds))
    }
}

/// Who draws from whom.
#[derive(Clone, Copy, Debug)]
pub struct Parties<'a> {
    /// Whose reserve it is.
    pub holder: &'a Address,
    /// Who draws.
    pub claimant: &'a Address,
}

/// Draws `wanted` wei, or as much as can be drawn. The caller stores the holder.
#[inline(never)]
pub fn claim(
    claims: &mut Table<RoundClaims>,
    shares: &mut Table<ShareClaimed>,
    holder: &mut Sender,
    parties: &Parties<'_>,
    round: u32,
    claimants: &Claimants,
    wanted: u128,
) -> Result<u128> {
    let mut all = claims.edit(parties.holder);
    let mut own = shares.edit((parties.holder, parties.claimant));
    let (drawn, drawn_by_it) = (all.in_round(round), own.in_round(round));
    let amount = claimants
        .claimable(holder.reserve.get(), drawn, drawn_by_it)?
        .min(wanted);
    if amount == 0 {
        return Ok(0);
    }
    all.round = round;
    all.claimed.set(drawn.plus(amount)?)?;
    all.store();
    own.round = round;
    own.claimed.set(drawn_by_it.plus(amount)?)?;
    own.store();
    holder.reserve.sub(amount)?;
    emit!(ReserveClaimed {
        reserveHolder: parties.holder,
        claimant: parties.claimant,
        amount
    });
    Ok(amount)
}
