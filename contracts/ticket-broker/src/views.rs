//! What anyone may read, in the original's tuples, word for word.

use crate::peers;
use crate::reserve::Claimants;
use crate::storage::State;
use confluence_kit::abi::{Reply, reply};
use confluence_kit::{Address, B256, Result};

/// Whether the ticket with this hash was redeemed.
pub fn used_tickets(s: &State, hash: &B256) -> Result<bool> {
    Ok(s.used.get(hash).used.get())
}

/// Whether `who` began to unlock, and has neither cancelled nor funded itself since.
pub fn is_unlock_in_progress(s: &State, who: &Address) -> Result<bool> {
    Ok(s.senders.get(who).withdraw_round != 0)
}

/// Deposit, withdraw round, reserve, what was drawn of it in this round.
pub fn sender_info(s: &State, who: &Address) -> Result<Reply> {
    let (round, sender) = (peers::current_round()?, s.senders.get(who));
    Ok(reply()
        .number(sender.deposit.get())
        .round(sender.withdraw_round)
        .number(sender.reserve.get())
        .number(s.claims.get(who).in_round(round)))
}

/// Reserve, what was drawn of it in this round.
pub fn reserve_info(s: &State, who: &Address) -> Result<Reply> {
    let round = peers::current_round()?;
    Ok(reply()
        .number(s.senders.get(who).reserve.get())
        .number(s.claims.get(who).in_round(round)))
}

/// What `claimant` drew from a reserve in this round.
pub fn claimed_reserve(s: &State, holder: &Address, claimant: &Address) -> Result<u128> {
    let round = peers::current_round()?;
    Ok(s.shares.get((holder, claimant)).in_round(round))
}

/// What `claimant` can still draw from a reserve in this round.
///
/// # Errors
/// * `Panic(0x11)` by the original's rules, if the pool grew after it drew.
///
/// # Source
/// TicketBroker.claimableReserve; deviation: X12.
pub fn claimable_reserve(s: &State, holder: &Address, claimant: &Address) -> Result<u128> {
    let round = peers::current_round()?;
    let claimants = Claimants::of(claimant, round, s.terms.load().original_rules.get())?;
    claimants.claimable(
        s.senders.get(holder).reserve.get(),
        s.claims.get(holder).in_round(round),
        s.shares.get((holder, claimant)).in_round(round),
    )
}
