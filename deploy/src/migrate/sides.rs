//! Where everything is that a migration touches, found from L1Migrator's address alone.

use alloy::primitives::{Address, keccak256};
use confluence_abi::{IController, IL1Migrator, IL2Migrator, ILegacyBondingManager};
use serde::Serialize;

use super::MigrateError;
use crate::client::{Client, ClientError, L1, L2, Side};

/// The contracts of both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Sides {
    /// Sends what moves.
    pub l1_migrator: Address,
    /// L2's delayed inbox, on L1.
    pub inbox: Address,
    /// Livepeer's staking on L1.
    pub l1_bonding: Address,
    /// Livepeer's broker on L1.
    pub l1_broker: Address,
    /// Livepeer's clock on L1.
    pub l1_rounds: Address,
    /// Receives what moves.
    pub l2_migrator: Address,
    /// The registry on L2.
    pub l2_controller: Address,
    /// Staking on L2.
    pub l2_bonding: Address,
    /// The clock on L2.
    pub l2_rounds: Address,
}

impl Sides {
    /// Looks everything up.
    ///
    /// # Errors
    /// [`MigrateError::NotAMigrator`] if there is none; [`MigrateError::OtherMigrator`] if L2's counterpart listens to another.
    pub async fn find(l1: &L1, l2: &L2, l1_migrator: Address) -> Result<Self, MigrateError> {
        let not = |error| match error {
            ClientError::Answer { .. } | ClientError::Reverted { .. } => {
                MigrateError::NotAMigrator { l1_migrator }
            }
            other => other.into(),
        };
        let inbox = l1.read(l1_migrator, &IL1Migrator::inboxCall {});
        let inbox = inbox.await.map_err(not)?;
        let l2_migrator = l1.read(l1_migrator, &IL1Migrator::l2MigratorAddrCall {});
        let l2_migrator = l2_migrator.await.map_err(not)?;
        let l1_bonding = l1.read(l1_migrator, &IL1Migrator::bondingManagerAddrCall {});
        let l1_bonding = l1_bonding.await.map_err(not)?;
        let l1_broker = l1.read(l1_migrator, &IL1Migrator::ticketBrokerAddrCall {});
        let l1_broker = l1_broker.await.map_err(not)?;
        let l1_controller = l1.read(l1_bonding, &ILegacyBondingManager::controllerCall {});
        let l1_rounds = registered(l1, l1_controller.await?, "RoundsManager").await?;

        if l2.code(l2_migrator).await?.is_empty() {
            return Err(MigrateError::NoCounterpart {
                l1_migrator,
                l2_migrator,
            });
        }
        let listens = l2.read(l2_migrator, &IL2Migrator::l1MigratorAddrCall {});
        let found = listens.await?;
        if found != l1_migrator {
            return Err(MigrateError::OtherMigrator {
                l2_migrator,
                found,
                l1_migrator,
            });
        }
        let l2_controller = l2.read(l2_migrator, &IL2Migrator::controllerCall {});
        let l2_controller = l2_controller.await?;
        Ok(Self {
            l1_migrator,
            inbox,
            l1_bonding,
            l1_broker,
            l1_rounds,
            l2_migrator,
            l2_controller,
            l2_bonding: registered(l2, l2_controller, "BondingManager").await?,
            l2_rounds: registered(l2, l2_controller, "RoundsManager").await?,
        })
    }
}

/// A contract by its name in a Controller's registry, on either side.
async fn registered<S: Side>(
    client: &Client<S>,
    controller: Address,
    name: &'static str,
) -> Result<Address, MigrateError> {
    let id = keccak256(name);
    let call = IController::getContractCall { id };
    match client.read(controller, &call).await? {
        Address::ZERO => Err(MigrateError::Unregistered {
            side: S::NAME,
            controller,
            name,
        }),
        at => Ok(at),
    }
}
