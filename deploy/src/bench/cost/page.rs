//! The report for people: tables for a terminal, and the page `docs/benchmarks/cost.md` with its charts.
//! Always holds: both have the same tables; where our programs are dearer than the original, the row says so and why.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use super::{
    CostError,
    charge::{Cost, Place, usd},
    chart,
    operations::{CLAIM, REDEEM, REWARD},
    prices::{Level, Regime},
    report::{Report, Shown},
    roles::{HABITS, Sum},
    worth::SPOKEN_OF,
};
use crate::{
    bench::{Table, thousands},
    build::Workspace,
    snapshot::Provenance,
    whole_file,
};

/// Where results are committed.
const FOLDER: &str = "docs/benchmarks";

const PREFACE: &str = "# What it costs

Written by `confluence bench cost --write`. Prices are weekly and from public sources
([deploy/data/prices/SOURCES.md](../../deploy/data/prices/SOURCES.md) names them and what they lack); nothing is interpolated.

- **L1 then**: the gas of Livepeer's contracts for Arbitrum at Ethereum's gas price of the week. The contracts that ran on Ethereum
  until 2022 were their predecessors, so this approximates what staying there would have cost, not what was paid.
- **L2 Solidity**: the same gas at Arbitrum's price of the week, and what ArbOS charges for the bytes on L1.
- **L2 ours**: the gas of our programs, in ArbOS's cache, at the same prices, and the same bytes. Arbitrum One runs Stylus programs
  since September 2024: before, it is what they would have cost.

L1's part is Nitro's: sixteen units for each byte of the signed transaction, compressed with Brotli at level 1, by the devnode's own
function; nobody recorded what ArbOS asked for a unit, so that is a model (Ethereum's gas price while calldata was posted) and since
2024-03-18 a floor (blob gas alone). Arbitrum's gas price is a model before Nitro and its documented minimum since: what most paid, with
congestion left out. Nitro's rules are applied to all weeks, Arbitrum Classic's included.
";

impl Report {
    /// Everything as tables.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        let mut tables = vec![self.operations_table(), self.break_even_table()];
        if !self.own {
            tables.insert(1, self.medians_table());
            tables.insert(2, self.years_table());
            tables.push(self.coverage_table());
        }
        tables
    }

    fn operations_table(&self) -> Table {
        let title = format!(
            "An operation at the prices of {}{}, in US dollars",
            if self.own {
                "one's own, the others of the week of "
            } else {
                "the week of "
            },
            self.week
        );
        let columns = [
            "operation",
            "L1 gas",
            "L1 then",
            "L2 Solidity",
            "of it bytes",
            "our gas",
            "L2 ours",
            "uncached",
            "ours/Solidity",
            "remark",
        ];
        let mut table = Table::new(title, &columns);
        for shown in &self.operations {
            let Shown { operation, cost } = shown;
            let data = cost
                .solidity
                .zip(cost.eth_usd)
                .map(|(cost, eth)| usd(cost.data_wei, eth));
            let uncached = cost
                .ours_uncached
                .zip(cost.eth_usd)
                .map(|(cost, eth)| usd(cost.wei(), eth));
            let ours = operation.gas.ours.as_ref();
            table.row([
                operation.what.to_owned(),
                thousands(operation.gas.original),
                dollars(cost.usd(Place::L1)),
                dollars(cost.usd(Place::Solidity)),
                dollars(data),
                ours.map_or_else(dash, |ours| thousands(ours.cached)),
                dollars(cost.usd(Place::Ours)),
                dollars(uncached),
                ratio(cost),
                remark(shown),
            ]);
        }
        table.note(format!("Prices: {}.", self.prices()));
        table.note(match self.arbos {
            Some(arbos) => format!("Our gas: docs/benchmarks/gas.json, ArbOS {arbos}, programs cached; \"-\" where it was not measured."),
            None => "Our gas was not measured: run `confluence bench gas --write` first.".to_owned(),
        });
        table.note("The bytes cost the same with either contract, so the ratio of costs is nearer to 1 than that of gas.");
        if matches!(self.regime, Regime::Classic { .. }) {
            table.note("That week Arbitrum ran Classic, whose fees are modelled by Nitro's rules; two observations say that the model is 10 to 30 % high and knows no congestion.");
        }
        table
    }

    /// What the shown prices are and rest on.
    fn prices(&self) -> String {
        let gas = |what: &str, level: Level| match level.value() {
            Some(wei) => format!("{what} {} gwei ({})", significant(wei / 1e9), level.basis()),
            None => format!("{what} missing"),
        };
        let eth = match self.rates.eth_usd.value() {
            Some(usd) => format!("ETH {usd:.2} dollars ({})", self.rates.eth_usd.basis()),
            None => "ETH's price missing".to_owned(),
        };
        [
            gas("a gas on Ethereum", self.rates.l1_gas_wei),
            gas("a gas on Arbitrum", self.rates.l2_gas_wei),
            gas("a unit of L1 data", self.rates.l1_unit_wei),
            eth,
        ]
        .join(", ")
    }

    fn medians_table(&self) -> Table {
        let mut years: Vec<i32> = self.medians.iter().map(|median| median.year).collect();
        years.dedup();
        years.sort_unstable();
        years.dedup();
        let heads: Vec<String> = years.iter().map(i32::to_string).collect();
        let columns: Vec<&str> = std::iter::once("operation")
            .chain(heads.iter().map(String::as_str))
            .collect();
        let mut table = Table::new(
            "An operation in the median week of each year, in US dollars: L1 then / L2 Solidity / L2 ours",
            &columns,
        );
        for shown in &self.operations {
            let of_year = |year: &i32| {
                let median = self
                    .medians
                    .iter()
                    .find(|it| it.year == *year && it.id == shown.operation.id);
                let usd = median.map_or([None; 3], |median| median.usd);
                usd.map(dollars).join(" / ")
            };
            let cells =
                std::iter::once(shown.operation.what.to_owned()).chain(years.iter().map(of_year));
            table.row(cells);
        }
        let weeks = years.iter().map(|year| {
            let counted = self.medians.iter().find(|median| median.year == *year);
            let [l1, l2, _] = counted.map_or([0; 3], |median| median.weeks);
            format!("{year} {l1} and {l2}")
        });
        table.note(format!(
            "Weeks with a cost on L1 and on L2: {}; the other weeks are left out. Arbitrum's prices are model or floor in all of them: the last table has the dates.",
            weeks.collect::<Vec<_>>().join(", ")
        ));
        table
    }

    fn years_table(&self) -> Table {
        let mut table = Table::new(
            "A role's year, in US dollars",
            &[
                "role",
                "year",
                "L1 then",
                "weeks",
                "L2 Solidity",
                "L2 ours",
                "weeks on L2",
            ],
        );
        for year in &self.years {
            let sum = |sum: Sum| dollars(sum.usd);
            table.row([
                year.habit.what.to_owned(),
                year.year.to_string(),
                sum(year.l1),
                format!("{} of {}", year.l1.weeks, year.weeks),
                sum(year.solidity),
                sum(year.ours),
                format!("{} of {}", year.solidity.weeks, year.weeks),
            ]);
        }
        table.note("Sums are over the weeks that have a cost; nothing stands in for the others. Arbitrum's prices are model or floor in all of them: the last table has the dates.");
        table.note("Winning tickets are redeemed by orchestrators, who pay for it; broadcasters' tickets have to be worth it. A round is 5,760 L1 blocks, somewhat less than a day: \"every day\" is the round number.");
        table
    }

    fn break_even_table(&self) -> Table {
        let break_even = &self.break_even;
        let prices = break_even
            .ways
            .iter()
            .find(|way| !way.at.is_empty())
            .map(|way| way.at.as_slice());
        let heads: Vec<String> = prices
            .unwrap_or_default()
            .iter()
            .map(|below| format!("LPT ${}", significant(below.lpt_usd)))
            .collect();
        let spoken_of = format!("{} have less if LPT <", thousands(SPOKEN_OF as u64));
        let columns: Vec<&str> = ["way", "cost", &spoken_of]
            .into_iter()
            .chain(heads.iter().map(String::as_str))
            .collect();
        let title = format!(
            "For whom moving cost more than there was to move, {}week of {}: break-even stake in LPT, and delegators below it",
            if self.own { "own prices and " } else { "" },
            self.week
        );
        let mut table = Table::new(title, &columns);
        for way in &break_even.ways {
            let below = way.spoken_of_below_usd.map(|price| {
                if price.is_finite() {
                    format!("${}", significant(price))
                } else {
                    "any price".to_owned()
                }
            });
            let mut cells = vec![
                way.what.to_owned(),
                dollars(way.cost_usd),
                below.unwrap_or_else(dash),
            ];
            cells.extend((0..heads.len()).map(|index| {
                way.at.get(index).map_or_else(dash, |below| {
                    format!(
                        "{}: {}",
                        significant(below.break_even_lpt),
                        thousands(below.delegators as u64)
                    )
                })
            }));
            table.row(cells);
        }
        table.note(format!(
            "{}; {} of its accounts have stake or fees. Fees count, at ETH's price; a break-even stake is that of somebody without fees.",
            name(&break_even.list),
            thousands(break_even.delegators as u64)
        ));
        table.note("No table has LPT's price: the columns are a scale, not data (--lpt-usd gives one's own). The third column turns it round: at which price of LPT what Livepeer's plan said, \"2,000 delegators have less than it costs\", is true.");
        table.note(format!("Prices: {}.", self.prices()));
        table
    }

    fn coverage_table(&self) -> Table {
        let mut table = Table::new(
            "What the prices rest on",
            &["price of", "basis", "from week", "to week", "weeks"],
        );
        for stretch in &self.coverage {
            table.row([
                stretch.price.to_owned(),
                stretch.basis.to_string(),
                stretch.from.to_string(),
                stretch.to.to_string(),
                stretch.weeks.to_string(),
            ]);
        }
        table.note("A mean is that of a week's days. A floor is the documented minimum (for a unit of L1 data: blob gas alone): most paid it, nobody less. A model is worked out from Ethereum's gas price, not observed. What is missing stays missing.");
        table
    }

    /// The page.
    #[must_use]
    pub fn page(&self) -> String {
        let mut page = String::from(PREFACE);
        for (name, alt) in [
            ("cost-reward.svg", "Cost of calling reward, week by week"),
            (
                "cost-redeem.svg",
                "Cost of redeeming a winning ticket, week by week",
            ),
            (
                "cost-claim.svg",
                "Cost of a delegator's claim, week by week",
            ),
            (
                "cost-break-even.svg",
                "Delegators for whom claiming costs more than they have",
            ),
        ] {
            page.push_str(&format!("\n![{alt}]({name})\n"));
        }
        for table in self.tables() {
            page.push('\n');
            page.push_str(&table.markdown());
        }
        page
    }

    /// Writes page, charts and the weekly figures into `docs/benchmarks` of the checkout around `folder`; which files.
    ///
    /// # Errors
    /// [`CostError::Build`] outside a checkout, [`CostError::Chart`], [`CostError::File`].
    pub fn write(&self, folder: &Path) -> Result<Vec<PathBuf>, CostError> {
        let folder = Workspace::around(folder, None)?.root().join(FOLDER);
        let files = [
            ("cost.md", self.page()),
            ("cost-weekly.tsv", self.weekly()),
            (
                "cost-reward.svg",
                chart::over_time(self, "cost-reward.svg", REWARD)?,
            ),
            (
                "cost-redeem.svg",
                chart::over_time(self, "cost-redeem.svg", REDEEM)?,
            ),
            (
                "cost-claim.svg",
                chart::over_time(self, "cost-claim.svg", CLAIM)?,
            ),
            (
                "cost-break-even.svg",
                chart::break_even(self, "cost-break-even.svg")?,
            ),
        ];
        let mut written = Vec::new();
        for (name, text) in files {
            let path = folder.join(name);
            let failed = |source| CostError::File {
                what: "write",
                path: path.clone(),
                source,
            };
            whole_file::replace(&path, text.as_bytes()).map_err(failed)?;
            written.push(path);
        }
        Ok(written)
    }

    /// Every week with what its prices rest on, and the costs of the roles' operations in US dollars.
    fn weekly(&self) -> String {
        let mut text = String::from("week\tl1_gas\tl2_gas\tl1_data\teth");
        for habit in HABITS {
            for place in ["l1", "l2_solidity", "l2_ours"] {
                text.push_str(&format!("\t{}.{place}_usd", habit.id));
            }
        }
        text.push('\n');
        for week in &self.weeks {
            let rates = &week.rates;
            let levels = [
                rates.l1_gas_wei,
                rates.l2_gas_wei,
                rates.l1_unit_wei,
                rates.eth_usd,
            ];
            let bases = levels.map(|level| level.basis().to_string());
            text.push_str(&format!("{}\t{}", week.monday, bases.join("\t")));
            for habit in HABITS {
                let usd = self
                    .place_of(habit.id)
                    .and_then(|place| week.usd.get(place).copied());
                for usd in usd.unwrap_or_default() {
                    text.push('\t');
                    text.push_str(&usd.map_or_else(String::new, |usd| format!("{usd:.6}")));
                }
            }
            text.push('\n');
        }
        text
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, table) in self.tables().iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{table}")?;
        }
        Ok(())
    }
}

/// Where ours is dearer, that it is and why; else nothing.
fn remark(shown: &Shown) -> String {
    let Some(ours) = &shown.operation.gas.ours else {
        return String::new();
    };
    if ours.cached <= shown.operation.gas.original {
        return match ours.uncached > shown.operation.gas.original {
            true => "worse if not cached: entering programs".to_owned(),
            false => String::new(),
        };
    }
    match &ours.most {
        Some((what, percent)) => format!("worse: {percent} % of it is {what}"),
        None => "worse".to_owned(),
    }
}

fn ratio(cost: &Cost) -> String {
    let both = cost.wei(Place::Ours).zip(cost.wei(Place::Solidity));
    both.map_or_else(dash, |(ours, solidity)| format!("{:.2}", ours / solidity))
}

fn dash() -> String {
    "-".to_owned()
}

/// Dollars as exact as anybody needs: cents, and below a dollar two digits that say something.
fn dollars(usd: Option<f64>) -> String {
    match usd {
        None => dash(),
        Some(usd) if usd >= 100.0 => thousands(usd.round() as u64),
        Some(usd) if usd >= 1.0 => format!("{usd:.2}"),
        Some(usd) => two_digits(usd),
    }
}

/// Two digits that say something; no exponent.
fn two_digits(number: f64) -> String {
    if number <= 0.0 {
        return "0".to_owned();
    }
    let decimals = (1.0 - number.log10().floor()).clamp(0.0, 12.0) as usize;
    format!("{number:.decimals$}")
}

/// The same without zeros that say nothing; whole above a hundred.
fn significant(number: f64) -> String {
    if number >= 100.0 {
        return thousands(number.round() as u64);
    }
    let text = two_digits(number);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// Which list it was; the published one by its root, wherever its file is.
fn name(list: &Provenance) -> String {
    match list {
        Provenance::Published { root, .. } => format!("Real list, by its published root {root}"),
        other => other.to_string(),
    }
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;
#[cfg(test)]
pub(super) use tests::example;
