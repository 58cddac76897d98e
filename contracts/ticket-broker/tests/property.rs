//! Random senders, tickets, rounds and orchestrators against the model: the same answers, events and balances after every step,
//! and nothing is ever lost.
#![allow(missing_docs)]

mod model;
mod stage;

use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolEvent;
use confluence_abi::ITicketBroker::*;
use confluence_kit::sim::{Receipt, Revert};
use model::{Broker, Event, Fail, N, Res, Ticket as Drawn};
use proptest::prelude::*;
use stage::{Draft, Signer, Stage, batch, draw, hash, hash_of_round, says};

#[derive(Clone, Debug)]
struct Redeem {
    sender: usize,
    recipient: usize,
    face_value: u128,
    nonce: u64,
    /// Rounds ago.
    age: u32,
    /// 0 never wins, 1 half the time, 2 always.
    odds: u8,
    forged: bool,
}

#[derive(Clone, Debug)]
enum Step {
    FundDeposit(usize, u128),
    FundReserve(usize, u128),
    Fund(usize, usize, u128, u128),
    Unlock(usize),
    Cancel(usize),
    Withdraw(usize),
    Redeem(Redeem),
    Batch(Vec<Redeem>),
    NextRound(Vec<bool>),
    /// Candidates for the next round, as they come and go.
    Pool(u64),
    Pause(bool),
    Rules(bool),
}

const SENDERS: usize = 3;
const ORCHESTRATORS: usize = 4;

fn amount() -> impl Strategy<Value = u128> {
    prop_oneof![Just(0), Just(1), 0u128..50, 0u128..2000, 0u128..1 << 80]
}

fn redeem() -> impl Strategy<Value = Redeem> {
    let face_value = prop_oneof![4 => amount(), 1 => Just(u128::MAX)];
    (
        0..SENDERS,
        0..ORCHESTRATORS,
        face_value,
        0..6u64,
        0..4u32,
        0..5u8,
        0..20u8,
    )
        .prop_map(
            |(sender, recipient, face_value, nonce, age, odds, forged)| Redeem {
                sender,
                recipient,
                face_value,
                nonce,
                age: age.saturating_sub(1),
                odds: odds.min(2),
                forged: forged == 0,
            },
        )
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..SENDERS;
    prop_oneof![
        3 => (who.clone(), amount()).prop_map(|(who, v)| Step::FundDeposit(who, v)),
        3 => (who.clone(), amount()).prop_map(|(who, v)| Step::FundReserve(who, v)),
        3 => (who.clone(), who.clone(), amount(), amount()).prop_map(|(a, b, c, d)| Step::Fund(a, b, c, d)),
        2 => who.clone().prop_map(Step::Unlock),
        1 => who.clone().prop_map(Step::Cancel),
        2 => who.prop_map(Step::Withdraw),
        12 => redeem().prop_map(Step::Redeem),
        4 => prop::collection::vec(redeem(), 0..5).prop_map(Step::Batch),
        4 => prop::collection::vec(prop::bool::weighted(0.8), ORCHESTRATORS).prop_map(Step::NextRound),
        2 => (0..7u64).prop_map(Step::Pool),
        1 => prop::bool::weighted(0.2).prop_map(Step::Pause),
        1 => any::<bool>().prop_map(Step::Rules),
    ]
}

struct Run {
    stage: Stage,
    model: Broker,
    senders: Vec<Signer>,
    orchestrators: Vec<Address>,
}

fn n(v: u128) -> N {
    N::from(v)
}

fn big(v: U256) -> N {
    N::from_bytes_be(&v.to_be_bytes::<32>())
}

impl Run {
    fn new() -> Self {
        let stage = Stage::new();
        let senders: Vec<_> = (1..=SENDERS as u8)
            .map(|seed| stage.signer(seed, 1 << 100))
            .collect();
        let orchestrators: Vec<_> = (0..ORCHESTRATORS).map(|_| stage.orchestrator()).collect();
        let model = Broker {
            round: 7,
            unlock_period: 2,
            validity: 2,
            active: orchestrators.iter().copied().collect(),
            pool_size: ORCHESTRATORS as u64,
            ..Broker::default()
        };
        Run {
            stage,
            model,
            senders,
            orchestrators,
        }
    }

    fn ticket(&self, of: &Redeem) -> (Draft, Vec<u8>, Drawn) {
        let signer = &self.senders[of.sender];
        let round = self.model.round as u32 - of.age;
        let draft = Draft {
            recipient: self.orchestrators[of.recipient],
            sender: signer.address,
            face_value: U256::from(of.face_value),
            win_prob: [U256::ZERO, U256::MAX >> 1, U256::MAX][of.odds as usize],
            nonce: of.nonce,
            rand: U256::from(of.nonce * 7 + 1),
            round,
            block_hash: hash_of_round(round),
        };
        let by = if of.forged {
            (of.sender + 1) % SENDERS
        } else {
            of.sender
        };
        let sig = self.senders[by].sign(&draft.ticket());
        let drawn = Drawn {
            hash: hash(&draft.ticket()),
            sender: draft.sender,
            recipient: draft.recipient,
            face_value: n(of.face_value),
            round: round as u64,
            is_signed: !of.forged,
            won: draw(&sig, draft.rand) < draft.win_prob,
        };
        (draft, sig, drawn)
    }

    fn step(&mut self, step: &Step) {
        let (world, broker) = (&self.stage.world, self.stage.broker);
        let who = |i: &usize| self.senders[*i].address;
        let (expected, happened) = match step {
            Step::FundDeposit(i, v) => {
                let done = world.pay(who(i), broker, U256::from(*v), &fundDepositCall {});
                let who = who(i);
                (
                    self.model.run(|it| it.fund_deposit(who, &n(*v))),
                    outcome(done),
                )
            }
            Step::FundReserve(i, v) => {
                let done = world.pay(who(i), broker, U256::from(*v), &fundReserveCall {});
                let who = who(i);
                (
                    self.model.run(|it| it.fund_reserve(who, &n(*v))),
                    outcome(done),
                )
            }
            Step::Fund(from, to, d, r) => {
                let (from, to) = (who(from), who(to));
                let done = self.stage.fund(from, to, *d, *r);
                (
                    self.model.run(|it| it.fund_for(from, to, &n(*d), &n(*r))),
                    outcome(done),
                )
            }
            Step::Unlock(i) => {
                let who = who(i);
                let done = world.send(who, broker, &unlockCall {});
                (self.model.run(|it| it.unlock(who)), outcome(done))
            }
            Step::Cancel(i) => {
                let who = who(i);
                let done = world.send(who, broker, &cancelUnlockCall {});
                (self.model.run(|it| it.cancel(who)), outcome(done))
            }
            Step::Withdraw(i) => {
                let who = who(i);
                let done = world.send(who, broker, &withdrawCall {});
                (self.model.run(|it| it.withdraw(who)), outcome(done))
            }
            Step::Redeem(it) => {
                let (draft, sig, drawn) = self.ticket(it);
                let done = self.stage.redeem_signed(&draft, sig);
                (self.model.run(|it| it.redeem(&drawn)), outcome(done))
            }
            Step::Batch(all) => {
                let all: Vec<_> = all.iter().map(|it| self.ticket(it)).collect();
                let call: Vec<_> = all
                    .iter()
                    .map(|(draft, sig, _)| (draft, sig.clone()))
                    .collect();
                let done = world.send(who(&0), broker, &batch(&call));
                let drawn: Vec<_> = all.iter().map(|(_, _, drawn)| drawn.clone()).collect();
                (self.model.run(|it| it.batch(&drawn)), outcome(done))
            }
            Step::NextRound(active) => {
                self.stage.pass_rounds(1);
                self.model.round += 1;
                let active = self.orchestrators.iter().zip(active).filter(|(_, is)| **is);
                self.model.active = active.map(|(who, _)| *who).collect();
                self.stage.peers.borrow_mut().active = self.model.active.clone();
                return;
            }
            Step::Pool(size) => {
                self.model.pool_size = *size;
                self.stage.peers.borrow_mut().pool_size = *size;
                return;
            }
            Step::Pause(paused) => {
                self.model.paused = *paused;
                self.stage.peers.borrow_mut().paused = *paused;
                return;
            }
            Step::Rules(original) => {
                self.model.original = *original;
                self.stage.set_original_rules(*original);
                return;
            }
        };
        assert_eq!(happened, expected, "{step:?}");
    }

    fn check(&self) {
        let (stage, model) = (&self.stage, &self.model);
        let mut held = N::ZERO;
        for signer in &self.senders {
            let it = model
                .senders
                .get(&signer.address)
                .cloned()
                .unwrap_or_default();
            let claimed = model
                .claimed
                .get(&(signer.address, model.round))
                .cloned()
                .unwrap_or_default();
            let expected = [
                it.deposit.clone(),
                n(it.withdraw_round.into()),
                it.reserve.clone(),
                claimed,
            ];
            assert_eq!(stage.sender(signer.address).map(n), expected);
            held += it.deposit + it.reserve;
            for orchestrator in &self.orchestrators {
                let claimable = match stage.claimable(signer.address, *orchestrator).result {
                    Ok(v) => Ok(big(v)),
                    Err(_) => Err(Fail::Overflow),
                };
                assert_eq!(claimable, model.claimable(signer.address, *orchestrator));
                let claimed = model
                    .claimed_by
                    .get(&(signer.address, model.round, *orchestrator));
                assert_eq!(
                    big(stage.claimed(signer.address, *orchestrator)),
                    claimed.cloned().unwrap_or_default()
                );
            }
        }
        // Nothing is lost: what came in is there, or was paid out, or became fees; and the ether is where the books say.
        assert_eq!(&held + &model.paid_out + &model.fees, model.paid_in);
        assert_eq!(big(stage.world.balance(stage.minter)), held + &model.fees);
        let credited: U256 = stage
            .peers
            .borrow()
            .fees
            .iter()
            .fold(U256::ZERO, |sum, (_, wei, _)| sum + wei);
        assert_eq!(big(credited), model.fees);
    }
}

/// A receipt in the model's words.
fn outcome<T>(done: Receipt<T>) -> Res {
    match done.result {
        Err(revert) => Err(fail(&revert)),
        Ok(_) => Ok(done
            .logs
            .iter()
            .map(|log| event(&log.topics, &log.data))
            .collect()),
    }
}

fn fail(revert: &Revert) -> Fail {
    const TEXTS: [&str; 13] = [
        "system is paused",
        "sender deposit and reserve are zero",
        "unlock already initiated",
        "no unlock request in progress",
        "account is locked",
        "ticket is expired",
        "ticket is used",
        "invalid signature over ticket hash",
        "ticket did not win",
        "sender is unlocked",
        "ticket recipient is not active",
        "current round is not initialized",
        "ticket creationRound does not have a block hash",
    ];
    if *revert == Revert::panic(0x11) {
        return Fail::Overflow;
    }
    let text = TEXTS.iter().find(|text| says(text) == *revert);
    Fail::Text(text.unwrap_or_else(|| panic!("the model knows no {revert:?}")))
}

fn event(topics: &[B256], data: &[u8]) -> Event {
    macro_rules! read {
        ($event:ident) => {
            $event::decode_raw_log_validate(topics.iter().copied(), data).expect("its own encoding")
        };
    }
    match topics[0] {
        DepositFunded::SIGNATURE_HASH => {
            let it = read!(DepositFunded);
            Event::DepositFunded(it.sender, big(it.amount))
        }
        ReserveFunded::SIGNATURE_HASH => {
            let it = read!(ReserveFunded);
            Event::ReserveFunded(it.reserveHolder, big(it.amount))
        }
        ReserveClaimed::SIGNATURE_HASH => {
            let it = read!(ReserveClaimed);
            Event::ReserveClaimed(it.reserveHolder, it.claimant, big(it.amount))
        }
        Unlock::SIGNATURE_HASH => {
            let it = read!(Unlock);
            Event::Unlock(it.sender, it.startRound.to(), it.endRound.to())
        }
        UnlockCancelled::SIGNATURE_HASH => Event::UnlockCancelled(read!(UnlockCancelled).sender),
        WinningTicketTransfer::SIGNATURE_HASH => {
            let it = read!(WinningTicketTransfer);
            Event::Transfer(it.sender, it.recipient, big(it.amount))
        }
        WinningTicketRedeemed::SIGNATURE_HASH => {
            let it = read!(WinningTicketRedeemed);
            Event::Redeemed(hash(&Ticket {
                recipient: it.recipient,
                sender: it.sender,
                faceValue: it.faceValue,
                winProb: it.winProb,
                senderNonce: it.senderNonce,
                recipientRandHash: alloy_primitives::keccak256(
                    it.recipientRand.to_be_bytes::<32>(),
                ),
                auxData: it.auxData,
            }))
        }
        Withdrawal::SIGNATURE_HASH => {
            let it = read!(Withdrawal);
            Event::Withdrawal(it.sender, big(it.deposit), big(it.reserve))
        }
        topic => panic!("no event of the broker: {topic}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, max_shrink_iters: 2000, ..ProptestConfig::default() })]

    #[test]
    fn the_program_does_what_the_model_says_and_nothing_is_lost(steps in prop::collection::vec(step(), 1..60)) {
        let mut run = Run::new();
        for step in &steps {
            run.step(step);
            run.check();
        }
    }
}

/// By our rules, whatever happens in a round, no orchestrator gets in anybody's way: what all of them can still draw is there.
#[test]
fn what_all_can_draw_is_never_more_than_there_is() {
    let strategy = prop::collection::vec(step(), 1..60);
    proptest!(ProptestConfig { cases: 96, ..ProptestConfig::default() }, |(steps in strategy)| {
        let mut run = Run::new();
        for step in steps.iter().filter(|step| !matches!(step, Step::Rules(_) | Step::Withdraw(_))) {
            run.step(step);
            for signer in &run.senders {
                let all = run.orchestrators.iter().map(|it| run.stage.claimable(signer.address, *it).unwrap());
                let all: U256 = all.fold(U256::ZERO, |sum, v| sum + v);
                prop_assert!(all <= U256::from(run.stage.sender(signer.address)[2]));
            }
        }
    });
}
