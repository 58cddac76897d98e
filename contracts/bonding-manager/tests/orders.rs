//! Logs of whole transactions, in the order in which the original makes them (the token's in between included).

use alloy_primitives::Address;
use confluence_tests::model::{Event, NO_HINTS};
use confluence_tests::twin::{Action, LPT, Parameters, Twin};

/// Two places in the pool; two orchestrators with 1,000 and 500 LPT, and three more accounts.
fn stage() -> (Twin, [Address; 5]) {
    let parameters = Parameters {
        pool_size: 2,
        ..Parameters::default()
    };
    let mut t = Twin::new(parameters, 5, 10_000 * LPT);
    let all = [0, 1, 2, 3, 4].map(|i| t.accounts[i]);
    t.must(all[0], &Action::bond(1_000 * LPT, all[0]));
    t.must(all[1], &Action::bond(500 * LPT, all[1]));
    t.next_round();
    (t, all)
}

fn names(events: &[Event]) -> Vec<&'static str> {
    events.iter().map(Event::name).collect()
}

#[test]
fn first_bond_to_an_orchestrator() {
    let (mut t, [o, _, a, ..]) = stage();
    let events = t.must(a, &Action::bond(LPT, o));
    assert_eq!(
        names(&events),
        ["EarningsClaimed", "Transfer", "Approval", "Bond"]
    );
    // A second one in the same round claims nothing.
    let events = t.must(a, &Action::bond(LPT, o));
    assert_eq!(names(&events), ["Transfer", "Approval", "Bond"]);
    // And changing the delegate alone moves no token.
    let events = t.must(a, &Action::bond(0, t.accounts[1]));
    assert_eq!(names(&events), ["Bond"]);
}

#[test]
fn self_bond_that_displaces_the_last() {
    let (mut t, [_, last, a, ..]) = stage();
    let events = t.must(a, &Action::bond(501 * LPT, a));
    assert_eq!(
        names(&events),
        [
            "EarningsClaimed",
            "TranscoderDeactivated",
            "TranscoderActivated",
            "Transfer",
            "Approval",
            "Bond"
        ]
    );
    let round = t.round() + 1;
    assert_eq!(
        events[1],
        Event::TranscoderDeactivated {
            transcoder: last,
            round
        }
    );
    assert_eq!(
        events[2],
        Event::TranscoderActivated {
            transcoder: a,
            round
        }
    );
}

#[test]
fn self_bond_of_as_much_as_the_last_stays_outside() {
    let (mut t, [_, _, a, ..]) = stage();
    let events = t.must(a, &Action::bond(500 * LPT, a));
    assert_eq!(
        names(&events),
        ["EarningsClaimed", "Transfer", "Approval", "Bond"]
    );
    assert!(t.model.bonding.is_registered(a));
    assert!(!t.model.bonding.list.contains(a));
}

#[test]
fn delegation_that_lifts_an_orchestrator_into_the_pool() {
    let (mut t, [_, last, a, b, _]) = stage();
    t.must(a, &Action::bond(500 * LPT, a));
    let events = t.must(b, &Action::bond(LPT, a));
    assert_eq!(
        names(&events),
        [
            "EarningsClaimed",
            "TranscoderDeactivated",
            "TranscoderActivated",
            "Transfer",
            "Approval",
            "Bond"
        ]
    );
    assert!(!t.model.bonding.list.contains(last));
}

#[test]
fn reward_mints_and_then_tells() {
    let (mut t, [o, ..]) = stage();
    let events = t.must(o, &Action::reward());
    assert_eq!(names(&events), ["Transfer", "Mint", "Reward"]);
}

#[test]
fn reward_of_a_displaced_orchestrator_brings_it_back() {
    let (mut t, [o, last, a, ..]) = stage();
    t.must(a, &Action::bond(500 * LPT + 1, a));
    assert!(!t.model.bonding.list.contains(last));
    // It is active until the end of the round, and its reward makes it larger than who displaced it.
    let events = t.must(last, &Action::reward());
    assert_eq!(
        names(&events),
        [
            "Transfer",
            "Mint",
            "TranscoderDeactivated",
            "TranscoderActivated",
            "Reward"
        ]
    );
    assert!(t.model.bonding.list.contains(last) && t.model.bonding.list.contains(o));
    // It is to be active from the next round on, and so is not active any more in this one.
    assert_eq!(t.model.is_active_transcoder(last), Ok(false));
    t.compare_views();
}

#[test]
fn unbonding_part_and_all() {
    let (mut t, [o, last, a, ..]) = stage();
    t.must(a, &Action::bond(10 * LPT, o));
    t.next_round();
    let events = t.must(a, &Action::unbond(LPT));
    assert_eq!(names(&events), ["EarningsClaimed", "Unbond"]);
    let events = t.must(a, &Action::unbond(9 * LPT));
    assert_eq!(names(&events), ["Unbond"]);
    let events = t.must(last, &Action::unbond(500 * LPT));
    assert_eq!(
        names(&events),
        ["EarningsClaimed", "TranscoderDeactivated", "Unbond"]
    );
}

#[test]
fn rebonding() {
    let (mut t, [o, last, a, ..]) = stage();
    t.must(a, &Action::bond(10 * LPT, o));
    t.next_round();
    t.must(a, &Action::unbond(LPT));
    t.next_round();
    let events = t.must(a, &Action::rebond(0));
    assert_eq!(names(&events), ["EarningsClaimed", "Rebond"]);

    t.must(last, &Action::unbond(500 * LPT));
    let events = t.must(last, &Action::rebond_from_unbonded(last, 0));
    assert_eq!(names(&events), ["TranscoderActivated", "Rebond"]);
}

#[test]
fn transfer_of_everything_an_orchestrator_has() {
    let (mut t, [o, last, a, b, _]) = stage();
    t.must(a, &Action::bond(LPT, o));
    t.must(b, &Action::bond(400 * LPT, b));
    t.next_round();
    t.must(o, &Action::reward());
    let events = t.must(
        last,
        &Action::transfer_bond(a, 500 * LPT, NO_HINTS, NO_HINTS),
    );
    assert_eq!(
        names(&events),
        [
            "EarningsClaimed",
            "TranscoderDeactivated",
            "Unbond",
            "TransferBond",
            "EarningsClaimed",
            "Rebond"
        ]
    );
    // `b` has a place now, but takes it only when its own stake grows.
    assert!(!t.model.bonding.list.contains(b));
    let events = t.must(o, &Action::transfer_bond(b, LPT, NO_HINTS, NO_HINTS));
    assert_eq!(
        names(&events),
        [
            "EarningsClaimed",
            "Unbond",
            "TransferBond",
            "EarningsClaimed",
            "TranscoderActivated",
            "Rebond"
        ]
    );
}

#[test]
fn withdrawing_stake_and_fees() {
    let (mut t, [o, _, a, ..]) = stage();
    t.must(a, &Action::bond(LPT, o));
    t.next_round();
    t.must(a, &Action::unbond(LPT));
    (0..7).for_each(|_| t.next_round());
    let events = t.must(a, &Action::withdraw_stake(0));
    assert_eq!(names(&events), ["Transfer", "WithdrawStake"]);
    let events = t.must(o, &Action::withdraw_fees(a, 0));
    assert_eq!(names(&events), ["EarningsClaimed", "WithdrawFees"]);
}

#[test]
fn terms_may_make_a_candidate() {
    let (mut t, [_, last, a, ..]) = stage();
    t.must(a, &Action::bond(400 * LPT, a));
    t.must(last, &Action::unbond(500 * LPT));
    let events = t.must(a, &Action::transcoder(1, 2));
    assert_eq!(names(&events), ["TranscoderActivated", "TranscoderUpdate"]);
}

#[test]
fn slashing_with_and_without_a_finder() {
    let (mut t, [o, last, a, ..]) = stage();
    let verifier = t.model.at.verifier;
    let events = t.must(verifier, &Action::slash(o, a, 100_000, 50_000));
    assert_eq!(
        names(&events),
        [
            "TranscoderDeactivated",
            "Transfer",
            "Transfer",
            "Burn",
            "TranscoderSlashed"
        ]
    );
    let events = t.must(
        verifier,
        &Action::slash(last, Address::ZERO, 1_000_000, 50_000),
    );
    assert_eq!(
        names(&events),
        [
            "TranscoderDeactivated",
            "Transfer",
            "Burn",
            "TranscoderSlashed"
        ]
    );
    let events = t.must(verifier, &Action::slash(last, a, 1_000_000, 50_000));
    assert_eq!(names(&events), ["TranscoderSlashed"]);
    t.compare_views();
}

#[test]
fn initialising_a_round() {
    let (mut t, _) = stage();
    t.mine(t.round_length());
    let events = t.must(t.owner, &Action::initialize_round());
    assert_eq!(names(&events), ["SetCurrentRewardTokens", "NewRound"]);
}
