//! How a reserve is shared, by our rules (X12) and by the original's.
#![allow(missing_docs)]

mod stage;

use alloy_primitives::{Address, U256};
use confluence_abi::ITicketBroker::*;
use confluence_kit::sim::Revert;
use stage::{Signer, Stage};

/// A sender with this deposit and reserve, and `n` active orchestrators.
fn scene(deposit: u128, reserve: u128, n: usize) -> (Stage, Signer, Vec<Address>) {
    let s = Stage::new();
    let signer = s.signer(1, 1_000_000);
    s.fund(signer.address, signer.address, deposit, reserve)
        .unwrap();
    let orchestrators = (0..n).map(|_| s.orchestrator()).collect();
    (s, signer, orchestrators)
}

/// What a ticket of `face_value` for `to` draws from the reserve.
fn drawn(s: &Stage, signer: &Signer, to: Address, face_value: u128, nonce: u64) -> u128 {
    let mut draft = s.draft(signer, to, face_value);
    draft.nonce = nonce;
    let done = s.redeem(&draft, signer);
    let claims = done.events::<ReserveClaimed>();
    done.unwrap();
    claims.iter().map(|claim| claim.amount.to::<u128>()).sum()
}

fn claimable(s: &Stage, signer: &Signer, to: Address) -> u128 {
    s.claimable(signer.address, to).unwrap().to()
}

#[test]
fn arithmetic_is_that_of_the_originals_vector() {
    for original in [false, true] {
        let (s, signer, orchestrators) = scene(1000, 5000, 9);
        s.set_original_rules(original);
        let to = orchestrators[3];
        let done = s.redeem(&s.draft(&signer, to, 1500), &signer);
        let claim = &done.events::<ReserveClaimed>()[0];
        assert_eq!((claim.reserveHolder, claim.claimant), (signer.address, to));
        assert_eq!(claim.amount, U256::from(500));
        assert_eq!(claimable(&s, &signer, to), (4500 + 500) / 9 - 500);
        assert_eq!(s.claimed(signer.address, to), U256::from(500));
        assert_eq!(s.sender(signer.address), [0, 0, 4500, 500]);
    }
}

#[test]
fn logs_come_in_the_order_claim_transfer_redemption() {
    let (s, signer, orchestrators) = scene(10, 100, 2);
    let logs = s
        .redeem(&s.draft(&signer, orchestrators[0], 30), &signer)
        .logs();
    assert_eq!(logs.len(), 3);
    assert!(logs[0].decode::<ReserveClaimed>().is_some());
    assert_eq!(
        logs[1].decode::<WinningTicketTransfer>().unwrap().amount,
        U256::from(30)
    );
    assert!(logs[2].decode::<WinningTicketRedeemed>().is_some());
}

#[test]
fn everybody_gets_the_same_part_whoever_comes_first() {
    let (s, signer, orchestrators) = scene(0, 1000, 3);
    for (i, to) in orchestrators.iter().enumerate() {
        assert_eq!(drawn(&s, &signer, *to, 10_000, i as u64), 333);
        assert_eq!(claimable(&s, &signer, *to), 0);
    }
    // What does not divide stays.
    assert_eq!(s.sender(signer.address), [0, 0, 1, 999]);
}

#[test]
fn a_part_is_drawn_in_pieces() {
    let (s, signer, orchestrators) = scene(0, 1000, 4);
    let to = orchestrators[0];
    assert_eq!(drawn(&s, &signer, to, 100, 1), 100);
    assert_eq!(claimable(&s, &signer, to), 150);
    assert_eq!(drawn(&s, &signer, to, 100, 2), 100);
    assert_eq!(drawn(&s, &signer, to, 100, 3), 50);
    assert_eq!(drawn(&s, &signer, to, 100, 4), 0);
    assert_eq!(claimable(&s, &signer, orchestrators[1]), 250);
}

#[test]
fn a_new_round_shares_what_is_left() {
    let (s, signer, orchestrators) = scene(0, 1000, 2);
    assert_eq!(drawn(&s, &signer, orchestrators[0], 1000, 1), 500);
    s.pass_rounds(1);
    assert_eq!(s.sender(signer.address), [0, 0, 500, 0]);
    assert_eq!(s.claimed(signer.address, orchestrators[0]), U256::ZERO);
    assert_eq!(drawn(&s, &signer, orchestrators[0], 1000, 2), 250);
}

#[test]
fn funding_in_the_middle_of_a_round_enlarges_the_parts() {
    let (s, signer, orchestrators) = scene(0, 1000, 2);
    assert_eq!(drawn(&s, &signer, orchestrators[0], 1000, 1), 500);
    s.fund(signer.address, signer.address, 0, 200).unwrap();
    assert_eq!(claimable(&s, &signer, orchestrators[0]), 100);
    assert_eq!(claimable(&s, &signer, orchestrators[1]), 600);
}

#[test]
fn nothing_can_be_drawn_by_one_who_is_not_active_or_of_nobody() {
    let (s, signer, orchestrators) = scene(0, 1000, 2);
    assert_eq!(claimable(&s, &signer, s.world.address()), 0);
    assert_eq!(claimable(&s, &s.signer(9, 0), orchestrators[0]), 0);
    s.peers.borrow_mut().active.clear();
    assert_eq!(claimable(&s, &signer, orchestrators[0]), 0);
}

/// Protocol issue 656: the pool is the next round's, and others join and leave it while this one lasts.
#[test]
fn parts_do_not_change_while_a_round_lasts() {
    let (s, signer, orchestrators) = scene(0, 1000, 4);
    assert_eq!(drawn(&s, &signer, orchestrators[0], 1000, 1), 250);
    for candidates in [5, 100, 1, 0, 4] {
        s.peers.borrow_mut().pool_size = candidates;
        assert_eq!(claimable(&s, &signer, orchestrators[0]), 0);
        assert_eq!(claimable(&s, &signer, orchestrators[1]), 250);
    }
    s.peers.borrow_mut().pool_size = 1;
    for (i, to) in orchestrators.iter().enumerate().skip(1) {
        assert_eq!(drawn(&s, &signer, *to, 1000, i as u64), 250);
    }
    assert_eq!(s.sender(signer.address), [0, 0, 0, 1000]);
}

/// The same in the original: whoever has drawn its part cannot even redeem from a deposit that is too small once the pool grew.
#[test]
fn by_the_originals_rules_a_pool_that_grew_makes_tickets_panic() {
    let (s, signer, orchestrators) = scene(0, 1000, 4);
    s.set_original_rules(true);
    let to = orchestrators[0];
    assert_eq!(drawn(&s, &signer, to, 1000, 1), 250);
    s.peers.borrow_mut().pool_size = 5;
    assert_eq!(
        s.claimable(signer.address, to).reverted(),
        Revert::panic(0x11)
    );
    let mut draft = s.draft(&signer, to, 1000);
    draft.nonce = 2;
    assert_eq!(s.redeem(&draft, &signer).reverted(), Revert::panic(0x11));
    s.set_original_rules(false);
    assert_eq!(drawn(&s, &signer, to, 1000, 2), 0);
}

/// And a pool that shrank lets the first take what belongs to others, up to a panic where the reserve cannot pay.
#[test]
fn by_the_originals_rules_a_pool_that_shrank_favours_the_first() {
    let (s, signer, orchestrators) = scene(0, 1000, 4);
    s.set_original_rules(true);
    s.peers.borrow_mut().pool_size = 2;
    assert_eq!(drawn(&s, &signer, orchestrators[0], 1000, 1), 500);
    s.peers.borrow_mut().pool_size = 1;
    let mut draft = s.draft(&signer, orchestrators[1], 1000);
    draft.nonce = 2;
    assert_eq!(s.redeem(&draft, &signer).reverted(), Revert::panic(0x11));
    s.set_original_rules(false);
    assert_eq!(drawn(&s, &signer, orchestrators[1], 1000, 2), 250);
}

#[test]
fn a_reserve_withdrawn_and_funded_anew_in_a_round_pays_no_panic() {
    let (s, signer, orchestrators) = scene(0, 1000, 2);
    s.world
        .send(signer.address, s.broker, &unlockCall {})
        .unwrap();
    s.pass_rounds(1);
    s.set_unlock_period(U256::ZERO).unwrap();
    assert_eq!(drawn(&s, &signer, orchestrators[0], 400, 1), 400);
    s.world
        .send(signer.address, s.broker, &cancelUnlockCall {})
        .unwrap();
    s.world
        .send(signer.address, s.broker, &unlockCall {})
        .unwrap();
    s.world
        .send(signer.address, s.broker, &withdrawCall {})
        .unwrap();
    s.fund(signer.address, signer.address, 0, 100).unwrap();
    assert_eq!(s.sender(signer.address), [0, 0, 100, 400]);
    assert_eq!(claimable(&s, &signer, orchestrators[0]), 0);
    // Its part is of 500, but there are only 100.
    assert_eq!(claimable(&s, &signer, orchestrators[1]), 100);
    assert_eq!(drawn(&s, &signer, orchestrators[1], 1000, 2), 100);
}
