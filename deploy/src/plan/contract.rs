//! The contracts of a deployment, and where each of them is.
//! Always holds: a contract's name is that of its variant, the same in plans, manifests and (where it has one) the registry.

use std::{collections::BTreeMap, fmt};

use alloy::primitives::{Address, B256, keccak256};
use serde::{Deserialize, Serialize};

/// A contract of a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(clippy::upper_case_acronyms)] // names are the protocol's
#[allow(missing_docs)]
#[non_exhaustive]
pub enum Contract {
    BlockHash,
    BondingManager,
    Controller,
    DelegatorPool,
    Governor,
    L2LPTDataCache,
    L2LPTGateway,
    L2Migrator,
    L2SwitchOver,
    LivepeerToken,
    LivepeerTokenFaucet,
    MerkleSnapshot,
    Minter,
    PollCreator,
    RoundsManager,
    ServiceRegistry,
    TicketBroker,
}

impl Contract {
    /// Whether it is an EVM contract; all others are programs.
    #[must_use]
    pub fn is_evm(self) -> bool {
        matches!(self, Self::BlockHash)
    }

    /// Its id in the Controller's registry.
    #[must_use]
    pub fn id(self) -> B256 {
        keccak256(self.to_string())
    }
}

impl fmt::Display for Contract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// Where a contract is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// What others call.
    pub address: Address,
    /// The program behind it, where `address` is a proxy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub implementation: Option<Address>,
}

impl Place {
    /// The ProxyAdmin that the proxy made in its constructor: its first creation.
    #[must_use]
    pub fn proxy_admin(&self) -> Option<Address> {
        self.implementation.map(|_| self.address.create(1))
    }
}

/// Where all contracts of a deployment are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Book(BTreeMap<Contract, Place>);

/// A contract that the deployment does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the deployment has no {0}")]
pub struct NotDeployed(pub Contract);

impl Book {
    /// Where others find a contract.
    ///
    /// # Errors
    /// [`NotDeployed`].
    pub fn at(&self, contract: Contract) -> Result<Address, NotDeployed> {
        self.place(contract).map(|place| place.address)
    }

    /// Where a contract and the program behind it are.
    ///
    /// # Errors
    /// [`NotDeployed`].
    pub fn place(&self, contract: Contract) -> Result<Place, NotDeployed> {
        self.0.get(&contract).copied().ok_or(NotDeployed(contract))
    }

    /// Whether the deployment has a contract.
    #[must_use]
    pub fn has(&self, contract: Contract) -> bool {
        self.0.contains_key(&contract)
    }

    /// All contracts, by name.
    pub fn iter(&self) -> impl Iterator<Item = (Contract, Place)> + '_ {
        self.0.iter().map(|(contract, place)| (*contract, *place))
    }

    pub(super) fn insert(&mut self, contract: Contract, place: Place) {
        self.0.insert(contract, place);
    }
}
