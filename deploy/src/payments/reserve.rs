//! What redeeming costs, and what face value and reserve follow from it.
//!
//! A ticket that wins is redeemed in a transaction of its own: gas times price. Set against the face value that is the overhead. A larger face
//! value lowers it, but then the reserve, which has to hold one face value for each active orchestrator, grows.
//! Always holds: wei are whole, and rounded so that a target is met: face values up.

use std::fmt;

use alloy::primitives::{
    U256,
    utils::{format_ether, format_units},
};
use serde::Serialize;

use crate::poll::decimal;

/// A million millionths are the whole.
const PPM: u64 = 1_000_000;

/// The example that Livepeer's forum reckoned with: gas of a redemption.
pub const EXAMPLE_GAS: u64 = 250_000;
/// Its face value: 0.18 ETH, in wei.
pub const EXAMPLE_FACE_VALUE: u128 = 180_000_000_000_000_000;
/// Its orchestrators.
pub const EXAMPLE_ORCHESTRATORS: u64 = 100;
/// Its target: 1 %.
pub const EXAMPLE_TARGET_PPM: u64 = 10_000;
/// Its price of gas on L1: 100 gwei, in wei.
pub const EXAMPLE_L1_PRICE: u128 = 100_000_000_000;
/// Its price of gas on L2: 2 gwei, in wei.
pub const EXAMPLE_L2_PRICE: u128 = 2_000_000_000;

/// Gas of a redemption on Arbitrum as measured, without L1's part: `redeem.deposit.secondOfRound.afterReward` in
/// docs/benchmarks/gas.json, which a test holds this to.
pub const MEASURED_GAS: u64 = 139_716;

/// Numbers that nothing can be reckoned from.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum EconomicsError {
    /// Nothing is paid.
    #[error("the face value is 0; a ticket has to be worth something")]
    NoFaceValue,
    /// Nothing may be lost.
    #[error("the target is {ppm} millionths; expected more than 0 and at most 100 %")]
    Target {
        /// What was asked for.
        ppm: u64,
    },
    /// A product leaves 256 bits.
    #[error("the numbers are too large to reckon with")]
    TooLarge,
}

/// What redeeming is reckoned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Wei a winning ticket pays.
    pub face_value: U256,
    /// Orchestrators that share a reserve.
    pub orchestrators: u64,
    /// Millionths of the face value that redeeming may cost.
    pub target_ppm: u64,
}

/// Redeeming on one chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Redeeming {
    /// What the column is called.
    pub chain: String,
    /// Gas of a redemption.
    pub gas: u64,
    /// Wei of a unit of gas.
    #[serde(serialize_with = "decimal")]
    pub gas_price: U256,
    /// Wei of a redemption.
    #[serde(serialize_with = "decimal")]
    pub cost: U256,
    /// Millionths of the face value that it costs.
    pub overhead_ppm: u64,
    /// Face value, in wei, of which it costs the target.
    #[serde(serialize_with = "decimal")]
    pub face_value_at_target: U256,
    /// Reserve, in wei, that holds that face value for every orchestrator.
    #[serde(serialize_with = "decimal")]
    pub reserve_at_target: U256,
}

impl Redeeming {
    /// What follows from gas, price and terms.
    ///
    /// # Errors
    /// [`EconomicsError`].
    pub fn reckon(
        chain: &str,
        gas: u64,
        gas_price: U256,
        terms: &Terms,
    ) -> Result<Self, EconomicsError> {
        if terms.face_value.is_zero() {
            return Err(EconomicsError::NoFaceValue);
        }
        if terms.target_ppm == 0 || terms.target_ppm > PPM {
            return Err(EconomicsError::Target {
                ppm: terms.target_ppm,
            });
        }
        let cost = times(U256::from(gas), gas_price)?;
        let in_ppm = times(cost, U256::from(PPM))?;
        let face_value_at_target = in_ppm.div_ceil(U256::from(terms.target_ppm));
        Ok(Self {
            chain: chain.to_owned(),
            gas,
            gas_price,
            cost,
            overhead_ppm: (in_ppm / terms.face_value).saturating_to(),
            face_value_at_target,
            reserve_at_target: times(face_value_at_target, U256::from(terms.orchestrators))?,
        })
    }
}

fn times(a: U256, b: U256) -> Result<U256, EconomicsError> {
    a.checked_mul(b).ok_or(EconomicsError::TooLarge)
}

/// Several chains side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Wei a winning ticket pays.
    #[serde(serialize_with = "decimal")]
    pub face_value: U256,
    /// Orchestrators that share a reserve.
    pub orchestrators: u64,
    /// Millionths of the face value that redeeming may cost.
    pub target_ppm: u64,
    /// Reserve, in wei, that holds the face value for every orchestrator.
    #[serde(serialize_with = "decimal")]
    pub reserve: U256,
    /// A column each.
    pub chains: Vec<Redeeming>,
}

impl Comparison {
    /// Reckons every chain: name, gas, price.
    ///
    /// # Errors
    /// [`EconomicsError`].
    pub fn of(terms: &Terms, chains: &[(&str, u64, U256)]) -> Result<Self, EconomicsError> {
        let chains: Result<Vec<_>, _> = chains
            .iter()
            .map(|(chain, gas, price)| Redeeming::reckon(chain, *gas, *price, terms))
            .collect();
        Ok(Self {
            face_value: terms.face_value,
            orchestrators: terms.orchestrators,
            target_ppm: terms.target_ppm,
            reserve: times(terms.face_value, U256::from(terms.orchestrators))?,
            chains: chains?,
        })
    }
}

/// Without the zeros at the end.
fn short(number: &str) -> &str {
    match number.contains('.') {
        true => number.trim_end_matches('0').trim_end_matches('.'),
        false => number,
    }
}

fn eth(wei: U256) -> String {
    format!("{} ETH", short(&format_ether(wei)))
}

fn gwei(wei: U256) -> String {
    let text = format_units(wei, "gwei").unwrap_or_else(|_| format!("{wei} wei /"));
    format!("{} gwei", short(&text))
}

/// Millionths as a percentage with two digits, rounded to the nearer.
fn percent(ppm: u64) -> String {
    let hundredths = ppm.saturating_add(50) / 100;
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let overhead = format!("overhead at {}", eth(self.face_value));
        let target = format!("face value for {}", percent(self.target_ppm));
        let reserve = format!("reserve for {} orchestrators", self.orchestrators);
        type Cell = Box<dyn Fn(&Redeeming) -> String>;
        let rows: [(&str, Cell); 7] = [
            ("", Box::new(|it| it.chain.clone())),
            ("gas of a redemption", Box::new(|it| it.gas.to_string())),
            ("gas price", Box::new(|it| gwei(it.gas_price))),
            ("cost of a redemption", Box::new(|it| eth(it.cost))),
            (&overhead, Box::new(|it| percent(it.overhead_ppm))),
            (&target, Box::new(|it| eth(it.face_value_at_target))),
            (&reserve, Box::new(|it| eth(it.reserve_at_target))),
        ];
        for (label, cell) in &rows {
            write!(f, "{label:<30}")?;
            for chain in &self.chains {
                write!(f, "  {:>18}", cell(chain))?;
            }
            writeln!(f)?;
        }
        write!(
            f,
            "\nAt {} a reserve for {} orchestrators is {}.",
            eth(self.face_value),
            self.orchestrators,
            eth(self.reserve)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Terms {
        Terms {
            face_value: U256::from(EXAMPLE_FACE_VALUE),
            orchestrators: EXAMPLE_ORCHESTRATORS,
            target_ppm: EXAMPLE_TARGET_PPM,
        }
    }

    fn milli_eth(n: u64) -> U256 {
        U256::from(n) * U256::from(10).pow(U256::from(15))
    }

    #[test]
    fn the_forums_example_is_reproduced() {
        let l1 = Redeeming::reckon("L1", EXAMPLE_GAS, U256::from(EXAMPLE_L1_PRICE), &example())
            .expect("sound");
        assert_eq!(l1.cost, milli_eth(25), "0.025 ETH");
        assert_eq!(l1.overhead_ppm, 138_888, "13.9 %");
        let l2 = Redeeming::reckon("L2", EXAMPLE_GAS, U256::from(EXAMPLE_L2_PRICE), &example())
            .expect("sound");
        assert_eq!(l2.cost * U256::from(2), milli_eth(1), "0.0005 ETH");
        assert_eq!(l2.overhead_ppm, 2_777, "0.28 %");
        assert_eq!(l2.face_value_at_target, milli_eth(50), "0.05 ETH");
        assert_eq!(l2.reserve_at_target, milli_eth(5000), "5 ETH");
    }

    #[test]
    fn a_face_value_at_the_target_meets_it() {
        for (gas, price, target) in [
            (250_001, 3, 7),
            (1, 1, 999_999),
            (123_456, 1_000_000_007, 333),
        ] {
            let terms = Terms {
                target_ppm: target,
                ..example()
            };
            let it = Redeeming::reckon("x", gas, U256::from(price), &terms).expect("sound");
            let there = Terms {
                face_value: it.face_value_at_target,
                ..terms
            };
            let again = Redeeming::reckon("x", gas, U256::from(price), &there).expect("sound");
            assert!(
                again.overhead_ppm <= target,
                "{} of {target}",
                again.overhead_ppm
            );
        }
    }

    #[test]
    fn chains_stand_side_by_side() {
        let chains = [
            ("L1", EXAMPLE_GAS, U256::from(EXAMPLE_L1_PRICE)),
            ("L2", EXAMPLE_GAS, U256::from(EXAMPLE_L2_PRICE)),
        ];
        let text = Comparison::of(&example(), &chains)
            .expect("sound")
            .to_string();
        let lines: Vec<_> = text
            .lines()
            .map(str::split_whitespace)
            .map(Iterator::collect::<Vec<_>>)
            .collect();
        assert_eq!(lines[0], ["L1", "L2"]);
        assert_eq!(
            lines[4],
            ["overhead", "at", "0.18", "ETH", "13.89", "%", "0.28", "%"]
        );
        assert_eq!(
            lines[6],
            [
                "reserve",
                "for",
                "100",
                "orchestrators",
                "250",
                "ETH",
                "5",
                "ETH"
            ]
        );
    }

    #[test]
    fn senseless_numbers_are_refused() {
        let reckon = |terms: &Terms, price| Redeeming::reckon("x", 1, price, terms);
        let one = U256::from(1);
        let free = Terms {
            face_value: U256::ZERO,
            ..example()
        };
        assert_eq!(reckon(&free, one), Err(EconomicsError::NoFaceValue));
        for ppm in [0, 1_000_001] {
            let terms = Terms {
                target_ppm: ppm,
                ..example()
            };
            assert_eq!(reckon(&terms, one), Err(EconomicsError::Target { ppm }));
        }
        assert_eq!(reckon(&example(), U256::MAX), Err(EconomicsError::TooLarge));
    }
}
