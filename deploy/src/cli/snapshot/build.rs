//! `confluence snapshot build`, and the check of what it built against the chain.

use std::{
    collections::BTreeSet,
    fmt,
    path::{Path, PathBuf},
};

use alloy::{eips::BlockNumberOrTag, primitives::Address};
use serde::Serialize;

use super::{CliError, EXIT_CODES, Exit, Output};
use crate::{
    cli::chains,
    client::L1,
    network::Network,
    snapshot::{
        Found,
        chain::{ChainError, Manifest, Rule, Target, Wanted, accounts_of_file, build, check},
    },
};

/// Build the list from the legacy chain itself, at one block
///
/// Finds everybody whose bond ever changed, asks the legacy contracts what each has at the block, and writes the list
/// with a manifest that says how it came about. Orchestrators and contracts are left out, since they migrate from
/// Ethereum. The same block gives the same list, byte for byte. A run that was stopped goes on where it was: repeat
/// the command. Sends nothing and needs no key, but a node that answers for that block (an archive node, for an old
/// one).
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence snapshot build --block finalized --out list.json\n  confluence snapshot build --network mainnet --l1-rpc https://archive.example --block 14265594 --out list.json\n\n{EXIT_CODES}")
)]
pub(super) struct Build {
    /// The block: a number, or latest, safe, finalized
    #[arg(long, value_name = "BLOCK")]
    block: BlockNumberOrTag,
    /// Where to write the list; the manifest goes beside it as FILE.manifest.json
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// More accounts to look at: a list, or one address a line; may be given again
    #[arg(long, value_name = "FILE")]
    accounts: Vec<PathBuf>,
    /// First block whose events are read; by default the network's
    #[arg(long, value_name = "NUMBER")]
    from_block: Option<u64>,
    /// The legacy Controller on L1; by default the network's
    #[arg(long, value_name = "ADDRESS")]
    controller: Option<Address>,
    /// Keep orchestrators in the list
    #[arg(long)]
    with_orchestrators: bool,
    /// Keep contracts in the list
    #[arg(long)]
    with_contracts: bool,
    /// Whose migration: devnet, nitro-testnode, sepolia, mainnet or a TOML file
    #[arg(long, value_name = "NETWORK", default_value = "mainnet")]
    network: String,
    #[command(flatten)]
    chain: Chain,
}

/// Which chain to read.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Chain")]
pub(super) struct Chain {
    /// The L1 node; by default the network's
    #[arg(long, value_name = "URL")]
    l1_rpc: Option<String>,
}

impl Chain {
    async fn connect(&self, network: &Network) -> Result<L1, CliError> {
        let url = self.l1_rpc.as_ref().or(network.l1.rpc.as_ref());
        chains::connect(url, "--l1-rpc", network.l1.chain_id, None).await
    }
}

#[derive(Debug, Serialize)]
struct Report {
    #[serde(flatten)]
    manifest: Manifest,
    resumed: usize,
    published: Option<bool>,
    out: PathBuf,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use alloy::primitives::utils::format_ether;
        let Manifest {
            target,
            accounts,
            orchestrators,
            contracts,
            root,
            totals,
            ..
        } = &self.manifest;
        writeln!(f, "root      {root}")?;
        match self.published {
            Some(true) => writeln!(f, "          the published root")?,
            Some(false) => writeln!(f, "          NOT the published root")?,
            None => {}
        }
        let block = target.block;
        writeln!(
            f,
            "block     {} {} of chain {}, round {}",
            block.number, block.hash, target.chain_id, target.round
        )?;
        writeln!(
            f,
            "accounts  {accounts}, {} of them asked about in an earlier run",
            self.resumed
        )?;
        writeln!(
            f,
            "left out  {} orchestrators, {} contracts",
            orchestrators.len(),
            contracts.len()
        )?;
        writeln!(
            f,
            "leaves    {}: {} with stake, {} with fees only, {} empty",
            totals.leaves, totals.staked, totals.fees_only, totals.empty
        )?;
        writeln!(f, "stake     {} LPT", format_ether(totals.stake))?;
        writeln!(f, "fees      {} ETH", format_ether(totals.fees))?;
        writeln!(f, "list      {}", self.out.display())?;
        write!(f, "manifest  {}", Manifest::beside(&self.out).display())
    }
}

impl Build {
    pub(super) fn run(&self, out: &Output) -> Result<Exit, CliError> {
        let network = Network::load(&self.network)?;
        let migration = network.migration.as_ref();
        let controller = self
            .controller
            .or_else(|| migration.and_then(|it| it.l1_controller))
            .ok_or_else(|| ChainError::NoController {
                network: network.name.clone(),
            })?;
        let mut named = BTreeSet::new();
        for file in &self.accounts {
            named.extend(accounts_of_file(file)?);
        }
        let report = super::super::runtime()?.block_on(async {
            let l1 = self.chain.connect(&network).await?;
            let wanted = Wanted {
                target: Target::at(&l1, controller, self.block).await?,
                from_block: self
                    .from_block
                    .or_else(|| migration.and_then(|it| it.l1_first_block))
                    .unwrap_or_default(),
                named,
                rule: Rule {
                    with_orchestrators: self.with_orchestrators,
                    with_contracts: self.with_contracts,
                },
                out: self.out.clone(),
            };
            let built = build(&l1, &wanted, out.progress()).await?;
            let published = migration.map(|it| it.snapshot_root == built.manifest.root);
            Ok::<_, CliError>(Report {
                manifest: built.manifest,
                resumed: built.resumed,
                published,
                out: wanted.out,
            })
        })?;
        out.result("confluence.snapshot.build/1", &report)?;
        Ok(Exit::Done)
    }
}

/// Builds a list again from the chain, by another way, and says whether it holds.
pub(super) fn verify(
    manifest: &Path,
    chain: &Chain,
    network: &str,
    out: &Output,
) -> Result<Exit, CliError> {
    let network = Network::load(network)?;
    let list = list_of(manifest)?;
    let manifest = Manifest::read(manifest)?;
    let checked = super::super::runtime()?.block_on(async {
        let l1 = chain.connect(&network).await?;
        Ok::<_, CliError>(check(&l1, &list.list, &manifest, out.progress()).await?)
    })?;
    out.result("confluence.snapshot.check/1", &checked)?;
    Ok(if checked.holds() {
        Exit::Done
    } else {
        Exit::Failed
    })
}

/// The list beside which a manifest stands.
fn list_of(manifest: &Path) -> Result<Found, CliError> {
    let name = manifest.to_string_lossy();
    let list = name
        .strip_suffix(".manifest.json")
        .ok_or_else(|| ChainError::Manifest {
            path: manifest.to_owned(),
            why: "its name is not LIST.manifest.json".to_owned(),
        })?;
    Ok(Found::from_file(Path::new(list))?)
}
