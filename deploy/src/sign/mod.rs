//! Authorizations: what an account signs, offline if it likes, so that another one can send its move.
//! Always holds: a signature is checked against the account before it is written or sent.

mod message;

use std::path::{Path, PathBuf};

use alloy::primitives::{Address, Bytes, Signature};
use serde::{Deserialize, Serialize};

pub use message::{Hashes, Move, Verifier, What};

use crate::keys::{Account, KeyError};

/// What an authorization file's `schema` says.
const SCHEMA: &str = "confluence.authorization/1";

/// A move and the signature that allows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authorization {
    schema: String,
    /// What is allowed.
    #[serde(flatten)]
    pub moved: Move,
    /// For which contract.
    #[serde(flatten)]
    pub verifier: Verifier,
    /// What was signed.
    pub hashes: Hashes,
    /// The account's signature; none yet where a wallet is to sign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Bytes>,
}

/// Why an authorization is none.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    /// The key could not sign.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A file cannot be read or written.
    #[error("cannot access {}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file holds something else.
    #[error("{} is no authorization: expected what `confluence authorize --out` writes ({SCHEMA})", path.display())]
    NotAnAuthorization {
        /// The file.
        path: PathBuf,
    },
    /// The hashes are not those of the fields: the file was changed.
    #[error(
        "the authorization's fields do not hash to what was signed: the file was changed; authorize again"
    )]
    Changed,
    /// Somebody else's signature.
    #[error("the signature is {}, not {expected}'s; sign with that account (what a contract wallet accepts is checked on L1: give it to `confluence migrate --signature`)", signer.map_or("malformed".to_owned(), |signer| format!("{signer}'s")))]
    NotTheAccount {
        /// Who had to sign.
        expected: Address,
        /// Who signed.
        signer: Option<Address>,
    },
    /// The authorization has run out.
    #[error(
        "the authorization ran out at {deadline} (Unix seconds), and it is {now}; authorize again with a later --deadline"
    )]
    Expired {
        /// Its last second.
        deadline: u64,
        /// The chain's time.
        now: u64,
    },
}

impl SignError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Key(error) => error.is_usage(),
            Self::File { .. } => false,
            _ => true,
        }
    }
}

impl Authorization {
    /// An authorization that waits for its signature.
    #[must_use]
    pub fn unsigned(moved: Move, verifier: Verifier) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            hashes: moved.hashes(&verifier),
            moved,
            verifier,
            signature: None,
        }
    }

    /// Signs it.
    ///
    /// # Errors
    /// The account cannot sign messages, or is not the move's.
    pub async fn signed_by(mut self, account: &Account) -> Result<Self, SignError> {
        let typed = self.moved.typed_data(&self.verifier);
        let signature = account.sign_typed(&typed).await?;
        self.signature = Some(signature);
        self.check()?;
        Ok(self)
    }

    /// Makes sure that the signature is the account's.
    ///
    /// # Errors
    /// [`SignError::Changed`], [`SignError::NotTheAccount`].
    pub fn check(&self) -> Result<(), SignError> {
        if self.hashes != self.moved.hashes(&self.verifier) {
            return Err(SignError::Changed);
        }
        let signature = self.signature.as_ref().and_then(|bytes| {
            let signature = Signature::from_raw(bytes).ok()?;
            signature
                .recover_address_from_prehash(&self.hashes.digest)
                .ok()
        });
        if signature == Some(self.moved.l1_addr) {
            return Ok(());
        }
        Err(SignError::NotTheAccount {
            expected: self.moved.l1_addr,
            signer: signature,
        })
    }

    /// Makes sure that it has not run out.
    ///
    /// # Errors
    /// [`SignError::Expired`].
    pub fn in_time(&self, now: u64) -> Result<(), SignError> {
        match self.moved.what {
            What::Amount { deadline, .. } if deadline < now => {
                Err(SignError::Expired { deadline, now })
            }
            _ => Ok(()),
        }
    }

    /// Writes it to a file.
    ///
    /// # Errors
    /// [`SignError::File`].
    pub fn write(&self, path: &Path) -> Result<(), SignError> {
        let write = || {
            let text = serde_json::to_vec_pretty(self)?;
            std::fs::write(path, text)
        };
        write().map_err(|source| SignError::File {
            path: path.to_owned(),
            source,
        })
    }

    /// Reads it from a file; its hashes are those of its fields.
    ///
    /// # Errors
    /// [`SignError::File`], [`SignError::NotAnAuthorization`], [`SignError::Changed`].
    pub fn read(path: &Path) -> Result<Self, SignError> {
        let bytes = std::fs::read(path).map_err(|source| SignError::File {
            path: path.to_owned(),
            source,
        })?;
        let read: Self = serde_json::from_slice(&bytes)
            .ok()
            .filter(|read: &Self| read.schema == SCHEMA)
            .ok_or_else(|| SignError::NotAnAuthorization {
                path: path.to_owned(),
            })?;
        if read.hashes != read.moved.hashes(&read.verifier) {
            return Err(SignError::Changed);
        }
        Ok(read)
    }
}
