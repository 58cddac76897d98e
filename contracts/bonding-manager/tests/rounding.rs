//! What rounding loses over 1,000 rounds: never anything in a delegator's favour, and at most a few units a round.

use alloy_primitives::Address;
use confluence_tests::model::{N, n};
use confluence_tests::twin::{Action, LPT, Parameters, Twin};

const ROUNDS: u128 = 1_000;

/// An orchestrator with odd terms; delegators with odd stakes, of whom every second one claims now and then.
fn years(fees: u128) -> (Twin, Address) {
    let mut t = Twin::new(Parameters::default(), 6, 2_000_000 * LPT);
    let o = t.accounts[0];
    t.must(o, &Action::bond(123_456_789_012_345_678_901, o));
    t.must(o, &Action::transcoder(123_457, 654_321));
    for (i, who) in t.accounts.clone().into_iter().enumerate().skip(1) {
        let stake = 7 * 10u128.pow(4 * i as u32) + 3;
        t.must(who, &Action::bond(stake, o));
    }
    for round in 1..=ROUNDS {
        t.next_round();
        t.must(o, &Action::reward());
        let (minter, broker) = (t.model.at.minter, t.model.at.ticket_broker);
        // Not in the first round with a reward: there the original credits too little (it takes mintable plus minted
        // tokens for what the round brought), and so do we.
        if fees > 0 && round > 1 {
            t.fund(minter, fees);
            t.must(broker, &Action::fees(o, fees));
        }
        let claims = t
            .accounts
            .clone()
            .into_iter()
            .enumerate()
            .filter(|(i, _)| i % 2 == 0);
        for (i, who) in claims {
            if round % (3 + i as u128) == 0 {
                t.must(who, &Action::claim_earnings());
            }
        }
    }
    t.compare_views();
    (t, o)
}

/// What a unit lost in each round would have grown into by now, all together.
fn grown_units(t: &Twin, o: Address) -> N {
    let factor = |round| t.model.get_earnings_pool(o, round).reward_factor;
    let now = t.round();
    let end = factor(now);
    let since = (now - ROUNDS + 1)..=now;
    since.map(|round| &end / factor(round) + 1u8).sum()
}

fn sum(t: &Twin, of: impl Fn(Address) -> N) -> N {
    t.accounts.iter().map(|who| of(*who)).sum()
}

/// In a round the factor, the cut and what earlier cuts earn are rounded down, and so are three claims.
const ROUNDINGS: u128 = 6;

#[test]
fn rewards_lose_a_few_units_a_round_and_what_they_would_have_earned() {
    let (t, o) = years(0);
    let claimed = sum(&t, |who| t.model.pending_stake(who).expect("readable"));
    let delegated = t.model.get_delegator(o).delegated;
    assert!(claimed <= delegated, "{claimed} claimed of {delegated}");
    let lost = &delegated - &claimed;
    let most = grown_units(&t, o) * ROUNDINGS;
    assert!(lost <= most, "{lost} lost, {most} at most");
    // There was something to lose.
    assert!(delegated > n(1_000 * LPT), "{delegated}");
}

#[test]
fn fees_lose_a_few_wei_a_ticket() {
    let fees = 999_999_999_999_937;
    let (t, _) = years(fees);
    let owed = sum(&t, |who| t.model.pending_fees(who).expect("readable"));
    let paid = n(fees * (ROUNDS - 1));
    assert!(owed <= paid, "{owed} owed of {paid}");
    let lost = &paid - &owed;
    assert!(lost <= n(ROUNDINGS * ROUNDS), "{lost} lost");
}

#[test]
fn claiming_each_round_costs_a_unit_and_what_it_would_have_earned() {
    let mut t = Twin::new(Parameters::default(), 3, 1_000_000 * LPT);
    let [o, often, never] = [0, 1, 2].map(|i| t.accounts[i]);
    t.must(o, &Action::bond(1_000 * LPT, o));
    for who in [often, never] {
        t.must(who, &Action::bond(333 * LPT + 1, o));
    }
    for _ in 0..ROUNDS {
        t.next_round();
        t.must(o, &Action::reward());
        t.must(often, &Action::claim_earnings());
    }
    let [a, b] = [often, never].map(|who| t.model.pending_stake(who).expect("readable"));
    assert!(
        a <= b && &b - &a <= grown_units(&t, o),
        "{a} by claiming, {b} without"
    );
}
