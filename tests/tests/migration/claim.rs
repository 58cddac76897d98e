//! Snapshot claims: with and without a pool, with another delegate (X4), without stake (X3), and what refuses them.

use crate::*;
use confluence_abi::{IL2Migrator::*, IMerkleSnapshot};
use confluence_kit::sim::Revert;
use confluence_tests::native::snapshot::{Entry, Tree};
use confluence_tests::native::{Hints, L2};

/// A snapshot of three delegators of `delegate`, with 50, 80 and 0 LPT, 3 wei each.
fn snapshot(l2: &L2, delegate: Address) -> ([Entry; 3], Tree) {
    let entries = [50, 80, 0].map(|stake| Entry {
        delegator: l2.world.address(),
        delegate,
        stake: one(stake),
        fees: 3,
    });
    let tree = Tree::new(&entries);
    l2.publish(&tree);
    (entries, tree)
}

#[test]
fn a_claim_before_its_orchestrator_bonds_to_the_l1_address_or_whom_it_names() {
    let l2 = L2::running(10, 1_000_000);
    let (_, other, _) = migrated(&l2, 100, 0);
    let l1 = l2.world.address();
    let (entries, tree) = snapshot(&l2, l1);
    l2.claim(&tree, &entries[0], Address::ZERO).unwrap();
    l2.claim(&tree, &entries[1], other).unwrap();
    assert_eq!(l2.delegator(entries[0].delegator).delegate, l1);
    assert_eq!(l2.delegator(entries[1].delegator).delegate, other);
    assert_eq!(l2.delegator(entries[1].delegator).bonded, one(80));

    let to = l2.world.address();
    l2.whole(orchestrator(l1, to, 100, 130)).unwrap();
    assert_eq!(l2.pool(l1), Address::ZERO, "all of it was claimed before");
}

#[test]
fn a_claim_after_its_orchestrator_comes_out_of_the_pool_even_in_the_same_round() {
    let l2 = L2::running(10, 1_000_000);
    let (l1, to, pool) = migrated(&l2, 100, 130);
    let (entries, tree) = snapshot(&l2, l1);
    let held = l2.lpt(l2.migrator);
    for entry in &entries {
        let done = l2.claim(&tree, entry, Address::ZERO);
        let event = &done.events::<StakeClaimed>()[0];
        assert_eq!((event.delegator, event.delegate), (entry.delegator, l1));
        done.unwrap();
        assert_eq!(l2.delegator(entry.delegator).bonded, entry.stake);
        assert_eq!(l2.eth(entry.delegator), 3, "also without stake");
    }
    assert_eq!(l2.lpt(l2.migrator), held, "all of it was in the pool");
    assert_eq!(l2.delegator(pool).bonded, 0);
    assert_eq!(l2.delegator(to).delegated, one(230));
}

#[test]
fn a_claim_in_the_creation_round_does_not_shorten_the_way_out() {
    use confluence_abi::IBondingManager;
    let l2 = L2::running(10, 1_000_000);
    let (l1, _, _) = migrated(&l2, 100, 130);
    let (entries, tree) = snapshot(&l2, l1);
    l2.claim(&tree, &entries[0], Address::ZERO).unwrap();
    let unbond = IBondingManager::unbondCall {
        amount: U256::from(one(50)),
    };
    let who = entries[0].delegator;
    let refused = l2.world.send(who, l2.bonding, &unbond).reverted();
    assert_eq!(refused, Revert::text("caller must be bonded"));
    l2.next_round();
    let left = l2.world.send(who, l2.bonding, &unbond);
    let event = &left.events::<IBondingManager::Unbond>()[0];
    let until = l2.round() + u128::from(confluence_tests::native::UNBONDING_ROUNDS);
    assert_eq!(event.withdrawRound, U256::from(until));
}

#[test]
fn a_new_delegate_is_honoured_when_there_is_a_pool() {
    let l2 = L2::running(10, 1_000_000);
    let (l1, old, _) = migrated(&l2, 100, 130);
    let (_, new, _) = migrated(&l2, 50, 0);
    let (entries, tree) = snapshot(&l2, l1);
    l2.claim(&tree, &entries[0], new).unwrap();
    let it = l2.delegator(entries[0].delegator);
    assert_eq!((it.bonded, it.delegate), (one(50), new));
    assert_eq!(l2.delegator(old).delegated, one(180));
    assert_eq!(l2.delegator(new).delegated, one(100));
    // Naming whom the pool is with is the same as naming nobody.
    l2.claim(&tree, &entries[1], old).unwrap();
    assert_eq!(l2.delegator(entries[1].delegator).delegate, old);
    // Without stake there is nothing to move.
    l2.claim(&tree, &entries[2], new).unwrap();
    assert_eq!(l2.delegator(entries[2].delegator).bonded, 0);
}

#[test]
fn who_has_stake_on_l2_keeps_its_delegate_or_moves_all_to_the_one_it_names() {
    let l2 = L2::running(10, 1_000_000);
    let [a, b] = [100, 200].map(|stake| migrated(&l2, stake, 0).1);
    let (entries, tree) = snapshot(&l2, l2.world.address());
    for (entry, named, ends_with) in [(&entries[0], Address::ZERO, a), (&entries[1], b, b)] {
        let who = entry.delegator;
        l2.whole(delegator(l2.world.address(), who, 7, a)).unwrap();
        l2.claim(&tree, entry, named).unwrap();
        let it = l2.delegator(who);
        assert_eq!((it.bonded, it.delegate), (one(7) + entry.stake, ends_with));
    }
}

#[test]
fn an_orchestrator_can_claim_but_not_delegate_elsewhere() {
    let l2 = L2::running(10, 1_000_000);
    let (_, other, _) = migrated(&l2, 50, 0);
    let (entries, tree) = snapshot(&l2, l2.world.address());
    let who = entries[0].delegator;
    l2.whole(orchestrator(l2.world.address(), who, 100, 0))
        .unwrap();
    let refused = l2.claim(&tree, &entries[0], other).reverted();
    assert_eq!(
        refused,
        Revert::text("registered transcoders can't delegate towards other addresses")
    );
    l2.claim(&tree, &entries[0], Address::ZERO).unwrap();
    let it = l2.delegator(who);
    assert_eq!((it.bonded, it.delegate), (one(150), who));
}

#[test]
fn a_null_delegate_has_fees_and_loses_no_stake() {
    let l2 = L2::running(10, 1_000_000);
    let (_, chosen, _) = migrated(&l2, 50, 0);
    let (entries, tree) = snapshot(&l2, Address::ZERO);
    let done = l2.claim(&tree, &entries[2], chosen);
    let event: StakeClaimed = done.only();
    assert_eq!((event.stake, event.fees), (U256::ZERO, U256::from(3)));
    l2.claim(&tree, &entries[0], chosen).unwrap();
    l2.claim(&tree, &entries[1], Address::ZERO).unwrap();
    let [a, b] = [0, 1].map(|i| l2.delegator(entries[i].delegator));
    assert_eq!((a.bonded, a.delegate), (one(50), chosen));
    assert_eq!((b.bonded, b.delegate), (one(80), Address::ZERO));
}

#[test]
fn fees_are_paid_with_all_gas_and_a_refusal_is_passed_on() {
    let l2 = L2::running(10, 1_000_000);
    let entry = Entry {
        delegator: l2.world.play(|_| Err(Revert::text("no, thanks").0)),
        delegate: Address::ZERO,
        stake: 0,
        fees: 5,
    };
    let tree = Tree::new(&[entry]);
    l2.publish(&tree);
    let refused = l2.claim(&tree, &entry, Address::ZERO).reverted();
    assert_eq!(refused, Revert::text("no, thanks"));
    assert!(!l2.is_migrated(entry.delegator));
    l2.world.play_at(entry.delegator, |_| Ok(vec![]));
    l2.claim(&tree, &entry, Address::ZERO).unwrap();
    assert_eq!(l2.eth(entry.delegator), 5);
}

#[test]
fn a_proof_for_anything_else_is_refused() {
    let l2 = L2::running(10, 1_000_000);
    let (entries, tree) = snapshot(&l2, l2.world.address());
    let good = entries[0];
    let refused = Revert::text("CLAIM_STAKE:INVALID_PROOF");
    let send = |from, entry: &Entry, proof: Vec<_>| {
        let call = claimStakeCall {
            delegate: entry.delegate,
            stake: U256::from(entry.stake),
            fees: U256::from(entry.fees),
            proof,
            newDelegate: Address::ZERO,
        };
        l2.world.send(from, l2.migrator, &call)
    };
    let proof = tree.proof(&good);
    for (bad, why) in [
        (
            Entry {
                stake: good.stake + 1,
                ..good
            },
            "more stake",
        ),
        (Entry { fees: 4, ..good }, "more fees"),
        (
            Entry {
                delegate: l2.owner,
                ..good
            },
            "another delegate",
        ),
    ] {
        let done = send(good.delegator, &bad, proof.clone());
        assert_eq!(done.reverted(), refused, "{why}");
    }
    let stranger = send(l2.owner, &good, proof.clone());
    assert_eq!(stranger.reverted(), refused, "somebody else's");
    let none = send(good.delegator, &good, vec![]);
    assert_eq!(none.reverted(), refused, "no proof");
    let others = send(good.delegator, &good, tree.proof(&entries[1]));
    assert_eq!(others.reverted(), refused, "another leaf's");
    // More than 2^128 is not read as something smaller.
    let call = claimStakeCall {
        delegate: good.delegate,
        stake: U256::from(good.stake) + (U256::ONE << 128),
        fees: U256::from(good.fees),
        proof: proof.clone(),
        newDelegate: Address::ZERO,
    };
    let huge = l2.world.send(good.delegator, l2.migrator, &call);
    assert_eq!(huge.reverted(), refused, "a number that wraps");

    let other = IMerkleSnapshot::setSnapshotCall {
        id: alloy_primitives::keccak256("LIP-73"),
        root: tree.root() ^ alloy_primitives::B256::with_last_byte(1),
    };
    l2.world.send(l2.owner, l2.snapshot, &other).unwrap();
    let moved = send(good.delegator, &good, proof.clone());
    assert_eq!(moved.reverted(), refused, "another root");
    l2.publish(&tree);
    send(good.delegator, &good, proof).unwrap();
}

#[test]
fn a_claim_works_once_and_only_while_claims_are_taken() {
    let l2 = L2::running(10, 1_000_000);
    let (entries, tree) = snapshot(&l2, l2.world.address());
    l2.set_claims(false);
    let refused = l2.claim(&tree, &entries[0], Address::ZERO).reverted();
    assert_eq!(refused, Revert::text("CLAIM_STAKE_DISABLED"));
    l2.set_claims(true);
    l2.claim(&tree, &entries[0], Address::ZERO).unwrap();
    let twice = l2.claim(&tree, &entries[0], Address::ZERO).reverted();
    assert_eq!(twice, Revert::text("CLAIM_STAKE:ALREADY_MIGRATED"));
    // Whoever came by a message cannot claim, and whoever claimed cannot come by a message.
    let who = entries[1].delegator;
    l2.whole(delegator(who, l2.world.address(), 80, entries[1].delegate))
        .unwrap();
    let twice = l2.claim(&tree, &entries[1], Address::ZERO).reverted();
    assert_eq!(twice, Revert::text("CLAIM_STAKE:ALREADY_MIGRATED"));
    let who = entries[0].delegator;
    let late = delegator(who, l2.world.address(), 50, entries[0].delegate);
    assert_eq!(
        l2.whole(late).reverted(),
        Revert::text("DELEGATOR_ALREADY_MIGRATED")
    );
}

#[test]
fn hints_travel_to_the_list() {
    let claim = |hinted: bool| {
        let l2 = L2::running(40, 1_000_000);
        let all: Vec<_> = (1..=30).map(|i| migrated(&l2, 100 * i, 50)).collect();
        let (l1, _, _) = all[2];
        let (_, new, _) = all[10];
        let (entries, tree) = snapshot(&l2, l1);
        let hints = Hints {
            selfPrev: all[11].1,
            selfNext: all[9].1,
            poolPrev: all[3].1,
            poolNext: all[1].1,
        };
        let call = claimStakeWithHintsCall {
            delegate: l1,
            stake: U256::from(entries[0].stake),
            fees: U256::from(3),
            proof: tree.proof(&entries[0]),
            newDelegate: new,
            hints: if hinted { hints } else { no_hints() },
        };
        let done = l2.world.send(entries[0].delegator, l2.migrator, &call);
        let loaded = done.slots_of(l2.bonding).loaded;
        done.unwrap();
        assert_eq!(l2.delegator(entries[0].delegator).delegate, new);
        loaded
    };
    let (with, without) = (claim(true), claim(false));
    assert!(
        with <= without,
        "{with} loads with hints, {without} without"
    );
}
