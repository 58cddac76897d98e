//! An orchestrator and its delegators move by messages from L1.

use alloy::primitives::Address;
use confluence::sign::What;

use crate::{act::message, cast::Troupe, look::Stake, stage::Stage};

/// All of an orchestrator is on L2 at `to`: its own stake with itself, the rest in a pool.
fn assert_arrived(stage: &Stage, troupe: &Troupe, to: Address) {
    let lead = &troupe.orchestrator;
    let pool = stage.pool(lead.address);
    let own = Stake {
        amount: lead.stake,
        delegate: to,
        delegated: lead.stake + troupe.foreign,
    };
    assert_eq!(stage.stake(to), own);
    let rest = Stake {
        amount: troupe.foreign,
        delegate: to,
        delegated: 0,
    };
    assert_eq!(stage.stake(pool), rest);
    assert_eq!(stage.pool_stake(pool), (troupe.foreign, 0));
    assert!(stage.is_migrated(lead.address));
}

#[test]
fn an_orchestrator_moves_by_its_own_transaction() {
    let mut stage = Stage::any();
    let troupe = stage.troupe();
    let lead = &troupe.orchestrator;
    let to_come = stage.ether_to_come();
    let own = stage.on_l1(&lead.key);
    let sent = stage.submit(&own, &message(lead, lead.address, What::Delegator));
    stage.redeemed(sent.expect("needs no signature").id);
    assert_arrived(&stage, &troupe, lead.address);
    assert_eq!(to_come - stage.ether_to_come(), lead.fees);
}

#[test]
fn an_orchestrator_moves_by_its_signature_and_another_account_pays() {
    let mut stage = Stage::any();
    let troupe = stage.troupe();
    let lead = &troupe.orchestrator;
    stage.arrives(lead, lead.address, What::Delegator);
    assert_arrived(&stage, &troupe, lead.address);
    let l1_ether = stage.runtime.block_on(stage.l1.balance(lead.address));
    assert!(l1_ether.expect("a balance").is_zero(), "it paid nothing");
    let left = stage.eth(lead.address);
    assert!(left > lead.fees, "the ticket's change is its own: {left}");
}

#[test]
fn an_orchestrator_moves_to_another_address_and_its_delegators_follow_by_messages() {
    let mut stage = Stage::any();
    let troupe = stage.troupe();
    let lead = &troupe.orchestrator;
    let to = stage.fresh().address();
    stage.arrives(lead, to, What::Delegator);
    assert_arrived(&stage, &troupe, to);
    assert_eq!(stage.stake(lead.address).amount, 0);

    let [first, second, ..] = &troupe.delegators;
    let other = stage.fresh().address();
    stage.arrives(first, first.address, What::Delegator);
    stage.arrives(second, other, What::Delegator);
    let pool = stage.pool(lead.address);
    let gone = first.stake + second.stake;
    assert_eq!(stage.pool_stake(pool), (troupe.foreign, gone));
    for (who, stake) in [(first.address, first.stake), (other, second.stake)] {
        let stake = Stake {
            amount: stake,
            delegate: to,
            delegated: 0,
        };
        assert_eq!(stage.stake(who), stake);
    }
    let all = lead.stake + troupe.foreign;
    assert_eq!(stage.stake(to).delegated, all, "nobody came or went");
}

#[test]
fn a_delegator_ahead_of_its_orchestrator_is_not_in_the_pool() {
    let mut stage = Stage::any();
    let troupe = stage.troupe();
    let (lead, first) = (&troupe.orchestrator, &troupe.delegators[0]);
    stage.arrives(first, first.address, What::Delegator);
    assert_eq!(stage.stake(first.address).delegate, lead.address);
    stage.arrives(lead, lead.address, What::Delegator);
    let pool = stage.pool(lead.address);
    assert_eq!(stage.stake(pool).amount, troupe.foreign - first.stake);
    let all = lead.stake + troupe.foreign;
    assert_eq!(stage.stake(lead.address).delegated, all);
}
