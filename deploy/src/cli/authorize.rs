//! `confluence authorize`: sign a move so that somebody else can send it.

use std::{fmt, path::PathBuf};

use alloy::{
    dyn_abi::TypedData,
    primitives::{Address, U256, utils::parse_ether},
};
use serde::Serialize;

use super::{
    CliError, EXIT_CODES, Exit, Output,
    chains::{Keys, Password, migrator},
};
use crate::{
    network::Network,
    sign::{Authorization, Move, Verifier, What},
};

/// Sign a move, so that somebody else can send and pay for it
///
/// Prints the message that L1Migrator checks, its hashes as a hardware wallet shows them, and the signature. Works without any
/// node: everything that is signed comes from the options. Without a key it prints the message for a wallet to sign
/// (eth_signTypedData_v4). Sends nothing, costs nothing. Whoever has the file can send exactly this move, nothing else.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence authorize delegator --l1-addr 0x1d5a..07 --l2-addr 0x9f21..c4 --keystore key.json --out move.json\n  confluence authorize amount --lpt 1500 --nonce 0 --deadline 1800000000 --l1-addr .. --l2-addr .. --ledger\n\n{EXIT_CODES}")
)]
pub(super) struct Args {
    #[command(subcommand)]
    what: Kind,
}

#[derive(Debug, clap::Subcommand)]
enum Kind {
    /// A delegator's or orchestrator's whole stake and fees
    Delegator(Common),
    /// Unbonding locks, which become fresh stake
    Locks {
        /// Ids of the locks, in the order in which they are sent
        #[arg(long, value_name = "ID,..", value_delimiter = ',', required = true)]
        ids: Vec<U256>,
        #[command(flatten)]
        common: Common,
    },
    /// A broadcaster's deposit and reserve
    Sender(Common),
    /// A part of a stake, with all fees
    Amount {
        /// LPT to move
        #[arg(long, value_name = "LPT", value_parser = parse_lpt)]
        lpt: U256,
        /// The account's nonce in L1Migrator; its first is 0
        #[arg(long)]
        nonce: U256,
        /// Unix seconds after which the signature is worth nothing
        #[arg(long, value_name = "SECONDS")]
        deadline: u64,
        #[command(flatten)]
        common: Common,
    },
}

#[derive(Debug, clap::Args)]
struct Common {
    /// The account on L1, which signs
    #[arg(long, value_name = "ADDRESS")]
    l1_addr: Address,
    /// The account on L2 that gets what is moved
    #[arg(long, value_name = "ADDRESS")]
    l2_addr: Address,
    /// The L1Migrator that is to accept the message; the network's own if not given
    #[arg(long, value_name = "ADDRESS")]
    l1_migrator: Option<Address>,
    /// A built-in network (devnet, nitro-testnode, sepolia, mainnet) or a network file
    #[arg(
        long,
        value_name = "NAME|FILE",
        default_value = "devnet",
        env = "CONFLUENCE_NETWORK",
        hide_env_values = true
    )]
    network: String,
    /// Write the authorization to this file as well
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    keys: Keys,
    #[command(flatten)]
    password: Password,
}

/// What was signed.
#[derive(Debug, Serialize)]
struct Report {
    #[serde(flatten)]
    authorization: Authorization,
    typed_data: TypedData,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Authorization {
            moved,
            verifier,
            hashes,
            signature,
            ..
        } = &self.authorization;
        let json = serde_json::to_string_pretty(&self.typed_data).map_err(|_| fmt::Error)?;
        writeln!(f, "{json}")?;
        writeln!(f)?;
        writeln!(f, "account    {}", moved.l1_addr)?;
        writeln!(
            f,
            "contract   {} on chain {}",
            verifier.l1_migrator, verifier.chain_id
        )?;
        writeln!(f, "domain     {}", hashes.domain)?;
        writeln!(f, "message    {}", hashes.message)?;
        writeln!(f, "digest     {}", hashes.digest)?;
        match signature {
            Some(signature) => writeln!(f, "signature  {signature}"),
            None => writeln!(
                f,
                "signature  none: no key was given; have a wallet sign the message above"
            ),
        }
    }
}

pub(super) fn parse_lpt(text: &str) -> Result<U256, String> {
    parse_ether(text).map_err(|_| "expected an amount of LPT like 1500 or 0.25".to_owned())
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let (what, common) = match self.what {
            Kind::Delegator(common) => (What::Delegator, common),
            Kind::Locks { ids, common } => (What::Locks { ids }, common),
            Kind::Sender(common) => (What::Sender, common),
            Kind::Amount {
                lpt,
                nonce,
                deadline,
                common,
            } => {
                let what = What::Amount {
                    amount: lpt,
                    nonce,
                    deadline,
                };
                (what, common)
            }
        };
        let report = super::runtime()?.block_on(common.report(what))?;
        out.result("confluence.authorize/1", &report)?;
        Ok(Exit::Done)
    }
}

impl Common {
    async fn report(self, what: What) -> Result<Report, CliError> {
        let network = Network::load(&self.network)?;
        if self.l2_addr.is_zero() {
            return Err(CliError::NullL2Address);
        }
        let l1_migrator = migrator(self.l1_migrator, &network)?;
        let chain_id = network.l1.chain_id.get();
        let moved = Move {
            l1_addr: self.l1_addr,
            l2_addr: self.l2_addr,
            what,
        };
        let verifier = Verifier {
            chain_id,
            l1_migrator,
        };
        let mut authorization = Authorization::unsigned(moved, verifier);
        if self.keys.is_given() {
            let account = self.keys.account(&self.password, chain_id).await?;
            authorization = authorization.signed_by(&account).await?;
        }
        if let Some(path) = &self.out {
            authorization.write(path)?;
        }
        Ok(Report {
            typed_data: authorization.moved.typed_data(&verifier),
            authorization,
        })
    }
}
