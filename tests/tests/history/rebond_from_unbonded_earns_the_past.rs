//! Delta, 2229821. `rebondFromUnbonded` did not note from which factors the stake starts with its new delegate. If nobody else had needed
//! them in that round, the stake started from 1 and later claimed all that the delegate had ever earned.
//! X6: it starts from the factors of the round.

use super::stage;
use confluence_tests::model::n;
use confluence_tests::twin::{Action, LPT};

#[test]
fn stake_that_comes_back_does_not_earn_what_came_before_it() {
    let (mut t, o, [a, ..]) = stage();
    let (minter, broker) = (t.model.at.minter, t.model.at.ticket_broker);
    t.must(a, &Action::bond(100 * LPT, o));
    t.next_round();
    t.must(a, &Action::unbond(100 * LPT));
    for _ in 0..3 {
        t.must(o, &Action::reward());
        t.fund(minter, 1_000);
        t.must(broker, &Action::fees(o, 1_000));
        t.next_round();
    }
    // Nobody has claimed or called reward in this round.
    t.must(a, &Action::rebond_from_unbonded(o, 0));
    t.next_round();
    assert_eq!(t.model.pending_stake(a), Ok(n(100 * LPT)));
    assert_eq!(t.model.pending_fees(a), Ok(n(0)));
    t.compare_views();
}
