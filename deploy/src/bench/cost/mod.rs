//! What the protocol's operations cost: gas by the prices of then, or by one's own.
//! Always holds: prices and the original's gas are data with their sources; ours is what `bench gas` measured; a cost that
//! lacks one of its parts is missing, not smaller; every result says which weeks are model, floor or missing.

mod charge;
mod chart;
mod coverage;
mod date;
mod gas;
mod operations;
mod own;
mod page;
mod prices;
mod report;
mod roles;
mod worth;

use std::path::PathBuf;

pub use charge::{Cost, L2Cost, Own, Place, Priced, Rates};
pub use coverage::{Stretch, coverage};
pub use date::{Date, NotADate};
pub use gas::{Figures, Gas, MEASURED, Ours};
pub use operations::{OPERATIONS, Operation, Role};
pub use own::{Dollars, GasPrice, NotAPrice};
pub use prices::{Basis, Level, Regime, Week, weeks};
pub use report::Report;
pub use roles::{Habit, Sum, Year, years};
pub use worth::{Below, BreakEven, Delegators, Way, break_even};

use crate::{
    build::{BuildError, Workspace},
    network::Migration,
    snapshot::{Search, SnapshotError},
};

/// Livepeer's first week on Arbitrum.
const LAUNCH: Date = Date::known(2022, 2, 14);

/// What is asked.
#[derive(Debug, Clone)]
pub struct Options {
    /// Any folder inside the checkout, for our figures; outside one there are none.
    pub folder: PathBuf,
    /// Our figures from another file.
    pub gas: Option<PathBuf>,
    /// The week that is shown in detail: Livepeer's first on Arbitrum, or, with prices of one's own, the last that is
    /// whole.
    pub week: Option<Date>,
    /// Prices of one's own, in place of that week's.
    pub own: Own,
    /// US dollars for an LPT.
    pub lpt_usd: Option<f64>,
    /// The migration whose delegators are counted.
    pub migration: Migration,
    /// Their list, if the user names one.
    pub list: Option<PathBuf>,
    /// Seed of the list that stands in where there is no real one.
    pub seed: u64,
}

/// Why there are no costs.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CostError {
    /// A price table is not what it should be.
    #[error(
        "{table}, line {line}: {why}; the table is part of the program, so this is a bug: please report it"
    )]
    Prices {
        /// Which.
        table: &'static str,
        /// Where, from 1.
        line: usize,
        /// What is wrong.
        why: String,
    },
    /// The week is not in the tables, or is no Monday.
    #[error(
        "the price tables have no week {asked}; weeks are named by their Monday, {first} to {last}"
    )]
    NoWeek {
        /// What was asked for.
        asked: Date,
        /// The first there is.
        first: Date,
        /// The last there is.
        last: Date,
    },
    /// A scenario that the original was not measured in.
    #[error("there is no reference figure for {0}: this is a bug, please report it")]
    NoReference(String),
    /// Something that is no output of `bench gas`.
    #[error("{} is not what `confluence bench gas --write` writes", path.display())]
    Measured {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// A transaction could not be signed.
    #[error("an example transaction cannot be signed: this is a bug, please report it")]
    Signing,
    /// A chart could not be drawn.
    #[error("cannot draw {chart}: {why}")]
    Chart {
        /// Which.
        chart: &'static str,
        /// What is wrong.
        why: String,
    },
    /// A file could not be read or written.
    #[error("cannot {what} {}", path.display())]
    File {
        /// "read" or "write".
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// No checkout to write into.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// The list could not be used.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
}

impl CostError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::NoWeek { .. } => true,
            Self::Build(error) => error.is_usage(),
            Self::Snapshot(error) => error.is_usage(),
            _ => false,
        }
    }
}

/// Works everything out.
///
/// # Errors
/// See [`CostError`].
pub fn run(options: &Options) -> Result<Report, CostError> {
    let weeks = weeks()?;
    let week = shown(&weeks, options)?;
    let figures = figures(options)?;
    let operations = OPERATIONS
        .iter()
        .map(|operation| Priced::of(operation, &figures));
    let operations = operations.collect::<Result<Vec<_>, _>>()?;
    let search = Search::new(&options.migration, options.list.as_deref());
    let delegators = Delegators::of(&search.local_or_synthetic(options.seed)?);
    Ok(Report::new(report::Parts {
        week,
        own: options.own,
        lpt_usd: options.lpt_usd,
        arbos: figures.arbos,
        weeks: weeks.clone(),
        operations,
        delegators,
    }))
}

fn figures(options: &Options) -> Result<Figures, CostError> {
    if let Some(file) = &options.gas {
        return Figures::read(file, true);
    }
    match Workspace::around(&options.folder, None) {
        Ok(checkout) => Figures::read(&checkout.root().join(MEASURED), false),
        Err(_) => Figures::read(MEASURED.as_ref(), false),
    }
}

fn shown(weeks: &[Week], options: &Options) -> Result<Week, CostError> {
    let whole = |week: &&Week| {
        let Rates {
            l1_gas_wei,
            l2_gas_wei,
            l1_unit_wei,
            eth_usd,
        } = Rates::of(week, &Own::default());
        let prices = [l1_gas_wei, l2_gas_wei, l1_unit_wei, eth_usd];
        prices.iter().all(|level| level.value().is_some())
    };
    let asked = options.week.unwrap_or(LAUNCH);
    let found = match options.week {
        None if !options.own.is_empty() => weeks.iter().rfind(whole),
        _ => weeks.iter().find(|week| week.monday == asked),
    };
    found.cloned().ok_or_else(|| CostError::NoWeek {
        asked,
        first: weeks.first().map_or(asked, |week| week.monday),
        last: weeks.last().map_or(asked, |week| week.monday),
    })
}
