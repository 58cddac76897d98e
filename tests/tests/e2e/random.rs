//! A troupe moves in random order over the real bridge: messages whole and in parts, claims, tickets held, left without gas, overtaken, expired and
//! redeemed, pauses in between. After each step every wei is where it belongs, and in the end everything has arrived, whatever happened.
//!
//! `tests/invariants` has thousands of such runs with L1 and bridge modelled; these few show that the model's rules are the bridge's.

use std::fmt::Write as _;

use alloy::{primitives::Address, sol_types::SolCall as _};
use confluence::{plan::Contract, sign::What, ticket::State};
use confluence_abi::{IController, IL1Migrator, IL2Migrator};

use crate::{
    act::{ENOUGH_GAS, Sent, message},
    cast::{Holder, Troupe},
    stage::Stage,
};

/// Runs with as many different orders.
const SEEDS: u64 = 6;
/// Steps before everything that is left is brought.
const STEPS: usize = 24;
/// Longer than a ticket lives.
const EIGHT_DAYS: u64 = 8 * 86_400;

/// One run.
struct Run<'a> {
    stage: &'a mut Stage,
    troupe: Troupe,
    sent: Vec<Sent>,
    paused: bool,
    /// LPT and wei in L2Migrator before the first step.
    before: (u128, u128),
    /// What has happened, for the message of a failure.
    story: String,
    random: u64,
}

impl Run<'_> {
    /// A number below `below` (xorshift: enough to choose a step).
    fn pick(&mut self, below: usize) -> usize {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        (self.random % below as u64) as usize
    }

    fn accounts(&self) -> Vec<&Holder> {
        let it = &self.troupe;
        let others = it.delegators.iter().chain([&it.fees_only, &it.alone]);
        [&it.orchestrator].into_iter().chain(others).collect()
    }

    fn step(&mut self) {
        let count = self.accounts().len();
        let at = self.pick(count);
        let who = self.accounts()[at].clone();
        let what = match self.pick(12) {
            0..=2 => self.send(&who, What::Delegator),
            3..=5 => self.send_part(&who),
            6 | 7 => self.claim(&who),
            8 => self.redeem_one(),
            9 => self.hold_or_release(),
            10 => self.pause_or_go_on(),
            _ => self.expire(),
        };
        let _ = writeln!(self.story, "{at}: {what}");
    }

    /// With an auto-redeem that works, lacks gas, or fails by the price.
    fn send(&mut self, who: &Holder, what: What) -> String {
        let mut message = message(who, who.address, what);
        let fate = self.pick(4);
        match fate {
            0 => message.gas = 100_000,
            1 => self.stage.follower().fail_auto_redeems(1),
            _ => message.gas = ENOUGH_GAS,
        }
        let message = self.stage.signed(message, &who.key);
        let sent = self.stage.submit(&self.stage.l1, &message);
        let said = format!("sends {:?} with fate {fate}", message.moved.what);
        self.sent.push(sent.expect("L1 takes it"));
        let pair = self.stage.chains.pair.as_ref().expect("a pair");
        pair.sync().expect("in sync");
        said
    }

    fn send_part(&mut self, who: &Holder) -> String {
        if who.stake == 0 {
            return "has no stake to divide".into();
        }
        let of_who = IL1Migrator::noncesCall { owner: who.address };
        let nonce = self.stage.l1_at(self.stage.system.l1.migrator, &of_who);
        let part = self.stage.part(who.stake / 3, nonce.to());
        self.send(who, part)
    }

    fn claim(&mut self, who: &Holder) -> String {
        if who.address == self.troupe.orchestrator.address {
            return "an orchestrator is not in the snapshot".into();
        }
        let done = self.stage.claim(who, Address::ZERO);
        format!("claims: {:?}", done.err().map(|error| error.to_string()))
    }

    fn redeem_one(&mut self) -> String {
        if self.sent.is_empty() {
            return "nothing to redeem".into();
        }
        let at = self.pick(self.sent.len());
        let sent = self.sent[at].clone();
        let done = self.stage.redeem(&sent);
        format!(
            "redeem ticket {at}: {:?}",
            done.err().map(|error| error.to_string())
        )
    }

    fn hold_or_release(&mut self) -> String {
        let follower = self.stage.follower();
        match self.random % 3 {
            0 => follower.hold(),
            1 => drop(follower.release(Some(1)).expect("released")),
            _ => drop(follower.release(None).expect("released")),
        }
        format!("hold or release {}", self.random % 3)
    }

    fn pause_or_go_on(&mut self) -> String {
        self.paused = !self.paused;
        let call = match self.paused {
            true => IController::pauseCall {}.abi_encode(),
            false => IController::unpauseCall {}.abi_encode(),
        };
        let controller = self.stage.at(Contract::Controller);
        self.stage.govern(vec![(controller, call.into())]);
        format!("paused: {}", self.paused)
    }

    fn expire(&mut self) -> String {
        self.stage
            .follower()
            .advance(EIGHT_DAYS, 1)
            .expect("time passes");
        "eight days pass".into()
    }

    /// What has left L2Migrator is what has arrived at its owners and what pools hold for them.
    fn check(&self) {
        let (mut stake, mut fees) = (0, 0);
        for it in self.accounts() {
            let call = IL2Migrator::migratedPartsCall { l1Addr: it.address };
            let parts = self.stage.l2(Contract::L2Migrator, &call);
            let arrived: u128 = parts.stake.to();
            assert!(arrived <= it.stake, "more than there was\n{}", self.story);
            stake += arrived;
            fees += if parts.fees { it.fees } else { 0 };
        }
        let pool = self.stage.pool(self.troupe.orchestrator.address);
        if !pool.is_zero() {
            let (all, claimed) = self.stage.pool_stake(pool);
            stake += all - claimed;
        }
        let now = held(self.stage);
        let gone = (self.before.0 - now.0, self.before.1 - now.1);
        assert_eq!(gone, (stake, fees), "\n{}", self.story);
    }

    /// Whatever is left is released, redeemed or sent again.
    fn finish(&mut self) {
        self.stage.follower().fail_auto_redeems(0);
        self.stage.follower().release(None).expect("released");
        if self.paused {
            self.pause_or_go_on();
        }
        self.stage.ensure_round();
        for sent in self.sent.clone() {
            if let State::FundsDeposited { .. } = self.stage.state(sent.id) {
                // It may bring what has come by another way.
                let done = self.stage.redeem(&sent);
                let _ = writeln!(
                    self.story,
                    "the end: {:?}",
                    done.err().map(|e| e.to_string())
                );
            }
        }
        self.check();
        let all: Vec<Holder> = self.accounts().into_iter().cloned().collect();
        for it in &all {
            if !self.stage.is_migrated(it.address) {
                self.stage.arrives(it, it.address, What::Delegator);
            }
        }
        self.check();
        for it in &all {
            let stake = self.stage.stake(it.address);
            assert_eq!(stake.amount, it.stake, "{}\n{}", it.address, self.story);
        }
        let (stakes, fees) = (all.iter().map(|it| it.stake), all.iter().map(|it| it.fees));
        let (stakes, fees): (u128, u128) = (stakes.sum(), fees.sum());
        let now = held(self.stage);
        let gone = (self.before.0 - now.0, self.before.1 - now.1);
        assert_eq!(gone, (stakes, fees), "every wei, once\n{}", self.story);
        let lead = self.troupe.orchestrator.address;
        assert_eq!(self.stage.stake(lead).delegated, stakes, "{}", self.story);
    }
}

/// LPT and wei in L2Migrator.
fn held(stage: &Stage) -> (u128, u128) {
    (
        stage.lpt(stage.at(Contract::L2Migrator)),
        stage.ether_to_come(),
    )
}

#[test]
fn whatever_the_order_every_wei_arrives_once() {
    let mut stage = Stage::local();
    for seed in 1..=SEEDS {
        let troupe = stage.troupe();
        let before = held(&stage);
        let mut run = Run {
            stage: &mut stage,
            troupe,
            sent: Vec::new(),
            paused: false,
            before,
            story: format!("seed {seed}\n"),
            random: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15),
        };
        for _ in 0..STEPS {
            run.step();
            run.check();
        }
        run.finish();
    }
}
