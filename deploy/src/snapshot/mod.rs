//! The snapshot of delegators: the list, its tree, and proofs that an account is in it.
//! Always holds: a real list is accepted by its published root alone, and whatever uses a list can say
//! whether it is the real one ([`Provenance`]).

pub mod chain;
mod diff;
mod find;
mod generate;
mod keccak;
mod leaf;
mod list;
#[cfg(test)]
mod list_tests;
mod tree;

use std::path::{Path, PathBuf};

use alloy::primitives::{Address, B256, U256};

use rayon::prelude::*;

pub use diff::{Change, Diff, Entry};
pub use find::{ENV_VAR, Found, Place, Search};
pub use generate::{Population, generate};
pub use leaf::{LEAF_LEN, Leaf};
pub use list::{List, ListError, Provenance, Totals};
pub use tree::{Tree, climb, root_of};

/// Everything that can go wrong with a snapshot.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// A file could not be read or written.
    #[error("cannot {what} {}", path.display())]
    File {
        /// "read", "write" or "remove".
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is not a list of leaves.
    #[error("{from} is not a snapshot list")]
    List {
        /// The file or address.
        from: String,
        /// What is wrong with it.
        source: ListError,
    },
    /// A list's root is not the published one.
    #[error(
        "{from} is not the published {migration} list: its root is {found}, the published root is {expected}"
    )]
    WrongRoot {
        /// The file or address.
        from: String,
        /// The migration whose list was wanted.
        migration: String,
        /// The root of what was there.
        found: B256,
        /// The published root.
        expected: B256,
    },
    /// The list is nowhere.
    #[error(
        "the published {migration} list was not found (looked in: {looked}); \
         give it with --list FILE or {ENV_VAR}=FILE, fetch it with `confluence snapshot get`, \
         or use a stand-in with --synthetic SEED"
    )]
    NotFound {
        /// The migration whose list was wanted.
        migration: String,
        /// The places, in the order in which they were tried.
        looked: String,
    },
    /// The list could not be downloaded.
    #[error(
        "cannot download {url}: {why}; fetch it by other means and give it with --list FILE or {ENV_VAR}=FILE"
    )]
    Download {
        /// The address.
        url: String,
        /// What went wrong.
        why: String,
    },
    /// An address has no leaf.
    #[error(
        "{address} is not in the {provenance}: it had no stake to move by snapshot; \
         orchestrators and contract wallets migrate from Ethereum instead"
    )]
    NotInList {
        /// The address.
        address: Address,
        /// Which list was searched.
        provenance: Provenance,
    },
    /// A proof leads to another root than it should.
    #[error(
        "the proof for {address} leads to {found}, not to {expected}: it was made for another list or was changed"
    )]
    WrongProof {
        /// Whose proof it is.
        address: Address,
        /// Where it leads.
        found: B256,
        /// The root it should lead to.
        expected: B256,
    },
    /// A proof file is not what `prove` prints.
    #[error("{} is not a proof as `confluence snapshot prove --json` prints it: {why}", path.display())]
    ProofFile {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// A synthetic list cannot have this shape.
    #[error("cannot make a list of {leaves} leaves and {delegates} delegates: {why}")]
    Population {
        /// Leaves asked for.
        leaves: usize,
        /// Delegates asked for.
        delegates: usize,
        /// What must hold.
        why: &'static str,
    },
}

impl SnapshotError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::NotInList { .. } | Self::Population { .. } | Self::ProofFile { .. }
        )
    }
}

/// An account's leaf with its way to the root: what `claimStake` wants.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Proof {
    /// The account.
    pub delegator: Address,
    /// Its delegate.
    pub delegate: Address,
    /// LPT base units.
    pub stake: U256,
    /// Wei.
    pub fees: U256,
    /// Hash of the packed leaf.
    pub leaf: B256,
    /// The root it leads to.
    pub root: B256,
    /// Siblings, from the leaf up.
    pub proof: Vec<B256>,
}

impl Proof {
    /// The proof of an account's leaf.
    ///
    /// # Errors
    /// [`SnapshotError::NotInList`].
    pub fn of(address: Address, found: &Found) -> Result<Self, SnapshotError> {
        let missing = || SnapshotError::NotInList {
            address,
            provenance: found.provenance.clone(),
        };
        let leaf = found.list.find(address).ok_or_else(missing)?;
        let hash = leaf.hash();
        let proof = found.tree.proof(&hash).ok_or_else(missing)?;
        Ok(Self {
            delegator: address,
            delegate: leaf.delegate(),
            stake: leaf.stake(),
            fees: leaf.fees(),
            leaf: hash,
            root: found.root(),
            proof,
        })
    }

    /// Reads a proof that was printed as JSON.
    ///
    /// # Errors
    /// The file cannot be read, or is no such proof.
    pub fn read(path: &Path) -> Result<Self, SnapshotError> {
        let text = std::fs::read_to_string(path).map_err(|source| SnapshotError::File {
            what: "read",
            path: path.to_owned(),
            source,
        })?;
        serde_json::from_str(&text).map_err(|error| SnapshotError::ProofFile {
            path: path.to_owned(),
            why: error.to_string(),
        })
    }

    /// The root that its fields lead to, whatever it says itself.
    #[must_use]
    pub fn leads_to(&self) -> B256 {
        let leaf = Leaf::new(self.delegator, self.delegate, self.stake, self.fees);
        climb(&self.proof, leaf.hash())
    }

    /// Holds the proof against a root, from its fields alone.
    ///
    /// # Errors
    /// [`SnapshotError::WrongProof`].
    pub fn verify(&self, root: B256) -> Result<(), SnapshotError> {
        let found = self.leads_to();
        if found == root {
            return Ok(());
        }
        Err(SnapshotError::WrongProof {
            address: self.delegator,
            found,
            expected: root,
        })
    }
}

impl Found {
    /// Proves every leaf and folds each proof up again; how many there were.
    ///
    /// # Errors
    /// [`SnapshotError::WrongProof`] for the first that does not lead to the root.
    pub fn prove_all(&self) -> Result<usize, SnapshotError> {
        let root = self.root();
        self.list.leaves().par_iter().try_for_each(|leaf| {
            let hash = leaf.hash();
            let found = self.tree.proof(&hash).map(|proof| climb(&proof, hash));
            match found {
                Some(found) if found == root => Ok(()),
                other => Err(SnapshotError::WrongProof {
                    address: leaf.delegator(),
                    found: other.unwrap_or_default(),
                    expected: root,
                }),
            }
        })?;
        Ok(self.list.leaves().len())
    }
}
