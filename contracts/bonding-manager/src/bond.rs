//! Bonding: new stake, more stake, another delegate.

use crate::claim::{claim, claim_for};
use crate::events::Bond;
use crate::storage::{Delegator, Lpt, State};
use crate::{factors, peers, stake};
use confluence_kit::abi::{NO_HINT, Neighbours};
use confluence_kit::{Address, Checked, Result, emit, ensure, msg};

/// [`bond_with_hint`] without hints.
pub fn bond(s: &mut State, amount: u128, to: &Address) -> Result {
    bond_for_with_hint(s, amount, &msg::sender(), to, NO_HINT, NO_HINT)
}

/// [`bond_for_with_hint`] for the caller itself.
pub fn bond_with_hint(
    s: &mut State,
    amount: u128,
    to: &Address,
    old: Neighbours<'_>,
    new: Neighbours<'_>,
) -> Result {
    bond_for_with_hint(s, amount, &msg::sender(), to, old, new)
}

/// Stakes `amount` of the caller's LPT for `owner` towards `to`.
///
/// # Arguments
/// * `amount` - LPT base units; may be 0 when only the delegate changes.
/// * `owner` - whose stake it becomes.
/// * `to` - delegate; the owner's own address registers it as an orchestrator, and the null address is nobody.
/// * `old` - the old delegate's neighbours in the pool after the change.
/// * `new` - the new delegate's.
///
/// # Errors
/// * "system is paused", "current round is not initialized".
/// * "ILLEGAL_CLAIM_EARNINGS" - another's earnings, whose orchestrator has not called `reward`.
/// * "INVALID_DELEGATOR" - nobody's stake; "INVALID_DELEGATE" - another is made an orchestrator; "INVALID_DELEGATE_CHANGE" - another's
///   delegate is changed. L2Migrator may.
/// * "registered transcoders can't delegate towards other addresses".
/// * "delegation amount must be greater than 0".
/// * what the token answers.
///
/// # Events
/// `EarningsClaimed`, `TranscoderDeactivated`, `TranscoderActivated`, the token's, `Bond`.
///
/// # Source
/// BondingManager.bondForWithHint; deviation: X6, the first two errors for third parties.
#[inline(never)]
pub fn bond_for_with_hint(
    s: &mut State,
    amount: u128,
    owner: &Address,
    to: &Address,
    old: Neighbours<'_>,
    new: Neighbours<'_>,
) -> Result {
    let round = peers::running_round()?;
    let sender = msg::sender();
    let before = claim_for(s, &sender, false, owner, round)?;
    if sender != *owner && sender != peers::l2_migrator().0 {
        ensure!(!owner.is_zero(), "INVALID_DELEGATOR");
        if before.bonded.is_zero() {
            ensure!(to != owner, "INVALID_DELEGATE");
        } else {
            ensure!(before.delegate == *to, "INVALID_DELEGATE_CHANGE");
        }
    }
    let bonding = Bonding {
        payer: &sender,
        owner,
        to,
        amount,
        round,
        start_round: round + 1,
    };
    bonding.run(s, &before, old, new)
}

/// Stakes L2Migrator's LPT for a DelegatorPool. It was bonded on L1 all along, so it does not begin another pending round, and
/// those it belongs to can take it over at once; what they take begins one, and the unbonding period is theirs to wait for.
///
/// # Arguments
/// * `amount` - LPT base units.
/// * `pool` - the pool, which never bonds by itself.
/// * `to` - its orchestrator.
/// * `hint` - the orchestrator's neighbours in the pool of candidates after the change.
///
/// # Errors
/// * "system is paused", "current round is not initialized".
/// * "caller must be L2Migrator".
/// * as [`bond_for_with_hint`] from "delegation amount must be greater than 0" on.
///
/// # Events
/// As [`bond_for_with_hint`].
///
/// # Source
/// Ours: X3, ADR 0006.
pub fn bond_pool_with_hint(
    s: &mut State,
    amount: u128,
    pool: &Address,
    to: &Address,
    hint: Neighbours<'_>,
) -> Result {
    let round = peers::running_round()?;
    let sender = msg::sender();
    ensure!(
        sender == peers::l2_migrator().0,
        "caller must be L2Migrator"
    );
    let before = claim(s, pool, round)?;
    let bonding = Bonding {
        payer: &sender,
        owner: pool,
        to,
        amount,
        round,
        start_round: 0,
    };
    bonding.run(s, &before, NO_HINT, hint)
}

struct Bonding<'a> {
    payer: &'a Address,
    owner: &'a Address,
    to: &'a Address,
    amount: u128,
    round: u32,
    /// For a stake that is new or moves.
    start_round: u32,
}

impl Bonding<'_> {
    #[inline(never)]
    fn run(
        &self,
        s: &mut State,
        before: &Delegator,
        old: Neighbours<'_>,
        new: Neighbours<'_>,
    ) -> Result {
        let &Bonding {
            owner,
            to,
            amount,
            round,
            ..
        } = self;
        let (from, bonded) = (&before.delegate, before.bonded.get());
        let moves = bonded != 0 && from != to;
        let mut moved = amount;
        if moves {
            ensure!(
                from != owner,
                "registered transcoders can't delegate towards other addresses"
            );
            moved = moved.plus(bonded)?;
            stake::decrease(s, from, bonded, round, old)?;
        }
        factors::initialise(s, to, round);
        ensure!(moved != 0, "delegation amount must be greater than 0");
        if amount > Lpt::MAX {
            // More than a stake can be is more than anybody has: the token says so.
            self.pay()?;
        }
        let mut d = s.delegators.edit(owner);
        if moves || bonded == 0 {
            d.start_round = self.start_round;
        }
        d.delegate = *to;
        d.bonded.add(amount)?;
        d.store();
        let bonded = d.bonded.get();
        stake::increase(s, to, moved, round, new)?;
        if amount != 0 {
            self.pay()?;
        }
        emit!(Bond {
            newDelegate: to,
            oldDelegate: from,
            delegator: owner,
            additionalAmount: amount,
            bondedAmount: bonded,
        });
        Ok(())
    }

    fn pay(&self) -> Result {
        peers::token().transferFrom(self.payer, &peers::minter().0, self.amount)?;
        Ok(())
    }
}
