//! All that `bench cost` finds: what goes out as JSON, and what tables and charts are made from.
//! Always holds: the shown week may have prices of one's own; the history never has.

use serde::Serialize;

use super::{
    charge::{Cost, Own, Place, Priced, Rates},
    coverage::{Stretch, coverage},
    date::Date,
    prices::{Regime, Week},
    roles::{Year, median, years},
    worth::{BreakEven, Delegators, break_even},
};

/// What a report is made from.
pub(super) struct Parts {
    pub(super) week: Week,
    pub(super) own: Own,
    pub(super) lpt_usd: Option<f64>,
    pub(super) arbos: Option<u64>,
    pub(super) weeks: Vec<Week>,
    pub(super) operations: Vec<Priced>,
    pub(super) delegators: Delegators,
}

/// The result.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// Monday of the week that is shown in detail.
    pub week: Date,
    /// What Arbitrum One ran then.
    pub regime: Regime,
    /// Its prices, or one's own.
    pub rates: Rates,
    /// Whether any are one's own.
    pub own: bool,
    /// ArbOS version that our gas was measured on; none if it was not.
    pub arbos: Option<u64>,
    /// Each operation in that week.
    pub operations: Vec<Shown>,
    /// For whom it does not pay, in that week.
    pub break_even: BreakEven,
    /// What the prices of all weeks rest on.
    pub coverage: Vec<Stretch>,
    /// Each operation in the median week of each year.
    pub medians: Vec<Median>,
    /// Each role's year.
    pub years: Vec<Year>,
    /// Every week's prices and the costs of three operations.
    pub weeks: Vec<Past>,
    #[serde(skip)]
    pub(super) delegators: Delegators,
}

/// An operation and its cost.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// What it is.
    #[serde(flatten)]
    pub operation: Priced,
    /// What it costs.
    pub cost: Cost,
}

/// An operation in the median week of a year, in US dollars.
#[derive(Debug, Clone, Serialize)]
pub struct Median {
    /// The operation.
    pub id: &'static str,
    /// The year.
    pub year: i32,
    /// On Ethereum, on Arbitrum with Livepeer's contracts, with ours.
    pub usd: [Option<f64>; 3],
    /// Weeks with a cost in each place.
    pub weeks: [usize; 3],
}

/// A week of the past.
#[derive(Debug, Clone, Serialize)]
pub struct Past {
    /// Its Monday.
    pub monday: Date,
    /// What Arbitrum One ran.
    pub regime: Regime,
    /// Its prices.
    pub rates: Rates,
    /// Wei a gas that transactions found for the week paid on Arbitrum.
    pub l2_sampled_wei: Option<f64>,
    /// US dollars in each place, of each operation in the report's order.
    pub usd: Vec<[Option<f64>; 3]>,
}

impl Report {
    pub(super) fn new(parts: Parts) -> Self {
        let Parts {
            week,
            own,
            lpt_usd,
            arbos,
            weeks,
            operations,
            delegators,
        } = parts;
        let rates = Rates::of(&week, &own);
        let shown = operations.iter().map(|operation| Shown {
            operation: operation.clone(),
            cost: operation.at(&rates),
        });
        let past: Vec<Past> = weeks.iter().map(|week| past(week, &operations)).collect();
        Self {
            week: week.monday,
            regime: week.regime,
            rates,
            own: !own.is_empty(),
            arbos,
            operations: shown.collect(),
            break_even: break_even(&delegators, &operations, &rates, lpt_usd),
            coverage: coverage(&weeks),
            medians: medians(&past, &operations),
            years: years(&weeks, &operations),
            weeks: past,
            delegators,
        }
    }

    /// The place of an operation in the report's order.
    pub(super) fn place_of(&self, id: &str) -> Option<usize> {
        self.operations
            .iter()
            .position(|shown| shown.operation.id == id)
    }
}

fn past(week: &Week, operations: &[Priced]) -> Past {
    let rates = Rates::of(week, &Own::default());
    let usd = operations.iter().map(|operation| {
        let cost = operation.at(&rates);
        Place::ALL.map(|place| cost.usd(place))
    });
    Past {
        monday: week.monday,
        regime: week.regime,
        rates,
        l2_sampled_wei: week.l2_sampled_wei,
        usd: usd.collect(),
    }
}

fn medians(weeks: &[Past], operations: &[Priced]) -> Vec<Median> {
    let mut medians = Vec::new();
    for (index, operation) in operations.iter().enumerate() {
        for of_year in weeks.chunk_by(|a, b| a.monday.year() == b.monday.year()) {
            let costs = [0, 1, 2].map(|place| {
                let costs = of_year
                    .iter()
                    .filter_map(|week| week.usd.get(index)?[place]);
                costs.collect::<Vec<f64>>()
            });
            medians.push(Median {
                id: operation.id,
                year: of_year.first().map_or(0, |week| week.monday.year()),
                weeks: [0, 1, 2].map(|place| costs[place].len()),
                usd: costs.map(|costs| median(&costs)),
            });
        }
    }
    medians
}
