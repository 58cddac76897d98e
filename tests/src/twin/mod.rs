//! The staking programs in the kit's native world, and the model beside them: every transaction runs on both, and both must agree
//! on what comes of it, to the byte.

mod action;
mod deploy;
mod invariants;
mod views;
pub mod walk;

pub use action::Action;
pub use deploy::Parameters;
pub use invariants::Invariants;

use crate::model::{Contract, Event, Log, N, Protocol, Revert};
use alloy_primitives::{Address, U256};
use confluence_kit::sim::{Receipt, World};

/// One LPT, in base units.
pub const LPT: u128 = 10u128.pow(18);

/// Programs and model.
#[derive(Debug)]
pub struct Twin {
    /// The programs' world.
    pub world: World,
    /// What it should do.
    pub model: Protocol,
    /// The Controller.
    pub controller: Address,
    /// Who sets parameters.
    pub owner: Address,
    /// Everybody else whose views are compared.
    pub accounts: Vec<Address>,
}

/// A number as a word.
pub fn word(v: &N) -> U256 {
    U256::from_be_slice(&v.to_bytes_be())
}

/// A word as a number.
pub fn number(v: U256) -> N {
    N::from_bytes_be(&v.to_be_bytes::<32>())
}

impl Twin {
    /// Runs `action` on both and compares.
    ///
    /// # Panics
    /// If they differ in success, revert data, or logs.
    #[track_caller]
    pub fn send(&mut self, sender: Address, action: &Action) -> Result<Vec<Event>, Revert> {
        let (outcome, _) = self.send_measured(sender, action);
        outcome
    }

    /// [`Twin::send`], with the programs' receipt.
    #[track_caller]
    pub fn send_measured(
        &mut self,
        sender: Address,
        action: &Action,
    ) -> (Result<Vec<Event>, Revert>, Receipt<Vec<u8>>) {
        let expected = self.model.run(|p| action.on(p, sender));
        let to = action.to(self);
        let done = self.world.transact(sender, to, U256::ZERO, action.data());
        match (&expected, &done.result) {
            (Ok(events), Ok(_)) => {
                let logs: Vec<Log> = events.iter().map(Event::log).collect();
                let logged: Vec<Log> = done.logs.iter().map(|log| self.log(log)).collect();
                assert_eq!(
                    logged, logs,
                    "{action:?} of {sender} should log {events:#?}"
                );
            }
            (Err(revert), Err(reverted)) => {
                assert_eq!(
                    reverted.0,
                    revert.data(),
                    "{action:?} of {sender} reverted with {reverted:?}, not {revert:?}"
                );
            }
            (expected, done) => panic!("{action:?} of {sender}: {done:?}, not {expected:?}"),
        }
        (expected, done)
    }

    /// [`Twin::send`] that must succeed.
    #[track_caller]
    pub fn must(&mut self, sender: Address, action: &Action) -> Vec<Event> {
        match self.send(sender, action) {
            Ok(events) => events,
            Err(revert) => panic!("{action:?} of {sender} reverted with {revert:?}"),
        }
    }

    /// [`Twin::send`] that must revert with `text`.
    #[track_caller]
    pub fn must_not(&mut self, sender: Address, action: &Action, text: &str) {
        match self.send(sender, action) {
            Ok(_) => panic!("{action:?} of {sender} succeeded, but should not: {text}"),
            Err(revert) => assert_eq!(revert, Revert::Text(text.into()), "{action:?}"),
        }
    }

    /// Moves L1 on by `blocks`.
    pub fn mine(&mut self, blocks: u64) {
        self.world.set_block(self.world.block() + blocks);
        self.model.block = self.world.block().into();
    }

    /// Moves on to the next round and initialises it.
    #[track_caller]
    pub fn next_round(&mut self) {
        self.mine(self.round_length());
        self.must(self.owner, &Action::initialize_round());
    }

    /// L1 blocks in a round.
    pub fn round_length(&self) -> u64 {
        u64::try_from(self.model.rounds.length).unwrap_or(u64::MAX)
    }

    /// The current round.
    pub fn round(&self) -> u128 {
        self.model.current_round().unwrap_or_default()
    }

    /// Gives `who` wei.
    pub fn fund(&mut self, who: Address, wei: u128) {
        let after = self.world.balance(who) + U256::from(wei);
        self.world.fund(who, after);
        self.model.ether.insert(who, number(after));
    }

    fn log(&self, log: &confluence_kit::sim::Log) -> Log {
        let at = self.model.at;
        let contract = match log.address {
            it if it == at.bonding_manager => Contract::BondingManager,
            it if it == at.rounds_manager => Contract::RoundsManager,
            it if it == at.minter => Contract::Minter,
            it if it == at.token => Contract::LivepeerToken,
            it if it == self.controller => Contract::Controller,
            stranger => panic!("{stranger} logged {log:?}"),
        };
        Log {
            contract,
            topics: log.topics.clone(),
            data: log.data.clone(),
        }
    }
}
