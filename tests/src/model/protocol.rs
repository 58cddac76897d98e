//! The whole protocol at one moment, and how one transaction changes it or does not.

use super::bonding::Bonding;
use super::event::Event;
use super::minter::Minter;
use super::number::N;
use super::revert::{Res, Revert, require};
use super::rounds::Rounds;
use super::token::Token;
use alloy_primitives::Address;
use std::collections::BTreeMap;

/// Who is who. The managers' own copies are taken to be in step with the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Addresses {
    pub bonding_manager: Address,
    pub rounds_manager: Address,
    pub minter: Address,
    pub token: Address,
    pub ticket_broker: Address,
    pub l2_migrator: Address,
    pub verifier: Address,
}

/// The registry's owner and its switch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Controller {
    /// May set parameters and pause.
    pub owner: Address,
    /// Whether users are locked out.
    pub paused: bool,
}

/// Everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protocol {
    /// Who is who.
    pub at: Addresses,
    /// Registry and pause.
    pub controller: Controller,
    /// L1's block number.
    pub block: Round,
    /// The clock.
    pub rounds: Rounds,
    /// Inflation.
    pub minter: Minter,
    /// LPT.
    pub token: Token,
    /// Wei of each account.
    pub ether: BTreeMap<Address, N>,
    /// Stakes.
    pub bonding: Bonding,
    /// What the running transaction has logged.
    pub(super) logged: Vec<Event>,
}

use super::Round;

impl Protocol {
    /// Before anything was set; paused, as a deployment begins.
    pub fn new(at: Addresses, owner: Address, minter: Minter) -> Self {
        Protocol {
            at,
            controller: Controller {
                owner,
                paused: true,
            },
            block: 0,
            rounds: Rounds::default(),
            minter,
            token: Token::default(),
            ether: BTreeMap::new(),
            bonding: Bonding::default(),
            logged: Vec::new(),
        }
    }

    /// One transaction: its events in order, or how it reverted, in which case nothing has changed.
    pub fn run(&mut self, action: impl FnOnce(&mut Self) -> Res) -> Res<Vec<Event>> {
        let before = self.clone();
        match action(self) {
            Ok(()) => Ok(std::mem::take(&mut self.logged)),
            Err(revert) => {
                *self = before;
                Err(revert)
            }
        }
    }

    pub(super) fn log(&mut self, event: Event) {
        self.logged.push(event);
    }

    /// `Controller.pause()`.
    pub fn pause(&mut self, sender: Address) -> Res {
        if sender != self.controller.owner || self.controller.paused {
            return Err(Revert::Empty);
        }
        self.controller.paused = true;
        self.log(Event::Pause {});
        Ok(())
    }

    /// `Controller.unpause()`.
    pub fn unpause(&mut self, sender: Address) -> Res {
        if sender != self.controller.owner || !self.controller.paused {
            return Err(Revert::Empty);
        }
        self.controller.paused = false;
        self.log(Event::Unpause {});
        Ok(())
    }

    pub(super) fn not_paused(&self) -> Res {
        require(!self.controller.paused, "system is paused")
    }

    pub(super) fn only_owner(&self, sender: Address) -> Res {
        require(
            sender == self.controller.owner,
            "caller must be Controller owner",
        )
    }
}
