//! Who signs: a keystore file, a key file, a variable, a Ledger, or an account that a development node holds.
//! Always holds: no key is ever taken from a command line or printed; `Debug` shows the address alone.

mod source;

use std::{fmt, path::PathBuf, sync::Arc};

use alloy::{
    dyn_abi::TypedData,
    network::EthereumWallet,
    primitives::{Address, Bytes},
    signers::{Signer, local::PrivateKeySigner},
};

pub use source::{KEY_VAR, PASSWORD_VAR, Source};

/// An account and what signs for it.
#[derive(Clone)]
pub struct Account {
    address: Address,
    wallet: Option<EthereumWallet>,
    signer: Option<Arc<dyn Signer + Send + Sync>>,
    /// The key itself, where this program has it.
    key: Option<PrivateKeySigner>,
}

impl Account {
    /// An account that the node itself signs for.
    #[must_use]
    pub fn unlocked(address: Address) -> Self {
        Self {
            address,
            wallet: None,
            signer: None,
            key: None,
        }
    }

    /// The same account on another chain; `None` if its key is in a device, which has to be asked.
    #[must_use]
    pub fn on(&self, chain_id: u64) -> Option<Self> {
        match (&self.key, &self.wallet) {
            (Some(key), _) => Some(key.clone().with_chain_id(Some(chain_id)).into()),
            (None, None) => Some(self.clone()),
            (None, Some(_)) => None,
        }
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> Address {
        self.address
    }

    /// Signs a message (EIP-712).
    ///
    /// # Errors
    /// [`KeyError::Unlocked`] for an account whose key only a node has; [`KeyError::Refused`] if a device or key refuses.
    pub async fn sign_typed(&self, message: &TypedData) -> Result<Bytes, KeyError> {
        let signer = self.signer.as_ref().ok_or(KeyError::Unlocked)?;
        let signature = signer.sign_dynamic_typed_data(message).await;
        signature
            .map(|signature| signature.as_bytes().into())
            .map_err(|error| KeyError::Refused {
                why: error.to_string(),
            })
    }

    pub(crate) fn wallet(&self) -> Option<EthereumWallet> {
        self.wallet.clone()
    }
}

impl From<PrivateKeySigner> for Account {
    /// An account whose key this program has.
    fn from(signer: PrivateKeySigner) -> Self {
        Self {
            address: signer.address(),
            wallet: Some(EthereumWallet::from(signer.clone())),
            signer: Some(Arc::new(signer.clone())),
            key: Some(signer),
        }
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Account").field(&self.address).finish()
    }
}

/// Why there is no key to sign with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// A file cannot be read.
    #[error("cannot read {}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A key that is none. The message never repeats it.
    #[error("{from} does not hold a private key: expected 64 hex digits, with or without 0x")]
    NotAKey {
        /// File or variable.
        from: String,
    },
    /// The keystore does not open.
    #[error("cannot open keystore {}: {why}", path.display())]
    Keystore {
        /// The file.
        path: PathBuf,
        /// Wrong password, or no keystore.
        why: String,
    },
    /// Nobody is there to type the password.
    #[error("the password of {} is needed: give --password-file, set {PASSWORD_VAR}, or run in a terminal", path.display())]
    NoPassword {
        /// The keystore.
        path: PathBuf,
    },
    /// The device did not answer.
    #[error("cannot use the Ledger: {why}; unlock it and open its Ethereum app")]
    Ledger {
        /// What happened.
        why: String,
    },
    /// The key is in a node, which signs transactions only.
    #[error(
        "an account that only a node signs for cannot sign messages; use --keystore, --key-file, --ledger or the variable {KEY_VAR}"
    )]
    Unlocked,
    /// The key or the device would not sign.
    #[error("the message was not signed: {why}")]
    Refused {
        /// What happened.
        why: String,
    },
    /// Nobody said where the key is.
    #[error(
        "no key was given: use --keystore FILE, --key-file FILE, --ledger, or the variable {KEY_VAR} (--unlocked ADDRESS on a development chain)"
    )]
    None,
    /// Another account than the one that was asked for.
    #[error("the key is that of {found}, not of {expected}")]
    WrongAccount {
        /// Who was asked for.
        expected: Address,
        /// Whose key it is.
        found: Address,
    },
}

impl KeyError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        !matches!(self, Self::Ledger { .. } | Self::Refused { .. })
    }
}
