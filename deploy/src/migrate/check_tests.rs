//! Rules about what may be moved, without a chain.

use alloy::primitives::Address;

use super::*;

const ALICE: Address = Address::repeat_byte(1);

fn moved(what: What) -> Move {
    Move {
        l1_addr: ALICE,
        l2_addr: ALICE,
        what,
    }
}

fn holdings(stake: u64, fees: u64, locks: &[u64]) -> Holdings {
    let lock = |id: &u64| super::super::Lock {
        id: U256::from(*id),
        amount: U256::from(1),
        withdraw_round: 3,
    };
    Holdings {
        stake: U256::from(stake),
        fees: U256::from(fees),
        delegate: ALICE,
        delegated: U256::from(stake),
        locks: locks.iter().map(lock).collect(),
        deposit: U256::ZERO,
        reserve: U256::ZERO,
        round: 1,
    }
}

fn ids(ids: &[u64]) -> Vec<U256> {
    ids.iter().copied().map(U256::from).collect()
}

#[test]
fn parts_go_up_to_what_has_not_arrived_and_no_unit_further() {
    let arrived = Arrived {
        stake: U256::from(60),
        fees: true,
        ..Arrived::default()
    };
    let moved = moved(What::Delegator);
    let has = holdings(100, 5, &[]);
    assert!(part(&moved, U256::from(40), &has, &arrived).is_ok());
    let error = part(&moved, U256::from(41), &has, &arrived).expect_err("too much");
    assert!(matches!(error, MigrateError::TooMuch { .. }), "{error}");
    let error = part(&moved, U256::ZERO, &has, &arrived).expect_err("nothing");
    assert!(matches!(error, MigrateError::Nothing { .. }), "{error}");
}

#[test]
fn fees_alone_can_be_moved_while_they_have_not_arrived() {
    let moved = moved(What::Delegator);
    let nothing = Arrived::default();
    assert!(part(&moved, U256::ZERO, &holdings(10, 5, &[]), &nothing).is_ok());
    assert!(part(&moved, U256::ZERO, &holdings(10, 0, &[]), &nothing).is_err());
}

#[test]
fn a_lock_that_is_not_there_is_named_with_those_that_are() {
    let moved = moved(What::Sender);
    let has = holdings(0, 0, &[1, 4]);
    let error = locks(&moved, &ids(&[4, 2]), 100, &has, &Arrived::default());
    let error = error.expect_err("no lock 2").to_string();
    assert!(error.contains("no unbonding lock 2"), "{error}");
    assert!(error.contains("its locks are 1, 4"), "{error}");
}

#[test]
fn locks_twice_arrived_or_too_many_are_refused_each_for_its_reason() {
    let moved = moved(What::Sender);
    let has = holdings(0, 0, &[1, 2, 3]);
    let arrived = Arrived {
        locks: ids(&[3]),
        ..Arrived::default()
    };
    let refused = |list: &[u64], most| {
        let error = locks(&moved, &ids(list), most, &has, &arrived);
        error.expect_err("refused").to_string()
    };
    assert!(refused(&[1, 1], 100).contains("named twice"));
    assert!(refused(&[3], 100).contains("unbonding lock 3"));
    assert!(refused(&[1, 2], 1).contains("the 1 that one ticket can carry"));
    assert!(locks(&moved, &ids(&[1, 2]), 2, &has, &arrived).is_ok());
}
