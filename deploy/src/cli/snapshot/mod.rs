//! `confluence snapshot`: the list of delegators, its tree and its proofs.

mod build;
mod govern;

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

use alloy::primitives::{Address, B256, utils::format_ether};
use clap::Subcommand;
use serde::Serialize;

use self::build::{Build, Chain};
use super::{CliError, EXIT_CODES, Exit, Output};
use crate::{
    network::Network,
    snapshot::{Diff, Found, Population, Proof, Provenance, Search, SnapshotError, Totals},
};

/// Find, check and prove the list of delegators that a migration moves
///
/// The list says what each delegator had on Ethereum when the snapshot was taken; its Merkle root was published on
/// Arbitrum. It is Livepeer's file, not part of this program: it is taken from --list, from the variable
/// CONFLUENCE_SNAPSHOT, from your cache, or from ../shared/data beside a checkout, and accepted only if it has the
/// published root. Only `publish` and `enable` send transactions and need a key.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Get(Get),
    Root(Root),
    Prove(Prove),
    Verify(Verify),
    Build(Build),
    Diff(Compare),
    Generate(Generate),
    Publish(govern::Publish),
    Enable(govern::Enable),
}

/// Which list to use.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "List")]
pub(super) struct Which {
    /// The published list, as a file
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// Use any list, whatever its root
    #[arg(long, value_name = "FILE", conflicts_with = "list")]
    unpublished: Option<PathBuf>,
    /// Use a made-up list with the real one's statistics
    #[arg(long, value_name = "SEED", conflicts_with_all = ["list", "unpublished"])]
    synthetic: Option<u64>,
}

/// Which list to use, of which migration.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "List")]
struct Of {
    #[command(flatten)]
    which: Which,
    /// Whose migration: devnet, nitro-testnode, sepolia, mainnet or a TOML file
    #[arg(long, value_name = "NETWORK", default_value = "mainnet")]
    network: String,
}

impl Of {
    fn find(&self) -> Result<Found, CliError> {
        // any list at all needs no network
        if let Some(path) = &self.which.unpublished {
            return Ok(Found::from_file(path)?);
        }
        self.which.find_for(&Network::load(&self.network)?)
    }
}

impl Which {
    /// The list of this network's migration.
    pub(super) fn find_for(&self, network: &Network) -> Result<Found, CliError> {
        if let Some(path) = &self.unpublished {
            return Ok(Found::from_file(path)?);
        }
        let migration = network.migration()?;
        if let Some(seed) = self.synthetic {
            let population = Population::like_published(migration.snapshot_leaves);
            return Ok(Found::synthetic(population, seed)?);
        }
        Ok(Search::new(migration, self.list.as_deref()).local()?)
    }
}

/// Find the published list, or download it
///
/// Looks where every other verb looks, and downloads Livepeer's published file into your cache if it is nowhere on
/// this machine. A file with another root than the published one is refused, wherever it comes from.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence snapshot get\n  confluence snapshot get --list earningsTree.JSON\n\n{EXIT_CODES}")
)]
struct Get {
    /// The published list, as a file
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// Whose migration: devnet, nitro-testnode, sepolia, mainnet or a TOML file
    #[arg(long, value_name = "NETWORK", default_value = "mainnet")]
    network: String,
}

/// Print the root of a list, and what is in it
///
/// Reads the list, builds its tree and prints root, counts and sums, and whether the list is the real one.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence snapshot root\n  confluence snapshot root --synthetic 1 --json\n\n{EXIT_CODES}")
)]
struct Root {
    #[command(flatten)]
    which: Of,
}

/// Prove that an account is in the list
///
/// Prints the account's leaf and the hashes from it to the root: what claimStake takes on Arbitrum. With --json the
/// output is a file that `snapshot verify` and `claim` read. Needs the list and no chain. `confluence prove` is the same as
/// `confluence snapshot prove`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence prove 0x001d451450564c9c79cdd0fccc3ef5573ff3b7f2\n  confluence prove 0x001d451450564c9c79cdd0fccc3ef5573ff3b7f2 --json > proof.json\n\n{EXIT_CODES}")
)]
pub(super) struct Prove {
    /// The delegator's account
    address: Address,
    #[command(flatten)]
    which: Of,
}

/// Check a proof against the published root, a list against its own, or a list against the chain
///
/// With a file from `prove --json` the proof is folded up and must end in the published root (or in --root). Without
/// one, every leaf of the list is proven and folded up again, one by one. With --manifest the list beside it is built
/// again from the chain by another way (events backwards, accounts one by one), compared entry by entry, and its sums
/// are held against what the legacy Minter has; exit code 1 if they differ or there is too little.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence snapshot verify proof.json\n  confluence snapshot verify --synthetic 1\n  confluence snapshot verify --manifest list.json.manifest.json --l1-rpc https://archive.example\n\n{EXIT_CODES}")
)]
struct Verify {
    /// A proof as printed by `prove --json`
    proof: Option<PathBuf>,
    /// The root it must lead to, instead of the published one
    #[arg(long, value_name = "HASH", requires = "proof")]
    root: Option<B256>,
    /// A manifest of `build`, to check its list against the chain
    #[arg(long, value_name = "FILE", conflicts_with_all = ["proof", "list", "unpublished", "synthetic"])]
    manifest: Option<PathBuf>,
    #[command(flatten)]
    which: Of,
    #[command(flatten)]
    chain: Chain,
}

/// Compare two lists: who is new, who is gone, who changed and by how much
///
/// The order of entries does not matter. Exit code 1 if the lists differ.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Example:\n  confluence snapshot diff before.json after.json\n\n{EXIT_CODES}")
)]
struct Compare {
    /// The first list
    before: PathBuf,
    /// The second list
    after: PathBuf,
}

/// Make a list with the real one's statistics
///
/// For tests, rehearsals and whoever has no list: as many accounts without delegate, without stake and with fees only
/// as the real list has, in proportion, and stakes as unequal. The same seed makes the same list everywhere. The
/// accounts are random and nobody's.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence snapshot generate --seed 1 --out list.json\n  confluence snapshot generate --seed 1 --leaves 1000000 --out large.json\n\n{EXIT_CODES}")
)]
struct Generate {
    /// Where the randomness starts
    #[arg(long)]
    seed: u64,
    /// Accounts
    #[arg(long, default_value_t = 4759)]
    leaves: usize,
    /// Delegates they share; as many as the real list has, where there are accounts for them
    #[arg(long)]
    delegates: Option<usize>,
    /// Where to write the list
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// What a list is and holds.
#[derive(Debug, Serialize)]
struct Summary {
    root: B256,
    depth: usize,
    #[serde(flatten)]
    totals: Totals,
    list: Provenance,
    #[serde(skip_serializing_if = "Option::is_none")]
    verified: Option<usize>,
}

impl Summary {
    fn of(found: &Found) -> Self {
        Self {
            root: found.root(),
            depth: found.tree.depth(),
            totals: found.list.totals(),
            list: found.provenance.clone(),
            verified: None,
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Totals {
            leaves,
            delegates,
            without_delegate,
            empty,
            fees_only,
            staked,
            stake,
            fees,
        } = self.totals;
        writeln!(f, "root      {}", self.root)?;
        writeln!(f, "list      {}", self.list)?;
        writeln!(f, "leaves    {leaves} in a tree of depth {}", self.depth)?;
        writeln!(
            f,
            "accounts  {staked} with stake, {fees_only} with fees only, {empty} empty"
        )?;
        writeln!(
            f,
            "delegates {delegates}; {without_delegate} accounts have none"
        )?;
        writeln!(f, "stake     {} LPT", format_ether(stake))?;
        write!(f, "fees      {} ETH", format_ether(fees))?;
        if let Some(verified) = self.verified {
            write!(f, "\nverified  {verified} proofs lead to the root")?;
        }
        Ok(())
    }
}

/// A proof for people and for `claim`.
#[derive(Debug, Serialize)]
struct Proven {
    #[serde(flatten)]
    proof: Proof,
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<Provenance>,
}

impl fmt::Display for Proven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Proof {
            delegator,
            delegate,
            stake,
            fees,
            leaf,
            root,
            proof,
        } = &self.proof;
        writeln!(f, "delegator {delegator}")?;
        writeln!(f, "delegate  {delegate}")?;
        writeln!(f, "stake     {} LPT", format_ether(*stake))?;
        writeln!(f, "fees      {} ETH", format_ether(*fees))?;
        writeln!(f, "leaf      {leaf}")?;
        writeln!(f, "root      {root}")?;
        match &self.list {
            Some(list) => writeln!(f, "list      {list}")?,
            None => writeln!(f, "verified  the proof leads to the root")?,
        }
        write!(f, "proof     {} hashes", proof.len())?;
        for hash in proof {
            write!(f, "\n  {hash}")?;
        }
        Ok(())
    }
}

impl Prove {
    pub(super) fn run(&self, out: &Output) -> Result<Exit, CliError> {
        let found = self.which.find()?;
        let proof = Proof::of(self.address, &found)?;
        let list = Some(found.provenance);
        out.result("confluence.proof/1", &Proven { proof, list })?;
        Ok(Exit::Done)
    }
}

impl Args {
    pub(super) fn run(&self, out: &Output) -> Result<Exit, CliError> {
        match &self.verb {
            Verb::Get(get) => {
                let network = Network::load(&get.network)?;
                let search = Search::new(network.migration()?, get.list.as_deref());
                let found = search.local_or_download()?;
                out.result("confluence.snapshot/1", &Summary::of(&found))?;
            }
            Verb::Root(root) => {
                out.result("confluence.snapshot/1", &Summary::of(&root.which.find()?))?;
            }
            Verb::Prove(prove) => return prove.run(out),
            Verb::Verify(verify) => match &verify.manifest {
                Some(manifest) => {
                    return build::verify(manifest, &verify.chain, &verify.which.network, out);
                }
                None => verify.run(out)?,
            },
            Verb::Build(build) => return build.run(out),
            Verb::Diff(two) => {
                let before = Found::from_file(&two.before)?;
                let after = Found::from_file(&two.after)?;
                let diff = Diff::between(&before.list, &after.list);
                out.result("confluence.snapshot.diff/1", &diff)?;
                if !diff.is_empty() {
                    return Ok(Exit::Failed);
                }
            }
            Verb::Publish(publish) => return publish.run(out),
            Verb::Enable(enable) => return enable.run(out),
            Verb::Generate(make) => {
                let usual = Population::like_published(make.leaves);
                let delegates = make.delegates.unwrap_or(usual.delegates);
                let population = Population {
                    leaves: make.leaves,
                    delegates,
                };
                let found = Found::synthetic(population, make.seed)?;
                write(&make.out, &found.list.to_json())?;
                out.result("confluence.snapshot/1", &Summary::of(&found))?;
            }
        }
        Ok(Exit::Done)
    }
}

impl Verify {
    fn run(&self, out: &Output) -> Result<(), CliError> {
        let Some(path) = &self.proof else {
            let found = self.which.find()?;
            let verified = found.prove_all()?;
            let summary = Summary {
                verified: Some(verified),
                ..Summary::of(&found)
            };
            out.result("confluence.snapshot/1", &summary)?;
            return Ok(());
        };
        let proof = Proof::read(path)?;
        let root = match self.root {
            Some(root) => root,
            None => {
                Network::load(&self.which.network)?
                    .migration()?
                    .snapshot_root
            }
        };
        proof.verify(root)?;
        out.result("confluence.proof/1", &Proven { proof, list: None })?;
        Ok(())
    }
}

fn write(path: &Path, text: &str) -> Result<(), SnapshotError> {
    fs::write(path, text).map_err(|source| SnapshotError::File {
        what: "write",
        path: path.to_owned(),
        source,
    })
}
