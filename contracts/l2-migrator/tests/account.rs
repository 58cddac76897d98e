//! Whatever comes of an account, in whichever order, it is what there was and no more; and its leaf is the snapshot's.

use confluence_kit::{Address, U256};
use confluence_l2_migrator::account::Due;
use confluence_l2_migrator::leaf::leaf;
use confluence_l2_migrator::storage::Account;
use confluence_merkle_snapshot::proof;
use proptest::prelude::*;

const MOST: u128 = (1 << 88) - 1;

/// A message's amount, or the whole.
fn steps() -> impl Strategy<Value = Vec<Option<u128>>> {
    prop::collection::vec(prop::option::weighted(0.8, 0..MOST), 1..8)
}

proptest! {
    #[test]
    fn parts_and_whole_add_up_to_the_stake_and_fees_come_once(stake in 0..=MOST, fees in 0..MOST, steps in steps()) {
        let mut account = Account::default();
        let (mut arrived, mut paid) = (0, 0);
        for step in steps {
            if account.is_done.get() {
                break;
            }
            let before = account;
            let due = match step {
                Some(amount) => account.take_part(amount.min(MOST / 8), stake, fees),
                None => account.take_rest(stake, fees),
            };
            match due {
                Ok(due) => {
                    arrived += due.stake;
                    paid += due.fees;
                    prop_assert_eq!(paid, fees, "with the first");
                    prop_assert_eq!(account.is_done.get(), step.is_none() || arrived == stake);
                }
                Err(_) => {
                    let amount = step.map_or(0, |amount| amount.min(MOST / 8));
                    prop_assert!(arrived + amount > stake, "only what exceeds the stake is refused");
                    account = before;
                }
            }
            prop_assert!(arrived <= stake);
            prop_assert_eq!(account.arrived.get(), arrived);
        }
        if !account.is_done.get() {
            let rest = account.take_rest(stake, fees).expect("the rest");
            let fees = if paid == fees { 0 } else { fees };
            prop_assert_eq!(rest, Due { stake: stake - arrived, fees });
        }
    }

    #[test]
    fn a_leaf_is_what_merkle_snapshot_hashes(who in any::<[u8; 20]>(), with in any::<[u8; 20]>(), stake: u128, fees: u128) {
        let (who, with) = (Address::new(who), Address::new(with));
        let there = proof::leaf(&who, &with, &U256::from(stake), &U256::from(fees));
        prop_assert_eq!(leaf(&who, &with, stake, fees), there);
    }
}

#[test]
fn a_stake_that_fits_no_account_is_refused() {
    let mut account = Account::default();
    assert!(account.take_rest(MOST + 1, 0).is_err());
}
