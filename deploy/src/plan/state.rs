//! What an interrupted deployment was about, so that whoever goes on does the same.
//! Always holds: the file says what is deployed and for whom, not how far it is: that is read from the chain. It is replaced
//! whole, and a deployment of something else is refused instead of mixed in.

use std::{
    fs,
    path::{Path, PathBuf},
};

use alloy::primitives::{Address, B256, FixedBytes};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{L1Origin, Parameters};
use crate::whole_file;

/// What a state file's `schema` says.
const SCHEMA: &str = "confluence.deployment-state/1";

/// What is deployed, where, by and for whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    schema: String,
    /// The network's name.
    pub network: String,
    /// L2's chain id.
    pub l2_chain_id: u64,
    /// Sends every transaction.
    pub deployer: Address,
    /// Owns the Governor.
    pub governor_owner: Address,
    /// Tells deployments of the same code apart.
    pub salt: B256,
    /// The sources' commit.
    pub commit: FixedBytes<20>,
    /// Digest of everything that is deployed.
    pub code: B256,
    /// L2's newest block when it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub l2_first_block: Option<u64>,
    /// With what.
    pub parameters: Parameters,
    /// L1's side, if there is to be one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub l1: Option<L1Origin>,
}

/// Why a file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// It cannot be read or written.
    #[error("cannot access {}", path.display())]
    Access {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It holds something else.
    #[error("{} is not what it should be ({schema}): {why}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What it should be.
        schema: &'static str,
        /// What is wrong.
        why: String,
    },
    /// It is about another deployment.
    #[error("{} is about a deployment with another {what} ({kept}, now {given}); go on with that, or begin anew with another --state file and another --salt", path.display())]
    Another {
        /// The file.
        path: PathBuf,
        /// What differs.
        what: &'static str,
        /// What the file says.
        kept: String,
        /// What was given.
        given: String,
    },
}

impl State {
    /// A deployment that begins.
    #[must_use]
    #[allow(clippy::too_many_arguments)] // each of them is part of what a deployment is
    pub fn new(
        network: String,
        l2_chain_id: u64,
        deployer: Address,
        governor_owner: Address,
        salt: B256,
        commit: FixedBytes<20>,
        code: B256,
        parameters: Parameters,
    ) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            network,
            l2_chain_id,
            deployer,
            governor_owner,
            salt,
            commit,
            code,
            l2_first_block: None,
            parameters,
            l1: None,
        }
    }

    /// The same, begun when this was L2's newest block.
    #[must_use]
    pub fn begun_at(self, l2_block: u64) -> Self {
        Self {
            l2_first_block: Some(l2_block),
            ..self
        }
    }

    /// The same, with L1's side.
    #[must_use]
    pub fn with_l1(self, origin: L1Origin) -> Self {
        Self {
            l1: Some(origin),
            ..self
        }
    }

    /// Goes on with what the file is about, or begins: afterwards the file says what is deployed.
    ///
    /// # Errors
    /// [`FileError::Another`] if the file is about another deployment.
    pub fn resume(self, path: &Path) -> Result<Self, FileError> {
        match self.clone().kept(path)? {
            Some(kept) => Ok(kept),
            None => {
                store(path, &self)?;
                Ok(self)
            }
        }
    }

    /// What the file is about, if there is one; writes nothing.
    ///
    /// # Errors
    /// As [`State::resume`].
    pub fn kept(self, path: &Path) -> Result<Option<Self>, FileError> {
        let Some(kept) = load::<Self>(path, SCHEMA)? else {
            return Ok(None);
        };
        let pairs = [
            ("network", kept.network.clone(), self.network),
            (
                "chain",
                kept.l2_chain_id.to_string(),
                self.l2_chain_id.to_string(),
            ),
            (
                "deployer",
                kept.deployer.to_string(),
                self.deployer.to_string(),
            ),
            (
                "governor owner",
                kept.governor_owner.to_string(),
                self.governor_owner.to_string(),
            ),
            ("salt", kept.salt.to_string(), self.salt.to_string()),
            ("code", kept.code.to_string(), self.code.to_string()),
            (
                "set of parameters",
                format!("{:?}", kept.parameters),
                format!("{:?}", self.parameters),
            ),
            ("L1 side", beside(kept.l1), beside(self.l1)),
        ];
        for (what, kept, given) in pairs {
            if kept != given {
                return Err(FileError::Another {
                    path: path.to_owned(),
                    what,
                    kept,
                    given,
                });
            }
        }
        Ok(Some(kept))
    }
}

/// What of L1's side must be the same; the nonce goes on, and the file knows the first.
fn beside(l1: Option<L1Origin>) -> String {
    let same = l1.map(|origin| L1Origin {
        first_nonce: 0,
        ..origin
    });
    same.map_or_else(|| "none".to_owned(), |origin| format!("{origin:?}"))
}

/// Reads a document; `None` if there is no such file.
pub(super) fn load<T: DeserializeOwned>(
    path: &Path,
    schema: &'static str,
) -> Result<Option<T>, FileError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(source) => {
            return Err(FileError::Access {
                path: path.to_owned(),
                source,
            });
        }
    };
    let malformed = |why: String| FileError::Malformed {
        path: path.to_owned(),
        schema,
        why,
    };
    let document: serde_json::Value =
        serde_json::from_slice(&bytes).map_err(|error| malformed(error.to_string()))?;
    if document["schema"] != schema {
        return Err(malformed(format!("its schema is {}", document["schema"])));
    }
    serde_json::from_value(document)
        .map(Some)
        .map_err(|error| malformed(error.to_string()))
}

/// Replaces a document in one step.
pub(super) fn store<T: Serialize>(path: &Path, document: &T) -> Result<(), FileError> {
    let write = || whole_file::replace(path, &serde_json::to_vec_pretty(document)?);
    write().map_err(|source| FileError::Access {
        path: path.to_owned(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(deployer: Address) -> State {
        State::new(
            "devnet".to_owned(),
            412_346,
            deployer,
            Address::ZERO,
            B256::ZERO,
            FixedBytes::ZERO,
            B256::ZERO,
            Parameters::default(),
        )
    }

    #[test]
    fn the_same_deployment_goes_on_and_another_is_refused_with_what_differs() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state.json");
        let begun = state(Address::ZERO).resume(&path).expect("begins");
        assert_eq!(state(Address::ZERO).resume(&path).expect("goes on"), begun);
        let error = state(Address::repeat_byte(1)).resume(&path);
        let error = error.expect_err("another deployer").to_string();
        assert!(error.contains("another deployer"), "{error}");
    }

    #[test]
    fn half_a_file_is_no_state() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state.json");
        fs::write(&path, "{\"schema\": \"confluence.deploy").expect("written");
        let error = state(Address::ZERO).resume(&path).expect_err("cut short");
        assert!(matches!(error, FileError::Malformed { .. }), "{error}");
    }
}
