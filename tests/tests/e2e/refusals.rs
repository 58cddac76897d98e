//! What L1 refuses before a ticket is paid for, each with its string or error, and what only L2 can refuse.

use alloy::{
    primitives::{Address, Bytes, Signature, U256},
    sol,
    sol_types::{SolCall as _, SolError as _},
};
use confluence::{
    client::{ClientError, Revert},
    plan::Contract,
    sign::What,
};
use confluence_abi::{IL1Migrator, IL2Migrator, IMerkleSnapshot};

use crate::{
    act::{Message, message},
    stage::Stage,
};

sol! {
    error InsufficientValue(uint256 expected, uint256 actual);
}

/// Half of the order of the curve's points: what is above is the other form of the same signature.
const ORDER: U256 = U256::from_be_slice(&alloy::hex!(
    "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
));

/// L1 refuses a message, and says this.
fn refused(stage: &Stage, message: &Message, why: &str) {
    let error = stage.submit(&stage.l1, message).expect_err(why).to_string();
    assert!(error.contains(why), "expected {why}: {error}");
}

/// The four bytes of the typed error that L1 refuses with.
fn refused_with(stage: &Stage, message: &Message) -> Vec<u8> {
    match stage.submit(&stage.l1, message) {
        Err(ClientError::Reverted {
            reason: Revert::Data(data),
            ..
        }) => data[..4].to_vec(),
        other => panic!("expected a typed error: {other:?}"),
    }
}

#[test]
fn l1_refuses_signatures_that_are_not_the_accounts_and_takes_the_compact_form() {
    let mut stage = Stage::any();
    let troupe = stage.troupe();
    let [first, second, ..] = &troupe.delegators;
    let plain = message(first, first.address, What::Delegator);
    refused(&stage, &plain, "ECDSA: invalid signature length");
    refused(
        &stage,
        &stage.signed(plain.clone(), &second.key),
        "FAIL_AUTH",
    );

    let good = stage.signed(plain, &first.key);
    let other_address = Message {
        moved: confluence::sign::Move {
            l2_addr: second.address,
            ..good.moved.clone()
        },
        ..good.clone()
    };
    refused(&stage, &other_address, "FAIL_AUTH");
    let signature = Signature::from_raw(&good.signature).expect("65 bytes");
    let flipped = Signature::new(signature.r(), ORDER - signature.s(), !signature.v());
    let malleable = Message {
        signature: flipped.as_bytes().into(),
        ..good.clone()
    };
    refused(&stage, &malleable, "ECDSA: invalid signature 's' value");
    let compact = Message {
        signature: Bytes::from(signature.as_erc2098()),
        ..good
    };
    let sent = stage
        .submit(&stage.l1, &compact)
        .expect("64 bytes are a signature (EIP-2098)");
    stage.redeemed(sent.id);
}

#[test]
fn l1_refuses_a_part_that_is_replayed_late_out_of_turn_or_too_large() {
    let mut stage = Stage::any();
    let holder = stage.troupe().delegators[0].clone();
    let sign = |what| stage.signed(message(&holder, holder.address, what), &holder.key);
    let too_much = sign(stage.part(holder.stake + 1, 0));
    let selector = IL1Migrator::AmountExceedsStake::SELECTOR;
    assert_eq!(refused_with(&stage, &too_much), selector);
    let late = sign(What::Amount {
        amount: U256::ONE,
        nonce: U256::ZERO,
        deadline: 1,
    });
    let selector = IL1Migrator::DeadlineExpired::SELECTOR;
    assert_eq!(refused_with(&stage, &late), selector);
    let selector = IL1Migrator::InvalidAccountNonce::SELECTOR;
    let out_of_turn = sign(stage.part(holder.stake / 2, 1));
    assert_eq!(refused_with(&stage, &out_of_turn), selector);
    let part = sign(stage.part(holder.stake / 2, 0));
    let sent = stage.submit(&stage.l1, &part).expect("in turn");
    assert_eq!(refused_with(&stage, &part), selector, "again");
    stage.redeemed(sent.id);
}

#[test]
fn l1_refuses_the_zero_address_locks_given_twice_or_too_many_and_tickets_underpaid() {
    let mut stage = Stage::any();
    let (troupe, locker) = (stage.troupe(), stage.cast.locker.clone());
    let first = &troupe.delegators[0];
    let locks = |ids: Vec<u64>| What::Locks {
        ids: ids.into_iter().map(U256::from).collect(),
    };
    for what in [
        What::Delegator,
        What::Sender,
        locks(vec![0]),
        stage.part(1, 0),
    ] {
        let nowhere = stage.signed(message(first, Address::ZERO, what), &first.key);
        refused(&stage, &nowhere, "INVALID_L2_ADDR");
    }
    let sign = |what| stage.signed(message(&locker, locker.address, what), &locker.key);
    let selector = IL1Migrator::DuplicateUnbondingLock::SELECTOR;
    assert_eq!(refused_with(&stage, &sign(locks(vec![4, 5, 4]))), selector);
    let selector = IL1Migrator::TooManyUnbondingLocks::SELECTOR;
    let all = sign(locks((0..101).collect()));
    assert_eq!(refused_with(&stage, &all), selector);

    let good = stage.signed(message(first, first.address, What::Delegator), &first.key);
    let (data, cost) = stage.call(&good);
    let to = Some(stage.system.l1.migrator);
    let sent = stage
        .l1
        .send("a message", to, data.into(), U256::from(cost - 1));
    let error = stage.runtime.block_on(sent).expect_err("a wei is missing");
    assert!(error.is_typed::<InsufficientValue>(), "{error}");
    let part = stage.part(first.stake, 0);
    let part = stage.signed(message(first, first.address, part), &first.key);
    let (data, cost) = stage.call(&part);
    for value in [cost - 1, cost + 1] {
        let sent = stage
            .l1
            .send("a part", to, data.clone().into(), U256::from(value));
        let error = stage.runtime.block_on(sent).expect_err("not its cost");
        assert!(error.is_typed::<IL1Migrator::WrongTicketValue>(), "{error}");
    }
}

#[test]
fn l2_refuses_messages_of_anybody_but_l1_migrators_alias() {
    let mut stage = Stage::any();
    let troupe = stage.troupe();
    let holder = &troupe.delegators[0];
    let call = IL2Migrator::finalizeMigrateDelegatorCall {
        params: IL2Migrator::MigrateDelegatorParams {
            l1Addr: holder.address,
            l2Addr: holder.address,
            stake: U256::from(holder.stake),
            delegatedStake: U256::ZERO,
            fees: U256::ZERO,
            delegate: holder.delegate,
        },
    };
    let to = stage.at(Contract::L2Migrator);
    let error = stage
        .send(&stage.l2, to, &call, 0)
        .expect_err("not from L1");
    assert!(
        error.to_string().contains("ONLY_COUNTERPART_GATEWAY"),
        "{error}"
    );
    // From L1, but by somebody else: the ticket waits for ever.
    let sent = stage.ticket_to(to, call.abi_encode());
    let why = stage.waits(sent.id);
    assert!(why.contains("ONLY_COUNTERPART_GATEWAY"), "{why}");
}

#[test]
fn l2_refuses_claims_that_are_not_in_the_snapshot_again_or_while_none_are_taken() {
    let mut stage = Stage::local();
    let troupe = stage.troupe();
    let [first, second, ..] = &troupe.delegators;
    let to = stage.at(Contract::L2Migrator);
    let own = stage.on_l2(&first.key);
    let refused = |call: &IL2Migrator::claimStakeCall, why: &str| {
        let error = stage.send(&own, to, call, 0).expect_err(why).to_string();
        assert!(error.contains(why), "expected {why}: {error}");
    };
    let good = stage.claim_call(first, Address::ZERO);
    let no = "CLAIM_STAKE:INVALID_PROOF";
    refused(
        &IL2Migrator::claimStakeCall {
            stake: good.stake + U256::ONE,
            ..good.clone()
        },
        no,
    );
    refused(
        &IL2Migrator::claimStakeCall {
            fees: U256::ZERO,
            ..good.clone()
        },
        no,
    );
    refused(&stage.claim_call(second, Address::ZERO), no);
    refused(
        &IL2Migrator::claimStakeCall {
            proof: vec![],
            ..good.clone()
        },
        no,
    );

    let (snapshot, id) = (
        stage.at(Contract::MerkleSnapshot),
        alloy::primitives::keccak256("LIP-73"),
    );
    let publish = |root| {
        let call = IMerkleSnapshot::setSnapshotCall { id, root };
        stage.govern(vec![(snapshot, call.abi_encode().into())]);
    };
    publish(id);
    refused(&good, no);
    publish(stage.cast.root());

    let enable = |enabled| {
        let call = IL2Migrator::setClaimStakeEnabledCall { enabled };
        stage.govern(vec![(to, call.abi_encode().into())]);
    };
    enable(false);
    refused(&good, "CLAIM_STAKE_DISABLED");
    enable(true);
    stage.send(&own, to, &good, 0).expect("the same claim");
    refused(&good, "ALREADY_MIGRATED");
}
