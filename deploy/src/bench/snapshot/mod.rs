//! How fast a snapshot's tree is, against `rs_merkle` and npm's `@openzeppelin/merkle-tree` in the same run.
//! Always holds: all three read the same list; ours and `rs_merkle` must come to the same root, or there are no figures; a time
//! is the best of several runs; the result says how the command was built, since that decides what it is worth.

mod openzeppelin;
mod report;
mod rs_merkle;

use std::{
    hint::black_box,
    path::PathBuf,
    time::{Duration, Instant},
};

pub use report::{Report, Row, Size};
pub use rs_merkle::{SortedKeccak, rs_merkle_tree};

use crate::{
    build::{BuildError, Workspace},
    progress::Progress,
    snapshot::{List, Population, SnapshotError, Tree, generate},
};

/// What is measured.
#[derive(Debug, Clone)]
pub struct Options {
    /// Any folder inside the checkout, where the npm packages are.
    pub folder: PathBuf,
    /// Sizes of lists.
    pub leaves: Vec<usize>,
    /// Runs of each step, of which the best counts.
    pub runs: u32,
}

/// Proofs that are made, evenly spread over the list.
const PROOFS: usize = 1_000;
const READ: &str = "read and build the tree";
const PROVE: &str = "make 1,000 proofs";
/// Accounts of the longest list that `@openzeppelin/merkle-tree` gets: it takes minutes for a million.
const OPENZEPPELIN_MOST: usize = 100_000;
const OPENZEPPELIN_RUNS: u32 = 2;

/// Why there are no figures.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BenchError {
    /// Not inside a checkout.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// A list could not be made.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The two trees differ.
    #[error("our tree and rs_merkle's have other roots: this is a bug, please report it")]
    Roots,
    /// `@openzeppelin/merkle-tree` could not be run.
    #[error("cannot run @openzeppelin/merkle-tree: {why}; get it with `npm ci` in {}", folder.display())]
    OpenZeppelin {
        /// What went wrong.
        why: String,
        /// Where it should be.
        folder: PathBuf,
    },
    /// A file could not be written.
    #[error("cannot write {}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl BenchError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Build(error) => error.is_usage(),
            Self::Snapshot(error) => error.is_usage(),
            _ => false,
        }
    }
}

/// Times all three on each size of list.
///
/// # Errors
/// See [`BenchError`].
pub fn run(options: &Options, progress: &Progress) -> Result<Report, BenchError> {
    let checkout = Workspace::around(&options.folder, None)?;
    let mut sizes = Vec::new();
    for &leaves in &options.leaves {
        progress.say(format!("timing a list of {leaves} accounts"));
        let list = generate(Population::like_published(leaves), 1)?;
        let text = list.to_json();
        let parse_and_tree = best(options.runs, || {
            List::parse(black_box(text.as_bytes())).map(|list| Tree::of(list.leaves()))
        });
        let tree = Tree::of(list.leaves()).ok_or(BenchError::Roots)?;
        let other = rs_merkle_tree(list.leaves());
        if other.root() != Some(tree.root().0) {
            return Err(BenchError::Roots);
        }
        let spread = |n: usize| n * tree.leaves().len() / PROOFS;
        sizes.push(Size {
            leaves,
            rows: vec![
                Row {
                    what: READ,
                    ours: parse_and_tree,
                    rs_merkle: None,
                    openzeppelin: None,
                },
                Row {
                    what: "build the tree",
                    ours: best(options.runs, || Tree::of(black_box(list.leaves()))),
                    rs_merkle: Some(best(options.runs, || {
                        rs_merkle_tree(black_box(list.leaves()))
                    })),
                    openzeppelin: None,
                },
                Row {
                    what: PROVE,
                    ours: best(options.runs, || -> Vec<Vec<_>> {
                        (0..PROOFS)
                            .map(|n| tree.siblings(spread(n)).collect())
                            .collect()
                    }),
                    rs_merkle: Some(best(options.runs, || -> Vec<_> {
                        (0..PROOFS).map(|n| other.proof(&[spread(n)])).collect()
                    })),
                    openzeppelin: None,
                },
            ],
        });
        if leaves > OPENZEPPELIN_MOST {
            continue;
        }
        let theirs = openzeppelin::time(checkout.root(), &text, OPENZEPPELIN_RUNS, PROOFS)?;
        if let Some(size) = sizes.last_mut() {
            for row in &mut size.rows {
                match row.what {
                    READ => row.openzeppelin = Some(theirs.parse_and_tree),
                    PROVE => row.openzeppelin = Some(theirs.proofs),
                    _ => {}
                }
            }
        }
    }
    Ok(Report {
        sizes,
        threads: rayon::current_num_threads(),
        optimised: !cfg!(debug_assertions),
    })
}

/// The shortest of some runs: what disturbs a run only ever makes it longer.
fn best<T>(runs: u32, mut step: impl FnMut() -> T) -> Duration {
    let run = || {
        let begun = Instant::now();
        black_box(step());
        begun.elapsed()
    };
    std::iter::repeat_with(run)
        .take(runs.max(1) as usize)
        .min()
        .unwrap_or_default()
}
