//! Which weeks are observed, which a floor or a model, and which are missing.
//! Always holds: every week of the tables is in exactly one stretch of each price.

use serde::Serialize;

use super::{
    date::Date,
    prices::{Basis, Level, Week},
};

/// Weeks in a row whose price rests on the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// Of what the price is.
    pub price: &'static str,
    /// What it rests on.
    pub basis: Basis,
    /// First week.
    pub from: Date,
    /// Last week.
    pub to: Date,
    /// How many.
    pub weeks: usize,
}

/// What a price is called, and how a week has it.
type Price = (&'static str, fn(&Week) -> Level);

const PRICES: [Price; 4] = [
    ("a gas on Ethereum", |week| week.l1_gas_wei),
    ("a gas on Arbitrum", |week| week.l2_gas_wei),
    ("a unit of L1 data", Week::l1_unit_wei),
    ("an ETH in dollars", |week| week.eth_usd),
];

/// The stretches of every price.
#[must_use]
pub fn coverage(weeks: &[Week]) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    for (price, level) in PRICES {
        for same in weeks.chunk_by(|a, b| level(a).basis() == level(b).basis()) {
            let (Some(first), Some(last)) = (same.first(), same.last()) else {
                continue;
            };
            stretches.push(Stretch {
                price,
                basis: level(first).basis(),
                from: first.monday,
                to: last.monday,
                weeks: same.len(),
            });
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::cost::prices;

    #[test]
    fn every_change_of_what_a_price_rests_on_is_named_with_its_weeks() {
        let weeks = prices::weeks().expect("tables");
        let lines = coverage(&weeks).into_iter().map(|stretch| {
            let Stretch {
                price,
                basis,
                from,
                to,
                weeks,
            } = stretch;
            format!("{price}: {basis} {from} {to} {weeks}")
        });
        let expected = [
            "a gas on Ethereum: mean 2021-05-31 2026-05-25 261",
            "a gas on Ethereum: mean of part of the week 2026-06-01 2026-06-01 1",
            "a gas on Ethereum: missing 2026-06-08 2026-11-16 24",
            "a gas on Arbitrum: model 2021-05-31 2022-08-22 65",
            "a gas on Arbitrum: floor 2022-08-29 2026-08-17 208",
            "a gas on Arbitrum: missing 2026-08-24 2026-11-16 13",
            "a unit of L1 data: model 2021-05-31 2024-03-11 146",
            "a unit of L1 data: floor 2024-03-18 2026-02-09 100",
            "a unit of L1 data: missing 2026-02-16 2026-11-16 40",
            "an ETH in dollars: mean 2021-05-31 2026-09-21 278",
            "an ETH in dollars: missing 2026-09-28 2026-11-16 8",
        ];
        assert_eq!(lines.collect::<Vec<_>>(), expected);
    }
}
