//! The benchmark's table: what was measured on both nodes, the ratio, and whether the goal is reached; and the page
//! `docs/benchmarks/devnode.md`.
//! Always holds: where the other is better, the line says so.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::BenchError;
use crate::bench::Table;

const FILE: &str = "docs/benchmarks/devnode.md";

const PREFACE: &str = "# How fast the devnode is

Written by `confluence bench devnode --write`: anvil and the devnode on the same machine, one after the other, asked the same over JSON-RPC.
";

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// Times.
    Less,
    /// Rates.
    More,
}

/// What a line should reach.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// An absolute bound on ours, in the line's unit.
    AtMost(f64),
    /// A bound on how many times better ours is than the other's.
    Ratio(f64),
}

/// One line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// What was measured.
    pub what: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Which way is better.
    pub better: Better,
    /// On the devnode.
    pub devnode: f64,
    /// On anvil.
    pub anvil: f64,
    /// How many times better the devnode is; below 1 it is worse.
    pub ratio: f64,
    /// What it should reach, if anything.
    pub goal: Option<Goal>,
}

impl Line {
    pub(super) fn new(
        what: &'static str,
        unit: &'static str,
        better: Better,
        devnode: f64,
        anvil: f64,
    ) -> Self {
        let ratio = match better {
            Better::More => devnode / anvil,
            Better::Less => anvil / devnode,
        };
        Self {
            what,
            unit,
            better,
            devnode,
            anvil,
            ratio,
            goal: None,
        }
    }

    pub(super) fn goal(self, goal: Goal) -> Self {
        Self {
            goal: Some(goal),
            ..self
        }
    }

    /// Whether the goal is reached; a line without one always is.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        match self.goal {
            None => true,
            Some(Goal::AtMost(bound)) => self.devnode <= bound,
            Some(Goal::Ratio(bound)) => self.ratio >= bound,
        }
    }
}

/// The result.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// What the devnode says it is.
    pub devnode: String,
    /// What anvil says it is.
    pub anvil: String,
    /// Processors of the machine, which both nodes and the client share.
    pub processors: usize,
    /// Connections that send at a time.
    pub connections: u32,
    /// Whether the devnode was built as it ships.
    pub optimised: bool,
    /// The measurements.
    pub lines: Vec<Line>,
}

impl Report {
    /// Whether every goal is reached.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        self.lines.iter().all(Line::is_reached)
    }
}

impl Line {
    fn remark(&self) -> String {
        let reached = match self.is_reached() {
            true => "reached",
            false => "MISSED",
        };
        match self.goal {
            Some(Goal::AtMost(bound)) => {
                format!("at most {} {}: {reached}", rounded(bound), self.unit)
            }
            Some(Goal::Ratio(bound)) => format!("ratio {bound} or more: {reached}"),
            None if self.ratio < 1.0 => "slower than anvil".to_owned(),
            None => String::new(),
        }
    }
}

impl Report {
    /// The table.
    #[must_use]
    pub fn table(&self) -> Table {
        let columns = ["what", "unit", "devnode", "anvil", "ratio", "goal"];
        let title = format!("{} and {}", self.devnode, self.anvil);
        let mut table = Table::new(title, &columns);
        for line in &self.lines {
            table.row([
                line.what.to_owned(),
                line.unit.to_owned(),
                rounded(line.devnode),
                rounded(line.anvil),
                format!("{:.2}", line.ratio),
                line.remark(),
            ]);
        }
        table.note(format!(
            "A ratio says how many times better the devnode is. {} processors, shared by the node and the client's {} connections.",
            self.processors, self.connections
        ));
        table.note("Stylus lines stand beside anvil's of the same work in EVM code, since anvil runs nothing else.");
        table.note(if self.optimised {
            "Built as it ships (profile dist)."
        } else {
            "Built for development: our own code at opt-level 1, dependencies at 2. As shipped, the devnode is faster; anvil is npm's release build."
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

/// Three digits that say something.
fn rounded(number: f64) -> String {
    match number {
        n if n >= 100.0 => format!("{n:.0}"),
        n if n >= 10.0 => format!("{n:.1}"),
        n => format!("{n:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_above_one_is_good_for_times_and_rates() {
        let time = Line::new("ready", "ms", Better::Less, 50.0, 100.0);
        let rate = Line::new("transfers", "per s", Better::More, 50.0, 100.0);
        assert_eq!((time.ratio, rate.ratio), (2.0, 0.5));
    }

    #[test]
    fn goals_are_of_the_line_or_of_the_ratio() {
        let line = || Line::new("ready", "ms", Better::Less, 50.0, 100.0);
        assert!(line().is_reached());
        assert!(line().goal(Goal::AtMost(50.0)).is_reached());
        assert!(!line().goal(Goal::AtMost(49.0)).is_reached());
        assert!(line().goal(Goal::Ratio(2.0)).is_reached());
        assert!(!line().goal(Goal::Ratio(2.1)).is_reached());
    }

    #[test]
    fn a_missed_goal_is_plain_to_see() {
        let report = Report {
            devnode: "ours".to_owned(),
            anvil: "theirs".to_owned(),
            processors: 2,
            connections: 8,
            optimised: true,
            lines: vec![
                Line::new("ready", "ms", Better::Less, 50.0, 100.0).goal(Goal::AtMost(300.0)),
                Line::new("transfers", "per s", Better::More, 50.0, 100.0).goal(Goal::Ratio(0.8)),
            ],
        };
        let text = report.to_string();
        assert!(text.contains("at most 300 ms: reached"), "{text}");
        assert!(text.contains("ratio 0.8 or more: MISSED"), "{text}");
        assert!(!report.is_reached());
    }
}
