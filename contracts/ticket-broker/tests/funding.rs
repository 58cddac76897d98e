//! Deposits and reserves: money in, the wish to leave, money out.
#![allow(missing_docs)]

mod stage;

use alloy_primitives::{Address, U256};
use confluence_abi::ITicketBroker::*;
use confluence_kit::sim::{Revert, World};
use stage::{Stage, says};

const ETH: u128 = 1_000_000_000_000_000_000;

#[test]
fn a_deposit_is_kept_by_the_minter() {
    let s = Stage::new();
    let who = s.world.account(10 * ETH);
    let event: DepositFunded = s
        .world
        .pay(who, s.broker, U256::from(ETH), &fundDepositCall {})
        .only();
    assert_eq!((event.sender, event.amount), (who, U256::from(ETH)));
    assert_eq!(s.sender(who), [ETH, 0, 0, 0]);
    assert_eq!(s.world.balance(s.minter), U256::from(ETH));
    assert_eq!(s.world.balance(s.broker), U256::ZERO);
}

#[test]
fn a_reserve_is_kept_by_the_minter() {
    let s = Stage::new();
    let who = s.world.account(ETH);
    let event: ReserveFunded = s
        .world
        .pay(who, s.broker, U256::from(ETH), &fundReserveCall {})
        .only();
    assert_eq!((event.reserveHolder, event.amount), (who, U256::from(ETH)));
    assert_eq!(s.sender(who), [0, 0, ETH, 0]);
    let info = s
        .world
        .read(s.broker, &getReserveInfoCall { reserveHolder: who });
    assert_eq!(info.fundsRemaining, U256::from(ETH));
    assert_eq!(s.world.balance(s.minter), U256::from(ETH));
}

#[test]
fn both_at_once_log_the_reserve_before_the_deposit_also_for_nothing() {
    let s = Stage::new();
    let who = s.world.account(10);
    for (deposit, reserve) in [(3u64, 4u64), (0, 0), (0, 1), (1, 0)] {
        let call = fundDepositAndReserveCall {
            depositAmount: U256::from(deposit),
            reserveAmount: U256::from(reserve),
        };
        let logs = s
            .world
            .pay(who, s.broker, U256::from(deposit + reserve), &call)
            .logs();
        assert_eq!(logs.len(), 2);
        let first: ReserveFunded = logs[0].decode().unwrap();
        let second: DepositFunded = logs[1].decode().unwrap();
        assert_eq!(first.amount, U256::from(reserve));
        assert_eq!(second.amount, U256::from(deposit));
    }
    assert_eq!(s.sender(who), [4, 0, 5, 0]);
}

#[test]
fn the_wei_sent_are_the_sum() {
    let s = Stage::new();
    let who = s.world.account(100);
    let pay = |deposit: U256, reserve: U256, value: u64| {
        let call = fundDepositAndReserveForCall {
            addr: who,
            depositAmount: deposit,
            reserveAmount: reserve,
        };
        s.world
            .pay(who, s.broker, U256::from(value), &call)
            .reverted()
    };
    let unequal = says("msg.value does not equal sum of deposit amount and reserve amount");
    assert_eq!(pay(U256::from(3), U256::from(4), 6), unequal);
    assert_eq!(pay(U256::from(3), U256::from(4), 8), unequal);
    assert_eq!(pay(U256::MAX, U256::ZERO, 3), unequal);
    assert_eq!(pay(U256::from(1) << 128, U256::from(1) << 128, 3), unequal);
    assert_eq!(pay(U256::MAX, U256::from(1), 0), Revert::panic(0x11));
    assert_eq!(s.sender(who), [0; 4]);
}

#[test]
fn others_fund_a_sender_without_locking_it() {
    let s = Stage::new();
    let (who, other) = (s.world.account(10), s.world.account(10));
    s.fund(who, who, 1, 1).unwrap();
    s.world.send(who, s.broker, &unlockCall {}).unwrap();
    // The original's fix of 2023-08: anybody could keep a sender from its money.
    let gift = s.fund(other, who, 0, 0);
    assert!(gift.events::<UnlockCancelled>().is_empty());
    s.fund(other, who, 2, 3).unwrap();
    assert_eq!(s.sender(who), [3, 9, 4, 0]);
    assert_eq!(s.sender(other), [0; 4]);
}

#[test]
fn funding_oneself_ends_unlocking_in_the_originals_order_of_events() {
    let s = Stage::new();
    let who = s.world.account(10);
    s.fund(who, who, 1, 1).unwrap();
    let unlock = || s.world.send(who, s.broker, &unlockCall {}).unwrap();
    let one = U256::from(1);

    unlock();
    let logs = s.world.pay(who, s.broker, one, &fundDepositCall {}).logs();
    assert!(logs[0].decode::<UnlockCancelled>().is_some());
    assert!(logs[1].decode::<DepositFunded>().is_some());

    unlock();
    let logs = s.world.pay(who, s.broker, one, &fundReserveCall {}).logs();
    assert!(logs[0].decode::<ReserveFunded>().is_some());
    assert!(logs[1].decode::<UnlockCancelled>().is_some());

    unlock();
    let logs = s.fund(who, who, 0, 1).logs();
    assert!(logs[0].decode::<UnlockCancelled>().is_some());
    assert!(logs[1].decode::<ReserveFunded>().is_some());
    assert!(logs[2].decode::<DepositFunded>().is_some());
    assert_eq!(s.sender(who), [2, 0, 3, 0]);
}

#[test]
fn a_sender_unlocks_waits_and_withdraws_all() {
    let s = Stage::new();
    let who = s.world.account(10);
    let withdraw = || s.world.send(who, s.broker, &withdrawCall {});
    assert_eq!(
        withdraw().reverted(),
        says("sender deposit and reserve are zero")
    );
    s.fund(who, who, 3, 4).unwrap();
    assert_eq!(withdraw().reverted(), says("no unlock request in progress"));

    let event: Unlock = s.world.send(who, s.broker, &unlockCall {}).only();
    assert_eq!(
        (event.startRound, event.endRound),
        (U256::from(7), U256::from(9))
    );
    assert!(
        s.world
            .read(s.broker, &isUnlockInProgressCall { sender_: who })
    );
    assert_eq!(withdraw().reverted(), says("account is locked"));
    s.pass_rounds(1);
    assert_eq!(withdraw().reverted(), says("account is locked"));
    s.pass_rounds(1);
    let event: Withdrawal = withdraw().only();
    assert_eq!(
        (event.deposit, event.reserve),
        (U256::from(3), U256::from(4))
    );
    assert_eq!(s.world.balance(who), U256::from(10));
    // It stays unlocked until it funds itself or cancels.
    assert_eq!(s.sender(who), [0, 9, 0, 0]);
    let other = s.world.account(1);
    s.fund(other, who, 1, 0).unwrap();
    withdraw().unwrap();
    assert_eq!(s.world.balance(who), U256::from(11));
}

#[test]
fn unlocking_needs_money_and_happens_once() {
    let s = Stage::new();
    let who = s.world.account(1);
    let unlock = || s.world.send(who, s.broker, &unlockCall {});
    let cancel = || s.world.send(who, s.broker, &cancelUnlockCall {});
    assert_eq!(
        unlock().reverted(),
        says("sender deposit and reserve are zero")
    );
    assert_eq!(cancel().reverted(), says("no unlock request in progress"));
    s.fund(who, who, 0, 1).unwrap();
    unlock().unwrap();
    assert_eq!(unlock().reverted(), says("unlock already initiated"));
    let event: UnlockCancelled = cancel().only();
    assert_eq!(event.sender, who);
    assert!(
        !s.world
            .read(s.broker, &isUnlockInProgressCall { sender_: who })
    );
    unlock().unwrap();
}

#[test]
fn withdrawing_needs_no_initialised_round() {
    let s = Stage::new();
    let who = s.world.account(1);
    s.fund(who, who, 1, 0).unwrap();
    s.world.send(who, s.broker, &unlockCall {}).unwrap();
    s.pass_rounds(2);
    s.peers.borrow_mut().initialized = false;
    s.world.send(who, s.broker, &withdrawCall {}).unwrap();
}

#[test]
fn nothing_moves_while_the_system_is_paused() {
    let s = Stage::new();
    let who = s.world.account(10);
    s.fund(who, who, 1, 1).unwrap();
    s.peers.borrow_mut().paused = true;
    let paused = says("system is paused");
    let one = U256::from(1);
    assert_eq!(
        s.world
            .pay(who, s.broker, one, &fundDepositCall {})
            .reverted(),
        paused
    );
    assert_eq!(
        s.world
            .pay(who, s.broker, one, &fundReserveCall {})
            .reverted(),
        paused
    );
    assert_eq!(s.fund(who, who, 1, 0).reverted(), paused);
    // The pause is told before the sum is looked at.
    let call = fundDepositAndReserveCall {
        depositAmount: one,
        reserveAmount: one,
    };
    assert_eq!(s.world.pay(who, s.broker, one, &call).reverted(), paused);
    assert_eq!(
        s.world.send(who, s.broker, &unlockCall {}).reverted(),
        paused
    );
    assert_eq!(
        s.world.send(who, s.broker, &cancelUnlockCall {}).reverted(),
        paused
    );
    assert_eq!(
        s.world.send(who, s.broker, &withdrawCall {}).reverted(),
        paused
    );
    assert_eq!(s.sender(who), [1, 0, 1, 0]);
}

#[test]
fn plain_ether_is_refused_and_so_is_ether_where_none_belongs() {
    let s = Stage::new();
    let who = s.world.account(10);
    let plain = s.world.transact(who, s.broker, U256::from(1), vec![]);
    assert_eq!(plain.reverted(), Revert::empty());
    let unlock = s.world.pay(who, s.broker, U256::from(1), &unlockCall {});
    assert_eq!(unlock.reverted(), Revert::empty());
}

#[test]
fn a_payment_that_calls_back_finds_the_money_gone() {
    let s = Stage::new();
    let broker = s.broker;
    // A contract that withdraws, and tries to withdraw again while it is paid.
    let thief = s.world.play(move |call| match call.data {
        [] => match World::nested(call.address, broker, U256::ZERO, encoded(&withdrawCall {})) {
            Ok(_) => Ok(vec![]),
            Err(revert) => {
                assert_eq!(revert, Revert::empty(), "re-entrance is refused");
                Ok(vec![])
            }
        },
        _ => World::nested(call.address, broker, call.value, call.data.to_vec()).map_err(|r| r.0),
    });
    let (who, other) = (s.world.account(10), s.world.account(10));
    s.fund(who, thief, 3, 0).unwrap();
    s.fund(other, other, 7, 0).unwrap();
    let send = |data: Vec<u8>| s.world.transact(who, thief, U256::ZERO, data);
    send(encoded(&unlockCall {})).unwrap();
    s.pass_rounds(2);
    send(encoded(&withdrawCall {})).unwrap();
    assert_eq!(s.world.balance(thief), U256::from(3));
    assert_eq!(s.world.balance(s.minter), U256::from(7));
}

#[test]
fn a_payment_that_is_refused_leaves_the_money_in_place() {
    let s = Stage::new();
    let broker = s.broker;
    let proud = s.world.play(move |call| match call.data {
        [] => Err(b"no".to_vec()),
        _ => World::nested(call.address, broker, U256::ZERO, call.data.to_vec()).map_err(|r| r.0),
    });
    let who = s.world.account(10);
    s.fund(who, proud, 3, 2).unwrap();
    s.world
        .transact(who, proud, U256::ZERO, encoded(&unlockCall {}))
        .unwrap();
    s.pass_rounds(2);
    let done = s
        .world
        .transact(who, proud, U256::ZERO, encoded(&withdrawCall {}));
    assert_eq!(done.reverted(), Revert(b"no".to_vec()));
    assert_eq!(s.sender(proud), [3, 9, 2, 0]);
}

#[test]
fn the_owner_sets_the_periods() {
    let s = Stage::new();
    let set = |event: ParameterUpdate| event.param;
    assert_eq!(
        set(s.set_unlock_period(U256::from(5)).only()),
        "unlockPeriod"
    );
    assert_eq!(
        set(s.set_validity(U256::from(4)).only()),
        "ticketValidityPeriod"
    );
    assert_eq!(s.world.read(s.broker, &unlockPeriodCall {}), U256::from(5));
    assert_eq!(
        s.world.read(s.broker, &ticketValidityPeriodCall {}),
        U256::from(4)
    );
    assert_eq!(
        s.set_validity(U256::ZERO).reverted(),
        says("ticketValidityPeriod must be greater than 0")
    );
    s.set_unlock_period(U256::ZERO).unwrap();
    for too_long in [U256::from(1) << 32, U256::MAX] {
        assert_eq!(
            s.set_unlock_period(too_long).reverted(),
            Revert::panic(0x11)
        );
        assert_eq!(s.set_validity(too_long).reverted(), Revert::panic(0x11));
    }
}

#[test]
fn only_the_owner_sets_anything() {
    let s = Stage::new();
    let other = s.world.account(0);
    let denied = says("caller must be Controller owner");
    let unlock = setUnlockPeriodCall {
        unlockPeriod_: U256::from(1),
    };
    assert_eq!(s.world.send(other, s.broker, &unlock).reverted(), denied);
    let validity = setTicketValidityPeriodCall {
        ticketValidityPeriod_: U256::ZERO,
    };
    assert_eq!(s.world.send(other, s.broker, &validity).reverted(), denied);
    let rules = setOriginalRulesCall { on: true };
    assert_eq!(s.world.send(other, s.broker, &rules).reverted(), denied);
    let controller = setControllerCall {
        newController: other,
    };
    assert_eq!(
        s.world.send(s.owner, s.broker, &controller).reverted(),
        says("caller must be Controller")
    );
    let event: SetController = s.world.send(s.controller, s.broker, &controller).only();
    assert_eq!(event.controller, other);
}

#[test]
fn an_unlock_that_would_end_after_all_rounds_is_refused() {
    let s = Stage::new();
    let who = s.world.account(1);
    s.fund(who, who, 1, 0).unwrap();
    s.set_unlock_period(U256::from(u32::MAX)).unwrap();
    assert_eq!(
        s.world.send(who, s.broker, &unlockCall {}).reverted(),
        Revert::panic(0x11)
    );
}

#[test]
fn more_ether_than_there_is_does_not_fit() {
    let s = Stage::new();
    let who = s.world.address();
    s.world.fund(who, U256::MAX);
    let most = U256::from(1) << 88;
    let over = s.world.pay(who, s.broker, most, &fundDepositCall {});
    assert_eq!(over.reverted(), Revert::panic(0x11));
    s.world
        .pay(who, s.broker, most - U256::from(1), &fundDepositCall {})
        .unwrap();
    let over = s
        .world
        .pay(who, s.broker, U256::from(1), &fundDepositCall {});
    assert_eq!(over.reverted(), Revert::panic(0x11));
    assert_eq!(s.sender(Address::ZERO), [0; 4]);
}

#[test]
fn a_deposit_costs_one_slot() {
    let s = Stage::new();
    let who = s.world.account(10);
    let first = s.fund(who, who, 1, 1).slots_of(s.broker);
    assert_eq!((first.set, first.rewritten), (1, 0));
    let again = s.fund(who, who, 1, 1).slots_of(s.broker);
    assert_eq!((again.set, again.rewritten), (0, 1));
}

fn encoded(call: &impl alloy_sol_types::SolCall) -> Vec<u8> {
    call.abi_encode()
}
