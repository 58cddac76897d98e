//! Options that verbs which talk to the L2 system share: which chain, which Controller, who signs, whether to ask.
//! Always holds: nothing is signed before it was shown and agreed to, by `--yes` or in a terminal.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use alloy::primitives::{Address, U256, utils::format_ether};

use super::{CliError, Output, chains};
use crate::{
    client::L2,
    keys::{Account, Source},
    network::Network,
};

/// Which chain and which system.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Chain")]
pub(super) struct On {
    /// The L2 node; the network's own if left out
    #[arg(
        long,
        value_name = "URL",
        env = "CONFLUENCE_L2_RPC",
        hide_env_values = true
    )]
    l2_rpc: Option<String>,
    /// Whose chain: devnet, nitro-testnode, sepolia, mainnet or a TOML file
    #[arg(
        long,
        value_name = "NETWORK",
        default_value = "devnet",
        env = "CONFLUENCE_NETWORK",
        hide_env_values = true
    )]
    network: String,
    /// The Controller of the system on L2
    #[arg(
        long,
        value_name = "ADDRESS",
        env = "CONFLUENCE_CONTROLLER",
        hide_env_values = true
    )]
    pub(super) controller: Address,
}

/// Who signs.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Account")]
pub(super) struct Signing {
    /// A geth keystore file
    #[arg(long, value_name = "FILE", group = "signer")]
    keystore: Option<PathBuf>,
    /// The keystore's password, as the first line of a file
    #[arg(long, value_name = "FILE", requires = "keystore")]
    password_file: Option<PathBuf>,
    /// A file with the private key in hex
    #[arg(long, value_name = "FILE", group = "signer")]
    key_file: Option<PathBuf>,
    /// A Ledger's account
    #[arg(long, value_name = "INDEX", group = "signer")]
    ledger: Option<usize>,
    /// An account that a development node signs for
    #[arg(long, value_name = "ADDRESS", group = "signer")]
    unlocked: Option<Address>,
    /// Send without asking
    #[arg(long, short)]
    pub(super) yes: bool,
}

/// Options that cannot be what was meant.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OptionsError {
    /// Nobody is there to agree.
    #[error("nothing was sent: run in a terminal to be asked, or give --yes")]
    NobodyToAsk,
    /// Somebody was there and did not.
    #[error("nothing was sent: not agreed to")]
    Declined,
}

impl On {
    /// Whose chain it is.
    pub(super) fn network(&self) -> Result<Network, CliError> {
        Ok(Network::load(&self.network)?)
    }

    /// A client that only looks.
    pub(super) async fn look(&self) -> Result<L2, CliError> {
        self.client(None).await
    }

    async fn client(&self, account: Option<&Account>) -> Result<L2, CliError> {
        let network = Network::load(&self.network)?;
        let url = self.l2_rpc.as_ref().or(network.l2.rpc.as_ref());
        chains::connect(url, "--l2-rpc", network.l2.chain_id, account).await
    }

    /// A client that sends from the account that was chosen.
    pub(super) async fn sending(&self, signing: &Signing) -> Result<(L2, Address), CliError> {
        let network = Network::load(&self.network)?;
        let account = signing
            .source()
            .account(network.l2.chain_id.get(), None)
            .await?;
        Ok((self.client(Some(&account)).await?, account.address()))
    }
}

impl Signing {
    fn source(&self) -> Source {
        Source::of(
            self.keystore.as_deref(),
            self.password_file.as_deref(),
            self.key_file.as_deref(),
            self.ledger,
            self.unlocked,
        )
    }

    /// Shows what is about to be sent and asks, unless `--yes` was given.
    pub(super) async fn agree(
        &self,
        l2: &L2,
        what: &Preview<'_>,
        out: &Output,
    ) -> Result<(), CliError> {
        let price = l2.gas_price().await?;
        let fee = price.saturating_mul(U256::from(what.gas));
        out.progress().say(format!(
            "about to send {}\n  from   {}\n  to     {}\n  value  {} ETH\n  gas    {}, about {} ETH, paid by the sender",
            what.action,
            what.from,
            what.to,
            format_ether(what.value),
            what.gas,
            format_ether(fee),
        ));
        agree(self.yes)
    }
}

/// Asks whether to send what was shown, unless `--yes` was given.
pub(super) fn agree(yes: bool) -> Result<(), CliError> {
    if yes {
        return Ok(());
    }
    if !std::io::stdin().is_terminal() {
        return Err(OptionsError::NobodyToAsk.into());
    }
    let agreed = dialoguer::Confirm::new()
        .with_prompt("Send it?")
        .default(false)
        .interact()
        .unwrap_or(false);
    match agreed {
        true => Ok(()),
        false => Err(OptionsError::Declined.into()),
    }
}

/// A transaction before it is signed.
pub(super) struct Preview<'a> {
    /// What it does.
    pub(super) action: &'a str,
    /// Who pays.
    pub(super) from: Address,
    /// The contract.
    pub(super) to: Address,
    /// Wei that go along.
    pub(super) value: U256,
    /// Gas that it takes.
    pub(super) gas: u64,
}

/// ETH as people write it, in wei.
pub(super) fn eth(text: &str) -> Result<U256, String> {
    alloy::primitives::utils::parse_ether(text)
        .map_err(|error| format!("expected an amount of ETH such as 0.5: {error}"))
}

/// Gwei as people write it, in wei.
pub(super) fn gwei(text: &str) -> Result<U256, String> {
    alloy::primitives::utils::parse_units(text, "gwei")
        .map_err(|error| format!("expected an amount of gwei such as 0.01: {error}"))
        .and_then(|units| match units.is_negative() {
            true => Err("a price is not negative".to_owned()),
            false => Ok(units.get_absolute()),
        })
}

/// A percentage as people write it, in millionths.
pub(super) fn percent(text: &str) -> Result<u64, String> {
    let wrong = |_| "expected a percentage such as 1 or 0.25".to_owned();
    let units = alloy::primitives::utils::parse_units(text.trim_end_matches('%').trim(), 4u8)
        .map_err(wrong)?;
    match units.is_negative() {
        true => Err("a percentage is not negative".to_owned()),
        false => Ok(units.get_absolute().saturating_to()),
    }
}

/// Where keys come from, for help texts.
pub(super) const ACCOUNT_HELP: &str = "The key comes from --keystore, --key-file, --ledger or --unlocked (development nodes), else from the variable\nCONFLUENCE_PRIVATE_KEY.";

impl OptionsError {
    pub(super) fn is_usage(&self) -> bool {
        !matches!(self, Self::Declined)
    }
}
