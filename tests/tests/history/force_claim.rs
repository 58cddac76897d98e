//! Delta, e2c4055 and 6ae1116. A claim counts from the current round on, so who claims before its orchestrator has called `reward`
//! gives up that round's reward. Anybody could make another do so, by bonding or sending it a single unit.
//! X6: "ILLEGAL_CLAIM_EARNINGS" until the reward is in. L2Migrator and its pools may, for their messages must arrive.

use super::stage;
use confluence_tests::model::NO_HINTS;
use confluence_tests::twin::{Action, LPT};

#[test]
fn stranger_cannot_cost_a_delegator_its_reward() {
    let (mut t, o, [victim, stranger, _]) = stage();
    t.must(victim, &Action::bond(100 * LPT, o));
    t.must(stranger, &Action::bond(100 * LPT, o));
    t.next_round();
    let bond = Action::bond_for(1, victim, o, NO_HINTS, NO_HINTS);
    let send = Action::transfer_bond(victim, 1, NO_HINTS, NO_HINTS);
    t.must_not(stranger, &bond, "ILLEGAL_CLAIM_EARNINGS");
    t.must_not(stranger, &send, "ILLEGAL_CLAIM_EARNINGS");

    t.must(o, &Action::reward());
    let earned = t.model.pending_stake(victim).unwrap();
    assert!(earned > t.model.get_delegator(victim).bonded);
    t.must(stranger, &bond);
    t.must(stranger, &send);
    assert_eq!(t.model.pending_stake(victim), Ok(earned + 2u8));
    t.compare_views();
}

#[test]
fn claim_that_costs_nothing_may_be_forced() {
    let (mut t, o, [claimed, inactive, stranger]) = stage();
    t.must(claimed, &Action::bond(100 * LPT, o));
    t.must(stranger, &Action::bond(100 * LPT, o));
    // Its delegate never was an orchestrator.
    t.must(inactive, &Action::bond(100 * LPT, stranger));
    t.next_round();
    t.must(claimed, &Action::claim_earnings());
    t.must(
        stranger,
        &Action::bond_for(1, claimed, o, NO_HINTS, NO_HINTS),
    );
    t.must(
        stranger,
        &Action::bond_for(1, inactive, stranger, NO_HINTS, NO_HINTS),
    );
    t.compare_views();
}

#[test]
fn migration_may_force_a_claim() {
    let (mut t, o, [a, b, pool]) = stage();
    let migrator = t.model.at.l2_migrator;
    t.give(migrator, 100 * LPT);
    t.must(a, &Action::bond(100 * LPT, o));
    t.must(b, &Action::bond(100 * LPT, o));
    t.must(migrator, &Action::bond_pool(50 * LPT, pool, o, NO_HINTS));
    t.next_round();
    t.must(migrator, &Action::bond_for(LPT, a, o, NO_HINTS, NO_HINTS));
    t.must(
        pool,
        &Action::transfer_bond(b, 50 * LPT, NO_HINTS, NO_HINTS),
    );
    t.compare_views();
}
