//! TicketBroker's strings: funding, and every check of a ticket.

use super::Case;
use super::stage::Stage;
use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolCall;
use confluence_abi::ITicketBroker::*;
use confluence_kit::sim::Revert;
use confluence_tests::native::ONE;

const TB: &str = "ticket-broker";

/// How the ticket fails that is changed so before it is signed.
fn changed(s: &Stage, change: fn(&mut Ticket)) -> Revert {
    let (mut ticket, rand) = s.ticket(1);
    change(&mut ticket);
    let sig = s.signed(&ticket);
    s.redeem(ticket, sig, rand).expect_err("refused")
}

/// How a good ticket fails whose signature is changed so.
fn forged(s: &Stage, change: fn(&mut Vec<u8>)) -> Revert {
    let (ticket, rand) = s.ticket(1);
    let mut sig = s.signed(&ticket);
    change(&mut sig);
    s.redeem(ticket, sig, rand).expect_err("refused")
}

fn of_round(ticket: &mut Ticket, round: u64, hash: B256) {
    ticket.auxData = [B256::from(U256::from(round)), hash].concat().into();
}

fn by_sender<C: SolCall>(s: &Stage, call: &C) -> Revert {
    s.refused(s.key.address(), s.l2.broker, call)
}

pub(crate) const CASES: &[Case] = &[
    (TB, "current round is not initialized", |s| {
        s.l2.skip_round();
        changed(s, |_| ())
    }),
    (TB, "ticket recipient is null address", |s| {
        changed(s, |it| it.recipient = Address::ZERO)
    }),
    (TB, "ticket sender is null address", |s| {
        changed(s, |it| it.sender = Address::ZERO)
    }),
    (
        TB,
        "invalid length for ticket auxData: must be 64 bytes",
        |s| changed(s, |it| it.auxData = vec![1; 63].into()),
    ),
    (TB, "ticket creationRound does not have a block hash", |s| {
        changed(s, |it| of_round(it, 1, B256::repeat_byte(1)))
    }),
    (
        TB,
        "ticket creationRoundBlockHash invalid for creationRound",
        |s| {
            let wrong = |it: &mut Ticket| {
                let round = B256::from_slice(&it.auxData[..32]);
                it.auxData = [round, B256::repeat_byte(1)].concat().into();
            };
            changed(s, wrong)
        },
    ),
    (TB, "ticket is expired", |s| {
        let (ticket, rand) = s.ticket(1);
        s.l2.next_round();
        s.l2.next_round();
        let sig = s.signed(&ticket);
        s.redeem(ticket, sig, rand).expect_err("refused")
    }),
    (TB, "recipientRand does not match recipientRandHash", |s| {
        changed(s, |it| it.recipientRandHash = B256::ZERO)
    }),
    (TB, "ticket is used", |s| {
        let (ticket, rand) = s.ticket(1);
        let sig = s.signed(&ticket);
        s.redeem(ticket.clone(), sig.clone(), rand).expect("paid");
        s.redeem(ticket, sig, rand).expect_err("refused")
    }),
    (TB, "INVALID_SIGNATURE_LENGTH", |s| {
        forged(s, |sig| sig.truncate(64))
    }),
    (TB, "ECDSA: invalid signature 's' value", |s| {
        forged(s, |sig| sig[32..64].fill(0xff))
    }),
    (TB, "ECDSA: invalid signature 'v' value", |s| {
        forged(s, |sig| sig[64] = 29)
    }),
    (TB, "ECDSA: invalid signature", |s| {
        forged(s, |sig| sig[..32].fill(0))
    }),
    (TB, "invalid signature over ticket hash", |s| {
        let (mut ticket, rand) = s.ticket(1);
        let sig = s.signed(&ticket);
        ticket.faceValue = U256::from(ONE);
        s.redeem(ticket, sig, rand).expect_err("refused")
    }),
    (TB, "ticket did not win", |s| {
        changed(s, |it| it.winProb = U256::ZERO)
    }),
    (TB, "sender is unlocked", |s| {
        s.must(s.key.address(), s.l2.broker, &unlockCall {});
        s.l2.next_round();
        s.l2.next_round();
        changed(s, |_| ())
    }),
    (TB, "ticket recipient is not active", |s| {
        // it waits for the next round
        s.bond(s.a, 10, s.a);
        let (mut ticket, rand) = s.ticket(1);
        ticket.recipient = s.a;
        let sig = s.signed(&ticket);
        s.redeem(ticket, sig, rand).expect_err("refused")
    }),
    (TB, "sender deposit and reserve are zero", |s| {
        s.refused(s.a, s.l2.broker, &unlockCall {})
    }),
    (TB, "unlock already initiated", |s| {
        s.must(s.key.address(), s.l2.broker, &unlockCall {});
        by_sender(s, &unlockCall {})
    }),
    (TB, "no unlock request in progress", |s| {
        by_sender(s, &cancelUnlockCall {})
    }),
    (TB, "account is locked", |s| {
        s.must(s.key.address(), s.l2.broker, &unlockCall {});
        by_sender(s, &withdrawCall {})
    }),
    (
        TB,
        "msg.value does not equal sum of deposit amount and reserve amount",
        |s| {
            let call = fundDepositAndReserveCall {
                depositAmount: U256::from(1),
                reserveAmount: U256::from(1),
            };
            by_sender(s, &call)
        },
    ),
    (TB, "ticketValidityPeriod must be greater than 0", |s| {
        let call = setTicketValidityPeriodCall {
            ticketValidityPeriod_: U256::ZERO,
        };
        s.refused(s.l2.owner, s.l2.broker, &call)
    }),
];
