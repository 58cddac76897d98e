//! The demonstration: the real snapshot on an Arbitrum chain on this machine, with our programs, proven and attacked.
//! Always holds: everything goes over standard JSON-RPC as it would to any chain; the report says whether the list was
//! the real one; a proof that should be accepted and is not (or the other way round) is an error, not a line.

mod forge;
mod report;

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use alloy::{
    primitives::{Address, B256, FixedBytes, U256, keccak256},
    sol_types::SolValue as _,
};
use confluence_abi::{IController, IMerkleSnapshot};
use confluence_devnode::{DevNode, Options as NodeOptions, StartError};

pub use report::{Contract, Gas, Report};

use crate::{
    build::{self, BuildError, Options as BuildOptions},
    client::{ClientError, L2},
    l2::{
        self, Deployed,
        precompiles::{ARB_DEBUG, ARB_WASM_CACHE, ArbDebug, ArbWasmCache},
    },
    network::Migration,
    progress::Progress,
    snapshot::{Found, Proof, Search, SnapshotError},
};

/// What the demonstration is run with.
#[derive(Debug, Clone)]
pub struct Options {
    /// Any folder inside the checkout.
    pub folder: PathBuf,
    /// The migration whose list is shown.
    pub migration: Migration,
    /// The list's file, if the user names one.
    pub list: Option<PathBuf>,
    /// Seed of the list that stands in where there is no real one.
    pub seed: u64,
    /// An L2 chain that runs already and holds an unlocked account; otherwise one is started.
    pub l2_rpc: Option<String>,
    /// Proofs to check.
    pub proofs: usize,
}

/// Why the demonstration ended early.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DemoError {
    /// The programs could not be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The list could not be used.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The node did not start.
    #[error("cannot start the devnode")]
    Node(#[from] StartError),
    /// The chain did not do what was asked.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// The node signs for nobody.
    #[error(
        "the node at {url} has no unlocked account; use a development node, or leave --l2-rpc out"
    )]
    NoAccount {
        /// Where it is.
        url: String,
    },
    /// The contract's answer is not the right one.
    #[error("the contract answered {answer} for {what}: this is a bug, please report it")]
    Wrong {
        /// Which proof.
        what: String,
        /// What it said.
        answer: String,
    },
}

impl DemoError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Build(error) => error.is_usage(),
            Self::Snapshot(error) => error.is_usage(),
            Self::Client(error) => error.is_usage(),
            Self::NoAccount { .. } => true,
            Self::Node(_) | Self::Wrong { .. } => false,
        }
    }
}

/// How long each phase took.
#[derive(Debug)]
struct Watch<'a> {
    progress: &'a Progress,
    since: Instant,
    phases: Vec<(&'static str, Duration)>,
}

impl Watch<'_> {
    fn done(&mut self, phase: &'static str) {
        let took = self.since.elapsed();
        self.progress
            .say(format!("{phase}: {:.2} s", took.as_secs_f64()));
        self.phases.push((phase, took));
        self.since = Instant::now();
    }
}

/// Runs it.
///
/// # Errors
/// See [`DemoError`]; a wrong answer of a contract is one.
pub async fn run(options: Options, progress: &Progress) -> Result<Report, DemoError> {
    let mut watch = Watch {
        progress,
        since: Instant::now(),
        phases: Vec::new(),
    };

    let programs = build::build(&BuildOptions::all_in(&options.folder), progress)?;
    watch.done("programs built");

    let search = Search::new(&options.migration, options.list.as_deref());
    let (found, why_synthetic) = search.anyhow_or_synthetic(options.seed)?;
    if let Some(why) = why_synthetic {
        progress.say(format!("using a synthetic list, because {why}"));
    }
    let root = found.root();
    watch.done("list read and its tree built");

    // held until the end: dropping it stops the chain
    let node = match options.l2_rpc {
        Some(_) => None,
        None => Some(DevNode::start(NodeOptions::default())?),
    };
    let url = match (&options.l2_rpc, &node) {
        (Some(url), _) => url.clone(),
        (None, Some(node)) => node.http_url(),
        (None, None) => String::new(),
    };
    let l2 = connect(&url).await?;
    watch.done(if node.is_some() {
        "devnode started"
    } else {
        "connected"
    });

    l2::ensure_deployer(&l2).await?;
    let stage = Stage::deploy(&l2, &programs, root, &options.migration).await?;
    watch.done("contracts deployed, activated and told the root");

    let accepted = stage.check_real(&found, options.proofs, progress).await?;
    watch.done("real proofs checked");
    let refused = stage.check_forged(&found).await?;
    watch.done("forged proofs checked");

    let sample = &found.list.leaves()[found.list.leaves().len() / 2];
    let gas = stage
        .measure(&Proof::of(sample.delegator(), &found)?)
        .await?;
    watch.done("gas measured");

    Ok(Report {
        list: found.provenance.clone(),
        totals: found.list.totals(),
        root,
        chain_id: l2.chain_id(),
        node: if node.is_some() {
            "devnode, in this process".to_owned()
        } else {
            url
        },
        contracts: stage.contracts(&programs),
        accepted,
        refused,
        gas,
        phases_ms: watch
            .phases
            .iter()
            .map(|(what, took)| (*what, took.as_millis() as u64))
            .collect(),
    })
}

/// A client that sends from the node's first unlocked account.
async fn connect(url: &str) -> Result<L2, DemoError> {
    let l2 = L2::connect(url, None, None).await?;
    let first = l2.unlocked().await?.into_iter().next();
    let from = first.ok_or_else(|| DemoError::NoAccount {
        url: url.to_owned(),
    })?;
    Ok(l2.with_unlocked(from))
}

/// The contracts on the chain, and what setting them up cost.
struct Stage<'a> {
    l2: &'a L2,
    controller: Deployed,
    snapshot: Deployed,
    id: B256,
    root: B256,
    set_snapshot_gas: u64,
}

impl<'a> Stage<'a> {
    async fn deploy(
        l2: &'a L2,
        programs: &build::Report,
        root: B256,
        migration: &Migration,
    ) -> Result<Self, DemoError> {
        let owner = l2.from().unwrap_or_default();
        let controller = programs.code("controller")?;
        let controller = l2::deploy(l2, &controller, &owner.abi_encode()).await?;
        let snapshot = programs.code("merkle-snapshot")?;
        let snapshot = l2::deploy(l2, &snapshot, &controller.address.abi_encode()).await?;

        let register = IController::setContractInfoCall {
            id: keccak256("MerkleSnapshot"),
            contractAddress: snapshot.address,
            gitCommitHash: FixedBytes::ZERO,
        };
        l2.transact(controller.address, &register, U256::ZERO)
            .await?;

        let id = migration.snapshot_id();
        let publish = IMerkleSnapshot::setSnapshotCall { id, root };
        let set = l2.transact(snapshot.address, &publish, U256::ZERO).await?;
        let kept = l2
            .read(snapshot.address, &IMerkleSnapshot::snapshotCall { id })
            .await?;
        if kept != root {
            return Err(DemoError::Wrong {
                what: "the root".to_owned(),
                answer: kept.to_string(),
            });
        }
        Ok(Self {
            l2,
            controller,
            snapshot,
            id,
            root,
            set_snapshot_gas: set.execution_gas(),
        })
    }

    async fn verify(&self, leaf: B256, proof: Vec<B256>) -> Result<bool, ClientError> {
        let call = IMerkleSnapshot::verifyCall {
            id: self.id,
            proof,
            leaf,
        };
        self.l2.read(self.snapshot.address, &call).await
    }

    /// Checks proofs from all over the list; all must be accepted.
    async fn check_real(
        &self,
        found: &Found,
        wanted: usize,
        progress: &Progress,
    ) -> Result<usize, DemoError> {
        let leaves = found.list.leaves();
        let wanted = wanted.clamp(1, leaves.len());
        let bar = progress.bar(wanted as u64, "checking proofs on chain");
        for n in 0..wanted {
            let account = leaves[n * leaves.len() / wanted].delegator();
            let proof = Proof::of(account, found)?;
            if !self.verify(proof.leaf, proof.proof).await? {
                let what = format!("the proof of {account}");
                return Err(DemoError::Wrong {
                    what,
                    answer: "false".to_owned(),
                });
            }
            bar.advance(1);
        }
        Ok(wanted)
    }

    /// Tries what a thief would try; all must be refused.
    async fn check_forged(&self, found: &Found) -> Result<Vec<&'static str>, DemoError> {
        let forgeries = forge::forgeries(found)?;
        let mut refused = Vec::with_capacity(forgeries.len());
        for forgery in forgeries {
            if self.verify(forgery.leaf, forgery.proof).await? {
                let what = format!("a forged proof ({})", forgery.how);
                return Err(DemoError::Wrong {
                    what,
                    answer: "true".to_owned(),
                });
            }
            refused.push(forgery.how);
        }
        Ok(refused)
    }

    /// Gas of both calls as transactions, before and after the programs are in ArbOS's cache.
    async fn measure(&self, proof: &Proof) -> Result<Vec<Gas>, DemoError> {
        let verify = || IMerkleSnapshot::verifyCall {
            id: self.id,
            proof: proof.proof.clone(),
            leaf: proof.leaf,
        };
        let at = self.snapshot.address;
        let verify_gas = self
            .l2
            .transact(at, &verify(), U256::ZERO)
            .await?
            .execution_gas();
        let cached = self.cache(&[self.controller.address, at]).await;

        let mut verify_cached = None;
        let mut set_cached = None;
        if cached {
            // another id: its slot is as empty as the first one's was
            let publish = IMerkleSnapshot::setSnapshotCall {
                id: keccak256("another snapshot"),
                root: self.root,
            };
            let set = self.l2.transact(at, &publish, U256::ZERO).await?;
            let verified = self.l2.transact(at, &verify(), U256::ZERO).await?;
            (set_cached, verify_cached) =
                (Some(set.execution_gas()), Some(verified.execution_gas()));
        }
        Ok(vec![
            Gas {
                call: "setSnapshot".to_owned(),
                uncached: self.set_snapshot_gas,
                cached: set_cached,
            },
            Gas {
                call: format!("verify, {} hashes", proof.proof.len()),
                uncached: verify_gas,
                cached: verify_cached,
            },
        ])
    }

    /// Puts programs into ArbOS's cache, which only a chain's owner may; on a development chain anybody becomes that.
    async fn cache(&self, programs: &[Address]) -> bool {
        let owner = ArbDebug::becomeChainOwnerCall {};
        if self
            .l2
            .transact(ARB_DEBUG, &owner, U256::ZERO)
            .await
            .is_err()
        {
            return false;
        }
        for program in programs {
            let cache = ArbWasmCache::cacheProgramCall { program: *program };
            if self
                .l2
                .transact(ARB_WASM_CACHE, &cache, U256::ZERO)
                .await
                .is_err()
            {
                return false;
            }
        }
        true
    }

    fn contracts(&self, programs: &build::Report) -> Vec<Contract> {
        [
            ("controller", &self.controller),
            ("merkle-snapshot", &self.snapshot),
        ]
        .into_iter()
        .map(|(name, deployed)| {
            let built = programs
                .programs
                .iter()
                .find(|program| program.name == name);
            Contract {
                name: name.to_owned(),
                address: deployed.address,
                code_bytes: built.map_or(0, |built| built.code_bytes),
                deployment_gas: deployed.mined.execution_gas(),
                activation_fee: deployed.activation_fee,
            }
        })
        .collect()
    }
}
