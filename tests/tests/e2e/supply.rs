//! L1's supply is cached on L2, and what the Minter gives follows from both chains' supplies.

use alloy::primitives::U256;
use confluence::plan::Contract;
use confluence_abi::{IL1LPTDataCache, IL2LPTDataCache, ILivepeerToken, IMinter};

use crate::{LPT, act::ENOUGH_GAS, stage::Stage};

/// Of `Minter.inflation`.
const ALL: u128 = 1_000_000_000;

/// L1's supply as L2 knows it.
fn known(stage: &Stage) -> u128 {
    stage
        .l2(
            Contract::L2LPTDataCache,
            &IL2LPTDataCache::l1TotalSupplyCall {},
        )
        .to()
}

/// What the Minter counts as all LPT there are.
fn global(stage: &Stage) -> u128 {
    stage
        .l2(Contract::Minter, &IMinter::getGlobalTotalSupplyCall {})
        .to()
}

fn send_supply(stage: &Stage) {
    let most = stage.submission_cost(100);
    let price = stage.gas_price_bid();
    let call = IL1LPTDataCache::cacheTotalSupplyCall {
        maxGas: U256::from(ENOUGH_GAS),
        gasPriceBid: price,
        maxSubmissionCost: most,
    };
    let cost: u128 = (most + U256::from(ENOUGH_GAS) * price).to();
    let at = stage.system.l1.data_cache;
    let sent = stage.send(&stage.l1, at, &call, cost).expect("anybody can");
    stage.redeemed(stage.tickets(&sent)[0]);
}

#[test]
fn the_switch_over_has_brought_l1s_supply_and_deposits_are_not_counted_twice() {
    let stage = Stage::any();
    send_supply(&stage);
    assert_eq!(known(&stage), stage.l1_supply());
    let before = global(&stage);
    stage.deposit(stage.chains.funder.address(), 10 * LPT);
    assert_eq!(global(&stage), before, "the same LPT on both chains");
}

#[test]
fn a_larger_supply_on_l1_means_more_rewards_on_l2_once_it_is_known_there() {
    let mut stage = Stage::local();
    send_supply(&stage);
    let before = (known(&stage), global(&stage));
    stage.leave_with_a_shortfall(1_000 * LPT);
    assert_eq!(known(&stage), before.0, "L2 is not told by itself");
    send_supply(&stage);
    assert_eq!(known(&stage) - before.0, 1_000 * LPT);
    assert_eq!(global(&stage) - before.1, 1_000 * LPT);

    let supply = global(&stage);
    stage.next_round();
    let inflation: u128 = stage.l2(Contract::Minter, &IMinter::inflationCall {}).to();
    let mintable: u128 = stage
        .l2(Contract::Minter, &IMinter::currentMintableTokensCall {})
        .to();
    assert_eq!(mintable, supply * inflation / ALL);
    let on_l2: u128 = stage
        .l2(Contract::LivepeerToken, &ILivepeerToken::totalSupplyCall {})
        .to();
    assert!(supply > on_l2, "rewards count what is on L1 too");
}
