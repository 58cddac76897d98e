//! e024cc8, 2023-06-27 (ForceSelfDelegationFix). Anybody could bond one unit for an account without stake to that account itself. It was
//! then a registered orchestrator and could delegate to nobody else before it had unbonded and waited.
//! Nobody but the owner and L2Migrator makes an account an orchestrator.

use super::stage;
use confluence_tests::model::NO_HINTS;
use confluence_tests::twin::{Action, LPT};

#[test]
fn stranger_cannot_make_an_orchestrator() {
    let (mut t, o, [victim, stranger, _]) = stage();
    let force = Action::bond_for(1, victim, victim, NO_HINTS, NO_HINTS);
    t.must_not(stranger, &force, "INVALID_DELEGATE");
    t.must(
        stranger,
        &Action::bond_for(1, victim, o, NO_HINTS, NO_HINTS),
    );
    t.must_not(stranger, &force, "INVALID_DELEGATE_CHANGE");
    t.compare_views();
}

#[test]
fn migrator_can_as_an_orchestrators_stake_comes_from_l1() {
    let (mut t, _, [orchestrator, ..]) = stage();
    let migrator = t.model.at.l2_migrator;
    t.give(migrator, 10 * LPT);
    t.must(
        migrator,
        &Action::bond_for(10 * LPT, orchestrator, orchestrator, NO_HINTS, NO_HINTS),
    );
    assert!(t.model.bonding.is_registered(orchestrator));
    t.compare_views();
}
