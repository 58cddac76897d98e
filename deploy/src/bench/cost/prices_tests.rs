//! The tables are whole, unchanged, and said to be what they are.

use super::*;

/// Sum of the weeks' gas prices on Ethereum.
const L1_SUM_GWEI: f64 = 8061.9749;
/// Sum of the weeks' prices of ETH.
const ETH_SUM_USD: f64 = 702945.76;

fn tables() -> Vec<Week> {
    weeks().expect("the tables that are compiled in")
}

fn week(monday: &str) -> Week {
    let found = tables()
        .into_iter()
        .find(|week| week.monday.to_string() == monday);
    found.expect("a week of the tables")
}

fn gwei(level: Level) -> Option<f64> {
    level.value().map(|wei| wei / GWEI)
}

#[test]
fn the_tables_have_every_week_from_2021_05_31_to_2026_11_16() {
    let weeks = tables();
    assert_eq!(weeks.len(), 286);
    assert_eq!(weeks[0].monday.to_string(), "2021-05-31");
    assert_eq!(weeks[285].monday.to_string(), "2026-11-16");
    // 1970-01-01 was a Thursday
    assert!(weeks.iter().all(|week| (week.monday.days() + 3) % 7 == 0));
}

#[test]
fn nothing_stands_in_for_what_the_sources_do_not_have() {
    let weeks = tables();
    let count = |level: fn(&Week) -> Level| {
        weeks
            .iter()
            .filter(|week| level(week).value().is_some())
            .count()
    };
    assert_eq!(count(|week| week.l1_gas_wei), 262);
    assert_eq!(count(|week| week.blob_gas_wei), 101);
    assert_eq!(count(|week| week.l2_gas_wei), 273);
    assert_eq!(count(|week| week.eth_usd), 278);
    assert_eq!(
        weeks
            .iter()
            .filter(|week| week.l2_sampled_wei.is_some())
            .count(),
        58
    );
    for week in &weeks {
        for level in [
            week.l1_gas_wei,
            week.blob_gas_wei,
            week.l2_gas_wei,
            week.eth_usd,
            week.l1_unit_wei(),
        ] {
            assert_eq!(
                level.value().is_none(),
                level.basis() == Basis::Missing,
                "{}",
                week.monday
            );
        }
    }
    let last = week("2026-11-16");
    assert_eq!(
        (last.l1_gas_wei, last.l2_gas_wei, last.eth_usd),
        (Level::MISSING, Level::MISSING, Level::MISSING)
    );
}

#[test]
fn the_values_are_the_tables_own() {
    let launch = week("2022-02-14");
    assert_eq!(launch.regime, Regime::Classic { open: true });
    assert_eq!(gwei(launch.l1_gas_wei), Some(79.9147));
    assert_eq!(gwei(launch.l2_gas_wei), Some(0.799147));
    assert_eq!(
        (launch.l2_gas_wei.basis(), launch.eth_usd.basis()),
        (Basis::Model, Basis::Mean)
    );
    assert_eq!(launch.eth_usd.value(), Some(2900.51));
    // the plain sum of the column, worked out with another program
    let sum: f64 = tables()
        .iter()
        .filter_map(|week| gwei(week.l1_gas_wei))
        .sum();
    assert!((sum - L1_SUM_GWEI).abs() < 1e-3, "{sum}");
    let sum: f64 = tables()
        .iter()
        .filter_map(|week| week.eth_usd.value())
        .sum();
    assert!((sum - ETH_SUM_USD).abs() < 1e-2, "{sum}");
}

#[test]
fn a_year_of_weeks_has_the_mean_that_its_source_states() {
    // points.tsv: mean of the daily averages of 2023, 33.54 gwei; weeks overlap the year's ends by a day or two
    let of_year = tables()
        .into_iter()
        .filter(|week| week.monday.year() == 2023);
    let prices: Vec<f64> = of_year.filter_map(|week| gwei(week.l1_gas_wei)).collect();
    let mean = prices.iter().sum::<f64>() / prices.len() as f64;
    assert!((mean - 33.54).abs() < 0.2, "{mean}");
}

#[test]
fn every_regime_is_flagged() {
    let basis = |monday: &str| {
        let week = week(monday);
        (
            week.regime,
            week.l2_gas_wei.basis(),
            week.l1_unit_wei().basis(),
        )
    };
    let classic = |open| Regime::Classic { open };
    assert_eq!(
        basis("2021-05-31"),
        (classic(false), Basis::Model, Basis::Model)
    );
    assert_eq!(
        basis("2021-08-30"),
        (classic(true), Basis::Model, Basis::Model)
    );
    assert_eq!(
        basis("2022-08-29"),
        (Regime::NitroCalldata, Basis::Floor, Basis::Model)
    );
    assert_eq!(
        basis("2024-03-11"),
        (Regime::NitroCalldata, Basis::Floor, Basis::Model)
    );
    assert_eq!(
        basis("2024-03-18"),
        (Regime::NitroBlobs, Basis::Floor, Basis::Floor)
    );
    assert_eq!(
        basis("2026-02-16"),
        (Regime::NitroBlobs, Basis::Floor, Basis::Missing)
    );
    assert_eq!(
        basis("2026-08-24"),
        (Regime::NitroBlobs, Basis::Missing, Basis::Missing)
    );
    let partial = week("2026-06-01").l1_gas_wei;
    assert_eq!(
        (partial.value().map(|wei| wei / GWEI), partial.basis()),
        (Some(1.2224), Basis::PartialMean)
    );
}

#[test]
fn a_unit_of_l1_data_costs_an_l1_gas_and_since_blobs_a_sixteenth_of_a_bytes_blob_gas() {
    let calldata = week("2023-01-02");
    assert_eq!(calldata.l1_unit_wei().value(), calldata.l1_gas_wei.value());
    let blobs = week("2024-03-25");
    let unit = blobs.l1_unit_wei().value().expect("known");
    // 23.2042 gwei x 131,072 / 130,048 / 16
    assert!((unit / 1e9 - 1.461_685).abs() < 1e-5, "{unit}");
}

#[test]
fn a_table_that_was_changed_by_mistake_is_refused_with_its_line() {
    let refused = |prices: &str, reference: &str| {
        let error = read(prices, reference).expect_err("a changed table");
        error.to_string()
    };
    let two = |text: &str| text.lines().take(3).collect::<Vec<_>>().join("\n");
    let (prices, reference) = (two(PRICES), two(REFERENCE));
    assert_eq!(
        read(&prices, &reference).map(|weeks| weeks.len()).ok(),
        Some(2)
    );

    let text = refused(&prices.replace("28.3517", "-1"), &reference);
    assert!(
        text.contains("prices.tsv, line 2") && text.contains("l1_gas_gwei"),
        "{text}"
    );
    let text = refused(&prices.replace("2021-06-07", "2021-06-14"), &reference);
    assert!(text.contains("line 3"), "{text}");
    let text = refused(
        &prices,
        &reference.replace("MODEL_L1_DIV_100_PRE", "FLOORED_PRE"),
    );
    assert!(text.contains("arb_l2_reference.tsv, line 2"), "{text}");
    let text = refused(&prices.replace("\t2705.15", ""), &reference);
    assert!(text.contains("cells"), "{text}");
}
