//! What it takes to redeem a ticket, in the order of the checks, and what follows.
#![allow(missing_docs)]

mod stage;

use alloy_primitives::{Address, B256, U256, address, b256, hex, keccak256, uint};
use confluence_abi::ITicketBroker::*;
use confluence_kit::sim::{Revert, World};
use stage::{Draft, Stage, draw, hash, says};

/// The order of secp256k1's group.
const ORDER: U256 = uint!(0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141_U256);

#[test]
fn hash_signature_and_draw_are_those_of_the_originals_vector() {
    let s = Stage::new();
    let signer = s.signer(0x11, 0);
    assert_eq!(
        signer.address,
        address!("19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A")
    );
    let draft = Draft {
        recipient: Address::with_last_byte(0xaa),
        sender: signer.address,
        face_value: U256::from(1000),
        win_prob: U256::MAX,
        nonce: 1,
        rand: U256::from(123_456_789),
        round: 5,
        block_hash: B256::repeat_byte(0xab),
    };
    let ticket = draft.ticket();
    assert_eq!(
        ticket.recipientRandHash,
        b256!("f395757e0d74803aae4e8adb875451d99622e911b61c64e044e0bd16a16f18cd")
    );
    let expected = b256!("50a698dc7ccaabddc14045a433986d249a465eeff10127759d229036656a88b9");
    assert_eq!(
        s.world.read(
            s.broker,
            &getTicketHashCall {
                ticket: ticket.clone()
            }
        ),
        expected
    );
    let sig = signer.sign(&ticket);
    assert_eq!(
        sig,
        hex!(
            "e129b0312310fb606fb8f3a71943e779f11537a27010fbc12251802d294b1f973b0673407bdad3e53ab5082d620f1583207ec6f19292e55da49ef22f9a57090b1b"
        )
    );
    assert_eq!(
        draw(&sig, draft.rand),
        uint!(0xecbce91e43207b9abb02b967a562d0a125a93ea2672c17b2f3470e4e82524322_U256)
    );
}

#[test]
fn a_hash_is_told_for_auxiliary_data_of_any_length() {
    let s = Stage::new();
    let mut ticket = s.draft(&s.signer(1, 0), Address::ZERO, 5).ticket();
    for length in [0, 1, 31, 32, 33, 64, 65, 2000] {
        ticket.auxData = vec![7; length].into();
        let told = s.world.read(
            s.broker,
            &getTicketHashCall {
                ticket: ticket.clone(),
            },
        );
        assert_eq!(told, hash(&ticket), "{length} bytes");
    }
}

#[test]
fn a_ticket_is_paid_from_the_deposit() {
    let s = Stage::new();
    let (signer, to) = (s.signer(1, 2000), s.orchestrator());
    s.fund(signer.address, signer.address, 1500, 500).unwrap();
    let draft = s.draft(&signer, to, 1000);
    let done = s.redeem(&draft, &signer);
    assert_eq!(done.logs.len(), 2);
    let transfer: WinningTicketTransfer = done.logs[0].decode().unwrap();
    assert_eq!(transfer.sender, signer.address);
    assert_eq!(transfer.recipient, to);
    assert_eq!(transfer.amount, U256::from(1000));
    let redeemed: WinningTicketRedeemed = done.logs[1].decode().unwrap();
    let ticket = draft.ticket();
    assert_eq!(redeemed.sender, signer.address);
    assert_eq!(redeemed.recipient, to);
    assert_eq!(redeemed.faceValue, ticket.faceValue);
    assert_eq!(redeemed.winProb, ticket.winProb);
    assert_eq!(redeemed.senderNonce, ticket.senderNonce);
    assert_eq!(redeemed.recipientRand, draft.rand);
    assert_eq!(redeemed.auxData, ticket.auxData);
    done.unwrap();
    assert_eq!(s.sender(signer.address), [500, 0, 500, 0]);
    assert_eq!(
        s.peers.borrow().fees,
        [(to, U256::from(1000), U256::from(7))]
    );
    assert!(s.world.read(
        s.broker,
        &usedTicketsCall {
            ticketHash: hash(&ticket)
        }
    ));
    // No ether moves: it becomes fees where it is.
    assert_eq!(s.world.balance(s.minter), U256::from(2000));
}

/// Every check, in order: each ticket violates it and all that come after.
#[test]
fn checks_come_in_the_originals_order() {
    let s = Stage::new();
    let (signer, other) = (s.signer(1, 5000), s.signer(2, 0));
    s.fund(signer.address, signer.address, 1, 0).unwrap();
    s.world
        .send(signer.address, s.broker, &unlockCall {})
        .unwrap();
    s.pass_rounds(2);
    s.world
        .send(signer.address, s.broker, &withdrawCall {})
        .unwrap();
    let redeem = |call: &redeemWinningTicketCall| {
        s.world
            .send(Address::with_last_byte(0xee), s.broker, call)
            .reverted()
    };
    let rand = U256::from(99);
    let mut ticket = Ticket {
        recipient: Address::ZERO,
        sender: Address::ZERO,
        faceValue: U256::from(1000),
        winProb: U256::ZERO,
        senderNonce: U256::ZERO,
        recipientRandHash: B256::ZERO,
        auxData: vec![0; 63].into(),
    };
    let call = |ticket: &Ticket, sig: Vec<u8>| redeemWinningTicketCall {
        ticket: ticket.clone(),
        sig: sig.into(),
        recipientRand: rand,
    };

    s.peers.borrow_mut().paused = true;
    s.peers.borrow_mut().initialized = false;
    assert_eq!(redeem(&call(&ticket, vec![])), says("system is paused"));
    s.peers.borrow_mut().paused = false;
    assert_eq!(
        redeem(&call(&ticket, vec![])),
        says("current round is not initialized")
    );
    s.peers.borrow_mut().initialized = true;
    assert_eq!(
        redeem(&call(&ticket, vec![])),
        says("ticket recipient is null address")
    );
    ticket.recipient = s.world.address();
    assert_eq!(
        redeem(&call(&ticket, vec![])),
        says("ticket sender is null address")
    );
    ticket.sender = signer.address;
    let length = says("invalid length for ticket auxData: must be 64 bytes");
    assert_eq!(redeem(&call(&ticket, vec![])), length);
    ticket.auxData = vec![0; 65].into();
    assert_eq!(redeem(&call(&ticket, vec![])), length);
    ticket.auxData = [B256::repeat_byte(0xff), B256::ZERO].concat().into();
    let no_hash = says("ticket creationRound does not have a block hash");
    assert_eq!(redeem(&call(&ticket, vec![])), no_hash);
    ticket.auxData = [B256::with_last_byte(4), B256::ZERO].concat().into();
    assert_eq!(redeem(&call(&ticket, vec![])), no_hash);
    ticket.auxData = [B256::with_last_byte(7), B256::ZERO].concat().into();
    assert_eq!(
        redeem(&call(&ticket, vec![])),
        says("ticket creationRoundBlockHash invalid for creationRound")
    );
    ticket.auxData = [B256::with_last_byte(7), stage::hash_of_round(7)]
        .concat()
        .into();
    assert_eq!(redeem(&call(&ticket, vec![])), says("ticket is expired"));
    ticket.auxData = [B256::with_last_byte(8), stage::hash_of_round(8)]
        .concat()
        .into();
    assert_eq!(
        redeem(&call(&ticket, vec![])),
        says("recipientRand does not match recipientRandHash")
    );
    ticket.recipientRandHash = keccak256(rand.to_be_bytes::<32>());
    for length in [0, 64, 66] {
        assert_eq!(
            redeem(&call(&ticket, vec![0; length])),
            says("INVALID_SIGNATURE_LENGTH")
        );
    }
    let sig = signer.sign(&ticket);
    let mut high = sig.clone();
    high[32..64].copy_from_slice(&(ORDER - U256::from_be_slice(&sig[32..64])).to_be_bytes::<32>());
    high[64] = 55 - high[64];
    assert_eq!(
        redeem(&call(&ticket, high)),
        says("ECDSA: invalid signature 's' value")
    );
    for v in [0, 1, 26, 29, 255] {
        let mut wrong = sig.clone();
        wrong[64] = v;
        assert_eq!(
            redeem(&call(&ticket, wrong)),
            says("ECDSA: invalid signature 'v' value")
        );
    }
    let mut nobody = sig.clone();
    nobody[..32].copy_from_slice(&[0; 32]);
    assert_eq!(
        redeem(&call(&ticket, nobody)),
        says("ECDSA: invalid signature")
    );
    assert_eq!(
        redeem(&call(&ticket, other.sign(&ticket))),
        says("invalid signature over ticket hash")
    );
    assert_eq!(redeem(&call(&ticket, sig)), says("ticket did not win"));
    ticket.winProb = U256::MAX;
    let sig = signer.sign(&ticket);
    assert_eq!(
        redeem(&call(&ticket, sig.clone())),
        says("sender is unlocked")
    );
    s.world
        .send(signer.address, s.broker, &cancelUnlockCall {})
        .unwrap();
    assert_eq!(
        redeem(&call(&ticket, sig.clone())),
        says("sender deposit and reserve are zero")
    );
    s.fund(signer.address, signer.address, 1000, 0).unwrap();
    assert_eq!(
        redeem(&call(&ticket, sig.clone())),
        says("ticket recipient is not active")
    );
    s.peers.borrow_mut().active.insert(ticket.recipient);
    s.peers.borrow_mut().refuses_fees = Some("transcoder must be registered");
    assert_eq!(
        redeem(&call(&ticket, sig.clone())),
        says("transcoder must be registered")
    );
    s.peers.borrow_mut().refuses_fees = None;
    s.world
        .send(Address::ZERO, s.broker, &call(&ticket, sig.clone()))
        .unwrap();
    assert_eq!(redeem(&call(&ticket, sig)), says("ticket is used"));
}

#[test]
fn a_ticket_is_redeemed_once_whatever_happens_meanwhile() {
    let s = Stage::new();
    let (signer, to) = (s.signer(1, 10_000), s.orchestrator());
    s.fund(signer.address, signer.address, 5000, 0).unwrap();
    let draft = s.draft(&signer, to, 1000);
    s.redeem(&draft, &signer).unwrap();
    assert_eq!(s.redeem(&draft, &signer).reverted(), says("ticket is used"));
    s.fund(signer.address, signer.address, 1000, 0).unwrap();
    assert_eq!(s.redeem(&draft, &signer).reverted(), says("ticket is used"));
    s.pass_rounds(1);
    assert_eq!(s.redeem(&draft, &signer).reverted(), says("ticket is used"));
    s.pass_rounds(1);
    assert_eq!(
        s.redeem(&draft, &signer).reverted(),
        says("ticket is expired")
    );
    assert_eq!(s.sender(signer.address)[0], 5000);
}

#[test]
fn a_ticket_signed_for_another_round_is_another_ticket() {
    let s = Stage::new();
    let (signer, to) = (s.signer(1, 10_000), s.orchestrator());
    s.fund(signer.address, signer.address, 5000, 0).unwrap();
    let mut draft = s.draft(&signer, to, 1000);
    let sig = signer.sign(&draft.ticket());
    s.redeem_signed(&draft, sig.clone()).unwrap();
    s.pass_rounds(1);
    // The same signature over the next round's data is nobody's or somebody else's.
    draft.round = 8;
    draft.block_hash = stage::hash_of_round(8);
    assert_eq!(
        s.redeem_signed(&draft, sig).reverted(),
        says("invalid signature over ticket hash")
    );
    s.redeem(&draft, &signer).unwrap();
}

#[test]
fn a_ticket_is_good_for_as_many_rounds_as_the_owner_says() {
    for (validity, passed, is_good) in [
        (1, 0, true),
        (1, 1, false),
        (2, 1, true),
        (2, 2, false),
        (3, 2, true),
    ] {
        let s = Stage::new();
        s.set_validity(U256::from(validity)).unwrap();
        let (signer, to) = (s.signer(1, 100), s.orchestrator());
        s.fund(signer.address, signer.address, 100, 0).unwrap();
        let draft = s.draft(&signer, to, 10);
        s.pass_rounds(passed);
        let done = s.redeem(&draft, &signer);
        if is_good {
            done.unwrap();
        } else {
            assert_eq!(done.reverted(), says("ticket is expired"));
        }
    }
}

#[test]
fn a_ticket_wins_if_its_draw_is_below_its_probability() {
    let s = Stage::new();
    let (signer, to) = (s.signer(1, 1000), s.orchestrator());
    s.fund(signer.address, signer.address, 1000, 0).unwrap();
    let mut won = 0;
    for nonce in 0..32 {
        let mut draft = s.draft(&signer, to, 1);
        draft.nonce = nonce;
        draft.win_prob = U256::MAX >> 1;
        let sig = signer.sign(&draft.ticket());
        let done = s.redeem_signed(&draft, sig.clone());
        if draw(&sig, draft.rand) < draft.win_prob {
            done.unwrap();
            won += 1;
        } else {
            assert_eq!(done.reverted(), says("ticket did not win"));
        }
    }
    assert!((4..29).contains(&won), "{won} of 32 at one half");
    let mut never = s.draft(&signer, to, 1);
    never.win_prob = U256::ZERO;
    assert_eq!(
        s.redeem(&never, &signer).reverted(),
        says("ticket did not win")
    );
}

#[test]
fn a_ticket_can_be_redeemed_until_the_sender_can_withdraw() {
    let s = Stage::new();
    s.set_validity(U256::from(9)).unwrap();
    let (signer, to) = (s.signer(1, 1000), s.orchestrator());
    s.fund(signer.address, signer.address, 1000, 0).unwrap();
    s.world
        .send(signer.address, s.broker, &unlockCall {})
        .unwrap();
    let mut draft = s.draft(&signer, to, 1);
    s.redeem(&draft, &signer).unwrap();
    s.pass_rounds(1);
    draft.nonce = 2;
    s.redeem(&draft, &signer).unwrap();
    s.pass_rounds(1);
    draft.nonce = 3;
    assert_eq!(
        s.redeem(&draft, &signer).reverted(),
        says("sender is unlocked")
    );
}

#[test]
fn a_ticket_for_nothing_is_used_up_and_pays_nothing() {
    let s = Stage::new();
    let (signer, to) = (s.signer(1, 1000), s.orchestrator());
    s.fund(signer.address, signer.address, 1000, 0).unwrap();
    let draft = s.draft(&signer, to, 0);
    let done = s.redeem(&draft, &signer);
    assert_eq!(done.logs.len(), 1);
    assert_eq!(
        done.events::<WinningTicketRedeemed>()[0].faceValue,
        U256::ZERO
    );
    assert!(s.peers.borrow().fees.is_empty());
    assert_eq!(s.redeem(&draft, &signer).reverted(), says("ticket is used"));
}

#[test]
fn a_face_value_beyond_all_ether_takes_what_there_is() {
    for face_value in [U256::from(u128::MAX), U256::from(1) << 128, U256::MAX] {
        let s = Stage::new();
        let (signer, to) = (s.signer(1, 1000), s.orchestrator());
        s.fund(signer.address, signer.address, 300, 700).unwrap();
        let mut draft = s.draft(&signer, to, 0);
        draft.face_value = face_value;
        let done = s.redeem(&draft, &signer);
        assert_eq!(
            done.events::<WinningTicketRedeemed>()[0].faceValue,
            face_value
        );
        assert_eq!(s.peers.borrow().fees[0].1, U256::from(1000));
        assert_eq!(s.sender(signer.address), [0, 0, 0, 700]);
    }
}

#[test]
fn the_exact_deposit_pays_without_the_reserve() {
    let s = Stage::new();
    let (signer, to) = (s.signer(1, 1000), s.orchestrator());
    s.fund(signer.address, signer.address, 300, 700).unwrap();
    let done = s.redeem(&s.draft(&signer, to, 300), &signer);
    assert!(done.events::<ReserveClaimed>().is_empty());
    assert_eq!(s.sender(signer.address), [0, 0, 700, 0]);
}

#[test]
fn a_sender_that_withdraws_in_front_of_a_ticket_cannot_avoid_it() {
    let s = Stage::new();
    let (signer, to) = (s.signer(1, 1000), s.orchestrator());
    s.fund(signer.address, signer.address, 500, 0).unwrap();
    let draft = s.draft(&signer, to, 500);
    // It sees the redemption coming and puts its own calls in front.
    s.world
        .send(signer.address, s.broker, &unlockCall {})
        .unwrap();
    let early = s.world.send(signer.address, s.broker, &withdrawCall {});
    assert_eq!(early.reverted(), says("account is locked"));
    s.redeem(&draft, &signer).unwrap();
    assert_eq!(s.peers.borrow().fees[0].1, U256::from(500));
}

#[test]
fn a_sender_that_pays_itself_in_front_of_a_ticket_draws_no_more_than_one_part() {
    // The sender is an orchestrator too and empties its deposit into its own pocket; the reserve still pays the other's part.
    let s = Stage::new();
    let (signer, honest) = (s.signer(1, 2000), s.orchestrator());
    s.peers.borrow_mut().active.insert(signer.address);
    s.fund(signer.address, signer.address, 500, 1000).unwrap();
    let draft = s.draft(&signer, honest, 500);
    let own = s.draft(&signer, signer.address, 1_000_000);
    s.redeem(&own, &signer).unwrap();
    assert_eq!(s.sender(signer.address), [0, 0, 500, 500]);
    s.redeem(&draft, &signer).unwrap();
    assert_eq!(
        s.peers.borrow().fees[1],
        (honest, U256::from(500), U256::from(7))
    );
}

#[test]
fn whoever_redeems_first_the_recipient_is_paid() {
    let s = Stage::new();
    let (signer, to) = (s.signer(1, 1000), s.orchestrator());
    s.fund(signer.address, signer.address, 500, 0).unwrap();
    let draft = s.draft(&signer, to, 100);
    let sig = signer.sign(&draft.ticket());
    let thief = s.world.account(0);
    s.world
        .send(thief, s.broker, &draft.call(sig.clone()))
        .unwrap();
    assert_eq!(s.peers.borrow().fees[0].0, to);
    assert_eq!(
        s.world.send(to, s.broker, &draft.call(sig)).reverted(),
        says("ticket is used")
    );
}

#[test]
fn only_an_active_orchestrator_is_paid() {
    let s = Stage::new();
    let (signer, idle) = (s.signer(1, 1000), s.world.account(0));
    s.orchestrator();
    s.fund(signer.address, signer.address, 500, 500).unwrap();
    let draft = s.draft(&signer, idle, 100);
    assert_eq!(
        s.redeem(&draft, &signer).reverted(),
        says("ticket recipient is not active")
    );
    // It is not used up: once the recipient is active it counts, while it is valid.
    s.pass_rounds(1);
    s.peers.borrow_mut().active.insert(idle);
    s.redeem(&draft, &signer).unwrap();
}

#[test]
fn by_the_originals_rules_a_deposit_pays_anybody_who_is_registered() {
    let s = Stage::new();
    s.set_original_rules(true);
    assert!(s.world.read(s.broker, &originalRulesCall {}));
    let (signer, idle) = (s.signer(1, 1000), s.world.account(0));
    s.orchestrator();
    s.fund(signer.address, signer.address, 500, 500).unwrap();
    s.redeem(&s.draft(&signer, idle, 100), &signer).unwrap();
    // From the reserve it gets nothing, and the ticket is used up all the same.
    let mut draft = s.draft(&signer, idle, 1000);
    draft.nonce = 2;
    s.redeem(&draft, &signer).unwrap();
    assert_eq!(s.peers.borrow().fees[1].1, U256::from(400));
    draft.nonce = 3;
    let nothing = s.redeem(&draft, &signer);
    assert!(nothing.events::<WinningTicketTransfer>().is_empty());
    nothing.unwrap();
    assert_eq!(s.sender(signer.address), [0, 0, 500, 0]);
    s.set_original_rules(false);
    draft.nonce = 4;
    assert_eq!(
        s.redeem(&draft, &signer).reverted(),
        says("ticket recipient is not active")
    );
}

#[test]
fn redeeming_from_inside_another_call_is_refused() {
    let s = Stage::new();
    let broker = s.broker;
    let (signer, to) = (s.signer(1, 1000), s.orchestrator());
    s.fund(signer.address, signer.address, 500, 0).unwrap();
    let draft = s.draft(&signer, to, 100);
    let redeem = alloy_sol_types::SolCall::abi_encode(&draft.call(signer.sign(&draft.ticket())));
    // A sender that redeems a ticket while it is paid out.
    let sly = s.world.play(move |call| match call.data {
        [] => {
            let inner = World::nested(call.address, broker, U256::ZERO, redeem.clone());
            assert_eq!(inner, Err(Revert::empty()));
            Ok(vec![])
        }
        _ => World::nested(call.address, broker, U256::ZERO, call.data.to_vec()).map_err(|r| r.0),
    });
    let who = s.world.account(10);
    s.fund(who, sly, 10, 0).unwrap();
    let encode = |call: &dyn Fn() -> Vec<u8>| s.world.transact(who, sly, U256::ZERO, call());
    encode(&|| alloy_sol_types::SolCall::abi_encode(&unlockCall {})).unwrap();
    s.pass_rounds(2);
    encode(&|| alloy_sol_types::SolCall::abi_encode(&withdrawCall {})).unwrap();
    assert_eq!(s.world.balance(sly), U256::from(10));
}

#[test]
fn a_ticket_costs_one_new_slot() {
    let s = Stage::new();
    let (signer, to) = (s.signer(1, 10_000), s.orchestrator());
    s.fund(signer.address, signer.address, 500, 5000).unwrap();
    let mut draft = s.draft(&signer, to, 100);
    let slots = s.redeem(&draft, &signer).slots_of(s.broker);
    assert_eq!((slots.set, slots.rewritten, slots.cleared), (1, 1, 0));
    // Controller, terms, two peers, sender, ticket.
    assert_eq!(slots.loaded, 6);
    // The first draw on a reserve takes two slots more, all later ones none.
    draft.face_value = U256::from(600);
    draft.nonce = 2;
    let slots = s.redeem(&draft, &signer).slots_of(s.broker);
    assert_eq!((slots.set, slots.rewritten), (3, 1));
    s.pass_rounds(1);
    let mut draft = s.draft(&signer, to, 600);
    draft.nonce = 3;
    let slots = s.redeem(&draft, &signer).slots_of(s.broker);
    assert_eq!((slots.set, slots.rewritten), (1, 3));
}
