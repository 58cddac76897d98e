//! Where keys come from.

use std::{
    env, fs,
    io::IsTerminal as _,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use alloy::{
    network::EthereumWallet,
    primitives::Address,
    signers::{
        Signer as _,
        ledger::{HDPath, LedgerSigner},
        local::PrivateKeySigner,
    },
};
use hidapi_rusb::HidApi;

use super::{Account, KeyError};

/// Environment variable with a private key.
pub const KEY_VAR: &str = "CONFLUENCE_PRIVATE_KEY";
/// Environment variable with a keystore's password.
pub const PASSWORD_VAR: &str = "CONFLUENCE_PASSWORD";

/// A place that has a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A geth keystore file; its password from a file, the environment or a prompt.
    Keystore {
        /// The keystore.
        file: PathBuf,
        /// First line is the password.
        password: Option<PathBuf>,
    },
    /// A file with the key in hex.
    File(PathBuf),
    /// The environment variable [`KEY_VAR`].
    Environment,
    /// The Ledger's account of this index (path m/44'/60'/INDEX'/0/0).
    Ledger(usize),
    /// An account that the node signs for.
    Unlocked(Address),
}

impl Source {
    /// The place that a command's options name; the environment if they name none.
    #[must_use]
    pub fn of(
        keystore: Option<&Path>,
        password: Option<&Path>,
        key_file: Option<&Path>,
        ledger: Option<usize>,
        unlocked: Option<Address>,
    ) -> Self {
        match (keystore, key_file, ledger, unlocked) {
            (Some(file), ..) => Self::Keystore {
                file: file.to_owned(),
                password: password.map(Path::to_owned),
            },
            (_, Some(file), ..) => Self::File(file.to_owned()),
            (_, _, Some(index), _) => Self::Ledger(index),
            (.., Some(address)) => Self::Unlocked(address),
            _ => Self::Environment,
        }
    }

    /// Gets the account, and makes sure that it is `expected` if one is.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub async fn account(
        &self,
        chain_id: u64,
        expected: Option<Address>,
    ) -> Result<Account, KeyError> {
        let account = match self {
            Self::Keystore { file, password } => {
                local(keystore(file, password.as_deref())?, chain_id)
            }
            Self::File(file) => local(key(&read(file)?, &file.display().to_string())?, chain_id),
            Self::Environment => {
                let text = env::var_os(KEY_VAR).ok_or(KeyError::None)?;
                local(key(&text.to_string_lossy(), KEY_VAR)?, chain_id)
            }
            Self::Ledger(index) => ledger(*index, chain_id).await?,
            Self::Unlocked(address) => Account::unlocked(*address),
        };
        match expected {
            Some(expected) if expected != account.address => Err(KeyError::WrongAccount {
                expected,
                found: account.address,
            }),
            _ => Ok(account),
        }
    }
}

fn local(signer: PrivateKeySigner, chain_id: u64) -> Account {
    signer.with_chain_id(Some(chain_id)).into()
}

fn read(path: &Path) -> Result<String, KeyError> {
    fs::read_to_string(path).map_err(|source| KeyError::File {
        path: path.to_owned(),
        source,
    })
}

fn key(text: &str, from: &str) -> Result<PrivateKeySigner, KeyError> {
    text.trim().parse().map_err(|_| KeyError::NotAKey {
        from: from.to_owned(),
    })
}

fn keystore(file: &Path, password: Option<&Path>) -> Result<PrivateKeySigner, KeyError> {
    // asked first, so that "cannot read" and "cannot open" are two errors
    fs::File::open(file).map_err(|source| KeyError::File {
        path: file.to_owned(),
        source,
    })?;
    let password = match (password, env::var(PASSWORD_VAR)) {
        (Some(path), _) => read(path)?.lines().next().unwrap_or_default().to_owned(),
        (None, Ok(password)) => password,
        (None, Err(_)) => ask(file)?,
    };
    PrivateKeySigner::decrypt_keystore(file, password).map_err(|error| KeyError::Keystore {
        path: file.to_owned(),
        why: error.to_string(),
    })
}

fn ask(file: &Path) -> Result<String, KeyError> {
    let none = || KeyError::NoPassword {
        path: file.to_owned(),
    };
    if !std::io::stdin().is_terminal() {
        return Err(none());
    }
    dialoguer::Password::new()
        .with_prompt(format!("Password of {}", file.display()))
        .allow_empty_password(true)
        .interact()
        .map_err(|_| none())
}

/// Whether this system has USB at all: the signer panics where it has not. Asked once, since the signer then keeps what this opens.
fn usb() -> Result<(), KeyError> {
    static WHY_NOT: OnceLock<Option<String>> = OnceLock::new();
    match WHY_NOT.get_or_init(|| HidApi::new().err().map(|error| error.to_string())) {
        None => Ok(()),
        Some(why) => Err(KeyError::Ledger {
            why: format!("this system's USB devices cannot be asked ({why})"),
        }),
    }
}

async fn ledger(index: usize, chain_id: u64) -> Result<Account, KeyError> {
    usb()?;
    let failed = |error: &dyn std::fmt::Display| KeyError::Ledger {
        why: error.to_string(),
    };
    let signer = LedgerSigner::new(HDPath::LedgerLive(index), Some(chain_id))
        .await
        .map_err(|error| failed(&error))?;
    let address = signer.get_address().await.map_err(|error| failed(&error))?;
    let signer = Arc::new(signer);
    Ok(Account {
        address,
        wallet: Some(EthereumWallet::from(Arc::clone(&signer))),
        signer: Some(signer),
        key: None,
    })
}
