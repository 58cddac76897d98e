//! 6870c53 and 8a15e35. `withdrawFees()` paid all fees to the caller and had no arguments.
//! It takes a recipient, who must not be nobody, and an amount; the rest stays the caller's.

use super::stage;
use alloy_primitives::{Address, U256};
use confluence_tests::model::n;
use confluence_tests::twin::{Action, LPT};

#[test]
fn part_of_the_fees_goes_to_the_recipient() {
    let (mut t, o, [a, recipient, _]) = stage();
    t.must(a, &Action::bond(1_000 * LPT, o));
    t.next_round();
    let (minter, broker) = (t.model.at.minter, t.model.at.ticket_broker);
    t.fund(minter, 1_000);
    t.must(broker, &Action::fees(o, 1_000));
    t.must_not(
        a,
        &Action::withdraw_fees(Address::ZERO, 1),
        "invalid recipient",
    );
    t.must_not(
        a,
        &Action::withdraw_fees(recipient, 501),
        "insufficient fees to withdraw",
    );
    t.must(a, &Action::withdraw_fees(recipient, 200));
    assert_eq!(t.world.balance(recipient), U256::from(200));
    assert_eq!(t.model.get_delegator(a).fees, n(300));
    t.compare_views();
}
