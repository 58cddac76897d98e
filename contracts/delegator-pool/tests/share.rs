//! Parts of a pool, in any order, are the whole but for rounding, and nobody's depends on when he comes.

use confluence_delegator_pool::share::owed;
use proptest::prelude::*;

proptest! {
    #[test]
    fn all_parts_are_the_whole_and_each_is_its_share(
        stakes in prop::collection::vec(0u128..1 << 80, 1..12),
        grown in 0u128..1 << 20,
    ) {
        let initial: u128 = stakes.iter().sum();
        let whole = initial + initial / 1_000_000 * grown;
        let (mut left, mut remaining) = (whole, initial);
        for stake in stakes.iter().copied() {
            let part = owed(left, stake, remaining).expect("no overflow");
            let fair = if initial == 0 { 0 } else {
                let fair = alloy_primitives::U256::from(whole) * alloy_primitives::U256::from(stake)
                    / alloy_primitives::U256::from(initial);
                fair.to::<u128>()
            };
            prop_assert!(part.abs_diff(fair) <= stakes.len() as u128, "{part} instead of {fair}");
            left -= part;
            remaining -= stake;
        }
        prop_assert_eq!(remaining, 0);
        prop_assert_eq!(left, 0, "the last takes what is left");
    }
}

#[test]
fn nothing_is_owed_for_no_stake_even_of_an_empty_pool() {
    assert_eq!(owed(5, 0, 0), Ok(0));
    assert_eq!(owed(5, 0, 7), Ok(0));
}
