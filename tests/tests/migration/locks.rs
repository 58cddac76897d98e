//! Unbonding locks and broadcasters' funds.

use crate::*;
use confluence_abi::{IL2Migrator::*, ITicketBroker};
use confluence_kit::sim::Revert;
use confluence_tests::native::L2;

fn locks(
    l1: Address,
    l2: Address,
    ids: &[u64],
    total: u128,
    delegate: Address,
) -> finalizeMigrateUnbondingLocksCall {
    finalizeMigrateUnbondingLocksCall {
        params: MigrateUnbondingLocksParams {
            l1Addr: l1,
            l2Addr: l2,
            total: U256::from(one(total)),
            unbondingLockIds: ids.iter().copied().map(U256::from).collect(),
            delegate,
        },
    }
}

fn is_migrated(l2: &L2, l1: Address, id: u64) -> bool {
    let call = migratedUnbondingLocksCall {
        l1Addr: l1,
        unbondingLockId: U256::from(id),
    };
    l2.world.read(l2.migrator, &call)
}

#[test]
fn locks_become_fresh_stake_with_the_delegate() {
    let l2 = L2::running(10, 1_000_000);
    let (_, chosen, _) = migrated(&l2, 100, 0);
    for ids in [vec![0], vec![3, 1, 255, 256, 70_000], (0..100).collect()] {
        let (from, to) = (l2.world.address(), l2.world.address());
        let call = locks(from, to, &ids, 30, chosen);
        let done = l2.message(&call);
        let event = &done.events::<MigrateUnbondingLocksFinalized>()[0];
        assert_eq!(event.params, call.params);
        done.unwrap();
        let it = l2.delegator(to);
        assert_eq!((it.bonded, it.delegate), (one(30), chosen));
        for id in 0..300 {
            assert_eq!(is_migrated(&l2, from, id), ids.contains(&id), "{id}");
        }
        assert_eq!(is_migrated(&l2, from, 70_000), ids.contains(&70_000));
    }
}

#[test]
fn a_hundred_locks_in_a_row_take_one_slot() {
    let l2 = L2::running(10, 1_000_000);
    let (_, chosen, _) = migrated(&l2, 100, 0);
    let ids: Vec<_> = (0..100).collect();
    let call = locks(l2.world.address(), l2.world.address(), &ids, 30, chosen);
    assert_eq!(l2.message(&call).slots_of(l2.migrator).set, 1);
}

#[test]
fn no_lock_arrives_twice() {
    let l2 = L2::running(10, 1_000_000);
    let (_, chosen, _) = migrated(&l2, 100, 0);
    let (from, to) = (l2.world.address(), l2.world.address());
    let refused = Revert::text("UNBONDING_LOCK_ALREADY_MIGRATED");
    let twice = locks(from, to, &[4, 5, 4], 30, chosen);
    assert_eq!(l2.message(&twice).reverted(), refused);
    assert!(!is_migrated(&l2, from, 5), "all or nothing");
    l2.message(&locks(from, to, &[4, 5], 30, chosen)).unwrap();
    for ids in [vec![4], vec![6, 5], vec![4, 5]] {
        let again = locks(from, to, &ids, 30, chosen);
        assert_eq!(l2.message(&again).reverted(), refused);
    }
    l2.message(&locks(from, to, &[6], 1, chosen)).unwrap();
    // Another account's ids are its own.
    l2.message(&locks(l2.world.address(), to, &[4], 1, chosen))
        .unwrap();
    assert_eq!(l2.delegator(to).bonded, one(32));
}

#[test]
fn locks_without_amount_are_marked_and_nothing_is_bonded() {
    let l2 = L2::running(10, 1_000_000);
    let (from, to) = (l2.world.address(), l2.world.address());
    let call = locks(from, to, &[1], 0, Address::ZERO);
    let _: MigrateUnbondingLocksFinalized = l2.message(&call).only();
    assert!(is_migrated(&l2, from, 1));
    l2.message(&locks(from, to, &[], 0, Address::ZERO)).unwrap();
}

#[test]
fn an_account_that_left_its_delegate_keeps_the_one_it_has_on_l2_or_nobody() {
    let l2 = L2::running(10, 1_000_000);
    let (_, chosen, _) = migrated(&l2, 100, 0);
    let (from, to) = (l2.world.address(), l2.world.address());
    l2.message(&locks(from, to, &[0], 5, Address::ZERO))
        .unwrap();
    assert_eq!(l2.delegator(to).delegate, Address::ZERO);
    let to = l2.world.address();
    l2.whole(delegator(l2.world.address(), to, 1, chosen))
        .unwrap();
    l2.message(&locks(from, to, &[1], 5, Address::ZERO))
        .unwrap();
    assert_eq!(l2.delegator(to).delegate, chosen);
}

#[test]
fn ids_that_nobody_can_have_are_refused() {
    let l2 = L2::running(10, 1_000_000);
    let (from, to) = (l2.world.address(), l2.world.address());
    for id in [U256::from(u32::MAX), U256::ONE << 32, U256::MAX] {
        let mut call = locks(from, to, &[], 1, l2.owner);
        call.params.unbondingLockIds.push(id);
        assert_eq!(l2.message(&call).reverted(), Revert::panic(0x11));
    }
    let highest = u64::from(u32::MAX) - 1;
    l2.message(&locks(from, to, &[highest], 1, l2.owner))
        .unwrap();
    assert!(is_migrated(&l2, from, highest));
    assert!(!is_migrated(&l2, from, highest + 1));
}

#[test]
fn a_broadcasters_funds_arrive_once() {
    let l2 = L2::running(10, 1_000_000);
    let (from, to) = (l2.world.address(), l2.world.address());
    let call = finalizeMigrateSenderCall {
        params: MigrateSenderParams {
            l1Addr: from,
            l2Addr: to,
            deposit: U256::from(7),
            reserve: U256::from(9),
        },
    };
    let held = l2.eth(l2.migrator);
    let done = l2.message(&call);
    let events = done.events::<MigrateSenderFinalized>();
    assert_eq!(events[0].params, call.params);
    done.unwrap();
    assert_eq!(l2.eth(l2.migrator), held - 16);
    let ask = ITicketBroker::getSenderInfoCall { sender_: to };
    let info = l2.world.read(l2.broker, &ask);
    assert_eq!(info.sender.deposit, U256::from(7));
    assert_eq!(info.reserve.fundsRemaining, U256::from(9));
    assert!(
        l2.world
            .read(l2.migrator, &migratedSendersCall { addr: from })
    );
    let again = l2.message(&call).reverted();
    assert_eq!(again, Revert::text("SENDER_ALREADY_MIGRATED"));
    // The stake of the same account is another matter.
    assert!(!l2.is_migrated(from));
}
