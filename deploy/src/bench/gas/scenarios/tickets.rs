//! Winning tickets, redeemed one by one and in batches.
//! Always holds: every ticket is of 1 ETH, surely wins, was made in the round it is, and is sent in by its recipient.

use alloy::{
    primitives::{B256, Bytes, U256, keccak256},
    signers::{SignerSync as _, local::PrivateKeySigner},
};
use confluence_abi::IRoundsManager::blockHashForRoundCall;
use confluence_abi::ITicketBroker::{
    Ticket, batchRedeemWinningTicketsCall, getTicketHashCall, redeemWinningTicketCall,
};

use super::ONCE;
use crate::{
    bench::gas::{
        GasError,
        population::eth,
        scenario::{Act, Group},
        stage::Stage,
    },
    plan::Contract::{RoundsManager, TicketBroker},
};

pub(super) const GROUPS: &[Group] = &[
    Group {
        pools: ONCE,
        prepare: |s| fund(s, eth(100)),
        acts: &[("redeem.deposit.firstEver", |s| redeem(s, 1))],
    },
    Group {
        pools: ONCE,
        prepare: |s| {
            redeemed_before(s)?;
            s.next_round()
        },
        acts: &[("redeem.deposit.firstOfRound.beforeReward", |s| redeem(s, 2))],
    },
    Group {
        pools: ONCE,
        prepare: |s| {
            redeemed_before(s)?;
            s.next_round()?;
            perform(s, 2)
        },
        acts: &[("redeem.deposit.secondOfRound.beforeReward", |s| {
            redeem(s, 3)
        })],
    },
    Group {
        pools: ONCE,
        prepare: |s| {
            redeemed_before(s)?;
            s.rewarded_round()
        },
        acts: &[
            ("redeem.deposit.firstOfRound.afterReward", |s| redeem(s, 2)),
            ("batchRedeem.1", |s| batch(s, 1)),
            ("batchRedeem.2", |s| batch(s, 2)),
            ("batchRedeem.5", |s| batch(s, 5)),
            ("batchRedeem.10", |s| batch(s, 10)),
        ],
    },
    Group {
        pools: ONCE,
        prepare: |s| {
            redeemed_before(s)?;
            s.rewarded_round()?;
            perform(s, 2)
        },
        acts: &[("redeem.deposit.secondOfRound.afterReward", |s| redeem(s, 3))],
    },
    Group {
        pools: ONCE,
        // one ETH goes for the ticket before, one is left
        prepare: |s| {
            fund(s, eth(2))?;
            perform(s, 1)?;
            s.rewarded_round()
        },
        acts: &[("redeem.deposit.exact", |s| redeem(s, 2))],
    },
    Group {
        pools: ONCE,
        prepare: |s| {
            earned_from_somebody_else(s)?;
            s.fund(broadcaster()?.address(), U256::ZERO, eth(100))
        },
        acts: &[("redeem.reserve.first", |s| redeem(s, 1))],
    },
    Group {
        pools: ONCE,
        prepare: |s| {
            earned_from_somebody_else(s)?;
            s.fund(broadcaster()?.address(), U256::ZERO, eth(100))?;
            perform(s, 1)
        },
        acts: &[("redeem.reserve.second", |s| redeem(s, 2))],
    },
    Group {
        pools: ONCE,
        prepare: |s| {
            earned_from_somebody_else(s)?;
            let two_fifths = eth(2) / U256::from(5);
            s.fund(broadcaster()?.address(), two_fifths, eth(100))
        },
        acts: &[("redeem.mixed", |s| redeem(s, 1))],
    },
];

/// The broadcaster has that deposit, and a reserve of 100 ETH.
fn fund(s: &Stage, deposit: U256) -> Result<(), GasError> {
    s.fund(broadcaster()?.address(), deposit, eth(100))
}

/// In B(N)'s round the orchestrator in the middle has redeemed a ticket.
fn redeemed_before(s: &Stage) -> Result<(), GasError> {
    fund(s, eth(100))?;
    perform(s, 1)
}

/// The same with a ticket of another broadcaster; now it is a round later, with all rewards called.
fn earned_from_somebody_else(s: &Stage) -> Result<(), GasError> {
    let other = signer("another broadcaster")?;
    s.fund(other.address(), eth(100), eth(100))?;
    s.perform(&redeem_of(s, &other, 1)?, "a ticket")?;
    s.rewarded_round()
}

fn broadcaster() -> Result<PrivateKeySigner, GasError> {
    signer("a broadcaster")
}

/// Somebody with a key, whose address has no zero byte.
fn signer(name: &str) -> Result<PrivateKeySigner, GasError> {
    let keys = (0u32..).map(|n| keccak256(format!("{name} {n}")));
    let mut signers = keys.map_while(|key| PrivateKeySigner::from_bytes(&key).ok());
    let fitting = signers.find(|it| !it.address().contains(&0));
    fitting.ok_or(GasError::Key)
}

fn perform(s: &Stage, nonce: u64) -> Result<(), GasError> {
    s.perform(&redeem(s, nonce)?, "a ticket before").map(drop)
}

fn redeem(s: &Stage, nonce: u64) -> Result<Act, GasError> {
    redeem_of(s, &broadcaster()?, nonce)
}

fn redeem_of(s: &Stage, signer: &PrivateKeySigner, nonce: u64) -> Result<Act, GasError> {
    let (ticket, sig, rand) = ticket(s, signer, nonce)?;
    let call = redeemWinningTicketCall {
        ticket,
        sig,
        recipientRand: rand,
    };
    s.act(s.o_mid(), TicketBroker, &call)
}

/// So many tickets at once.
fn batch(s: &Stage, count: u64) -> Result<Act, GasError> {
    let signer = broadcaster()?;
    let mut call = batchRedeemWinningTicketsCall {
        tickets: Vec::new(),
        sigs: Vec::new(),
        recipientRands: Vec::new(),
    };
    for nonce in 2..2 + count {
        let (ticket, sig, rand) = ticket(s, &signer, nonce)?;
        call.tickets.push(ticket);
        call.sigs.push(sig);
        call.recipientRands.push(rand);
    }
    s.act(s.o_mid(), TicketBroker, &call)
}

/// A ticket with its signature and the number that opens it.
fn ticket(
    s: &Stage,
    signer: &PrivateKeySigner,
    nonce: u64,
) -> Result<(Ticket, Bytes, U256), GasError> {
    let round = U256::from(s.round()?);
    let hash = s.read(RoundsManager, &blockHashForRoundCall { round })?;
    let rand = keccak256(format!("what opens ticket {nonce}"));
    let ticket = Ticket {
        recipient: s.o_mid(),
        sender: signer.address(),
        faceValue: eth(1),
        winProb: U256::MAX,
        senderNonce: U256::from(nonce),
        recipientRandHash: keccak256(rand),
        auxData: [B256::from(round), hash].concat().into(),
    };
    let asked = getTicketHashCall {
        ticket: ticket.clone(),
    };
    let digest = s.read(TicketBroker, &asked)?;
    let signature = signer
        .sign_message_sync(digest.as_slice())
        .map_err(|_| GasError::Key)?;
    Ok((ticket, signature.as_bytes().to_vec().into(), rand.into()))
}
