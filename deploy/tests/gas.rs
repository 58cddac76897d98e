//! The committed gas figures are those of today's programs, complete, and add up.

use std::{path::Path, sync::OnceLock};

use confluence::{
    bench::gas::{self, MEANS, Options, Reference, Report},
    progress::Progress,
};

const COMMITTED: &str = include_str!("../../docs/benchmarks/gas.json");

/// Measured once for all tests.
fn measured() -> &'static Report {
    static MEASURED: OnceLock<Report> = OnceLock::new();
    MEASURED.get_or_init(|| {
        let options = Options {
            folder: Path::new(".").to_owned(),
            only: None,
        };
        gas::run(&options, &Progress::silent()).unwrap_or_else(|error| panic!("{error:?}"))
    })
}

#[test]
fn figures_are_the_committed_ones() {
    let committed = Report::from_json(COMMITTED).expect("docs/benchmarks/gas.json");
    let drift = measured().drift(&committed);
    assert!(
        drift.is_empty(),
        "gas has changed; if that is right, run `confluence bench gas --write`:\n{}",
        drift.join("\n")
    );
}

#[test]
fn committed_page_is_that_of_the_figures() {
    let committed = Report::from_json(COMMITTED).expect("docs/benchmarks/gas.json");
    let page = include_str!("../../docs/benchmarks/gas.md");
    assert_eq!(committed.page(), page, "run `confluence bench gas --write`");
    assert_eq!(committed.to_json(), COMMITTED);
}

#[test]
fn parts_add_up_to_the_receipts_gas() {
    for run in &measured().runs {
        for row in &run.rows {
            assert_eq!(row.spent.total(), row.cached, "{} on {}", row.id, run.arbos);
        }
    }
}

#[test]
fn means_are_within_the_budget() {
    let committed = Report::from_json(COMMITTED).expect("docs/benchmarks/gas.json");
    for run in &committed.runs {
        let (cached, uncached) = run.means();
        assert!(cached <= MEANS.0, "{cached} cached on ArbOS {}", run.arbos);
        assert!(uncached <= MEANS.1, "{uncached} on ArbOS {}", run.arbos);
    }
}

#[test]
fn cache_never_costs() {
    let committed = Report::from_json(COMMITTED).expect("docs/benchmarks/gas.json");
    for row in committed.runs.iter().flat_map(|run| &run.rows) {
        assert!(row.cached < row.uncached, "{}", row.id);
    }
}

#[test]
fn each_measured_transaction_has_a_reference_of_its_own() {
    let reference = Reference::load().expect("the table is compiled in");
    let committed = Report::from_json(COMMITTED).expect("docs/benchmarks/gas.json");
    for run in &committed.runs {
        let ids: Vec<_> = run.rows.iter().map(|row| row.id.as_str()).collect();
        assert!(ids.is_sorted(), "in order");
        for id in ids {
            reference.of(id).unwrap_or_else(|error| panic!("{error}"));
        }
    }
}
