//! 3907e4e, 2022-02-24 (NullDelegateBondFix). Only stake with a delegate was moved when the delegate changed, so stake that had been bonded
//! to the null address stayed there in the books, and its new delegate was not credited with it.
//! What decides is whether there is stake.

use super::stage;
use alloy_primitives::Address;
use confluence_tests::model::n;
use confluence_tests::twin::{Action, LPT};

#[test]
fn stake_with_nobody_moves_as_any_other() {
    let (mut t, o, [a, ..]) = stage();
    t.must(a, &Action::bond(100 * LPT, Address::ZERO));
    assert_eq!(t.model.get_delegator(Address::ZERO).delegated, n(100 * LPT));
    t.must(a, &Action::bond(0, o));
    assert_eq!(t.model.get_delegator(Address::ZERO).delegated, n(0));
    assert_eq!(t.model.get_delegator(o).delegated, n(1_100 * LPT));
    t.compare_views();
}
