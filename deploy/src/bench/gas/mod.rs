//! What each of the protocol's transactions costs on L2, beside what Livepeer's own contracts cost.
//! Always holds: both sides run the same transaction in the same state; ours runs on the devnode, which charges what Nitro
//! charges; every transaction is alone in its block; gas is deterministic, so a difference is a change of a program.

mod meter;
mod population;
mod reference;
mod report;
mod scenario;
mod scenarios;
mod stage;

use std::{path::PathBuf, thread};

use alloy::primitives::{Address, hex};
use confluence_devnode::{StartError, chain::ArbosVersion, chain::TxError};

pub use meter::Spent;
pub use reference::{Original, Reference};
pub use report::{DEAREST, MEANS, Measured, Report, Row, Run};

use crate::{
    build::BuildError,
    client::ClientError,
    plan::{Artifacts, NotDeployed, PlanError},
    progress::Progress,
};
use scenario::Group;
use stage::Stage;

/// ArbOS versions that are measured: the oldest that the programs run on, and the newest of the devnode.
pub const ARBOS: [ArbosVersion; 2] = [ArbosVersion::V40, ArbosVersion::V60];
/// Orchestrators in the pool.
pub const POOLS: [usize; 2] = [10, 100];

/// What is measured.
#[derive(Debug, Clone)]
pub struct Options {
    /// Any folder inside the checkout.
    pub folder: PathBuf,
    /// Only transactions whose id contains this.
    pub only: Option<String>,
}

/// Why there are no figures.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GasError {
    /// The programs could not be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The protocol could not be deployed.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// The deployment lacks a contract that a scenario calls.
    #[error(transparent)]
    NotDeployed(#[from] NotDeployed),
    /// The node did not start.
    #[error("cannot start the devnode")]
    Node(#[from] StartError),
    /// The chain did not answer as it should.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// A transaction was not taken in.
    #[error("the devnode refuses a transaction of {from}")]
    Refused {
        /// Its sender.
        from: Address,
        /// Why.
        source: TxError,
    },
    /// A transaction was taken in and is nowhere.
    #[error("a transaction of {from} is in no block")]
    Unmined {
        /// Its sender.
        from: Address,
    },
    /// A transaction of a scenario failed.
    #[error("{what} from {from} to {to} failed: {why}")]
    Failed {
        /// In which scenario.
        what: String,
        /// Sender.
        from: Address,
        /// Contract.
        to: Address,
        /// Revert data, as text where it is one.
        why: String,
    },
    /// A scenario's own key does not sign.
    #[error("the key of a scenario does not sign: this is a bug, please report it")]
    Key,
    /// A contract's answer could not be read.
    #[error(
        "{what} answered something else than it should: 0x{}",
        hex::encode(data)
    )]
    Answer {
        /// The function.
        what: &'static str,
        /// What came.
        data: Vec<u8>,
    },
    /// The table of reference figures, or that of committed ones, cannot be read.
    #[error("cannot read the table of {what}")]
    Table {
        /// Which.
        what: &'static str,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A scenario without a reference figure.
    #[error("there is no reference figure for {0}")]
    NoReference(String),
    /// The table could not be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Threads, or the runtime on them, are not to be had.
    #[error("cannot start a thread")]
    Thread(#[source] std::io::Error),
    /// A thread of this benchmark ended without a result.
    #[error("a measuring thread panicked: this is a bug, please report it")]
    Panicked,
}

impl GasError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::Build(error) if error.is_usage())
    }
}

/// Native stack of a measuring thread: programs that call each other take some of it.
const STACK_BYTES: usize = 256 << 20;

/// Measures every scenario on every ArbOS version, with programs in ArbOS's cache and without.
///
/// # Errors
/// See [`GasError`]; a scenario whose transaction fails is one.
pub fn run(options: &Options, progress: &Progress) -> Result<Report, GasError> {
    let reference = Reference::load()?;
    let artifacts = Artifacts::build(&options.folder, progress)?;
    let wanted = |id: &str| {
        let only = options.only.as_deref();
        only.is_none_or(|part| id.contains(part))
    };
    let jobs: Vec<_> = ARBOS
        .into_iter()
        .flat_map(|arbos| POOLS.map(|pool| (arbos, pool)))
        .collect();
    let measured = thread::scope(|scope| {
        let threads: Vec<_> = jobs
            .iter()
            .map(|&(arbos, pool)| {
                let artifacts = &artifacts;
                let job = move || measure(artifacts, arbos, pool, &wanted);
                let builder = thread::Builder::new().stack_size(STACK_BYTES);
                builder.spawn_scoped(scope, job).map_err(GasError::Thread)
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread?.join().map_err(|_| GasError::Panicked)?)
            .collect::<Result<Vec<_>, _>>()
    })?;
    let mut runs = Vec::new();
    for arbos in ARBOS {
        let of_version = jobs
            .iter()
            .zip(&measured)
            .filter(|((it, _), _)| *it == arbos);
        let figures = of_version.flat_map(|(_, figures)| figures.iter().cloned());
        runs.push(Run::new(arbos.number(), figures.collect(), &reference)?);
    }
    Ok(Report::new(runs))
}

/// Everything that one pool size on one ArbOS version has to show.
fn measure(
    artifacts: &Artifacts,
    arbos: ArbosVersion,
    pool: usize,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<(String, Measured)>, GasError> {
    let groups = scenarios::all().filter(|group| group.has(pool, wanted));
    let groups: Vec<&Group> = groups.collect();
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let stage = Stage::with_pool(artifacts, arbos, pool)?;
    let mut all = Vec::new();
    for group in groups {
        group.run(&stage, wanted, &mut all)?;
    }
    Ok(all)
}
