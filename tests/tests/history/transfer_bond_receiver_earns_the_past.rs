//! 5177377, 2022-02-23 (TransferBondFix). `transferBond` did not claim for the receiver before its stake grew, so the new stake
//! earned all rewards since the receiver's last claim; and a receiver without stake was Bonded at once.
//! The receiver claims first; without stake it becomes Pending.

use super::stage;
use confluence_tests::model::{Event, NO_HINTS, Status, n};
use confluence_tests::twin::{Action, LPT};

#[test]
fn receiver_claims_before_its_stake_grows() {
    let (mut t, o, [a, b, _]) = stage();
    t.must(a, &Action::bond(1_000 * LPT, o));
    t.must(b, &Action::bond(LPT, o));
    for _ in 0..5 {
        t.next_round();
        t.must(o, &Action::reward());
    }
    let [had, moved] = [b, a].map(|who| t.model.pending_stake(who).unwrap());
    let events = t.must(
        a,
        &Action::transfer_bond(b, 1_000 * LPT, NO_HINTS, NO_HINTS),
    );
    let claims = |who| {
        let is_claim =
            |e: &&Event| matches!(e, Event::EarningsClaimed { delegator, .. } if *delegator == who);
        events.iter().filter(is_claim).count()
    };
    assert_eq!([claims(a), claims(b)], [1, 1]);
    assert_eq!(t.model.pending_stake(b), Ok(had + n(1_000 * LPT)));
    assert_eq!(t.model.pending_stake(a), Ok(moved - n(1_000 * LPT)));
    t.compare_views();
}

#[test]
fn receiver_without_stake_becomes_pending() {
    let (mut t, o, [a, b, _]) = stage();
    t.must(a, &Action::bond(100 * LPT, o));
    t.next_round();
    t.must(a, &Action::transfer_bond(b, 10 * LPT, NO_HINTS, NO_HINTS));
    assert_eq!(t.model.delegator_status(b), Ok(Status::Pending));
    t.must_not(b, &Action::unbond(LPT), "caller must be bonded");
    t.next_round();
    t.must(b, &Action::unbond(LPT));
    t.compare_views();
}
