//! Facts about a pair of chains and the migration between them: one TOML file per network.
//! Always holds: no other module knows a chain id, an address or a root; a next migration is a new file, not new code.

use std::{
    num::NonZeroU64,
    path::{Path, PathBuf},
};

use alloy::primitives::{Address, B256, keccak256};
use serde::Deserialize;

use crate::plan::Parameters;

/// The files that come with the program, by name.
const BUILT_IN: [(&str, &str); 4] = [
    ("devnet", include_str!("../../networks/devnet.toml")),
    (
        "nitro-testnode",
        include_str!("../../networks/nitro-testnode.toml"),
    ),
    ("sepolia", include_str!("../../networks/sepolia.toml")),
    ("mainnet", include_str!("../../networks/mainnet.toml")),
];

/// A pair of chains.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Network {
    /// What people call it.
    pub name: String,
    /// Ethereum's side.
    pub l1: L1,
    /// Arbitrum's side.
    pub l2: L2,
    /// The migration that took or takes place there.
    pub migration: Option<Migration>,
    /// What the contracts are deployed with; Livepeer's values where nothing is said.
    #[serde(default)]
    pub parameters: Parameters,
}

/// Ethereum's side.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct L1 {
    /// What people call it.
    pub name: String,
    /// `eth_chainId`.
    pub chain_id: NonZeroU64,
    /// Seconds between two blocks.
    pub block_seconds: NonZeroU64,
    /// Where it is reached unless the user says otherwise.
    pub rpc: Option<String>,
    /// The L2 chain's delayed inbox; `None` where each start deploys its own.
    pub inbox: Option<Address>,
    /// Arbitrum's gateway router, through which others bridge tokens.
    pub router: Option<Address>,
    /// L1Migrator, once it is deployed.
    pub migrator: Option<Address>,
}

/// Arbitrum's side.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct L2 {
    /// What people call it.
    pub name: String,
    /// `eth_chainId`.
    pub chain_id: NonZeroU64,
    /// Where it is reached unless the user says otherwise.
    pub rpc: Option<String>,
    /// The gateway router's counterpart.
    pub router: Option<Address>,
}

/// A migration and its published snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Migration {
    /// The improvement proposal that decided it.
    pub name: String,
    /// Round of the legacy protocol at which the snapshot was taken.
    pub snapshot_round: u64,
    /// Entries in the published list.
    pub snapshot_leaves: usize,
    /// Root of the published list.
    pub snapshot_root: B256,
    /// Where it was published.
    #[serde(default)]
    pub snapshot_urls: Vec<String>,
    /// The legacy protocol's Controller on L1, through which its other contracts are found.
    pub l1_controller: Option<Address>,
    /// A block of L1 before the legacy protocol's first bond.
    pub l1_first_block: Option<u64>,
}

impl Migration {
    /// The snapshot's id in the MerkleSnapshot contract.
    #[must_use]
    pub fn snapshot_id(&self) -> B256 {
        keccak256(&self.name)
    }
}

/// Why a network cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// Neither a built-in name nor a file.
    #[error(
        "there is no network {asked:?}: it is neither a file nor one of {}",
        names()
    )]
    Unknown {
        /// What was asked for.
        asked: String,
    },
    /// The file cannot be read.
    #[error("cannot read {}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not a network file.
    #[error("{from} does not describe a network")]
    Toml {
        /// The file or built-in name.
        from: String,
        /// What is wrong and where.
        source: toml::de::Error,
    },
    /// The network has no migration, but the verb needs one.
    #[error("network {network} has no [migration]; a network file that has one is needed")]
    NoMigration {
        /// The network.
        network: String,
    },
}

impl NetworkError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        !matches!(self, Self::File { .. })
    }
}

fn names() -> String {
    BUILT_IN.map(|(name, _)| name).join(", ")
}

impl Network {
    /// A built-in network by name, or a file by its path.
    ///
    /// # Errors
    /// No such name or file, or a file that does not describe a network.
    pub fn load(name_or_path: &str) -> Result<Self, NetworkError> {
        if let Some((name, text)) = BUILT_IN.iter().find(|(name, _)| *name == name_or_path) {
            return Self::parse(name, text);
        }
        let path = Path::new(name_or_path);
        if !path.exists() {
            return Err(NetworkError::Unknown {
                asked: name_or_path.to_owned(),
            });
        }
        let text = std::fs::read_to_string(path).map_err(|source| NetworkError::File {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(name_or_path, &text)
    }

    fn parse(from: &str, text: &str) -> Result<Self, NetworkError> {
        toml::from_str(text).map_err(|source| NetworkError::Toml {
            from: from.to_owned(),
            source,
        })
    }

    /// The network's migration.
    ///
    /// # Errors
    /// [`NetworkError::NoMigration`].
    pub fn migration(&self) -> Result<&Migration, NetworkError> {
        self.migration
            .as_ref()
            .ok_or_else(|| NetworkError::NoMigration {
                network: self.name.clone(),
            })
    }
}

#[cfg(test)]
mod tests {
    use alloy::primitives::b256;

    use super::*;

    #[test]
    fn every_built_in_network_loads_under_its_own_name() {
        for (name, _) in BUILT_IN {
            assert_eq!(Network::load(name).expect(name).name, name);
        }
    }

    #[test]
    fn mainnets_migration_has_the_id_its_contract_knows() {
        let mainnet = Network::load("mainnet").expect("built in");
        assert_eq!(
            mainnet.migration().expect("LIP-73").snapshot_id(),
            b256!("0xacef05f736f89c16facc0f940c13f4c3a386cf48a9b54b50f59defd8b301c40a")
        );
    }

    #[test]
    fn an_unknown_network_is_a_usage_error_that_names_the_known_ones() {
        let error = Network::load("mainet").expect_err("misspelt");
        assert!(error.is_usage());
        assert!(
            error
                .to_string()
                .contains("devnet, nitro-testnode, sepolia, mainnet"),
            "{error}"
        );
    }

    #[test]
    fn a_misspelt_field_is_refused_and_named() {
        let text = BUILT_IN[2].1.replace("block_seconds", "blockseconds");
        let error = Network::parse("file", &text).expect_err("unknown field");
        let NetworkError::Toml { source, .. } = error else {
            panic!("{error}")
        };
        assert!(source.to_string().contains("blockseconds"), "{source}");
    }

    #[test]
    fn a_network_without_migration_says_so() {
        let error = Network::load("sepolia")
            .expect("built in")
            .migration()
            .expect_err("none");
        assert!(
            error.to_string().contains("sepolia has no [migration]"),
            "{error}"
        );
    }
}
