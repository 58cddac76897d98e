//! What a role pays in a year for what it does all year.
//! Always holds: a sum is over the weeks that have a cost, and says how many those are; nothing stands in for the others.

use serde::Serialize;

use super::{
    charge::{Own, Place, Priced, Rates},
    operations::{CLAIM, REDEEM, REWARD},
    prices::Week,
};

/// What a role does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Habit {
    /// Who, and what.
    pub what: &'static str,
    /// The operation.
    pub id: &'static str,
    /// How often in a week; 0 for once, in whichever week.
    pub a_week: u32,
}

/// The habits that are summed up.
pub(super) const HABITS: [Habit; 3] = [
    Habit {
        what: "orchestrator: reward every day",
        id: REWARD,
        a_week: 7,
    },
    Habit {
        what: "broadcaster: one winning ticket redeemed every day",
        id: REDEEM,
        a_week: 7,
    },
    Habit {
        what: "delegator: one claim, in the median week",
        id: CLAIM,
        a_week: 0,
    },
];

/// A figure and the weeks behind it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Sum {
    /// US dollars; none where no week has a cost.
    pub usd: Option<f64>,
    /// Weeks that have one.
    pub weeks: usize,
}

/// What a habit costs in a year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Year {
    /// The habit.
    #[serde(flatten)]
    pub habit: Habit,
    /// The year of the weeks' Mondays.
    pub year: i32,
    /// Weeks of that year in the tables.
    pub weeks: usize,
    /// On Ethereum.
    pub l1: Sum,
    /// On Arbitrum with Livepeer's contracts.
    pub solidity: Sum,
    /// On Arbitrum with ours.
    pub ours: Sum,
}

/// Every habit in every year of the weeks.
#[must_use]
pub fn years(weeks: &[Week], operations: &[Priced]) -> Vec<Year> {
    let mut years = Vec::new();
    for habit in HABITS {
        let Some(operation) = operations.iter().find(|it| it.id == habit.id) else {
            continue;
        };
        for of_year in weeks.chunk_by(|a, b| a.monday.year() == b.monday.year()) {
            let sum = |place| sum(of_year, operation, habit.a_week, place);
            years.push(Year {
                habit,
                year: of_year.first().map_or(0, |week| week.monday.year()),
                weeks: of_year.len(),
                l1: sum(Place::L1),
                solidity: sum(Place::Solidity),
                ours: sum(Place::Ours),
            });
        }
    }
    years
}

fn sum(weeks: &[Week], operation: &Priced, a_week: u32, place: Place) -> Sum {
    let costs = weeks.iter().filter_map(|week| {
        let rates = Rates::of(week, &Own::default());
        operation.at(&rates).usd(place)
    });
    let costs: Vec<f64> = costs.collect();
    let usd = match a_week {
        0 => median(&costs),
        times => (!costs.is_empty()).then(|| costs.iter().sum::<f64>() * f64::from(times)),
    };
    Sum {
        usd,
        weeks: costs.len(),
    }
}

/// The middle of some figures, or the mean of the two in the middle; none of none.
#[must_use]
pub(super) fn median(figures: &[f64]) -> Option<f64> {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match (sorted.get(middle), sorted.len() % 2) {
        (Some(high), 0) => sorted
            .get(middle.wrapping_sub(1))
            .map(|low| f64::midpoint(*low, *high)),
        (middle, _) => middle.copied(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::cost::{Figures, Operation, prices};

    fn rewards() -> Vec<Year> {
        let figures = Figures::of(None).expect("figures");
        let reward = Operation::of(REWARD).expect("listed");
        let reward = Priced::of(reward, &figures).expect("priced");
        years(&prices::weeks().expect("tables"), &[reward])
    }

    #[test]
    fn a_year_on_l1_is_the_sum_of_its_weeks_by_hand() {
        // 320,682 gas (the original's reward with hints in a pool of 100), seven times a week. For the weeks of January 2023:
        // gas price in gwei and ETH in dollars, as in prices.tsv
        let weeks = prices::weeks().expect("tables");
        let january: Vec<&Week> = weeks
            .iter()
            .filter(|week| week.monday.to_string().starts_with("2023-01"))
            .collect();
        assert_eq!(january.len(), 5);
        let by_hand: f64 = january
            .iter()
            .map(|week| {
                let gas_price = week.l1_gas_wei.value().expect("known in 2023");
                320_682.0 * gas_price / 1e18 * week.eth_usd.value().expect("known in 2023") * 7.0
            })
            .sum();
        let january: Vec<Week> = january.into_iter().cloned().collect();
        let figures = Figures::of(None).expect("figures");
        let reward = Priced::of(Operation::of(REWARD).expect("listed"), &figures).expect("priced");
        let year = &years(&january, &[reward])[0];
        assert_eq!((year.year, year.weeks, year.l1.weeks), (2023, 5, 5));
        assert!((year.l1.usd.expect("summed") - by_hand).abs() < 1e-6);
    }

    #[test]
    fn a_year_with_missing_weeks_sums_the_others_and_says_how_many() {
        let years = rewards();
        let of = |year| {
            years
                .iter()
                .find(|it| it.year == year)
                .expect("in the tables")
        };
        assert_eq!(
            (of(2023).weeks, of(2023).l1.weeks, of(2023).solidity.weeks),
            (52, 52, 52)
        );
        // Ethereum's gas price ends in the week of 2026-06-01, the blob fee in that of 2026-02-09
        assert_eq!(
            (of(2026).weeks, of(2026).l1.weeks, of(2026).solidity.weeks),
            (46, 22, 6)
        );
        // and where nothing of ours was measured, there is no figure of ours
        assert_eq!(of(2023).ours, Sum::default());
    }

    #[test]
    fn a_median_is_the_middle() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
    }
}
