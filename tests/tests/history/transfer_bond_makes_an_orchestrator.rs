//! f7876dc, 2023-06-27. The same by `transferBond`: a delegator of X without stake of its own sent X some stake, whose delegate became X.
//! X was then a registered orchestrator against its will.
//! A transfer never makes the receiver its own delegate.

use super::stage;
use confluence_tests::model::NO_HINTS;
use confluence_tests::twin::{Action, LPT};

#[test]
fn delegator_cannot_register_its_delegate() {
    let (mut t, _, [x, a, _]) = stage();
    t.must(a, &Action::bond(100 * LPT, x));
    t.next_round();
    t.must_not(
        a,
        &Action::transfer_bond(x, LPT, NO_HINTS, NO_HINTS),
        "INVALID_DELEGATOR",
    );
    assert!(!t.model.bonding.is_registered(x));
    // Who is registered already may be sent stake.
    t.must(x, &Action::bond(LPT, x));
    t.must(a, &Action::transfer_bond(x, LPT, NO_HINTS, NO_HINTS));
    t.compare_views();
}
