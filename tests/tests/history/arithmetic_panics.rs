//! 06babf3 to 77a37e5. Solidity 0.5 had "SafeMath: ..." texts for what leaves its range.
//! Since 0.8 these are `Panic(0x11)` and `Panic(0x12)`, through every contract in between, and clients look for them.

use super::stage;
use alloy_primitives::U256;
use confluence_abi::ILivepeerToken as Token;
use confluence_kit::sim::Revert;
use confluence_tests::model::Revert as Expected;
use confluence_tests::twin::{Action, LPT};

#[test]
fn sum_beyond_all_numbers_panics() {
    let (t, _, [a, b, _]) = stage();
    let (w, at) = (&t.world, t.model.at.token);
    let raise = Token::increaseAllowanceCall {
        spender: b,
        addedValue: U256::MAX,
    };
    w.send(a, at, &raise).unwrap();
    assert_eq!(w.send(a, at, &raise).reverted(), Revert::panic(0x11));
}

#[test]
fn fees_of_an_orchestrator_that_never_was_active_divide_by_zero() {
    let (mut t, _, [a, ..]) = stage();
    t.must(a, &Action::bond(LPT, a));
    let broker = t.model.at.ticket_broker;
    // Registered, but without stake in the current round.
    let outcome = t.send(broker, &Action::fees(a, 1));
    assert_eq!(outcome, Err(Expected::DIVISION_BY_ZERO));
}
