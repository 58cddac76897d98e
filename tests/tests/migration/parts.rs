//! Partial migrations (X1): they add up in any order, with whole migrations and claims, and never exceed the stake.

use crate::*;
use confluence_abi::IL2Migrator::*;
use confluence_kit::sim::Revert;
use confluence_tests::native::snapshot::{Entry, Tree};
use confluence_tests::native::{Hints, L2};

#[test]
fn two_parts_and_a_claim_of_the_rest_give_the_same_in_either_order_of_arrival() {
    for order in [[0, 1], [1, 0]] {
        let l2 = L2::running(10, 1_000_000);
        let (l1, _, _) = migrated(&l2, 100, 400);
        let who = l2.world.address();
        let whole = with_fees(delegator(who, who, 90, l1), 11);
        let parts = [part(&whole, 20, 0), part(&whole, 30, 1)];
        let entry = Entry {
            delegator: who,
            delegate: l1,
            stake: one(90),
            fees: 11,
        };
        let tree = Tree::new(&[entry]);
        l2.publish(&tree);

        for (i, n) in order.into_iter().enumerate() {
            let done = l2.part(parts[n].clone(), no_hints());
            let events = done.events::<MigrateDelegatorFinalized>();
            let fees = if i == 0 { 11 } else { 0 };
            assert_eq!(events[0].params.stake, parts[n].amount, "what it brought");
            assert_eq!(events[0].params.fees, U256::from(fees), "with the first");
            done.unwrap();
        }
        assert_eq!(l2.migrated_parts(who), (one(50), true));
        assert!(!l2.is_migrated(who));
        let done = l2.claim(&tree, &entry, Address::ZERO);
        let claimed = done.events::<StakeClaimed>();
        assert_eq!(
            (claimed[0].stake, claimed[0].fees),
            (U256::from(one(40)), U256::ZERO)
        );
        assert_eq!(l2.delegator(who).bonded, one(90));
        assert_eq!(l2.eth(who), 11);
        assert!(l2.is_migrated(who));

        let late = l2.part(part(&whole, 1, 2), no_hints()).reverted();
        assert_eq!(late, Revert::text("DELEGATOR_ALREADY_MIGRATED"));
    }
}

#[test]
fn a_whole_migration_brings_what_parts_have_left() {
    let l2 = L2::running(10, 1_000_000);
    let (from, to) = (l2.world.address(), l2.world.address());
    let whole = with_fees(orchestrator(from, to, 100, 400), 3);
    l2.part(part(&whole, 25, 0), no_hints()).unwrap();
    assert_eq!(l2.delegator(to).bonded, one(25));
    assert_eq!(
        l2.pool_stake(l2.pool(from)).0,
        one(400),
        "the pool comes with the first part"
    );
    let done = l2.whole(whole);
    let event = &done.events::<MigrateDelegatorFinalized>()[0].params;
    assert_eq!((event.stake, event.fees), (U256::from(one(75)), U256::ZERO));
    assert_eq!(done.events::<DelegatorPoolCreated>().len(), 0);
    assert_eq!(l2.delegator(to).bonded, one(100));
    assert_eq!(l2.delegator(to).delegated, one(500));
    assert_eq!(l2.eth(to), 3);
}

#[test]
fn parts_that_exceed_the_stake_are_refused_and_the_exact_rest_is_not() {
    let l2 = L2::running(10, 1_000_000);
    let (from, to, with) = (l2.world.address(), l2.world.address(), l2.world.address());
    let whole = delegator(from, to, 100, with);
    l2.part(part(&whole, 60, 0), no_hints()).unwrap();
    let refused = l2.part(part(&whole, 41, 1), no_hints()).reverted();
    assert_eq!(refused, Revert::text("MIGRATE:EXCEEDS_STAKE"));
    l2.part(part(&whole, 40, 2), no_hints()).unwrap();
    assert!(l2.is_migrated(from), "everything has arrived");
    let again = l2.part(part(&whole, 0, 3), no_hints()).reverted();
    assert_eq!(again, Revert::text("DELEGATOR_ALREADY_MIGRATED"));
    let again = l2.whole(whole).reverted();
    assert_eq!(again, Revert::text("DELEGATOR_ALREADY_MIGRATED"));
}

#[test]
fn parts_may_go_to_different_addresses() {
    let l2 = L2::running(10, 1_000_000);
    let (l1, orchestrator, _) = migrated(&l2, 100, 400);
    let (from, first, second) = (l2.world.address(), l2.world.address(), l2.world.address());
    let whole = delegator(from, first, 100, l1);
    l2.part(part(&whole, 60, 0), no_hints()).unwrap();
    let elsewhere = Whole {
        l2Addr: second,
        ..whole
    };
    l2.part(part(&elsewhere, 40, 1), no_hints()).unwrap();
    assert_eq!(l2.delegator(first).bonded, one(60));
    assert_eq!(l2.delegator(second).bonded, one(40));
    assert_eq!(l2.delegator(second).delegate, orchestrator);
}

#[test]
fn a_part_of_nothing_brings_the_fees() {
    let l2 = L2::running(10, 1_000_000);
    let (from, to) = (l2.world.address(), l2.world.address());
    let whole = with_fees(delegator(from, to, 100, from), 8);
    l2.part(part(&whole, 0, 0), no_hints()).unwrap();
    assert_eq!((l2.eth(to), l2.delegator(to).bonded), (8, 0));
    assert_eq!(l2.migrated_parts(from), (0, true));
    assert!(!l2.is_migrated(from), "its stake has not");
}

#[test]
fn a_claim_of_less_than_parts_have_brought_gives_nothing_more() {
    let l2 = L2::running(10, 1_000_000);
    let who = l2.world.address();
    let whole = delegator(who, who, 100, l2.world.address());
    l2.part(part(&whole, 60, 0), no_hints()).unwrap();
    let entry = Entry {
        delegator: who,
        delegate: whole.delegate,
        stake: one(50),
        fees: 0,
    };
    let tree = Tree::new(&[entry]);
    l2.publish(&tree);
    l2.claim(&tree, &entry, Address::ZERO).unwrap();
    assert_eq!(l2.delegator(who).bonded, one(60));
    assert!(l2.is_migrated(who));
}

#[test]
fn right_hints_save_loads_and_wrong_ones_change_nothing() {
    // Twelve orchestrators with 10, 20, .. LPT; a thirteenth arrives with 65 + 30 LPT and ends between 90 and 100.
    let arrive = |hints: &dyn Fn(&[Address]) -> Hints| {
        let l2 = L2::running(20, 1_000_000);
        let others: Vec<_> = (1..=12).map(|i| migrated(&l2, 10 * i, 0).1).collect();
        let (from, to) = (l2.world.address(), l2.world.address());
        let whole = orchestrator(from, to, 65, 30);
        let done = l2.part(part(&whole, 65, 0), hints(&others));
        let loads = done.slots_of(l2.bonding).loaded;
        done.unwrap();
        let mut order = vec![];
        let mut at = l2.world.read(
            l2.bonding,
            &confluence_abi::IBondingManager::getFirstTranscoderInPoolCall {},
        );
        while at != Address::ZERO {
            order.push(at);
            let next =
                confluence_abi::IBondingManager::getNextTranscoderInPoolCall { transcoder: at };
            at = l2.world.read(l2.bonding, &next);
        }
        assert_eq!(order.iter().position(|who| *who == to), Some(3));
        (loads, order)
    };
    let (without, order) = arrive(&|_| no_hints());
    let (with, same) = arrive(&|others| Hints {
        selfPrev: others[6],
        selfNext: others[5],
        poolPrev: others[9],
        poolNext: others[8],
    });
    assert!(with < without, "{with} loads with hints, {without} without");
    assert_eq!(order, same);
    let (_, same) = arrive(&|others| Hints {
        selfPrev: others[0],
        selfNext: others[11],
        poolPrev: Address::repeat_byte(7),
        poolNext: others[3],
    });
    assert_eq!(order, same);
}
