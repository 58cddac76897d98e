//! Times and ratios, as a table and as the page `docs/benchmarks/snapshot.md`.
//! Always holds: a step in which another is faster than ours says so.

use std::{
    fmt,
    path::{Path, PathBuf},
    time::Duration,
};

use serde::Serialize;

use super::BenchError;
use crate::bench::{Table, thousands};

const FILE: &str = "docs/benchmarks/snapshot.md";

const PREFACE: &str = "# How fast the snapshot's tree is

Written by `confluence bench snapshot --write`: the same synthetic list, in the same run, on the machine that wrote it.
";

/// One step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Which.
    pub what: &'static str,
    /// Ours.
    pub ours: Duration,
    /// `rs_merkle`'s, where it has the step.
    pub rs_merkle: Option<Duration>,
    /// `@openzeppelin/merkle-tree`'s, where it has the step.
    pub openzeppelin: Option<Duration>,
}

/// All steps on a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Size {
    /// Its accounts.
    pub leaves: usize,
    /// The steps.
    pub rows: Vec<Row>,
}

/// The result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// By size of list.
    pub sizes: Vec<Size>,
    /// Threads that ours may use.
    pub threads: usize,
    /// Whether the command was built as it ships.
    pub optimised: bool,
}

impl Report {
    /// The table.
    #[must_use]
    pub fn table(&self) -> Table {
        let columns = [
            "step",
            "accounts",
            "ours, ms",
            "rs_merkle, ms",
            "ratio",
            "OpenZeppelin, ms",
            "ratio",
            "remark",
        ];
        let mut table = Table::new(
            "The snapshot's tree: ours, rs_merkle, and npm's @openzeppelin/merkle-tree",
            &columns,
        );
        for size in &self.sizes {
            for row in &size.rows {
                let [rs_merkle, openzeppelin] = [row.rs_merkle, row.openzeppelin];
                let ratio = |theirs: Option<Duration>| {
                    theirs.map_or_else(dash, |theirs| {
                        format!(
                            "{:.1}x",
                            theirs.as_secs_f64() / row.ours.as_secs_f64().max(1e-9)
                        )
                    })
                };
                let slower = [("rs_merkle", rs_merkle), ("OpenZeppelin", openzeppelin)]
                    .into_iter()
                    .filter(|(_, theirs)| theirs.is_some_and(|theirs| theirs < row.ours))
                    .map(|(name, _)| format!("slower than {name}"));
                table.row([
                    row.what.to_owned(),
                    thousands(size.leaves as u64),
                    milliseconds(Some(row.ours)),
                    milliseconds(rs_merkle),
                    ratio(rs_merkle),
                    milliseconds(openzeppelin),
                    ratio(openzeppelin),
                    slower.collect::<Vec<_>>().join(", "),
                ]);
            }
        }
        table.note(format!(
            "A ratio says how many times longer the other takes. Ours uses {} threads, the others one. The best of several runs.",
            self.threads
        ));
        table.note("rs_merkle gets hashes of the same leaves with the same hash function and must come to the same root. OpenZeppelin's tree hashes each leaf twice and has another shape, so it is compared by time alone; its times are JavaScript's in node, without node's start, and it is not timed above 100,000 accounts, where it takes minutes.");
        table.note(if self.optimised {
            "Built as it ships (profile dist)."
        } else {
            "Built for development: our own code at opt-level 1, all dependencies (rs_merkle too) at 2. As shipped, ours is faster."
        });
        table
    }

    /// Writes the page into the checkout around `folder`; which file.
    ///
    /// # Errors
    /// [`BenchError::Build`] outside a checkout, [`BenchError::File`].
    pub fn write(&self, folder: &Path) -> Result<PathBuf, BenchError> {
        let failed = |path, source| BenchError::File { path, source };
        self.table().write(folder, FILE, PREFACE, failed)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.table().fmt(f)
    }
}

fn dash() -> String {
    "-".to_owned()
}

fn milliseconds(time: Option<Duration>) -> String {
    match time.map(|time| time.as_secs_f64() * 1000.0) {
        None => dash(),
        Some(ms) if ms >= 100.0 => thousands(ms.round() as u64),
        Some(ms) => format!("{ms:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(rs_merkle_ms: u64) -> Report {
        let row = Row {
            what: "build the tree",
            ours: Duration::from_millis(2),
            rs_merkle: Some(Duration::from_millis(rs_merkle_ms)),
            openzeppelin: None,
        };
        Report {
            sizes: vec![Size {
                leaves: 4_759,
                rows: vec![row],
            }],
            threads: 2,
            optimised: false,
        }
    }

    #[test]
    fn a_ratio_is_theirs_by_ours_and_being_slower_is_said() {
        let text = report(6).to_string();
        assert!(
            text.contains("3.0x") && !text.contains("slower than"),
            "{text}"
        );
        let text = report(1).to_string();
        assert!(
            text.contains("0.5x") && text.contains("slower than rs_merkle"),
            "{text}"
        );
    }

    #[test]
    fn a_build_for_development_is_named() {
        assert!(report(6).to_string().contains("Built for development"));
        let shipped = Report {
            optimised: true,
            ..report(6)
        };
        assert!(!shipped.to_string().contains("Built for development"));
    }
}
