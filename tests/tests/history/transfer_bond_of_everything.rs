//! c41ac61, 2022-02-24 (NullDelegateTransferBondFix). A transfer of the whole stake clears the sender's delegate, and only then
//! `transferBond` read it: a new receiver got the null address as its delegate, and the orchestrator lost the stake.
//! The receiver gets the delegate that the sender had.

use super::stage;
use confluence_tests::model::{NO_HINTS, n};
use confluence_tests::twin::{Action, LPT};

#[test]
fn new_receiver_gets_the_senders_delegate() {
    let (mut t, o, [a, b, _]) = stage();
    t.must(a, &Action::bond(100 * LPT, o));
    t.next_round();
    let before = t.model.get_delegator(o).delegated;
    t.must(a, &Action::transfer_bond(b, 100 * LPT, NO_HINTS, NO_HINTS));
    assert_eq!(t.model.get_delegator(b).delegate, o);
    assert_eq!(t.model.get_delegator(b).bonded, n(100 * LPT));
    assert_eq!(t.model.get_delegator(o).delegated, before);
    assert!(t.model.get_delegator(a).delegate.is_zero());
    t.compare_views();
}
