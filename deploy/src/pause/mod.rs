//! Stopping the system and starting it again: four switches on two chains.
//! Always holds: what brings stakes in is closed first and opened last, so that no ticket leaves L1 for an L2 that refuses it;
//! a switch that is as it should be is left alone, so that whoever was interrupted asks again.

use alloy::{
    primitives::{Address, B256, Bytes, U256},
    sol_types::SolCall as _,
};
use confluence_abi::{IController, IGovernor, IL1LPTGateway, IL1Migrator, IL2LPTGateway};
use serde::Serialize;

use crate::{
    client::{Client, ClientError, L1, L2, Side},
    plan::{Contract, NotDeployed, System, govern},
};

/// A switch and how it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Switch {
    /// The contract.
    pub contract: &'static str,
    /// Which chain.
    pub side: &'static str,
    /// Where.
    pub at: Address,
    /// Whether it is closed.
    pub paused: bool,
    /// Whether that was changed now.
    pub changed: bool,
}

/// Why a switch stays as it is.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PauseError {
    /// A chain did not do what was asked.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A contract is needed that this deployment does not have.
    #[error(transparent)]
    NotDeployed(#[from] NotDeployed),
    /// The switch-over decides.
    #[error(
        "L2 has not been switched over to: L2SwitchOver {owner} owns the Controller and unpauses it when all has arrived; run `confluence switchover` instead"
    )]
    NotStarted {
        /// L2SwitchOver.
        owner: Address,
    },
    /// Someone else governs L2.
    #[error("the Governor on L2 belongs to {owner}, not to {from}; sign with that account")]
    NotGovernor {
        /// Who owns the Governor.
        owner: Address,
        /// Who wanted to.
        from: Address,
    },
    /// Someone else has the power on L1.
    #[error("{from} is not an admin of {contract} on L1; sign with the account that is")]
    NotAdmin {
        /// Which contract.
        contract: &'static str,
        /// Who wanted to.
        from: Address,
    },
}

impl PauseError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Client(error) => error.is_usage(),
            Self::NotGovernor { .. } | Self::NotAdmin { .. } | Self::NotStarted { .. } => true,
            Self::NotDeployed(_) => false,
        }
    }
}

/// Closes everything: L1Migrator, L1LPTGateway, then L2LPTGateway and the Controller.
///
/// # Errors
/// Whoever has no power, before anything is sent.
pub async fn pause(l1: &L1, l2: &L2, system: &System) -> Result<Vec<Switch>, PauseError> {
    may(l1, l2, system).await?;
    let mut switches = Vec::from(on_l1(l1, system, true).await?);
    switches.extend(on_l2(l2, system, true).await?);
    Ok(switches)
}

/// Opens everything: the Controller and L2LPTGateway, then L1LPTGateway and L1Migrator.
///
/// # Errors
/// [`PauseError::NotStarted`] before the switch-over; whoever has no power, before anything is sent.
pub async fn unpause(l1: &L1, l2: &L2, system: &System) -> Result<Vec<Switch>, PauseError> {
    may(l1, l2, system).await?;
    let mut switches = Vec::from(on_l2(l2, system, false).await?);
    switches.extend(on_l1(l1, system, false).await?);
    Ok(switches)
}

/// Whether both accounts have the power, and L2 its own.
async fn may(l1: &L1, l2: &L2, system: &System) -> Result<(), PauseError> {
    let governor = system.l2.at(Contract::Governor)?;
    let controller = system.l2.at(Contract::Controller)?;
    let owner = l2.read(controller, &IController::ownerCall {}).await?;
    if owner != governor {
        return Err(PauseError::NotStarted { owner });
    }
    let from = sender(l2)?;
    let owner = l2.read(governor, &IGovernor::ownerCall {}).await?;
    if owner != from {
        return Err(PauseError::NotGovernor { owner, from });
    }
    let from = sender(l1)?;
    for (contract, at) in [
        ("L1Migrator", system.l1.migrator),
        ("L1LPTGateway", system.l1.gateway),
    ] {
        let role = IL1Migrator::hasRoleCall {
            role: B256::ZERO,
            account: from,
        };
        if !l1.read(at, &role).await? {
            return Err(PauseError::NotAdmin { contract, from });
        }
    }
    Ok(())
}

/// In the order in which they are changed.
async fn on_l1(l1: &L1, system: &System, paused: bool) -> Result<[Switch; 2], PauseError> {
    let mut switches = [
        ("L1Migrator", system.l1.migrator),
        ("L1LPTGateway", system.l1.gateway),
    ]
    .map(|(contract, at)| Switch {
        contract,
        side: "L1",
        at,
        paused,
        changed: false,
    });
    if !paused {
        switches.reverse();
    }
    for switch in &mut switches {
        // the same functions in both
        if l1.read(switch.at, &IL1Migrator::pausedCall {}).await? == paused {
            continue;
        }
        let (what, data) = match paused {
            true => ("pause", IL1LPTGateway::pauseCall {}.abi_encode()),
            false => ("unpause", IL1LPTGateway::unpauseCall {}.abi_encode()),
        };
        l1.send(what, Some(switch.at), data.into(), U256::ZERO)
            .await?;
        switch.changed = true;
    }
    Ok(switches)
}

/// In one batch of the Governor.
async fn on_l2(l2: &L2, system: &System, paused: bool) -> Result<[Switch; 2], PauseError> {
    let mut switches = [
        ("Controller", system.l2.at(Contract::Controller)?),
        ("L2LPTGateway", system.l2.at(Contract::L2LPTGateway)?),
    ]
    .map(|(contract, at)| Switch {
        contract,
        side: "L2",
        at,
        paused,
        changed: false,
    });
    let mut calls: Vec<(Address, Bytes)> = Vec::new();
    for switch in &mut switches {
        // the same functions in both
        if l2.read(switch.at, &IController::pausedCall {}).await? != paused {
            let data = match paused {
                true => IL2LPTGateway::pauseCall {}.abi_encode(),
                false => IL2LPTGateway::unpauseCall {}.abi_encode(),
            };
            calls.push((switch.at, data.into()));
            switch.changed = true;
        }
    }
    if !calls.is_empty() {
        // any number that no such batch has had before
        let nonce = U256::from(l2.head().await?.number);
        govern(l2, system.l2.at(Contract::Governor)?, calls, nonce).await?;
    }
    Ok(switches)
}

fn sender<S: Side>(client: &Client<S>) -> Result<Address, ClientError> {
    client.from().ok_or_else(|| ClientError::NoAccount {
        what: "pausing".to_owned(),
    })
}
