//! 131dd3e, 2022-03-15. `bondForWithHint` claimed for the caller instead of the owner whose stake it changes, so that the
//! owner's added stake earned what came before it.
//! The owner's earnings are claimed; the caller's are left alone.

use super::stage;
use confluence_tests::model::{NO_HINTS, n};
use confluence_tests::twin::{Action, LPT};

#[test]
fn owner_claims_and_the_payer_does_not() {
    let (mut t, o, [owner, payer, _]) = stage();
    t.must(owner, &Action::bond(100 * LPT, o));
    t.must(payer, &Action::bond(100 * LPT, o));
    for _ in 0..3 {
        t.next_round();
        t.must(o, &Action::reward());
    }
    let earned = t.model.pending_stake(owner).unwrap();
    t.must(
        payer,
        &Action::bond_for(1_000 * LPT, owner, o, NO_HINTS, NO_HINTS),
    );
    assert_eq!(t.model.pending_stake(owner), Ok(earned + n(1_000 * LPT)));
    assert_eq!(t.model.get_delegator(owner).last_claim_round, n(t.round()));
    assert_eq!(
        t.model.get_delegator(payer).last_claim_round,
        n(t.round() - 3)
    );
    t.compare_views();
}
