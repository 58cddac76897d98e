//! DelegatorPools: who may claim, and that everybody gets its share of what the pool has earned, in any order.

use crate::*;
use confluence_abi::{IBondingManager, IDelegatorPool::*, IL2Migrator};
use confluence_kit::sim::Revert;
use confluence_tests::native::L2;
use proptest::prelude::*;

#[test]
fn only_its_migrator_claims_and_it_begins_once() {
    let l2 = L2::running(10, 1_000_000);
    let (_, to, pool) = migrated(&l2, 100, 400);
    let stake = U256::from(1);
    let claim = claimCall {
        delegator: to,
        stake,
    };
    let up_to = claimUpToCall {
        delegator: to,
        stake,
        oldPrev: Address::ZERO,
        oldNext: Address::ZERO,
        newPrev: Address::ZERO,
        newNext: Address::ZERO,
    };
    let refused = Revert::text("POOL:NOT_MIGRATOR");
    for sender in [to, l2.owner, l2.bonding] {
        assert_eq!(l2.world.send(sender, pool, &claim).reverted(), refused);
        assert_eq!(l2.world.send(sender, pool, &up_to).reverted(), refused);
    }
    let again = initializeCall {
        bondingManager_: l2.bonding,
    };
    assert_eq!(
        l2.world.send(l2.migrator, pool, &again).reverted(),
        Revert::text("Initializable: contract is already initialized")
    );
}

#[test]
fn a_pool_pays_out_no_more_than_it_began_with() {
    let l2 = L2::running(10, 1_000_000);
    let (_, to, pool) = migrated(&l2, 100, 400);
    let who = l2.world.address();
    let claim = |stake: u128| claimCall {
        delegator: who,
        stake: U256::from(stake),
    };
    let send = |call| l2.world.send(l2.migrator, pool, &call);
    let refused = Revert::text("POOL:INVALID_CLAIM");
    assert_eq!(send(claim(one(400) + 1)).reverted(), refused);
    let done = send(claim(one(300)));
    let event = &done.events::<Claimed>()[0];
    assert_eq!(
        (event._delegator, event._stake, event._fees),
        (who, U256::from(one(300)), U256::ZERO)
    );
    assert_eq!(send(claim(one(100) + 1)).reverted(), refused);
    assert_eq!(send(claim(u128::MAX)).reverted(), refused);
    send(claim(one(100))).unwrap();
    assert_eq!(send(claim(1)).reverted(), refused);
    let nothing: Claimed = send(claim(0)).only();
    assert_eq!(nothing._stake, U256::ZERO, "nothing is always there");
    assert_eq!(l2.pool_stake(pool), (one(400), one(400)));
    assert_eq!(l2.delegator(to).delegated, one(500));
}

#[test]
fn the_code_of_pools_is_nobodys_stake() {
    let l2 = L2::running(10, 1_000_000);
    let began: DelegatorPoolInitialized = l2
        .world
        .send(
            l2.owner,
            l2.pool_code,
            &initializeCall {
                bondingManager_: l2.bonding,
            },
        )
        .only();
    assert_eq!(began._initialStake, U256::ZERO);
    // Clones have storage of their own.
    let (_, _, pool) = migrated(&l2, 100, 400);
    assert_eq!(l2.world.read(pool, &migratorCall {}), l2.migrator);
}

#[test]
fn a_pool_shares_what_it_has_earned_and_the_orchestrators_cut_is_not_in_it() {
    let l2 = L2::running(10, 1_000_000);
    let (l1, to, pool) = migrated(&l2, 100, 300);
    let terms = IBondingManager::transcoderCall {
        rewardCut: U256::ZERO,
        feeShare: U256::from(500_000),
    };
    l2.world.send(to, l2.bonding, &terms).unwrap();
    for _ in 0..2 {
        l2.next_round();
        assert!(l2.reward(to));
    }
    assert!(l2.earn(to, one(8)));
    let (stake, fees) = (l2.pending_stake(pool), l2.pending_fees(pool));
    assert!(stake > one(300));
    assert!(
        fees.abs_diff(one(3)) < 1_000,
        "three quarters of half of eight, and not {fees}"
    );

    let [a, b] = [100, 200].map(|amount| {
        let who = l2.world.address();
        l2.whole(delegator(who, who, amount, l1)).unwrap();
        (l2.delegator(who).bonded, l2.eth(who))
    });
    assert_eq!(a, (stake / 3, fees / 3));
    assert_eq!(b, (stake - stake / 3, fees - fees / 3));
    assert_eq!(l2.delegator(pool).bonded, 0);
    assert_eq!(l2.pending_fees(pool), 0);
}

#[test]
fn a_part_too_small_for_a_share_still_arrives() {
    let l2 = L2::running(10, 1_000_000);
    let (l1, _, pool) = migrated(&l2, 100, 300);
    let who = l2.world.address();
    let dust = Whole {
        stake: U256::ONE,
        ..delegator(who, who, 0, l1)
    };
    l2.whole(dust).unwrap();
    assert_eq!(l2.delegator(who).bonded, 1);
    assert_eq!(l2.pool_stake(pool), (one(300), 1));
}

#[test]
fn what_a_pool_lacks_by_rounding_is_bonded_by_the_migrator() {
    let l2 = L2::running(10, 1_000_000);
    let (l1, to, pool) = migrated(&l2, 100, 300);
    let held = l2.lpt(l2.migrator);
    let who = l2.world.address();
    let more = Whole {
        stake: U256::from(one(300) + 5),
        ..delegator(who, who, 0, l1)
    };
    l2.whole(more).unwrap();
    let it = l2.delegator(who);
    assert_eq!((it.bonded, it.delegate), (one(300) + 5, to));
    assert_eq!(l2.lpt(l2.migrator), held - 5);
    assert_eq!(l2.pool_stake(pool), (one(300), one(300)));
    // And the next one, for whom there is nothing left.
    let who = l2.world.address();
    l2.whole(delegator(who, who, 1, l1)).unwrap();
    assert_eq!(l2.delegator(who).bonded, one(1));
}

#[test]
fn fees_that_a_wallet_refuses_do_not_arrive_unless_there_are_none() {
    let l2 = L2::running(10, 1_000_000);
    let (l1, to, _) = migrated(&l2, 100, 300);
    let wallet = l2.world.play(|_| Err(vec![]));
    l2.whole(delegator(l2.world.address(), wallet, 10, l1))
        .unwrap();
    assert_eq!(l2.delegator(wallet).bonded, one(10));
    l2.next_round();
    assert!(l2.reward(to));
    let terms = IBondingManager::transcoderCall {
        rewardCut: U256::ZERO,
        feeShare: U256::from(1_000_000),
    };
    l2.world.send(to, l2.bonding, &terms).unwrap();
    l2.next_round();
    assert!(l2.reward(to));
    assert!(l2.earn(to, one(1)));
    let from = l2.world.address();
    let message = delegator(from, wallet, 10, l1);
    assert!(l2.whole(message.clone()).result.is_err());
    assert!(!l2.is_migrated(from), "it can name another address");
    l2.whole(Whole {
        l2Addr: from,
        ..message
    })
    .unwrap();
}

#[test]
fn the_address_of_the_pools_orchestrator_without_stake_cannot_be_a_receiver_until_it_has_some() {
    // BondingManager makes nobody an orchestrator by a transfer. The account can name another address, or bond first.
    let l2 = L2::running(10, 1_000_000);
    let (l1, to, _) = migrated(&l2, 0, 300);
    let from = l2.world.address();
    let message = delegator(from, to, 10, l1);
    let refused = l2.whole(message.clone()).reverted();
    assert_eq!(refused, Revert::text("INVALID_DELEGATOR"));
    l2.whole(delegator(l2.world.address(), to, 1, to)).unwrap();
    l2.whole(message).unwrap();
    assert_eq!(l2.delegator(to).bonded, one(11));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn claims_in_any_order_and_rounds_are_the_pool_and_fair(
        stakes in prop::collection::vec(1u128..1_000_000_000_000_000_000_000, 2..6),
        order in any::<prop::sample::Index>(),
        pauses in prop::collection::vec(any::<bool>(), 6),
    ) {
        let l2 = L2::running(10, 1_000_000);
        let foreign: u128 = stakes.iter().sum();
        let (from, to) = (l2.world.address(), l2.world.address());
        let whole = Whole {
            delegatedStake: U256::from(one(100) + foreign),
            ..orchestrator(from, to, 100, 0)
        };
        l2.whole(whole).unwrap();
        let mut left: Vec<(Address, u128)> = stakes.iter().map(|stake| (l2.world.address(), *stake)).collect();
        let everyone = left.clone();
        let mut seed = order;
        let mut pauses = pauses.into_iter();
        while !left.is_empty() {
            let (who, stake) = left.remove(seed.index(left.len()));
            seed = order;
            if pauses.next() == Some(true) {
                l2.next_round();
                prop_assert!(l2.reward(to));
            }
            let message = Whole { stake: U256::from(stake), ..delegator(who, who, 0, from) };
            l2.whole(message).unwrap();
        }
        l2.next_round();
        // Everybody has the same multiple of what he brought, whenever he came out of the pool.
        let grown: Vec<_> = everyone.iter().map(|(who, stake)| (l2.pending_stake(*who), *stake)).collect();
        let whole: u128 = grown.iter().map(|(now, _)| *now).sum();
        for (now, stake) in grown {
            let fair = (U256::from(whole) * U256::from(stake) / U256::from(foreign)).to::<u128>();
            // A claim leaves the reward of its own round behind only by rounding of the factors.
            prop_assert!(now.abs_diff(fair) <= 1_000, "{now} instead of {fair}");
        }
        let pool = l2.pool(from);
        prop_assert_eq!(l2.pending_stake(pool), 0);
        let claimed = IL2Migrator::claimedDelegatedStakeCall { delegate: from };
        prop_assert_eq!(l2.world.read(l2.migrator, &claimed), U256::from(foreign + one(100)));
    }
}
