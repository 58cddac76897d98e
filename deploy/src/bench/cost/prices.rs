//! What gas and ETH cost, week by week, from the tables in `deploy/data/prices`.
//! Always holds: a value is one of the tables' own, unchanged; what they do not have stays missing, with the reason; each
//! level says what it rests on ([`Basis`]).

use std::fmt;

use serde::Serialize;

use super::{CostError, date::Date};

const PRICES: &str = include_str!("../../../data/prices/prices.tsv");
const REFERENCE: &str = include_str!("../../../data/prices/arb_l2_reference.tsv");

/// Arbitrum One posts blobs since ArbOS 20 (2024-03-14); this is the first week that is all after it.
const FIRST_BLOB_WEEK: Date = Date::known(2024, 3, 18);
/// Wei of a gwei.
const GWEI: f64 = 1e9;
const DAYS: u32 = 7;

/// What a figure rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The mean of all days of the week.
    Mean,
    /// The mean of the days that the source has.
    PartialMean,
    /// The documented minimum: most paid it, nobody less, some more.
    Floor,
    /// Worked out from another figure; not observed.
    Model,
    /// Given by the user.
    Own,
    /// No source has it.
    Missing,
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mean => "mean",
            Self::PartialMean => "mean of part of the week",
            Self::Floor => "floor",
            Self::Model => "model",
            Self::Own => "given",
            Self::Missing => "missing",
        })
    }
}

/// A price and what it rests on; no value exactly where it is missing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Level {
    value: Option<f64>,
    basis: Basis,
}

impl Level {
    /// No source has it.
    pub const MISSING: Self = Self {
        value: None,
        basis: Basis::Missing,
    };

    /// A price of that kind.
    #[must_use]
    pub fn of(value: f64, basis: Basis) -> Self {
        Self {
            value: Some(value),
            basis,
        }
    }

    /// The price, where there is one.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        self.value
    }

    /// What it rests on.
    #[must_use]
    pub fn basis(self) -> Basis {
        self.basis
    }

    /// The mean of so many days.
    fn mean(value: Option<f64>, days: u32) -> Self {
        match value {
            None => Self::MISSING,
            Some(value) if days >= DAYS => Self::of(value, Basis::Mean),
            Some(value) => Self::of(value, Basis::PartialMean),
        }
    }

    /// The same in another unit.
    fn times(self, factor: f64) -> Self {
        Self {
            value: self.value.map(|value| value * factor),
            ..self
        }
    }
}

/// Which software Arbitrum One ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Regime {
    /// Before 2022-08-31; until 2021-08-31 not open to everybody.
    Classic {
        /// Whether everybody could use it.
        open: bool,
    },
    /// Nitro, paying for calldata on L1.
    NitroCalldata,
    /// Nitro, paying for blobs on L1.
    NitroBlobs,
}

/// What everything cost in a week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// What Arbitrum One ran on its Thursday.
    pub regime: Regime,
    /// Wei a gas on Ethereum, tips included.
    pub l1_gas_wei: Level,
    /// Wei a gas of blobs.
    pub blob_gas_wei: Level,
    /// Wei a gas on Arbitrum.
    pub l2_gas_wei: Level,
    /// Wei a gas that the median of the transactions found for the week paid on Arbitrum. Shown, not used.
    pub l2_sampled_wei: Option<f64>,
    /// US dollars for an ETH: the mean of the week.
    pub eth_usd: Level,
}

impl Week {
    /// Wei that ArbOS takes for a unit of L1 data, a sixteenth of a compressed byte.
    ///
    /// Nobody recorded it. ArbOS moves it until posters are paid what posting costs; so it is taken to be what that cost:
    /// Ethereum's gas price while posters sent calldata, afterwards the blob gas that a sixteenth of a byte takes. The
    /// second leaves out the posting transaction itself and what ArbOS rewards posters with: a floor.
    #[must_use]
    pub fn l1_unit_wei(&self) -> Level {
        /// Bytes that Nitro puts into a blob: 254 bits in each of 4,096 field elements.
        const BYTES_OF_BLOB: f64 = 130_048.0;
        const GAS_OF_BLOB: f64 = 131_072.0;
        const UNITS_OF_BYTE: f64 = 16.0;
        let (level, factor, basis) = match self.regime {
            Regime::Classic { .. } | Regime::NitroCalldata => (self.l1_gas_wei, 1.0, Basis::Model),
            Regime::NitroBlobs => (
                self.blob_gas_wei,
                GAS_OF_BLOB / BYTES_OF_BLOB / UNITS_OF_BYTE,
                Basis::Floor,
            ),
        };
        level
            .value()
            .map_or(Level::MISSING, |price| Level::of(price * factor, basis))
    }
}

/// All weeks of the tables, in order.
///
/// # Errors
/// [`CostError::Prices`] if a table is not what it should be: they are compiled in, so that would be a bug.
pub fn weeks() -> Result<Vec<Week>, CostError> {
    read(PRICES, REFERENCE)
}

fn read(prices: &str, reference: &str) -> Result<Vec<Week>, CostError> {
    let prices = Sheet::of("prices.tsv", prices)?;
    let reference = Sheet::of("arb_l2_reference.tsv", reference)?;
    if prices.rows.len() != reference.rows.len() {
        return Err(prices.wrong(0, "it has other weeks than arb_l2_reference.tsv"));
    }
    let mut weeks: Vec<Week> = Vec::with_capacity(prices.rows.len());
    for row in 0..prices.rows.len() {
        let monday = prices.date(row)?;
        if reference.date(row)? != monday {
            return Err(reference.wrong(row, "it is about another week than prices.tsv"));
        }
        if weeks
            .last()
            .is_some_and(|last| last.monday.days() + 7 != monday.days())
        {
            return Err(prices.wrong(row, "it is not the week after the one before"));
        }
        let mean = |value: &str, days: &str| {
            Ok::<_, CostError>(Level::mean(
                prices.number(row, value)?,
                prices.count(row, days)?,
            ))
        };
        weeks.push(Week {
            monday,
            regime: regime(&reference, row, monday)?,
            l1_gas_wei: mean("l1_gas_gwei", "n_l1_days")?.times(GWEI),
            blob_gas_wei: mean("l1_blob_gwei", "n_blob_days")?.times(GWEI),
            l2_gas_wei: l2_gas(&reference, row)?.times(GWEI),
            l2_sampled_wei: prices
                .number(row, "arb_l2_gas_gwei")?
                .map(|gwei| gwei * GWEI),
            eth_usd: mean("eth_usd_mean", "n_eth_days")?,
        });
    }
    Ok(weeks)
}

fn regime(reference: &Sheet<'_>, row: usize, monday: Date) -> Result<Regime, CostError> {
    match reference.cell(row, "regime")? {
        "classic" => {
            let open = !reference.cell(row, "flag")?.ends_with("PRE_PUBLIC_LAUNCH");
            Ok(Regime::Classic { open })
        }
        "nitro" if monday < FIRST_BLOB_WEEK => Ok(Regime::NitroCalldata),
        "nitro" => Ok(Regime::NitroBlobs),
        _ => Err(reference.wrong(row, "its regime is neither classic nor nitro")),
    }
}

fn l2_gas(reference: &Sheet<'_>, row: usize) -> Result<Level, CostError> {
    let value = reference.number(row, "reference_gwei")?;
    match (reference.cell(row, "flag")?, value) {
        ("FLOOR", Some(value)) => Ok(Level::of(value, Basis::Floor)),
        ("MODEL_L1_DIV_100" | "MODEL_L1_DIV_100_PRE_PUBLIC_LAUNCH", Some(value)) => {
            Ok(Level::of(value, Basis::Model))
        }
        ("UNKNOWN_AFTER_ARBOS61", None) => Ok(Level::MISSING),
        _ => Err(reference.wrong(row, "its flag does not go with its value")),
    }
}

/// A table of tab-separated values under a line of names.
struct Sheet<'a> {
    name: &'static str,
    columns: Vec<&'a str>,
    rows: Vec<Vec<&'a str>>,
}

impl<'a> Sheet<'a> {
    fn of(name: &'static str, text: &'a str) -> Result<Self, CostError> {
        let mut lines = text
            .lines()
            .map(|line| line.split('\t').collect::<Vec<_>>());
        let sheet = Self {
            name,
            columns: lines.next().unwrap_or_default(),
            rows: lines.collect(),
        };
        match sheet
            .rows
            .iter()
            .position(|row| row.len() != sheet.columns.len())
        {
            Some(row) => Err(sheet.wrong(row, "it has more or fewer cells than the first line")),
            None => Ok(sheet),
        }
    }

    fn wrong(&self, row: usize, why: &str) -> CostError {
        CostError::Prices {
            table: self.name,
            line: row + 2,
            why: why.to_owned(),
        }
    }

    fn cell(&self, row: usize, column: &str) -> Result<&'a str, CostError> {
        let place = self.columns.iter().position(|name| *name == column);
        place
            .and_then(|place| self.rows.get(row)?.get(place).copied())
            .ok_or_else(|| self.wrong(row, &format!("it has no column {column}")))
    }

    fn date(&self, row: usize) -> Result<Date, CostError> {
        let cell = self.cell(row, "date")?;
        cell.parse()
            .map_err(|_| self.wrong(row, "its date is none"))
    }

    /// A number that is above zero, if the cell has one.
    fn number(&self, row: usize, column: &str) -> Result<Option<f64>, CostError> {
        match self.cell(row, column)? {
            "" => Ok(None),
            text => match text.parse::<f64>() {
                Ok(number) if number.is_finite() && number > 0.0 => Ok(Some(number)),
                _ => Err(self.wrong(row, &format!("its {column} is no price"))),
            },
        }
    }

    fn count(&self, row: usize, column: &str) -> Result<u32, CostError> {
        match self.cell(row, column)? {
            "" => Ok(0),
            text => {
                let wrong = |_| self.wrong(row, &format!("its {column} is no count"));
                text.parse().map_err(wrong)
            }
        }
    }
}

#[cfg(test)]
#[path = "prices_tests.rs"]
mod tests;
