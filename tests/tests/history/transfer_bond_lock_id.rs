//! 35edd57, 2022-01-28. `transferBond` computed the receiver's next lock id but did not store it.
//! The receiver's own next unbonding got the same id and overwrote what had been transferred.
//! Both counters go up by one, and the ids are in an event.

use super::stage;
use confluence_tests::model::{Event, NO_HINTS, n};
use confluence_tests::twin::{Action, LPT};

#[test]
fn ids_are_used_once_on_both_sides() {
    let (mut t, o, [a, b, _]) = stage();
    t.must(a, &Action::bond(100 * LPT, o));
    t.must(b, &Action::bond(100 * LPT, o));
    t.next_round();
    t.must(o, &Action::reward());
    t.must(a, &Action::unbond(LPT));

    let events = t.must(a, &Action::transfer_bond(b, 10 * LPT, NO_HINTS, NO_HINTS));
    let moved = Event::TransferBond {
        from: a,
        to: b,
        old_lock: 1,
        new_lock: 0,
        amount: n(10 * LPT),
    };
    assert!(events.contains(&moved), "{events:?}");
    assert_eq!(t.model.get_delegator(a).next_lock, n(2));
    assert_eq!(t.model.get_delegator(b).next_lock, n(1));

    let events = t.must(b, &Action::unbond(5 * LPT));
    assert!(
        matches!(events[..], [Event::Unbond { lock: 1, .. }]),
        "{events:?}"
    );
    t.compare_views();
}
