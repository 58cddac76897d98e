//! Tables say what their figures are, and where ours are worse.

use super::*;
use crate::{
    bench::cost::{
        Delegators, Figures, OPERATIONS, Own, Priced, Week, date::Date, operations::LEAVE,
        prices::weeks, report::Parts,
    },
    snapshot::{Found, Population},
};

/// A report on a small synthetic list, with our gas if there is any.
pub(in crate::bench::cost) fn example(measured: Option<&str>) -> Report {
    with(measured, "2022-02-14", Own::default())
}

fn with(measured: Option<&str>, monday: &str, own: Own) -> Report {
    let figures = Figures::of(measured).expect("figures");
    let operations = OPERATIONS
        .iter()
        .map(|operation| Priced::of(operation, &figures));
    let weeks = weeks().expect("tables");
    let monday: Date = monday.parse().expect("a date");
    let found = Found::synthetic(Population::like_published(4_759), 1).expect("a list");
    Report::new(Parts {
        week: week(&weeks, monday),
        own,
        lpt_usd: None,
        arbos: figures.arbos,
        weeks,
        operations: operations.collect::<Result<_, _>>().expect("priced"),
        delegators: Delegators::of(&found),
    })
}

fn week(weeks: &[Week], monday: Date) -> Week {
    let found = weeks.iter().find(|week| week.monday == monday);
    found.expect("a week of the tables").clone()
}

fn measured(original: u64, cached: u64, uncached: u64) -> String {
    format!(
        r#"{{"runs": [{{"arbos": 60, "rows": [{{"id": "{}", "original": {original}, "cached": {cached},
            "uncached": {uncached}, "spent": {{"entry": {}, "storage": 1}}}}]}}]}}"#,
        LEAVE[1],
        cached / 2
    )
}

#[test]
fn where_ours_is_worse_the_row_says_so_and_why() {
    let remark = |cached, uncached| {
        let report = example(Some(&measured(103_204, cached, uncached)));
        let place = report.place_of(LEAVE[1]).expect("listed");
        remark(&report.operations[place])
    };
    assert_eq!(remark(110_000, 120_000), "worse: 50 % of it is entry");
    assert_eq!(
        remark(100_000, 120_000),
        "worse if not cached: entering programs"
    );
    assert_eq!(remark(60_000, 70_000), "");
}

#[test]
fn without_figures_of_ours_their_cells_are_empty_and_a_note_says_why() {
    let text = example(None).to_string();
    assert!(text.contains("Our gas was not measured: run `confluence bench gas --write` first."));
    let text = example(Some(&measured(103_204, 60_000, 70_000))).to_string();
    assert!(text.contains("Our gas: docs/benchmarks/gas.json, ArbOS 60, programs cached"));
}

#[test]
fn every_table_with_prices_says_what_they_rest_on() {
    let report = example(None);
    for table in report.tables() {
        let said = table.notes.join(" ") + &table.rows.concat().join(" ");
        assert!(
            said.contains("model") && said.contains("floor") || said.contains("(model)"),
            "{}",
            table.title
        );
    }
    let text = report.to_string();
    assert!(text.contains("SYNTHETIC list made from seed 1, not real accounts"));
    assert!(
        text.contains("a gas on Ethereum 79.9 gwei (mean)")
            || text.contains("a gas on Ethereum 80 gwei (mean)")
    );
}

#[test]
fn prices_of_ones_own_replace_the_weeks_and_are_said_to_be_given() {
    let own = Own {
        l2_gas_wei: Some(0.5e9),
        eth_usd: Some(1_000.0),
        ..Own::default()
    };
    let report = with(None, "2026-02-09", own);
    assert_eq!(report.rates.l2_gas_wei.value(), Some(0.5e9));
    let tables = report.tables();
    // no history under prices that have none
    assert_eq!(tables.len(), 2);
    let text = report.to_string();
    assert!(
        text.contains("a gas on Arbitrum 0.5 gwei (given)"),
        "{text}"
    );
    assert!(text.contains("ETH 1000.00 dollars (given)"), "{text}");
    assert!(
        text.contains("(mean)") && text.contains("(floor)"),
        "{text}"
    );
    // a withdrawal: 103,204 gas at 0.5 gwei and 1,000 dollars, and its bytes at a blob fee of millionths of a gwei
    let place = report.place_of(LEAVE[1]).expect("listed");
    let cost = report.operations[place].cost;
    let by_hand = 103_204.0 * 0.5e9 / 1e18 * 1_000.0;
    let run = cost
        .solidity
        .map(|cost| usd(cost.run_wei, 1_000.0))
        .expect("known");
    assert!((run - by_hand).abs() < 1e-9);
}

#[test]
fn weekly_figures_leave_missing_cells_empty_and_name_what_each_rests_on() {
    let text = example(None).weekly();
    assert_eq!(text.lines().count(), 287);
    let columns = |line: &str| line.split('\t').count();
    assert!(text.lines().all(|line| columns(line) == 14));
    let last = text.lines().last().expect("a week");
    assert!(
        last.starts_with("2026-11-16\tmissing\tmissing\tmissing\tmissing\t\t"),
        "{last}"
    );
}

#[test]
fn dollars_have_the_digits_that_matter() {
    let cases = [
        (Some(12_345.6), "12,346"),
        (Some(12.345), "12.35"),
        (Some(0.12345), "0.12"),
        (Some(0.8), "0.80"),
        (Some(0.0012345), "0.0012"),
        (Some(0.0), "0"),
        (None, "-"),
    ];
    for (usd, text) in cases {
        assert_eq!(dollars(usd), text);
    }
    assert_eq!(significant(79.9147), "80");
    assert_eq!(significant(0.5), "0.5");
    assert_eq!(significant(100.0), "100");
}
