//! L2 is paused while tickets arrive: they wait, and nothing is lost.

use confluence::{plan::Contract, sign::What};
use confluence_abi::IController;

use alloy::{primitives::Address, sol_types::SolCall as _};

use crate::{act::message, stage::Stage};

#[test]
fn tickets_that_arrive_during_a_pause_are_redeemed_after_it() {
    let mut stage = Stage::local();
    let troupe = stage.troupe();
    let (lead, first) = (&troupe.orchestrator, &troupe.delegators[0]);
    let controller = stage.at(Contract::Controller);
    stage.govern(vec![(
        controller,
        IController::pauseCall {}.abi_encode().into(),
    )]);
    let sent = [lead, first].map(|it| {
        let message = stage.signed(message(it, it.address, What::Delegator), &it.key);
        stage.submit(&stage.l1, &message).expect("L1 is not paused")
    });
    for it in &sent {
        let why = stage.waits(it.id);
        assert!(why.contains("system is paused"), "{why}");
        stage.redeem(it).expect_err("still");
    }
    let refused = stage
        .claim(first, Address::ZERO)
        .expect_err("nothing moves");
    assert!(
        refused.to_string().contains("system is paused"),
        "{refused}"
    );

    stage.govern(vec![(
        controller,
        IController::unpauseCall {}.abi_encode().into(),
    )]);
    for it in &sent {
        stage.redeem(it).expect("as soon as it can");
    }
    assert_eq!(stage.stake(lead.address).amount, lead.stake);
    assert_eq!(stage.stake(first.address).amount, first.stake);
}
