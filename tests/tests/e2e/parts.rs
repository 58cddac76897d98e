//! Parts of a stake in tickets of their own add up, in whatever order they arrive; the snapshot pays the rest (X1).

use alloy::primitives::Address;
use confluence::plan::Contract;
use confluence_abi::IL2Migrator;

use crate::{
    act::{Sent, message},
    cast::Holder,
    stage::Stage,
};

/// Sends a quarter and a half, with nonces 0 and 1.
fn send_both(stage: &Stage, holder: &Holder) -> [Sent; 2] {
    [(holder.stake / 4, 0), (holder.stake / 2, 1)].map(|(amount, nonce)| {
        let part = message(holder, holder.address, stage.part(amount, nonce));
        let part = stage.signed(part, &holder.key);
        stage.submit(&stage.l1, &part).expect("L1 takes the part")
    })
}

/// Stake, fees and all, as they are in the end.
fn outcome(stage: &Stage, holder: &Holder, to_come: u128) -> (u128, Address, u128, u128) {
    let stake = stage.stake(holder.address);
    let parts = stage.l2(
        Contract::L2Migrator,
        &IL2Migrator::migratedPartsCall {
            l1Addr: holder.address,
        },
    );
    assert!(parts.fees && stage.is_migrated(holder.address));
    let came = to_come - stage.ether_to_come();
    (stake.amount, stake.delegate, parts.stake.to(), came)
}

#[test]
fn two_parts_in_order_and_a_claim_of_the_rest_bring_everything() {
    let mut stage = Stage::any();
    let holder = stage.troupe().delegators[3].clone();
    let to_come = stage.ether_to_come();
    let [first, second] = send_both(&stage, &holder);
    stage.redeemed(first.id);
    stage.redeemed(second.id);
    assert_eq!(
        stage.stake(holder.address).amount,
        holder.stake / 4 + holder.stake / 2
    );
    assert!(!stage.is_migrated(holder.address));
    stage
        .claim(&holder, Address::ZERO)
        .expect("claims the rest");
    let all = (holder.stake, holder.delegate, holder.stake, holder.fees);
    assert_eq!(outcome(&stage, &holder, to_come), all);
}

#[test]
fn two_parts_of_which_the_second_arrives_first_end_the_same() {
    let mut stage = Stage::local();
    let holder = stage.troupe().delegators[3].clone();
    let to_come = stage.ether_to_come();
    stage.follower().fail_auto_redeems(1);
    let [first, second] = send_both(&stage, &holder);
    stage.waits(first.id);
    stage.redeemed(second.id);
    assert_eq!(stage.stake(holder.address).amount, holder.stake / 2);
    stage.redeem(&first).expect("anybody redeems it");
    stage
        .claim(&holder, Address::ZERO)
        .expect("claims the rest");
    let all = (holder.stake, holder.delegate, holder.stake, holder.fees);
    assert_eq!(outcome(&stage, &holder, to_come), all);
}

#[test]
fn a_part_that_would_exceed_the_stake_waits_and_brings_nothing() {
    let mut stage = Stage::any();
    let holder = stage.troupe().delegators[3].clone();
    let [first, second] = send_both(&stage, &holder);
    stage.redeemed(first.id);
    stage.redeemed(second.id);
    let more = message(&holder, holder.address, stage.part(holder.stake / 2, 2));
    let more = stage.signed(more, &holder.key);
    let sent = stage.submit(&stage.l1, &more).expect("L1 does not know");
    let why = stage.waits(sent.id);
    assert!(why.contains("MIGRATE:EXCEEDS_STAKE"), "{why}");
    assert_eq!(stage.stake(holder.address).amount, holder.stake / 4 * 3);
}
