//! What broadcasters and orchestrators do about payments on L2: deposits, reserves, when tickets can be redeemed, what they cost.
//! Always holds: contracts are found through the Controller's registry; nothing is sent that a look at the chain shows to fail.

mod broadcaster;
mod orchestrator;
pub mod reserve;

use alloy::primitives::{Address, B256, keccak256};
use confluence_abi::{IController, IRoundsManager, ITicketBroker};

pub use broadcaster::{Action, Broadcaster, Done};
pub use orchestrator::{Orchestrator, Rounds, Standing};

use crate::client::{ClientError, L2};

/// Why something about payments could not be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PaymentError {
    /// A chain did not do what was asked.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The registry does not know a contract.
    #[error(
        "the Controller {controller} knows no {name}; is it the right Controller, and is the system deployed?"
    )]
    Unregistered {
        /// Where it was looked up.
        controller: Address,
        /// What was looked up.
        name: &'static str,
    },
    /// Nothing to do anything with.
    #[error("nothing to fund: give --deposit, --reserve or both")]
    Nothing,
    /// The sender has nothing.
    #[error("{who} has neither deposit nor reserve")]
    NoFunds {
        /// The sender.
        who: Address,
    },
    /// It unlocks already.
    #[error("{who} unlocks already and can withdraw from round {round} on")]
    Unlocking {
        /// The sender.
        who: Address,
        /// Its withdraw round.
        round: u64,
    },
    /// It does not unlock.
    #[error("{who} has not unlocked; run `confluence broadcaster unlock` first")]
    Locked {
        /// The sender.
        who: Address,
    },
    /// It cannot withdraw yet.
    #[error("{who} can withdraw from round {round} on, and it is round {now} now")]
    TooEarly {
        /// The sender.
        who: Address,
        /// Its withdraw round.
        round: u64,
        /// The current round.
        now: u64,
    },
    /// A price or an amount that makes no sense.
    #[error(transparent)]
    Economics(#[from] reserve::EconomicsError),
}

impl PaymentError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Client(error) => error.is_usage(),
            Self::TooEarly { .. } => false,
            _ => true,
        }
    }

    /// Whether the same request may succeed later.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        match self {
            Self::Client(error) => error.is_pending(),
            Self::TooEarly { .. } => true,
            _ => false,
        }
    }
}

/// The contracts that payments are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct System {
    /// The registry.
    pub controller: Address,
    /// Deposits, reserves, tickets.
    pub broker: Address,
    /// Stakes.
    pub bonding: Address,
    /// The clock.
    pub rounds: Address,
}

impl System {
    /// The system of a Controller.
    ///
    /// # Errors
    /// [`PaymentError::Unregistered`].
    pub async fn find(l2: &L2, controller: Address) -> Result<Self, PaymentError> {
        Ok(Self {
            controller,
            broker: registered(l2, controller, "TicketBroker").await?,
            bonding: registered(l2, controller, "BondingManager").await?,
            rounds: registered(l2, controller, "RoundsManager").await?,
        })
    }

    /// The current round.
    ///
    /// # Errors
    /// [`PaymentError::Client`].
    pub async fn round(&self, l2: &L2) -> Result<u64, PaymentError> {
        let round = l2.read(self.rounds, &IRoundsManager::currentRoundCall {});
        Ok(round.await?.saturating_to())
    }

    /// For how many rounds a ticket can be redeemed, its own included.
    ///
    /// # Errors
    /// [`PaymentError::Client`].
    pub async fn ticket_validity(&self, l2: &L2) -> Result<u64, PaymentError> {
        let rounds = l2.read(self.broker, &ITicketBroker::ticketValidityPeriodCall {});
        Ok(rounds.await?.saturating_to())
    }
}

/// A contract by its name in the registry.
///
/// # Errors
/// [`PaymentError::Unregistered`].
pub async fn registered(
    l2: &L2,
    controller: Address,
    name: &'static str,
) -> Result<Address, PaymentError> {
    let id: B256 = keccak256(name);
    let at = l2
        .read(controller, &IController::getContractCall { id })
        .await?;
    if at.is_zero() {
        return Err(PaymentError::Unregistered { controller, name });
    }
    Ok(at)
}
