//! `confluence bench cost`: gas by the prices of then, or by one's own.

use std::path::PathBuf;

use super::{CliError, EXIT_CODES, Exit, Output};
use crate::{
    bench::cost::{Date, Dollars, GasPrice, Options, Own, run},
    network::Network,
};

/// Show what operations cost: on Ethereum, on Arbitrum with Livepeer's contracts, on Arbitrum with ours
///
/// Multiplies gas with the prices of each week from 2021-05-31 on, as far as public sources have them: what is a model, a
/// documented minimum or missing is named with its weeks in every result. On Arbitrum the bytes of each signed transaction
/// are charged as Nitro charges them. Shows one week in detail, the median week of each year, a year of each role, and for
/// how many delegators of the snapshot a claim costs more than they have. Our gas is read from docs/benchmarks/gas.json of
/// the checkout. With prices of your own it shows them instead of a past week's, and no history. Sends nothing.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence bench cost\n  confluence bench cost --week 2024-03-04 --lpt-usd 15\n  confluence bench cost --gas-price 0.02gwei --l1-fee 0.05gwei --eth-usd 2500\n  confluence bench cost --write\n\n{EXIT_CODES}")
)]
pub(in crate::cli) struct Args {
    /// The week to show in detail, by its Monday [default: 2022-02-14, Livepeer's first on Arbitrum; with prices of your
    /// own the last that has all]
    #[arg(long, value_name = "YYYY-MM-DD")]
    week: Option<Date>,
    /// Our gas, as `bench gas --write` writes it
    #[arg(long, value_name = "FILE")]
    gas: Option<PathBuf>,
    /// Write page, charts and weekly figures into docs/benchmarks
    #[arg(long, conflicts_with_all = ["week", "gas_price", "l1_gas_price", "l1_fee", "eth_usd", "lpt_usd"])]
    write: bool,
    /// A folder inside the checkout
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    root: PathBuf,
    /// Price of a gas on Arbitrum, like 0.02gwei
    #[arg(long, value_name = "PRICE", help_heading = "Prices of your own")]
    gas_price: Option<GasPrice>,
    /// Price of a gas on Ethereum, like 20gwei
    #[arg(long, value_name = "PRICE", help_heading = "Prices of your own")]
    l1_gas_price: Option<GasPrice>,
    /// What ArbOS charges for a unit of L1 data, a sixteenth of a compressed byte, like 0.05gwei:
    /// ArbGasInfo.getL1BaseFeeEstimate says it
    #[arg(long, value_name = "PRICE", help_heading = "Prices of your own")]
    l1_fee: Option<GasPrice>,
    /// US dollars for an ETH
    #[arg(long, value_name = "DOLLARS", help_heading = "Prices of your own")]
    eth_usd: Option<Dollars>,
    /// US dollars for an LPT, which no table has
    #[arg(long, value_name = "DOLLARS", help_heading = "Prices of your own")]
    lpt_usd: Option<Dollars>,
    /// The published list of delegators, as a file
    #[arg(long, value_name = "FILE", help_heading = "List")]
    list: Option<PathBuf>,
    /// Seed of the list that stands in for the real one where there is none
    #[arg(long, default_value_t = 1, help_heading = "List")]
    seed: u64,
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let options = Options {
            folder: self.root,
            gas: self.gas,
            week: self.week,
            own: Own {
                l1_gas_wei: self.l1_gas_price.map(GasPrice::wei),
                l2_gas_wei: self.gas_price.map(GasPrice::wei),
                l1_unit_wei: self.l1_fee.map(GasPrice::wei),
                eth_usd: self.eth_usd.map(Dollars::usd),
            },
            lpt_usd: self.lpt_usd.map(Dollars::usd),
            migration: Network::load("mainnet")?.migration()?.clone(),
            list: self.list,
            seed: self.seed,
        };
        let report = run(&options)?;
        if self.write {
            for path in report.write(&options.folder)? {
                out.progress().say(format!("wrote {}", path.display()));
            }
        }
        out.result("confluence.bench.cost/1", &report)?;
        Ok(Exit::Done)
    }
}
