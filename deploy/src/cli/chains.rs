//! Which chains a verb talks to, and with whose key: options that most verbs share.
//! Always holds: a chain is talked to only after it has proved to be the network's; a key never comes from the command line.

use std::path::PathBuf;

use alloy::primitives::Address;

use super::CliError;
use crate::{
    client::{Arbitrum, Client, Ethereum, L1, L2, Side},
    keys::{Account, KEY_VAR, Source},
    network::Network,
};

/// The network and where its chains are reached.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Network")]
pub(super) struct Chains {
    /// A built-in network (devnet, nitro-testnode, sepolia, mainnet) or a network file
    #[arg(
        long,
        value_name = "NAME|FILE",
        default_value = "devnet",
        env = "CONFLUENCE_NETWORK",
        hide_env_values = true
    )]
    network: String,
    /// RPC endpoint of L1; the network's own if not given
    #[arg(
        long,
        value_name = "URL",
        env = "CONFLUENCE_L1_RPC",
        hide_env_values = true
    )]
    l1_rpc: Option<String>,
    /// RPC endpoint of L2; the network's own if not given
    #[arg(
        long,
        value_name = "URL",
        env = "CONFLUENCE_L2_RPC",
        hide_env_values = true
    )]
    l2_rpc: Option<String>,
}

impl Chains {
    /// The network.
    pub(super) fn network(&self) -> Result<Network, CliError> {
        Ok(Network::load(&self.network)?)
    }

    /// L1, sending as `account` if there is one.
    pub(super) async fn l1(
        &self,
        network: &Network,
        account: Option<&Account>,
    ) -> Result<L1, CliError> {
        let url = self.l1_rpc.as_ref().or(network.l1.rpc.as_ref());
        connect::<Ethereum>(url, "--l1-rpc", network.l1.chain_id, account).await
    }

    /// L2, sending as `account` if there is one.
    pub(super) async fn l2(
        &self,
        network: &Network,
        account: Option<&Account>,
    ) -> Result<L2, CliError> {
        let url = self.l2_rpc.as_ref().or(network.l2.rpc.as_ref());
        connect::<Arbitrum>(url, "--l2-rpc", network.l2.chain_id, account).await
    }
}

pub(super) async fn connect<S: Side>(
    url: Option<&String>,
    option: &'static str,
    chain_id: std::num::NonZeroU64,
    account: Option<&Account>,
) -> Result<Client<S>, CliError> {
    let url = url.ok_or(CliError::NoRpc {
        side: S::NAME,
        option,
    })?;
    Ok(Client::connect(url, Some(chain_id), account).await?)
}

/// The contract on L1 from which everything moves.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Migrator {
    /// L1Migrator; the network's own if not given
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "CONFLUENCE_L1_MIGRATOR",
        hide_env_values = true
    )]
    l1_migrator: Option<Address>,
}

impl Migrator {
    /// Its address.
    pub(super) fn of(&self, network: &Network) -> Result<Address, CliError> {
        migrator(self.l1_migrator, network)
    }
}

/// L1Migrator's address: the one that was given, else the network's own.
pub(super) fn migrator(given: Option<Address>, network: &Network) -> Result<Address, CliError> {
    given
        .or(network.l1.migrator)
        .ok_or_else(|| CliError::NoMigrator {
            network: network.name.clone(),
        })
}

/// Where the key is.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Key (or the variable CONFLUENCE_PRIVATE_KEY)")]
#[group(multiple = false)]
pub(super) struct Keys {
    /// A geth keystore; asks for its password unless a file or CONFLUENCE_PASSWORD has it
    #[arg(long, value_name = "FILE")]
    keystore: Option<PathBuf>,
    /// A file with a private key in hex
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// A Ledger's account of this number (path m/44'/60'/N'/0/0)
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "0")]
    ledger: Option<usize>,
    /// An account that a development node signs for
    #[arg(long, value_name = "ADDRESS")]
    unlocked: Option<Address>,
}

/// The keystore's password, apart from [`Keys`] since it goes together with one of them.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Key (or the variable CONFLUENCE_PRIVATE_KEY)")]
pub(super) struct Password {
    /// A file whose first line is the keystore's password
    #[arg(long, value_name = "FILE", requires = "keystore")]
    password_file: Option<PathBuf>,
}

impl Keys {
    /// Whether anything says where a key is.
    pub(super) fn is_given(&self) -> bool {
        self.keystore.is_some()
            || self.key_file.is_some()
            || self.ledger.is_some()
            || self.unlocked.is_some()
            || std::env::var_os(KEY_VAR).is_some()
    }

    /// The account, on a chain with this id.
    pub(super) async fn account(
        &self,
        password: &Password,
        chain_id: u64,
    ) -> Result<Account, CliError> {
        let source = Source::of(
            self.keystore.as_deref(),
            password.password_file.as_deref(),
            self.key_file.as_deref(),
            self.ledger,
            self.unlocked,
        );
        Ok(source.account(chain_id, None).await?)
    }

    /// The same account on another chain: a password is asked for once.
    pub(super) async fn also(
        &self,
        account: &Account,
        password: &Password,
        chain_id: u64,
    ) -> Result<Account, CliError> {
        match account.on(chain_id) {
            Some(account) => Ok(account),
            None => self.account(password, chain_id).await,
        }
    }
}
