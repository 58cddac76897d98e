//! The figures: as JSON, as a page, and which of them are beyond the budget.
//! Always holds: a ratio is our gas by the original's, both of the whole receipt; rows are in the order of their ids.

use std::{fmt, fmt::Write as _, path::Path};

use serde::{Deserialize, Serialize};

use super::{GasError, Reference, Spent, reference::is_borrowed};
use crate::{build::Workspace, whole_file};

/// Where the figures are committed.
const FOLDER: &str = "docs/benchmarks";

/// A transaction's gas here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// With every program in ArbOS's cache.
    pub cached: u64,
    /// With none.
    pub uncached: u64,
    /// What the cached one spent it on.
    pub spent: Spent,
}

/// A transaction, here and there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The scenario.
    pub id: String,
    /// A view, sent as a transaction: it counts for nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub view: bool,
    /// Gas of Livepeer's contracts.
    pub original: u64,
    /// Ours, programs cached.
    pub cached: u64,
    /// Ours, programs not cached.
    pub uncached: u64,
    /// What the cached one spent it on.
    pub spent: Spent,
}

/// All transactions on one ArbOS version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The version.
    pub arbos: u64,
    /// The transactions.
    pub rows: Vec<Row>,
}

/// All that was measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// One for each ArbOS version.
    pub runs: Vec<Run>,
}

/// The dearest a transaction may be, against the original's, with programs cached.
pub const DEAREST: f64 = 0.95;
/// What all of them may be, cached and not, as a geometric mean.
pub const MEANS: (f64, f64) = (0.60, 0.75);

impl Row {
    /// Ours by the original's.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        self.cached as f64 / self.original as f64
    }

    /// The same without the cache.
    #[must_use]
    pub fn ratio_uncached(&self) -> f64 {
        self.uncached as f64 / self.original as f64
    }
}

impl Run {
    /// Puts figures beside the original's.
    ///
    /// # Errors
    /// [`GasError::NoReference`].
    pub(super) fn new(
        arbos: u64,
        mut figures: Vec<(String, Measured)>,
        reference: &Reference,
    ) -> Result<Self, GasError> {
        figures.sort_by(|(a, _), (b, _)| a.cmp(b));
        let rows = figures.into_iter().map(|(id, measured)| {
            let original = reference.of(&id)?;
            Ok(Row {
                view: original.kind == "view",
                original: original.gas_used,
                id,
                cached: measured.cached,
                uncached: measured.uncached,
                spent: measured.spent,
            })
        });
        Ok(Self {
            arbos,
            rows: rows.collect::<Result<_, GasError>>()?,
        })
    }

    /// What counts: all but views, and but what stands beside another scenario's figure.
    pub fn transactions(&self) -> impl Iterator<Item = &Row> {
        let counts = |row: &&Row| !row.view && !is_borrowed(&row.id);
        self.rows.iter().filter(counts)
    }

    /// Geometric means of the ratios, cached and not; 1 where nothing was measured.
    #[must_use]
    pub fn means(&self) -> (f64, f64) {
        let mean = |ratio: fn(&Row) -> f64| {
            let count = self.transactions().count().max(1) as f64;
            let logs: f64 = self.transactions().map(|row| ratio(row).ln()).sum();
            (logs / count).exp()
        };
        (mean(Row::ratio), mean(Row::ratio_uncached))
    }

    /// Transactions dearer than they may be.
    pub fn too_dear(&self) -> impl Iterator<Item = &Row> {
        self.transactions().filter(|row| row.ratio() > DEAREST)
    }
}

impl Run {
    /// What of the transactions above the budget nobody could save.
    fn why_too_dear(&self) -> String {
        let mut text = String::new();
        for row in self.too_dear() {
            if text.is_empty() {
                text.push_str(TOO_DEAR);
            }
            let Spent {
                calldata,
                storage,
                logs,
                refund,
                ..
            } = row.spent;
            let fixed = (calldata + storage + logs).saturating_sub(refund);
            let _ = writeln!(
                text,
                "| {} | {:.3} | {fixed} | {:.3} | {} | {} | {} | {} |",
                row.id,
                row.ratio(),
                fixed as f64 / row.original as f64,
                row.spent.entry,
                row.spent.compute,
                row.spent.calls,
                row.spent.precompiles
            );
        }
        for (id, remark) in REMARKS {
            for row in self.too_dear().filter(|row| row.id == id) {
                let _ = write!(text, "\n`{id}`: {}\n", remark(row));
            }
        }
        text
    }
}

impl Report {
    pub(super) fn new(runs: Vec<Run>) -> Self {
        Self { runs }
    }

    /// Reads committed figures.
    ///
    /// # Errors
    /// [`GasError::Table`].
    pub fn from_json(json: &str) -> Result<Self, GasError> {
        serde_json::from_str(json).map_err(|source| GasError::Table {
            what: "committed figures",
            source,
        })
    }

    /// The figures as they are committed: a line for each transaction.
    #[must_use]
    pub fn to_json(&self) -> String {
        let run = |run: &Run| {
            let rows = run.rows.iter().map(|row| {
                // plain numbers and an id: this cannot fail
                let row = serde_json::to_string(row).unwrap_or_default();
                format!("   {row}")
            });
            let rows = rows.collect::<Vec<_>>().join(",\n");
            format!("  {{\"arbos\": {}, \"rows\": [\n{rows}\n  ]}}", run.arbos)
        };
        let runs = self.runs.iter().map(run).collect::<Vec<_>>().join(",\n");
        format!("{{\"runs\": [\n{runs}\n]}}\n")
    }

    /// How two measurements differ, a line for each transaction; nothing if they are the same. Calldata is left out: it is the
    /// sender's, and a ticket names a block's hash, in which there are more zero bytes one time and fewer another.
    #[must_use]
    pub fn drift(&self, committed: &Self) -> Vec<String> {
        let rows = |report: &Self| {
            let runs = report.runs.iter();
            let named = runs.flat_map(|run| run.rows.iter().map(move |row| (run.arbos, row)));
            named
                .map(|(arbos, row)| ((row.id.clone(), arbos), row.clone()))
                .collect::<std::collections::BTreeMap<_, _>>()
        };
        let (now, then) = (rows(self), rows(committed));
        let ids: std::collections::BTreeSet<_> = now.keys().chain(then.keys()).collect();
        let program = |row: &Row| {
            let mut row = row.clone();
            let calldata = std::mem::take(&mut row.spent.calldata);
            row.cached -= calldata;
            row.uncached -= calldata;
            row
        };
        let differing = ids
            .into_iter()
            .filter(|id| now.get(*id).map(program) != then.get(*id).map(program));
        differing
            .map(|key| {
                let show = |row: Option<&Row>| {
                    row.map_or_else(
                        || "not measured".to_owned(),
                        |row| format!("{} ({} uncached)", row.cached, row.uncached),
                    )
                };
                let (id, arbos) = key;
                let (was, is) = (show(then.get(key)), show(now.get(key)));
                format!("{id} on ArbOS {arbos}: was {was}, is {is}")
            })
            .collect()
    }

    /// Writes `gas.json` and `gas.md` into `docs/benchmarks` of the checkout around `folder`.
    ///
    /// # Errors
    /// [`GasError::Build`] outside a checkout, [`GasError::Write`].
    pub fn write(&self, folder: &Path) -> Result<(), GasError> {
        let folder = Workspace::around(folder, None)?.root().join(FOLDER);
        let put = |name: &str, text: String| {
            let path = folder.join(name);
            whole_file::replace(&path, text.as_bytes())
                .map_err(|source| GasError::Write { path, source })
        };
        put("gas.json", self.to_json())?;
        put("gas.md", self.page())
    }

    /// The page `docs/benchmarks/gas.md`.
    #[must_use]
    pub fn page(&self) -> String {
        let mut page = String::from(PREFACE);
        // a string takes everything
        let _ = page.write_str("\n## In short\n\n| ArbOS | transactions | cached, geometric mean | uncached | dearest | above 0.95x |\n|--:|--:|--:|--:|---|---|\n");
        for run in &self.runs {
            let (cached, uncached) = run.means();
            let dearest = run
                .transactions()
                .max_by(|a, b| a.ratio().total_cmp(&b.ratio()))
                .map_or_else(String::new, |row| format!("{:.2} {}", row.ratio(), row.id));
            let above: Vec<_> = run.too_dear().map(|row| row.id.as_str()).collect();
            let above = if above.is_empty() {
                "none".to_owned()
            } else {
                above.join(", ")
            };
            let count = run.transactions().count();
            let _ = writeln!(
                page,
                "| {} | {count} | {cached:.3} | {uncached:.3} | {dearest} | {above} |",
                run.arbos
            );
        }
        if let Some(last) = self.runs.last() {
            page.push_str(&last.why_too_dear());
            let _ = write!(
                page,
                "\n## Every transaction, ArbOS {}\n\n{HEADER}",
                last.arbos
            );
            for row in &last.rows {
                let _ = writeln!(page, "{}", Line(row));
            }
        }
        page
    }
}

const PREFACE: &str = "# Gas on L2

Written by `confluence bench gas --write`; a test measures again and fails if a figure is another one.

Each transaction is measured in the same state as its counterpart of Livepeer's own contracts (whose figures are in
`deploy/src/bench/gas/data/reference.json` with their source), alone in its block, on a devnode that charges what Nitro charges,
with L1's part of the gas left out. `N10` and `N100` are the orchestrators in the pool. \"Cached\" means that the programs are in
ArbOS's cache, as those of a protocol in daily use are; \"uncached\" that none is. The columns from \"calldata\" on say what the
cached transaction spends its gas on: the fixed 21,000 and its calldata; entering programs; loading and writing slots; reaching
other contracts, proxies included; the chain's own contracts (ecrecover, ArbSys); logs; the programs' own work; what cleared slots give back.

`wronghint` and `strangers` are calls whose list hints name the wrong neighbours, or accounts that are not in the pool. They stand
beside the original's figure without hints and count for no mean. Views are sent as transactions and count for none either.
";

const TOO_DEAR: &str = "
## Why some are above 0.95x

Most do almost nothing: calldata, slots and logs cost the same whoever runs the code, and that part alone (\"fixed\") is nearly all of
the original's gas. What a program adds is its entry and its work.

| transaction | ratio | fixed | fixed by original | entry | compute | calls | precompiles |
|---|--:|--:|--:|--:|--:|--:|--:|
";

/// Of which transaction, and what is to be said.
type Remark = (&'static str, fn(&Row) -> String);
/// What the parts of a dear transaction do not say.
const REMARKS: [Remark; 2] = [
    ("cancelUnlock", |_| {
        "the original clears a slot of its own and is given back 4,800. Here the round of the unlock shares its slot with deposit and
reserve, which saves more than that when a broadcaster funds, unlocks or withdraws, and on each of its tickets."
            .to_owned()
    }),
    ("gateway.outboundTransfer", |row| {
        let arb_sys = row.spent.precompiles;
        format!(
            "the original was measured with 10 bytes of EVM code in the place of ArbSys, which take {STAND_IN} gas. Ours calls the real
ArbSys, which takes {arb_sys} of it, as it would of the original. Without that the ratio is {:.3}.",
            (row.cached - arb_sys + STAND_IN) as f64 / row.original as f64
        )
    }),
];
/// Gas of what stood in for ArbSys when the original was measured.
const STAND_IN: u64 = 18;

const HEADER: &str = "| transaction | original | cached | ratio | uncached | ratio | calldata | entry | storage | calls | precompiles | logs | compute | refund |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
";

struct Line<'a>(&'a Row);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Row {
            id,
            original,
            cached,
            uncached,
            spent,
            ..
        } = self.0;
        let Spent {
            calldata,
            entry,
            storage,
            calls,
            precompiles,
            logs,
            compute,
            refund,
        } = spent;
        write!(
            f,
            "| {id} | {original} | {cached} | {:.2} | {uncached} | {:.2} | {calldata} | {entry} | {storage} | {calls} | {precompiles} | {logs} | {compute} | {refund} |",
            self.0.ratio(),
            self.0.ratio_uncached()
        )
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for run in &self.runs {
            let width = run.rows.iter().map(|row| row.id.len()).max().unwrap_or(0);
            writeln!(f, "ArbOS {}", run.arbos)?;
            writeln!(
                f,
                "{:width$}  original    cached  ratio  uncached  ratio     entry   storage     calls   compute",
                "transaction"
            )?;
            for row in &run.rows {
                writeln!(
                    f,
                    "{:width$} {:9} {:9} {:6.2} {:9} {:6.2} {:9} {:9} {:9} {:9}",
                    row.id,
                    row.original,
                    row.cached,
                    row.ratio(),
                    row.uncached,
                    row.ratio_uncached(),
                    row.spent.entry,
                    row.spent.storage,
                    row.spent.calls,
                    row.spent.compute
                )?;
            }
            let (cached, uncached) = run.means();
            writeln!(
                f,
                "geometric mean of {} transactions: {cached:.3} cached, {uncached:.3} uncached; {} above {DEAREST}",
                run.transactions().count(),
                run.too_dear().count()
            )?;
        }
        Ok(())
    }
}
