//! X3, ADR 0006. A DelegatorPool's stake was Pending in the round of its creation, and `transferBond` unbonds on the way: every
//! claim in that round failed with "caller must be bonded".
//! A pool's stake is Bonded from the beginning; whoever takes it over still waits like anybody.

use super::stage;
use confluence_tests::model::{NO_HINTS, Status, n};
use confluence_tests::twin::{Action, LPT};

#[test]
fn pool_can_be_claimed_from_at_once() {
    let (mut t, o, [pool, a, _]) = stage();
    let migrator = t.model.at.l2_migrator;
    t.give(migrator, 100 * LPT);
    t.must(migrator, &Action::bond_pool(100 * LPT, pool, o, NO_HINTS));
    assert_eq!(t.model.delegator_status(pool), Ok(Status::Bonded));
    t.must(
        pool,
        &Action::transfer_bond(a, 40 * LPT, NO_HINTS, NO_HINTS),
    );
    assert_eq!(t.model.get_delegator(a).bonded, n(40 * LPT));
    assert_eq!(t.model.get_delegator(a).delegate, o);

    // No way round the unbonding period.
    t.must_not(a, &Action::unbond(40 * LPT), "caller must be bonded");
    t.next_round();
    // Lock 0 was the one by which the stake came.
    t.must(a, &Action::unbond(40 * LPT));
    for _ in 0..6 {
        t.next_round();
        let early = "withdraw round must be before or equal to the current round";
        t.must_not(a, &Action::withdraw_stake(1), early);
    }
    t.next_round();
    t.must(a, &Action::withdraw_stake(1));
    t.compare_views();
}

#[test]
fn nobody_else_can_skip_the_pending_round() {
    let (mut t, o, [a, b, _]) = stage();
    t.must_not(
        a,
        &Action::bond_pool(LPT, b, o, NO_HINTS),
        "caller must be L2Migrator",
    );
    t.must(a, &Action::bond(100 * LPT, o));
    let send = Action::transfer_bond(b, LPT, NO_HINTS, NO_HINTS);
    t.must_not(a, &send, "caller must be bonded");
    t.compare_views();
}

#[test]
fn pool_in_its_creation_round_earns_nothing_for_it() {
    let (mut t, o, [pool, a, _]) = stage();
    let migrator = t.model.at.l2_migrator;
    t.give(migrator, 100 * LPT);
    t.must(migrator, &Action::bond_pool(100 * LPT, pool, o, NO_HINTS));
    t.must(o, &Action::reward());
    assert_eq!(t.model.pending_stake(pool), Ok(n(100 * LPT)));
    t.must(
        pool,
        &Action::transfer_bond(a, 50 * LPT, NO_HINTS, NO_HINTS),
    );
    t.next_round();
    t.must(o, &Action::reward());
    let [left, taken] = [pool, a].map(|who| t.model.pending_stake(who).unwrap());
    assert_eq!(left, taken);
    assert!(left > n(50 * LPT));
    t.compare_views();
}
