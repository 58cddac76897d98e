//! Weights, quorum and quota.

use super::*;

const TOTAL: u64 = 1000;

fn who(n: u8) -> Address {
    Address::with_last_byte(n)
}

fn delegator(n: u8, delegate: u8, stake: u64, choice: u64) -> Ballot {
    Ballot {
        voter: who(n),
        choice: U256::from(choice),
        stake: U256::from(stake),
        delegate: who(delegate),
        delegated: None,
    }
}

fn orchestrator(n: u8, own: u64, delegated: u64, choice: u64) -> Ballot {
    Ballot {
        delegated: Some(U256::from(delegated)),
        ..delegator(n, n, own, choice)
    }
}

fn count(ballots: &[Ballot]) -> Tally {
    tally(ballots, U256::from(TOTAL), 333_300, 500_000)
}

#[test]
fn an_orchestrator_votes_for_those_who_do_not() {
    let result = count(&[orchestrator(1, 100, 500, 0)]);
    assert_eq!((result.yes, result.no), (U256::from(500), U256::ZERO));
    assert!(result.passed);
}

#[test]
fn a_delegator_who_votes_takes_its_stake_from_its_orchestrators_vote() {
    let result = count(&[orchestrator(1, 100, 500, 0), delegator(2, 1, 150, 1)]);
    assert_eq!((result.yes, result.no), (U256::from(350), U256::from(150)));
    // The same if it agrees: no stake counts twice.
    let result = count(&[orchestrator(1, 100, 500, 0), delegator(2, 1, 150, 0)]);
    assert_eq!((result.yes, result.no), (U256::from(500), U256::ZERO));
}

#[test]
fn a_delegator_votes_whether_or_not_its_orchestrator_does() {
    let result = count(&[delegator(2, 1, 400, 0)]);
    assert_eq!(result.yes, U256::from(400));
}

#[test]
fn a_delegators_invalid_vote_still_takes_its_stake_away() {
    let result = count(&[orchestrator(1, 100, 500, 0), delegator(2, 1, 150, 7)]);
    assert_eq!((result.yes, result.no), (U256::from(350), U256::ZERO));
    assert_eq!(
        result
            .votes
            .iter()
            .filter(|side| side.choice.is_none())
            .count(),
        1
    );
}

#[test]
fn an_orchestrators_own_stake_is_not_taken_from_it() {
    let result = count(&[orchestrator(1, 500, 500, 0)]);
    assert_eq!(result.yes, U256::from(500));
}

#[test]
fn rounding_cannot_make_a_vote_weigh_less_than_nothing() {
    let result = count(&[orchestrator(1, 0, 100, 1), delegator(2, 1, 101, 0)]);
    assert_eq!((result.yes, result.no), (U256::from(101), U256::ZERO));
}

#[test]
fn quorum_is_reached_at_the_share_and_quota_above_it() {
    // 333.3 of 1,000 round down to 333.
    assert!(!count(&[delegator(1, 9, 332, 0)]).quorum_reached);
    assert!(count(&[delegator(1, 9, 333, 0)]).quorum_reached);
    let even = count(&[delegator(1, 9, 200, 0), delegator(2, 9, 200, 1)]);
    assert!(even.quorum_reached && !even.quota_reached && !even.passed);
    let more = count(&[delegator(1, 9, 201, 0), delegator(2, 9, 200, 1)]);
    assert!(more.passed);
    assert_eq!(more.support_ppm, 501_246);
    assert_eq!(more.turnout_ppm, 401_000);
}

#[test]
fn a_poll_without_votes_does_not_pass() {
    let result = count(&[]);
    assert!(!result.passed);
    assert_eq!((result.turnout_ppm, result.support_ppm), (0, 0));
    // Not even where there is no stake.
    assert!(!tally(&[], U256::ZERO, 333_300, 500_000).passed);
}

#[test]
fn the_heaviest_vote_is_shown_first() {
    let result = count(&[delegator(1, 9, 5, 0), delegator(2, 9, 50, 1)]);
    assert_eq!(result.votes[0].voter, who(2));
}
