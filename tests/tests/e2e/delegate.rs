//! A message from L1 never changes whom somebody has chosen on L2 (X2).

use alloy::primitives::{Address, U256};
use confluence::{plan::Contract, sign::What};
use confluence_abi::IBondingManager;

use crate::stage::Stage;

#[test]
fn a_message_from_l1_adds_stake_and_leaves_the_l2_delegate_alone() {
    let mut stage = Stage::any();
    let (troupe, others) = (stage.troupe(), stage.troupe());
    let [first, second, ..] = &troupe.delegators;
    // The first is on L2 by a claim, and moves to somebody else there.
    let chosen = others.orchestrator.address;
    stage.arrives(&others.orchestrator, chosen, What::Delegator);
    stage.claim(first, Address::ZERO).expect("claims");
    let call = IBondingManager::bondCall {
        amount: U256::ZERO,
        to: chosen,
    };
    let own = stage.on_l2(&first.key);
    let bonding = stage.at(Contract::BondingManager);
    stage.send(&own, bonding, &call, 0).expect("moves on L2");
    // The second, who is with another on L1, moves all of its stake to the first's address.
    stage.arrives(second, first.address, What::Delegator);
    let stake = stage.stake(first.address);
    assert_eq!(
        (stake.delegate, stake.amount),
        (chosen, first.stake + second.stake)
    );
}
