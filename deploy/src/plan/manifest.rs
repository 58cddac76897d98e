//! What was deployed, for everybody who uses or checks it.
//! Always holds: the same deployment has the same manifest, however often it was interrupted.

use std::{collections::BTreeMap, path::Path};

use alloy::primitives::{Address, B256, FixedBytes, keccak256};
use serde::{Deserialize, Serialize};

use super::{
    Book, Contract, FileError, L1Origin, L1Side, Parameters, People, Place, State, System,
    state::{load, store},
};
use crate::client::{Client, ClientError, L1, L2, Side};

/// What a manifest's `schema` says.
const SCHEMA: &str = "confluence.deployment/1";

/// A deployment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    schema: String,
    /// The network's name.
    pub network: String,
    /// L2's chain id.
    pub l2_chain_id: u64,
    /// Who deployed; has no power left.
    pub deployer: Address,
    /// Owns the Governor.
    pub governor_owner: Address,
    /// The sources' commit.
    pub commit: FixedBytes<20>,
    /// The command and the compiler that made it.
    pub toolchain: String,
    /// L2's newest block when it began: nothing of it happened before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub l2_first_block: Option<u64>,
    /// What it was deployed with.
    pub parameters: Parameters,
    /// L1's side, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub l1: Option<L1Record>,
    /// Every contract.
    pub contracts: BTreeMap<Contract, Entry>,
}

/// L1's side of a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct L1Record {
    /// For what and by whom it was made.
    #[serde(flatten)]
    pub origin: L1Origin,
    /// Where everything is.
    pub contracts: L1Side,
    /// Keccak-256 of each contract's code, by name.
    pub code_hashes: BTreeMap<String, B256>,
}

impl L1Record {
    /// What is on chain now.
    ///
    /// # Errors
    /// Those of the client.
    pub async fn of(l1: &L1, origin: L1Origin) -> Result<Self, ClientError> {
        let contracts = origin.side();
        let mut code_hashes = BTreeMap::new();
        for (name, at) in contracts.named() {
            code_hashes.insert(name.to_owned(), code_hash(l1, at).await?);
        }
        Ok(Self {
            origin,
            contracts,
            code_hashes,
        })
    }
}

/// A contract of a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Where it is.
    #[serde(flatten)]
    pub place: Place,
    /// Keccak-256 of the code at its address.
    pub code_hash: B256,
    /// Keccak-256 of the code behind it, where that is a proxy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub implementation_code_hash: Option<B256>,
}

impl Manifest {
    /// The manifest of what is on chain now.
    ///
    /// # Errors
    /// Those of the client.
    pub async fn of(
        l2: &L2,
        state: &State,
        book: &Book,
        l1: Option<L1Record>,
        toolchain: String,
    ) -> Result<Self, ClientError> {
        let mut contracts = BTreeMap::new();
        for (contract, place) in book.iter() {
            let code_hash = code_hash(l2, place.address).await?;
            let implementation_code_hash = match place.implementation {
                Some(at) => Some(self::code_hash(l2, at).await?),
                None => None,
            };
            let entry = Entry {
                place,
                code_hash,
                implementation_code_hash,
            };
            contracts.insert(contract, entry);
        }
        Ok(Self {
            schema: SCHEMA.to_owned(),
            network: state.network.clone(),
            l2_chain_id: state.l2_chain_id,
            deployer: state.deployer,
            governor_owner: state.governor_owner,
            commit: state.commit,
            toolchain,
            l2_first_block: state.l2_first_block,
            parameters: state.parameters.clone(),
            l1,
            contracts,
        })
    }

    /// Where everything is.
    #[must_use]
    pub fn book(&self) -> Book {
        let mut book = Book::default();
        for (contract, entry) in &self.contracts {
            book.insert(*contract, entry.place);
        }
        book
    }

    /// Both sides, if it has both.
    #[must_use]
    pub fn system(&self) -> Option<System> {
        self.l1.as_ref().map(|l1| System {
            inbox: l1.origin.inbox,
            livepeer: l1.origin.livepeer,
            l1: l1.contracts,
            l2: self.book(),
        })
    }

    /// Who deployed it and for whom.
    #[must_use]
    pub fn people(&self) -> People {
        People {
            deployer: self.deployer,
            governor_owner: self.governor_owner,
        }
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// [`FileError`]; a missing file is one.
    pub fn read(path: &Path) -> Result<Self, FileError> {
        load(path, SCHEMA)?.ok_or_else(|| FileError::Access {
            path: path.to_owned(),
            source: std::io::ErrorKind::NotFound.into(),
        })
    }

    /// Writes it.
    ///
    /// # Errors
    /// [`FileError::Access`].
    pub fn write(&self, path: &Path) -> Result<(), FileError> {
        store(path, self)
    }
}

pub(super) async fn code_hash<S: Side>(
    chain: &Client<S>,
    at: Address,
) -> Result<B256, ClientError> {
    Ok(keccak256(chain.code(at).await?))
}
