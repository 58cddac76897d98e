//! 1742ded and d2b6b98, 2022-03-15 (ForceChangeDelegateFix). Anybody could call `bondForWithHint(0, victim, other)` and so move
//! the victim's whole stake to another orchestrator.
//! Only the owner and L2Migrator change a delegate.

use super::stage;
use confluence_tests::model::{NO_HINTS, n};
use confluence_tests::twin::{Action, LPT};

#[test]
fn stranger_cannot_move_a_stake() {
    let (mut t, o, [victim, other, stranger]) = stage();
    t.must(victim, &Action::bond(100 * LPT, o));
    t.must(other, &Action::bond(100 * LPT, other));
    for amount in [0, LPT] {
        let force = Action::bond_for(amount, victim, other, NO_HINTS, NO_HINTS);
        t.must_not(stranger, &force, "INVALID_DELEGATE_CHANGE");
    }
    t.must(
        stranger,
        &Action::bond_for(LPT, victim, o, NO_HINTS, NO_HINTS),
    );
    assert_eq!(t.model.get_delegator(victim).delegate, o);
    assert_eq!(t.model.get_delegator(victim).bonded, n(101 * LPT));
    t.compare_views();
}
