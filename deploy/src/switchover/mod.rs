//! The switch-over: L1's funds and last figures leave for L2 in one transaction, and L2 starts once all has arrived.
//! Always holds: everything that would make it fail is looked at before anything is sent; what happened is read from the two
//! chains, so that whoever was interrupted goes on by asking again.

mod ahead;
mod follow;

use alloy::primitives::{Address, B256, U256, utils::format_ether};
use confluence_abi::{IL1SwitchOver, IL2SwitchOver};
use serde::Serialize;

pub use ahead::{Ahead, Leg, abort, ahead, start};
pub(crate) use follow::LEGS;
pub use follow::{Followed, Following, follow, started_in};

use crate::{
    client::ClientError,
    plan::{L1Side, L2Counterparts, NotDeployed, System},
    ticket::TicketError,
};

/// Where everything is that takes part.
#[derive(Debug, Clone, Copy)]
pub struct Places {
    /// The L2 chain's delayed inbox on L1.
    pub inbox: Address,
    /// LPT on L1.
    pub token: Address,
    /// Livepeer's Controller on L1.
    pub controller: Address,
    /// Our contracts on L1.
    pub l1: L1Side,
    /// Their counterparts on L2.
    pub l2: L2Counterparts,
}

impl Places {
    /// Those of a system.
    ///
    /// # Errors
    /// [`NotDeployed`] if it has only one side.
    pub fn of(system: &System) -> Result<Self, NotDeployed> {
        Ok(Self {
            inbox: system.inbox,
            token: system.livepeer.token,
            controller: system.livepeer.controller,
            l1: system.l1,
            l2: L2Counterparts::of(&system.l2)?,
        })
    }
}

/// What L1 sends to L2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Announced {
    /// LPT base units.
    pub lpt: U256,
    /// Wei.
    pub eth: U256,
    /// L1's last inflation, parts of 10^9.
    pub inflation: U256,
    /// LPT on L1, base units.
    pub l1_supply: U256,
}

impl From<IL1SwitchOver::Announcement> for Announced {
    fn from(it: IL1SwitchOver::Announcement) -> Self {
        Self {
            lpt: it.lptAmount,
            eth: it.ethAmount,
            inflation: it.inflation,
            l1_supply: it.l1TotalSupply,
        }
    }
}

impl From<Announced> for IL2SwitchOver::Announcement {
    fn from(it: Announced) -> Self {
        Self {
            lptAmount: it.lpt,
            ethAmount: it.eth,
            inflation: it.inflation,
            l1TotalSupply: it.l1_supply,
        }
    }
}

/// Why the switch-over cannot begin or end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SwitchOverError {
    /// A chain did not do what was asked.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A ticket could not be followed or redeemed.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// It has begun already.
    #[error(
        "the switch-over has started already; `confluence switchover follow` says how far it is"
    )]
    Started,
    /// It was given up.
    #[error("the switch-over was aborted and never starts; deploy another L1SwitchOver")]
    Aborted,
    /// Nothing to follow.
    #[error(
        "the switch-over has not started: nothing is on its way; `confluence switchover start` begins it"
    )]
    NotStarted,
    /// Someone else decides.
    #[error("the switch-over is {owner}'s to start, not {from}'s; sign with that account")]
    NotOwner {
        /// Who owns L1SwitchOver.
        owner: Address,
        /// Who wanted to.
        from: Address,
    },
    /// Staking goes on on L1.
    #[error(
        "{}", match freeze {
            0 => "staking on L1 is not frozen and no round is set for it: its governance sets the round of LIP-73 first".to_owned(),
            freeze => format!("staking on L1 is not frozen yet: it is in round {current}, LIP-73 begins with round {freeze}; wait for it"),
        }
    )]
    NotFrozen {
        /// The round on L1.
        current: u64,
        /// The round from which it is frozen; 0 if none is set.
        freeze: u64,
    },
    /// Somebody has opened the migrator before.
    #[error(
        "L1Migrator is open already, so ether may have left uncounted; its admin pauses it first"
    )]
    MigratorOpen,
    /// The Minter still has the funds.
    #[error(
        "BridgeMinter holds no LPT: L1's governance registers it as Minter and calls migrateToNewMinter on the old one first"
    )]
    NothingToMove,
    /// L2 listens to nobody, or to another L1.
    #[error(
        "{contract} on L2 has {found} as its counterpart on L1 instead of {expected}; nothing was sent"
    )]
    OtherCounterpart {
        /// Which contract.
        contract: &'static str,
        /// Who it should listen to.
        expected: Address,
        /// Who it listens to.
        found: Address,
    },
    /// L2 could not be started.
    #[error(
        "L2's Controller belongs to {owner}, not to L2SwitchOver {expected}, which could not start L2; nothing was sent"
    )]
    NotInCharge {
        /// Who owns the Controller.
        owner: Address,
        /// L2SwitchOver.
        expected: Address,
    },
    /// The account cannot pay.
    #[error(
        "{account} has {} ETH on L1 and needs {} for the four tickets, and gas; send it ether first",
        format_ether(*has), format_ether(*needs)
    )]
    TooLittleEther {
        /// Who pays.
        account: Address,
        /// What it has, in wei.
        has: U256,
        /// What the tickets take, in wei.
        needs: U256,
    },
    /// A ticket is gone and did not run.
    #[error("the ticket {id} of {leg} is {state} and will not run: {remedy}")]
    Lost {
        /// What it was to bring.
        leg: &'static str,
        /// The ticket.
        id: B256,
        /// Its state's name.
        state: &'static str,
        /// What to do.
        remedy: &'static str,
    },
}

impl SwitchOverError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Client(error) => error.is_usage(),
            Self::Ticket(error) => error.is_usage(),
            Self::NotOwner { .. } | Self::Started | Self::NotStarted => true,
            _ => false,
        }
    }
}
