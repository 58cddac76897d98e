//! How much gas each operation takes: Livepeer's own contracts', and ours as they were last measured.
//! Always holds: the original's figures are those of `gas/data/reference.json` with its source; ours are read from
//! `docs/benchmarks/gas.json`, which `bench gas` writes, and never guessed: an operation that is not there has none.

use std::{collections::BTreeMap, fs, io::ErrorKind, path::Path};

use serde::{Deserialize, Serialize};

use super::CostError;

const ORIGINAL: &str = include_str!("../gas/data/reference.json");
/// Where `bench gas` leaves its figures, from a checkout's root.
pub const MEASURED: &str = "docs/benchmarks/gas.json";

/// Gas of one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gas {
    /// Livepeer's Solidity contracts.
    pub original: u64,
    /// Our programs.
    pub ours: Option<Ours>,
}

/// Gas of one operation with our programs, L1's part left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ours {
    /// While the programs are in ArbOS's cache.
    pub cached: u64,
    /// While they are not.
    pub uncached: u64,
    /// What most of the cached one is spent on, and its share in percent.
    pub most: Option<(String, u64)>,
}

/// All figures.
#[derive(Debug, Clone)]
pub struct Figures {
    original: BTreeMap<String, u64>,
    ours: BTreeMap<String, Ours>,
    /// ArbOS version of ours, if they were measured.
    pub arbos: Option<u64>,
}

#[derive(Deserialize)]
struct OriginalTable {
    rows: Vec<OriginalRow>,
}

#[derive(Deserialize)]
struct OriginalRow {
    id: String,
    gas_used: u64,
}

/// What is needed of `gas.json`.
#[derive(Deserialize)]
struct Measured {
    runs: Vec<Run>,
}

#[derive(Deserialize)]
struct Run {
    arbos: u64,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    cached: u64,
    uncached: u64,
    #[serde(default)]
    spent: BTreeMap<String, u64>,
}

impl Figures {
    /// The original's figures, and ours from a file, or from where `bench gas` leaves them; none if there is no such file.
    ///
    /// # Errors
    /// [`CostError::File`] if the file cannot be read, or is named and is not there; [`CostError::Measured`] if it is
    /// something else.
    pub fn read(file: &Path, must_exist: bool) -> Result<Self, CostError> {
        let text = match fs::read_to_string(file) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == ErrorKind::NotFound && !must_exist => None,
            Err(source) => {
                return Err(CostError::File {
                    what: "read",
                    path: file.to_owned(),
                    source,
                });
            }
        };
        Self::of(text.as_deref()).map_err(|source| CostError::Measured {
            path: file.to_owned(),
            source,
        })
    }

    /// The original's figures beside what `bench gas` wrote.
    pub(super) fn of(measured: Option<&str>) -> Result<Self, serde_json::Error> {
        let original: OriginalTable = serde_json::from_str(ORIGINAL)?;
        let original = original.rows.into_iter().map(|row| (row.id, row.gas_used));
        let mut figures = Self {
            original: original.collect(),
            ours: BTreeMap::new(),
            arbos: None,
        };
        if let Some(text) = measured {
            let measured: Measured = serde_json::from_str(text)?;
            if let Some(run) = measured.runs.into_iter().max_by_key(|run| run.arbos) {
                figures.arbos = Some(run.arbos);
                figures.ours = run.rows.into_iter().map(Row::figure).collect();
            }
        }
        Ok(figures)
    }

    /// An operation's gas.
    ///
    /// # Errors
    /// [`CostError::NoReference`] if the original was not measured.
    pub fn gas(&self, id: &str) -> Result<Gas, CostError> {
        let original = self.original.get(id).copied();
        Ok(Gas {
            original: original.ok_or_else(|| CostError::NoReference(id.to_owned()))?,
            ours: self.ours.get(id).cloned(),
        })
    }
}

impl Row {
    fn figure(self) -> (String, Ours) {
        let most = self.spent.iter().filter(|(what, _)| *what != "refund");
        let most = most.max_by_key(|(_, gas)| **gas);
        let ours = Ours {
            cached: self.cached,
            uncached: self.uncached,
            most: most.map(|(what, gas)| (what.clone(), gas * 100 / self.cached.max(1))),
        };
        (self.id, ours)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEASURED: &str = r#"{"runs": [
        {"arbos": 40, "rows": [{"id": "withdrawStake.N100", "original": 1, "cached": 9, "uncached": 9}]},
        {"arbos": 60, "rows": [{"id": "withdrawStake.N100", "original": 103204, "cached": 60000, "uncached": 80000,
            "spent": {"calldata": 21192, "storage": 30000, "entry": 4000, "refund": 90000}}]}
    ]}"#;

    #[test]
    fn ours_are_those_of_the_newest_arbos_and_say_what_takes_most() {
        let figures = Figures::of(Some(MEASURED)).expect("figures");
        assert_eq!(figures.arbos, Some(60));
        let gas = figures.gas("withdrawStake.N100").expect("measured");
        assert_eq!(gas.original, 103_204);
        let ours = gas.ours.expect("ours");
        assert_eq!((ours.cached, ours.uncached), (60_000, 80_000));
        assert_eq!(ours.most, Some(("storage".to_owned(), 50)));
    }

    #[test]
    fn an_operation_that_was_not_measured_has_no_figure_of_ours() {
        let figures = Figures::of(Some(MEASURED)).expect("figures");
        assert_eq!(
            figures.gas("claimStake.pool").expect("the original's").ours,
            None
        );
        assert!(matches!(
            figures.gas("no such thing"),
            Err(CostError::NoReference(_))
        ));
    }

    #[test]
    fn without_a_file_there_are_the_originals_alone_unless_it_was_named() {
        let nowhere = Path::new("/nonexistent/gas.json");
        let figures = Figures::read(nowhere, false).expect("figures");
        assert_eq!(figures.arbos, None);
        assert!(matches!(
            Figures::read(nowhere, true),
            Err(CostError::File { .. })
        ));
    }
}
