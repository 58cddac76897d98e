//! Whole migrations, and everything that the original failed for (X2).

use crate::*;
use confluence_abi::{IBondingManager, IDelegatorPool, IL2Migrator::*, ILivepeerToken};
use confluence_kit::sim::Revert;
use confluence_tests::native::L2;

#[test]
fn an_orchestrators_own_stake_is_bonded_to_itself_and_the_rest_to_a_pool() {
    let l2 = L2::running(10, 1_000_000);
    let (from, to) = (l2.world.address(), l2.world.address());
    let done = l2.whole(with_fees(orchestrator(from, to, 100, 400), 7));
    let pool = l2.pool(from);
    let created = done.events::<DelegatorPoolCreated>();
    assert_eq!(created.len(), 1);
    assert_eq!((created[0].l1Addr, created[0].delegatorPool), (from, pool));
    done.unwrap();

    let own = l2.delegator(to);
    assert_eq!(
        (own.bonded, own.delegate, own.delegated),
        (one(100), to, one(500))
    );
    let of_pool = l2.delegator(pool);
    assert_eq!((of_pool.bonded, of_pool.delegate), (one(400), to));
    assert_eq!(l2.pool_stake(pool), (one(400), 0));
    assert_eq!(
        l2.world.read(pool, &IDelegatorPool::migratorCall {}),
        l2.migrator
    );
    assert_eq!(
        l2.world.read(pool, &IDelegatorPool::bondingManagerCall {}),
        l2.bonding
    );
    assert_eq!(l2.eth(to), 7);
    assert!(l2.is_migrated(from));
    assert_eq!(l2.migrated_parts(from), (one(100), true));
}

#[test]
fn the_events_of_an_orchestrators_arrival_are_the_originals_in_its_order() {
    use alloy_sol_types::SolEvent;
    let l2 = L2::running(10, 1_000_000);
    let (from, to) = (l2.world.address(), l2.world.address());
    let logs = l2.whole(orchestrator(from, to, 100, 400)).logs();
    let names: Vec<_> = logs.iter().map(|log| log.topics[0]).collect();
    // The original has the token's Approval of each bond in front; here L2Migrator has allowed it once.
    let bond = [
        IBondingManager::EarningsClaimed::SIGNATURE_HASH,
        ILivepeerToken::Transfer::SIGNATURE_HASH,
        ILivepeerToken::Approval::SIGNATURE_HASH,
        IBondingManager::Bond::SIGNATURE_HASH,
    ];
    let activated = IBondingManager::TranscoderActivated::SIGNATURE_HASH;
    let expected = [
        vec![bond[0], activated],
        bond[1..].to_vec(),
        bond.to_vec(),
        vec![
            IDelegatorPool::DelegatorPoolInitialized::SIGNATURE_HASH,
            DelegatorPoolCreated::SIGNATURE_HASH,
            MigrateDelegatorFinalized::SIGNATURE_HASH,
        ],
    ]
    .concat();
    assert_eq!(names, expected);
}

#[test]
fn an_orchestrator_without_delegators_gets_no_pool() {
    let l2 = L2::running(10, 1_000_000);
    let (_, to, pool) = migrated(&l2, 100, 0);
    assert_eq!(pool, Address::ZERO);
    assert_eq!(l2.delegator(to).bonded, one(100));
}

#[test]
fn what_was_claimed_before_is_not_in_the_pool() {
    let l2 = L2::running(10, 1_000_000);
    let (from, early) = (l2.world.address(), l2.world.address());
    l2.whole(delegator(early, early, 150, from)).unwrap();
    assert_eq!(
        l2.delegator(early).delegate,
        from,
        "the address its delegate has on L1"
    );
    let to = l2.world.address();
    l2.whole(orchestrator(from, to, 100, 400)).unwrap();
    assert_eq!(l2.pool_stake(l2.pool(from)), (one(250), 0));
}

#[test]
fn claims_beyond_what_was_delegated_leave_no_pool_and_no_failure() {
    let l2 = L2::running(10, 1_000_000);
    let (from, early) = (l2.world.address(), l2.world.address());
    l2.whole(delegator(early, early, 401, from)).unwrap();
    let to = l2.world.address();
    l2.whole(orchestrator(from, to, 100, 400)).unwrap();
    assert_eq!(l2.pool(from), Address::ZERO);
    assert_eq!(l2.delegator(to).bonded, one(100));
}

#[test]
fn an_orchestrator_without_own_stake_still_brings_its_delegators() {
    let l2 = L2::running(10, 1_000_000);
    let (_, to, pool) = migrated(&l2, 0, 400);
    assert_eq!(l2.delegator(pool).delegate, to);
    assert_eq!(l2.delegator(to).bonded, 0);
    assert_eq!(l2.delegator(to).delegated, one(400));
}

#[test]
fn fees_come_without_stake_and_without_delegate() {
    let l2 = L2::running(10, 1_000_000);
    let somebody = l2.world.address();
    for (delegate, fees) in [(Address::ZERO, 5), (somebody, 6)] {
        let (from, to) = (l2.world.address(), l2.world.address());
        let done = l2.whole(with_fees(delegator(from, to, 0, delegate), fees));
        let event: MigrateDelegatorFinalized = done.only();
        assert_eq!(event.params.fees, U256::from(fees));
        assert_eq!(l2.eth(to), fees);
        assert_eq!(l2.delegator(to).bonded, 0);
        assert!(l2.is_migrated(from));
    }
}

#[test]
fn stake_with_nobody_stays_with_nobody() {
    let l2 = L2::running(10, 1_000_000);
    let (from, to) = (l2.world.address(), l2.world.address());
    l2.whole(delegator(from, to, 30, Address::ZERO)).unwrap();
    let it = l2.delegator(to);
    assert_eq!((it.bonded, it.delegate), (one(30), Address::ZERO));
}

#[test]
fn a_message_never_changes_a_delegate_chosen_on_l2() {
    let l2 = L2::running(10, 1_000_000);
    let (_, chosen, _) = migrated(&l2, 100, 0);
    let (from, to, other) = (l2.world.address(), l2.world.address(), l2.world.address());
    l2.deposit(to, one(10));
    let approve = ILivepeerToken::approveCall {
        spender: l2.bonding,
        amount: U256::MAX,
    };
    l2.world.send(to, l2.token, &approve).unwrap();
    let bond = IBondingManager::bondCall {
        amount: U256::from(one(10)),
        to: chosen,
    };
    l2.world.send(to, l2.bonding, &bond).unwrap();
    let started = l2.delegator(to).start_round;
    l2.next_round();

    l2.whole(delegator(from, to, 30, other)).unwrap();
    let it = l2.delegator(to);
    assert_eq!(
        (it.bonded, it.delegate, it.start_round),
        (one(40), chosen, started)
    );

    // An orchestrator on L1 whose L2 address has chosen somebody: the same, and its delegators are with it.
    let from = l2.world.address();
    l2.whole(orchestrator(from, to, 5, 50)).unwrap();
    assert_eq!(l2.delegator(to).delegate, chosen);
    assert_eq!(l2.delegator(to).bonded, one(45));
    assert_eq!(l2.delegator(l2.pool(from)).delegate, to);
}

#[test]
fn stake_that_goes_to_a_registered_orchestrator_becomes_its_own() {
    let l2 = L2::running(10, 1_000_000);
    let (_, registered, _) = migrated(&l2, 100, 0);
    let (from, other) = (l2.world.address(), l2.world.address());
    l2.whole(delegator(from, registered, 30, other)).unwrap();
    let it = l2.delegator(registered);
    assert_eq!((it.bonded, it.delegate), (one(130), registered));
}

#[test]
fn a_message_for_an_account_whose_orchestrator_has_not_rewarded_yet_arrives() {
    let l2 = L2::running(10, 1_000_000);
    let (l1, to, _) = migrated(&l2, 100, 400);
    let receiver = l2.world.address();
    l2.whole(delegator(l2.world.address(), receiver, 50, l1))
        .unwrap();
    l2.next_round();
    l2.next_round();
    // Both ways to more stake: out of the pool, and bonded.
    l2.whole(delegator(l2.world.address(), receiver, 50, l1))
        .unwrap();
    l2.whole(delegator(l2.world.address(), receiver, 50, to))
        .unwrap();
    assert_eq!(l2.delegator(receiver).bonded, one(150));
}

#[test]
fn fees_reach_a_contract_that_needs_gas_and_a_refusal_undoes_everything() {
    let l2 = L2::running(10, 1_000_000);
    let from = l2.world.address();
    let wallet = l2.world.play(|call| {
        assert!(call.data.is_empty());
        Ok(vec![])
    });
    l2.whole(with_fees(delegator(from, wallet, 0, Address::ZERO), 9))
        .unwrap();
    assert_eq!(l2.eth(wallet), 9);

    let refusing = l2.world.play(|_| Err(vec![]));
    let from = l2.world.address();
    let message = with_fees(delegator(from, refusing, 30, from), 9);
    let failed = l2.whole(message.clone()).reverted();
    assert_eq!(failed, Revert::text("FINALIZE_DELEGATOR:FAIL_FEE"));
    assert_eq!(l2.delegator(refusing).bonded, 0);
    // Who signs another address gets everything there.
    let to = l2.world.address();
    l2.whole(Whole {
        l2Addr: to,
        ..message
    })
    .unwrap();
    assert_eq!((l2.delegator(to).bonded, l2.eth(to)), (one(30), 9));
}

#[test]
fn a_receiver_of_fees_that_calls_back_is_refused() {
    use alloy_sol_types::SolCall;
    use confluence_kit::sim::World;
    let l2 = L2::running(10, 1_000_000);
    let migrator = l2.migrator;
    let greedy = l2.world.play(move |call| {
        let again = claimedDelegatedStakeCall {
            delegate: call.address,
        };
        let refused = World::nested(call.address, migrator, U256::ZERO, again.abi_encode());
        assert_eq!(refused, Err(Revert::empty()));
        Ok(vec![])
    });
    let from = l2.world.address();
    l2.whole(with_fees(delegator(from, greedy, 0, Address::ZERO), 9))
        .unwrap();
}
