//! The stake behind an orchestrator: its place among the candidates, its stake in the next round, the network's total.
//! Always holds: what changes now counts from the next round on; this round keeps what it had.

use crate::events::{TranscoderActivated, TranscoderDeactivated};
use crate::list;
use crate::storage::State;
use confluence_kit::abi::Neighbours;
use confluence_kit::{Address, Result, emit};

/// More stake for `to`, which may make it a candidate. Its own record must be stored before.
#[inline(never)]
pub fn increase(
    s: &mut State,
    to: &Address,
    amount: u128,
    round: u32,
    hint: Neighbours<'_>,
) -> Result {
    let mut d = s.delegators.edit(to);
    let before = d.delegated.get();
    d.delegated.add(amount)?;
    let after = d.delegated.get();
    let is_registered = d.is_registered(to);
    d.store();
    if is_registered {
        if list::contains(s, to) {
            let mut network = s.network.open();
            network.next_total.add(amount)?;
            network.store();
            record(s, to, before, after, round, hint)?;
        } else {
            try_to_join(s, to, after, round, hint)?;
        }
    }
    Ok(())
}

/// Less stake for `from`. Nobody joins in its place before its own next increase.
#[inline(never)]
pub fn decrease(
    s: &mut State,
    from: &Address,
    amount: u128,
    round: u32,
    hint: Neighbours<'_>,
) -> Result {
    let mut d = s.delegators.edit(from);
    let before = d.delegated.get();
    d.delegated.sub(amount)?;
    let after = d.delegated.get();
    d.store();
    if list::contains(s, from) {
        let mut network = s.network.open();
        network.next_total.sub(amount)?;
        network.store();
        record(s, from, before, after, round, hint)?;
    }
    Ok(())
}

/// A candidate's stake changed.
#[inline(never)]
fn record(
    s: &mut State,
    who: &Address,
    before: u128,
    after: u128,
    round: u32,
    hint: Neighbours<'_>,
) -> Result {
    list::update_key(s, who, after, hint)?;
    let mut it = s.orchestrators.edit(who);
    let is_first_change = it.last_stake_round < round;
    it.last_stake_round = round + 1;
    it.store();
    if is_first_change {
        set_total(s, who, round, before)?;
    }
    set_total(s, who, round + 1, after)
}

#[inline(never)]
fn set_total(s: &mut State, who: &Address, round: u32, stake: u128) -> Result {
    let mut pool = s.pools.edit((who, round));
    pool.total_stake.set(stake)?;
    pool.store();
    Ok(())
}

/// Makes `who` a candidate if there is room or somebody with less; who has as much stays out.
///
/// # Events
/// `TranscoderDeactivated` of whom it displaces, `TranscoderActivated`.
#[inline(never)]
pub fn try_to_join(
    s: &mut State,
    who: &Address,
    stake: u128,
    round: u32,
    hint: Neighbours<'_>,
) -> Result {
    let from = round + 1;
    if list::is_full(s) {
        let last = list::last(s);
        if stake <= s.delegators.get(&last).delegated.get() {
            return Ok(());
        }
        resign(s, &last, round)?;
    }
    list::insert(s, who, stake, hint)?;
    let mut network = s.network.open();
    network.next_total.add(stake)?;
    network.store();
    let mut it = s.orchestrators.edit(who);
    it.joins(from);
    it.store();
    set_total(s, who, from, stake)?;
    emit!(TranscoderActivated {
        transcoder: who,
        activationRound: from
    });
    Ok(())
}

/// `who` is no candidate any more; it works until the end of `round`.
///
/// # Events
/// `TranscoderDeactivated`.
#[inline(never)]
pub fn resign(s: &mut State, who: &Address, round: u32) -> Result {
    list::remove(s, who)?;
    let stake = s.delegators.get(who).delegated.get();
    let mut network = s.network.open();
    network.next_total.sub(stake)?;
    network.store();
    let mut it = s.orchestrators.edit(who);
    it.deactivation_round = round + 1;
    it.store();
    emit!(TranscoderDeactivated {
        transcoder: who,
        deactivationRound: round + 1
    });
    Ok(())
}
