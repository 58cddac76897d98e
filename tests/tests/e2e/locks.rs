//! Unbonding locks move as fresh stake: one, five, as many as L1Migrator takes.

use alloy::primitives::U256;
use confluence::{plan::Contract, sign::What};
use confluence_abi::IL2Migrator;

use crate::{
    act::message,
    cast::{LOCKS, lock_amount},
    stage::Stage,
};

#[test]
fn one_lock_five_locks_and_a_hundred_arrive_and_none_of_them_again() {
    let mut stage = Stage::any();
    let locker = stage.cast.locker.clone();
    let to = stage.fresh().address();
    let mut all = 0;
    for ids in [0..1, 1..6, 6..LOCKS] {
        all += ids.clone().map(lock_amount).sum::<u128>();
        let locks = What::Locks {
            ids: ids.map(U256::from).collect(),
        };
        stage.arrives(&locker, to, locks);
        let stake = stage.stake(to);
        assert_eq!((stake.amount, stake.delegate), (all, locker.delegate));
    }
    for id in 0..LOCKS {
        let call = IL2Migrator::migratedUnbondingLocksCall {
            l1Addr: locker.address,
            unbondingLockId: U256::from(id),
        };
        assert!(stage.l2(Contract::L2Migrator, &call), "{id}");
    }

    let again = What::Locks {
        ids: vec![U256::from(3)],
    };
    let again = stage.signed(message(&locker, to, again), &locker.key);
    let sent = stage.submit(&stage.l1, &again).expect("L1 does not know");
    let why = stage.waits(sent.id);
    assert!(why.contains("UNBONDING_LOCK_ALREADY_MIGRATED"), "{why}");
    assert_eq!(stage.stake(to).amount, all);
}
