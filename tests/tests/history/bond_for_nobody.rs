//! Delta, 3663b52. `bondForWithHint` and `transferBond` took the null address as the owner of stake, which nobody can ever
//! unbond.
//! X6: both say "INVALID_DELEGATOR".

use super::stage;
use alloy_primitives::Address;
use confluence_tests::model::NO_HINTS;
use confluence_tests::twin::{Action, LPT};

#[test]
fn nobody_cannot_own_stake() {
    let (mut t, o, [a, ..]) = stage();
    t.must(a, &Action::bond(100 * LPT, o));
    t.next_round();
    let give = Action::bond_for(LPT, Address::ZERO, o, NO_HINTS, NO_HINTS);
    t.must_not(a, &give, "INVALID_DELEGATOR");
    let send = Action::transfer_bond(Address::ZERO, LPT, NO_HINTS, NO_HINTS);
    t.must_not(a, &send, "INVALID_DELEGATOR");
    t.compare_views();
}
