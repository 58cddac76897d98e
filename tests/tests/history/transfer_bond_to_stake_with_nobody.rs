//! 59fc500, 2022-08-25. A receiver whose stake was bonded to the null address got the sender's delegate, while its stake stayed in the
//! books of the null address: unbonding it later took too much from the delegate.
//! A receiver with stake keeps its delegate, also if that is nobody.

use super::stage;
use alloy_primitives::Address;
use confluence_tests::model::{NO_HINTS, n};
use confluence_tests::twin::{Action, LPT};

#[test]
fn receiver_with_stake_keeps_the_null_delegate() {
    let (mut t, o, [a, b, _]) = stage();
    t.must(a, &Action::bond(100 * LPT, o));
    t.must(b, &Action::bond(50 * LPT, Address::ZERO));
    t.next_round();
    t.must(a, &Action::transfer_bond(b, 10 * LPT, NO_HINTS, NO_HINTS));
    assert!(t.model.get_delegator(b).delegate.is_zero());
    assert_eq!(t.model.get_delegator(Address::ZERO).delegated, n(60 * LPT));
    assert_eq!(t.model.get_delegator(o).delegated, n(1_090 * LPT));
    t.compare_views();
}
