//! The committed gas figures are those of today's programs, complete, and add up.

use std::{path::Path, sync::OnceLock};

use confluence::{
    bench::gas::{self, MEANS, Options, Reference, Report},
    payments::reserve::MEASURED_GAS,
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
        // Before 60, ArbOS lets a program pay for all of its entry each time that a transaction calls it.
        let newest = run.arbos == 60;
        assert!(!newest || uncached <= MEANS.1, "{uncached} on ArbOS 60");
    }
}

#[test]
fn cache_never_costs() {
    let committed = Report::from_json(COMMITTED).expect("docs/benchmarks/gas.json");
    for row in committed.runs.iter().flat_map(|run| &run.rows) {
        // a poll is EVM code: it enters no program
        let enters_none = row.spent.entry == 0 && row.cached == row.uncached;
        assert!(enters_none || row.cached < row.uncached, "{}", row.id);
    }
}

#[test]
fn a_batch_of_ten_tickets_costs_seven_tenths_of_the_original() {
    let committed = Report::from_json(COMMITTED).expect("docs/benchmarks/gas.json");
    for run in &committed.runs {
        let batch = run.rows.iter().find(|row| row.id == "batchRedeem.10");
        let batch = batch.expect("measured");
        assert_eq!(batch.original, 929_706);
        assert!(
            batch.ratio() <= 0.7,
            "{} on ArbOS {}",
            batch.ratio(),
            run.arbos
        );
    }
}

#[test]
fn reserves_are_reckoned_with_the_measured_gas() {
    let committed = Report::from_json(COMMITTED).expect("docs/benchmarks/gas.json");
    let rows = &committed.runs.last().expect("ArbOS 60").rows;
    let ticket = "redeem.deposit.secondOfRound.afterReward";
    let ticket = rows.iter().find(|row| row.id == ticket).expect("measured");
    assert_eq!(
        MEASURED_GAS, ticket.cached,
        "payments::reserve::MEASURED_GAS"
    );
}

#[test]
fn hints_that_do_not_help_cost_at_most_a_walk() {
    let committed = Report::from_json(COMMITTED).expect("docs/benchmarks/gas.json");
    for run in &committed.runs {
        let gas = |id: &str| {
            run.rows
                .iter()
                .find(|row| row.id == id)
                .map(|row| row.cached)
        };
        let mut compared = 0;
        for row in &run.rows {
            for ending in [".wronghint", ".strangers"] {
                let Some(call) = row.id.strip_suffix(ending) else {
                    continue;
                };
                // the hint itself is calldata; to look it up is two slots, four where there are two hints
                let without = gas(&format!("{call}.nohint")).expect("measured");
                assert!(row.cached <= without + 15_000, "{}: {}", row.id, row.cached);
                compared += 1;
            }
        }
        assert_eq!(compared, 12);
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
