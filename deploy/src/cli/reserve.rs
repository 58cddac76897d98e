//! `confluence reserve`: what redeeming tickets costs, on L1 and on L2.

use alloy::primitives::U256;

use super::chain::{eth, gwei, percent};
use super::{CliError, EXIT_CODES, Exit, Output};
use crate::payments::{
    PaymentError,
    reserve::{Comparison, EXAMPLE_GAS, EXAMPLE_ORCHESTRATORS, MEASURED_GAS, Terms},
};

/// Reckon the overhead of redeeming, and the face value and reserve that follow
///
/// Overhead = gas x price / face value. To keep it at a target, face value = gas x price / target, and a reserve has to
/// hold one face value for every active orchestrator. Compares Ethereum and Arbitrum with the same gas, the defaults being
/// the example of Livepeer's forum, and Arbitrum with the gas that a redemption was measured to use there (docs/benchmarks/gas.md;
/// what its bytes cost on L1 comes on top).
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence reserve\n  confluence reserve --l2-price 0.01 --face-value 0.002\n  confluence reserve --target 0.5 --json\n\n{EXIT_CODES}")
)]
pub(super) struct Args {
    /// ETH that a winning ticket pays
    #[arg(long, value_name = "ETH", value_parser = eth, default_value = "0.18")]
    face_value: U256,
    /// Gas of a redemption, in the comparison of equal gas
    #[arg(long, default_value_t = EXAMPLE_GAS)]
    gas: u64,
    /// Gas of a redemption as measured on L2
    #[arg(long, value_name = "GAS", default_value_t = MEASURED_GAS)]
    measured_gas: u64,
    /// Gwei of a unit of gas on L1
    #[arg(long, value_name = "GWEI", value_parser = gwei, default_value = "100")]
    l1_price: U256,
    /// Gwei of a unit of gas on L2
    #[arg(long, value_name = "GWEI", value_parser = gwei, default_value = "2")]
    l2_price: U256,
    /// Active orchestrators
    #[arg(long, value_name = "NUMBER", default_value_t = EXAMPLE_ORCHESTRATORS)]
    orchestrators: u64,
    /// Percent of the face value that redeeming may cost
    #[arg(long, value_name = "PERCENT", value_parser = percent, default_value = "1")]
    target: u64,
}

impl Args {
    pub(super) fn run(self, out: &Output) -> Result<Exit, CliError> {
        let terms = Terms {
            face_value: self.face_value,
            orchestrators: self.orchestrators,
            target_ppm: self.target,
        };
        let chains = [
            ("L1", self.gas, self.l1_price),
            ("L2", self.gas, self.l2_price),
            ("L2 as measured", self.measured_gas, self.l2_price),
        ];
        let comparison = Comparison::of(&terms, &chains).map_err(PaymentError::from)?;
        out.result("confluence.reserve/1", &comparison)?;
        Ok(Exit::Done)
    }
}
