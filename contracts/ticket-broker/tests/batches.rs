//! Several tickets at once: the good ones count, whatever stands between them.
#![allow(missing_docs)]

mod stage;

use alloy_primitives::{Address, U256};
use confluence_abi::ITicketBroker::*;
use confluence_kit::sim::Revert;
use stage::{Draft, Signer, Stage, batch, says};

fn scene() -> (Stage, Signer, Address) {
    let s = Stage::new();
    let (signer, to) = (s.signer(1, 1_000_000), s.orchestrator());
    s.fund(signer.address, signer.address, 10_000, 10_000)
        .unwrap();
    (s, signer, to)
}

fn signed<'a>(signer: &Signer, drafts: &'a [Draft]) -> Vec<(&'a Draft, Vec<u8>)> {
    drafts
        .iter()
        .map(|draft| (draft, signer.sign(&draft.ticket())))
        .collect()
}

fn drafts(s: &Stage, signer: &Signer, to: Address, n: u64) -> Vec<Draft> {
    (0..n)
        .map(|nonce| Draft {
            nonce,
            ..s.draft(signer, to, 100 + nonce as u128)
        })
        .collect()
}

#[test]
fn all_good_tickets_are_redeemed_in_order() {
    let (s, signer, to) = scene();
    let drafts = drafts(&s, &signer, to, 10);
    let done = s
        .world
        .send(to, s.broker, &batch(&signed(&signer, &drafts)));
    let redeemed = done.events::<WinningTicketRedeemed>();
    assert_eq!(done.logs.len(), 20);
    for (i, event) in redeemed.iter().enumerate() {
        assert_eq!(event.senderNonce, U256::from(i));
    }
    done.unwrap();
    assert_eq!(s.sender(signer.address)[0], 10_000 - 1045);
    assert_eq!(s.peers.borrow().fees.len(), 10);
}

#[test]
fn bad_tickets_in_between_change_nothing_and_stop_nothing() {
    let (s, signer, to) = scene();
    let stranger = s.signer(2, 0);
    let mut drafts = drafts(&s, &signer, to, 7);
    drafts[1].recipient = Address::ZERO;
    drafts[2].win_prob = U256::ZERO;
    drafts[4].round = 3;
    // Used up in front of the batch.
    s.redeem(&drafts[5], &signer).unwrap();
    let mut tickets = signed(&signer, &drafts);
    tickets[6].1 = stranger.sign(&drafts[6].ticket());
    // The same ticket twice in one batch.
    tickets.push((&drafts[0], tickets[0].1.clone()));
    let done = s.world.send(to, s.broker, &batch(&tickets));
    let nonces: Vec<_> = done
        .events::<WinningTicketRedeemed>()
        .iter()
        .map(|event| event.senderNonce.to::<u64>())
        .collect();
    assert_eq!(nonces, [0, 3]);
    assert_eq!(done.logs.len(), 4, "what failed logs nothing");
    assert_eq!(s.sender(signer.address)[0], 10_000 - 105 - 100 - 103);
}

#[test]
fn a_ticket_that_bondingmanager_refuses_can_be_redeemed_later() {
    let (s, signer, to) = scene();
    let drafts = drafts(&s, &signer, to, 2);
    s.peers.borrow_mut().refuses_fees = Some("transcoder must be registered");
    let call = batch(&signed(&signer, &drafts));
    let done = s.world.send(to, s.broker, &call);
    assert!(done.logs.is_empty());
    done.unwrap();
    assert_eq!(s.sender(signer.address), [10_000, 0, 10_000, 0]);
    s.peers.borrow_mut().refuses_fees = None;
    assert_eq!(s.world.send(to, s.broker, &call).logs().len(), 4);
}

#[test]
fn tickets_of_one_batch_draw_on_one_deposit_and_reserve() {
    let (s, signer, to) = scene();
    let drafts: Vec<_> = (0..4)
        .map(|nonce| Draft {
            nonce,
            ..s.draft(&signer, to, 9000)
        })
        .collect();
    let done = s
        .world
        .send(to, s.broker, &batch(&signed(&signer, &drafts)));
    let paid: Vec<u64> = done
        .events::<WinningTicketTransfer>()
        .iter()
        .map(|event| event.amount.to())
        .collect();
    // 9,000 of the deposit, then its last 1,000 and 8,000 of the reserve, then the rest; the fourth finds nothing and fails.
    assert_eq!(paid, [9000, 9000, 2000]);
    assert_eq!(done.events::<WinningTicketRedeemed>().len(), 3);
    assert_eq!(s.sender(signer.address), [0, 0, 0, 10_000]);
}

#[test]
fn an_empty_batch_does_nothing() {
    let (s, _, to) = scene();
    assert!(s.world.send(to, s.broker, &batch(&[])).logs().is_empty());
}

#[test]
fn a_batch_needs_the_round() {
    let (s, _, to) = scene();
    s.peers.borrow_mut().initialized = false;
    let done = s.world.send(to, s.broker, &batch(&[]));
    assert_eq!(done.reverted(), says("current round is not initialized"));
    s.peers.borrow_mut().paused = true;
    let done = s.world.send(to, s.broker, &batch(&[]));
    assert_eq!(done.reverted(), says("system is paused"));
}

#[test]
fn fewer_signatures_or_numbers_than_tickets_undo_the_batch() {
    let (s, signer, to) = scene();
    let drafts = drafts(&s, &signer, to, 2);
    let call = batch(&signed(&signer, &drafts));
    let mut short = call.clone();
    short.sigs.pop();
    assert_eq!(
        s.world.send(to, s.broker, &short).reverted(),
        Revert::panic(0x32)
    );
    let mut short = call.clone();
    short.recipientRands.pop();
    assert_eq!(
        s.world.send(to, s.broker, &short).reverted(),
        Revert::panic(0x32)
    );
    assert_eq!(s.sender(signer.address)[0], 10_000);
    let mut long = call;
    long.sigs.push(vec![1].into());
    long.recipientRands.push(U256::ZERO);
    assert_eq!(s.world.send(to, s.broker, &long).logs().len(), 4);
}

#[test]
fn only_the_batch_itself_redeems_without_looking_at_the_round() {
    let (s, signer, to) = scene();
    let draft = &drafts(&s, &signer, to, 1)[0];
    let call = redeemInBatchCall {
        ticket: draft.ticket(),
        sig: signer.sign(&draft.ticket()).into(),
        recipientRand: draft.rand,
        round: U256::from(7),
    };
    for who in [to, signer.address, s.owner] {
        let done = s.world.send(who, s.broker, &call);
        assert_eq!(done.reverted(), Revert::empty());
    }
    // from the broker it is what the batch does
    assert_eq!(s.world.send(s.broker, s.broker, &call).logs().len(), 2);
}

#[test]
fn a_batch_inside_a_batch_is_refused() {
    let (s, signer, to) = scene();
    let broker = s.broker;
    let drafts = drafts(&s, &signer, to, 1);
    let call = alloy_sol_types::SolCall::abi_encode(&batch(&signed(&signer, &drafts)));
    // While it is paid, a contract calls the batch: the broker is running, so nothing happens.
    let sly = s.world.play(move |frame| match frame.data {
        [] => {
            use confluence_kit::sim::World;
            let inner = World::nested(frame.address, broker, U256::ZERO, call.clone());
            assert_eq!(inner, Err(Revert::empty()));
            Ok(vec![])
        }
        data => {
            confluence_kit::sim::World::nested(frame.address, broker, U256::ZERO, data.to_vec())
                .map_err(|revert| revert.0)
        }
    });
    let who = s.world.account(10);
    s.fund(who, sly, 5, 0).unwrap();
    let send = |data: Vec<u8>| s.world.transact(who, sly, U256::ZERO, data).unwrap();
    send(alloy_sol_types::SolCall::abi_encode(&unlockCall {}));
    s.pass_rounds(2);
    send(alloy_sol_types::SolCall::abi_encode(&withdrawCall {}));
    assert_eq!(s.world.balance(sly), U256::from(5));
}
