//! What must hold of the staking programs after every transaction, whoever sent it (docs/security/invariants.md). They are checked
//! on the model, which the programs' views have been compared with.

use super::Twin;
use crate::model::{Delegator, N, Round, n};
use alloy_primitives::Address;
use std::collections::BTreeMap;

/// What was so before a transaction.
#[derive(Clone, Debug, Default)]
pub struct Invariants {
    delegators: BTreeMap<Address, Delegator>,
    /// Somebody was slashed. That takes stake without a word to the pool and is off in production.
    slashed: bool,
}

impl Invariants {
    /// Notes what is so now.
    pub fn before(&mut self, twin: &Twin) {
        self.delegators.clone_from(&twin.model.bonding.delegators);
    }

    /// From now on what slashing breaks is not looked at.
    pub fn somebody_was_slashed(&mut self) {
        self.slashed = true;
    }

    /// Checks them all after a transaction of `sender`.
    ///
    /// # Panics
    /// If one does not hold.
    #[track_caller]
    pub fn check(&self, twin: &Twin, sender: Address) {
        stakes_are_covered(twin);
        fees_are_covered(twin);
        pool_is_sorted(twin);
        factors_are_there_for_whoever_starts_from_them(twin);
        self.nobody_changed_anothers_delegate(twin, sender);
        if !self.slashed {
            delegated_covers_its_delegators(twin);
            totals_are_sums(twin);
        }
    }

    #[track_caller]
    fn nobody_changed_anothers_delegate(&self, twin: &Twin, sender: Address) {
        if sender == twin.model.at.l2_migrator {
            return;
        }
        for (who, before) in &self.delegators {
            let after = &twin.model.bonding.delegators[who];
            assert!(
                *who == sender || before.bonded == n(0) || before.delegate == after.delegate,
                "{sender} moved the stake of {who} from {} to {}",
                before.delegate,
                after.delegate
            );
        }
    }
}

fn pending(twin: &Twin, who: Address) -> (N, N) {
    let stake = twin.model.pending_stake(who).expect("stakes can be read");
    (
        stake,
        twin.model.pending_fees(who).expect("fees can be read"),
    )
}

/// delegated(o) >= what all its delegators, itself included, could claim.
#[track_caller]
fn delegated_covers_its_delegators(twin: &Twin) {
    let mut claims = BTreeMap::<Address, N>::new();
    for (who, d) in &twin.model.bonding.delegators {
        if d.bonded != n(0) {
            *claims.entry(d.delegate).or_default() += pending(twin, *who).0;
        }
    }
    for (who, claimed) in claims {
        let delegated = twin.model.get_delegator(who).delegated;
        assert!(
            delegated >= claimed,
            "{delegated} delegated to {who}, {claimed} claimed"
        );
    }
}

/// The Minter holds every stake and every lock.
#[track_caller]
fn stakes_are_covered(twin: &Twin) {
    let mut owed = N::default();
    for (who, d) in &twin.model.bonding.delegators {
        owed += pending(twin, *who).0;
        owed += d.locks.values().map(|lock| &lock.amount).sum::<N>();
    }
    let held = twin.model.token.balance(twin.model.at.minter);
    assert!(held >= owed, "the Minter holds {held} LPT and owes {owed}");
}

/// The Minter holds all fees.
#[track_caller]
fn fees_are_covered(twin: &Twin) {
    let all = twin.model.bonding.delegators.keys();
    let owed: N = all.map(|who| pending(twin, *who).1).sum();
    let held = twin
        .model
        .ether
        .get(&twin.model.at.minter)
        .cloned()
        .unwrap_or_default();
    assert!(held >= owed, "the Minter holds {held} wei and owes {owed}");
}

/// The pool is in order, not overfull, and all in it are registered.
#[track_caller]
fn pool_is_sorted(twin: &Twin) {
    let list = &twin.model.bonding.list;
    assert!(list.nodes.is_sorted_by(|a, b| a.1 >= b.1), "{list:?}");
    assert!(list.nodes.len() as u128 <= list.max_size, "{list:?}");
    for (who, _) in &list.nodes {
        assert!(
            twin.model.bonding.is_registered(*who),
            "{who} in the pool is not registered"
        );
    }
}

/// Keys are what is delegated, and the next round's stake is their sum.
#[track_caller]
fn totals_are_sums(twin: &Twin) {
    let list = &twin.model.bonding.list;
    for (who, key) in &list.nodes {
        assert_eq!(
            *key,
            twin.model.get_delegator(*who).delegated,
            "key of {who}"
        );
    }
    let sum: N = list.nodes.iter().map(|(_, key)| key).sum();
    assert_eq!(twin.model.bonding.next_total, sum);
}

/// Where a stake starts from a round without a factor, its orchestrator had earned nothing until then; else the stake would
/// claim what was earned before it was there.
#[track_caller]
fn factors_are_there_for_whoever_starts_from_them(twin: &Twin) {
    let bonding = &twin.model.bonding;
    for (who, d) in &bonding.delegators {
        let Some(pools) = bonding.pools.get(&d.delegate) else {
            continue;
        };
        if d.bonded == n(0) {
            continue;
        }
        let since: Round = d.last_claim_round;
        let start = pools.get(&since).cloned().unwrap_or_default();
        for (round, earlier) in pools.range(..since) {
            assert!(
                earlier.reward_factor == n(0) || start.reward_factor != n(0),
                "{who} starts in {since} without a factor, but rewards came in {round}"
            );
            assert!(
                earlier.fee_factor <= start.fee_factor,
                "{who} starts in {since} without a fee factor, but fees came in {round}"
            );
        }
    }
}
