//! What an operation costs at given prices: on Ethereum, on Arbitrum with Livepeer's contracts, on Arbitrum with ours.
//! Always holds: no cost without every price it is made of; L1's part on Arbitrum is what ArbOS charges for the signed
//! transaction's bytes, by the devnode's own function; a cost says what each of its prices rests on.

use alloy::primitives::U256;
use confluence_devnode::arbos::L1Share;
use serde::Serialize;

use super::{
    CostError, Figures, Gas, Operation,
    prices::{Basis, Level, Week},
};

/// What one pays with.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rates {
    /// Wei a gas on Ethereum.
    pub l1_gas_wei: Level,
    /// Wei a gas on Arbitrum.
    pub l2_gas_wei: Level,
    /// Wei that ArbOS takes for a unit of L1 data.
    pub l1_unit_wei: Level,
    /// US dollars for an ETH.
    pub eth_usd: Level,
}

/// Prices of one's own, in place of a week's.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Own {
    /// Wei a gas on Ethereum.
    pub l1_gas_wei: Option<f64>,
    /// Wei a gas on Arbitrum.
    pub l2_gas_wei: Option<f64>,
    /// Wei that ArbOS takes for a unit of L1 data.
    pub l1_unit_wei: Option<f64>,
    /// US dollars for an ETH.
    pub eth_usd: Option<f64>,
}

impl Own {
    /// Whether there are any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Rates {
    /// A week's prices, but for those that are given.
    #[must_use]
    pub fn of(week: &Week, own: &Own) -> Self {
        let or =
            |own: Option<f64>, level: Level| own.map_or(level, |own| Level::of(own, Basis::Own));
        Self {
            l1_gas_wei: or(own.l1_gas_wei, week.l1_gas_wei),
            l2_gas_wei: or(own.l2_gas_wei, week.l2_gas_wei),
            l1_unit_wei: or(own.l1_unit_wei, week.l1_unit_wei()),
            eth_usd: or(own.eth_usd, week.eth_usd),
        }
    }
}

/// An operation with all that its cost is made of.
#[derive(Debug, Clone, Serialize)]
pub struct Priced {
    /// Its scenario in the tables of gas.
    pub id: &'static str,
    /// What it does.
    pub what: &'static str,
    /// Its gas.
    #[serde(flatten)]
    pub gas: Gas,
    /// What ArbOS counts for its bytes.
    pub data_units: u64,
}

impl Priced {
    /// Looks up gas, and measures the signed transaction.
    ///
    /// # Errors
    /// [`CostError::NoReference`], [`CostError::Signing`].
    pub fn of(operation: &Operation, figures: &Figures) -> Result<Self, CostError> {
        Ok(Self {
            id: operation.id,
            what: operation.what,
            gas: figures.gas(operation.id)?,
            data_units: operation.data_units()?,
        })
    }

    /// What it costs in each place.
    #[must_use]
    pub fn at(&self, rates: &Rates) -> Cost {
        let l2 = |gas: u64| L2Cost::of(gas, self.data_units, rates);
        let ours = self.gas.ours.as_ref();
        Cost {
            l1_wei: rates
                .l1_gas_wei
                .value()
                .map(|price| price * self.gas.original as f64),
            solidity: l2(self.gas.original),
            ours: ours.and_then(|ours| l2(ours.cached)),
            ours_uncached: ours.and_then(|ours| l2(ours.uncached)),
            eth_usd: rates.eth_usd.value(),
        }
    }
}

/// A cost on Arbitrum.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct L2Cost {
    /// For running it.
    pub run_wei: f64,
    /// For its bytes on L1.
    pub data_wei: f64,
}

impl L2Cost {
    /// None where a price is missing: half a cost would look like a whole one.
    fn of(gas: u64, units: u64, rates: &Rates) -> Option<Self> {
        let (price, unit) = (rates.l2_gas_wei.value()?, rates.l1_unit_wei.value()?);
        // whole wei, as chains have them; prices of fractions of a wei are means of blob fees near the least, 1 wei
        let share = L1Share::of_units(
            units,
            U256::from(unit.round() as u128),
            U256::from(price.round() as u128),
        );
        Some(Self {
            run_wei: gas as f64 * price.round(),
            data_wei: f64::from(share.fee),
        })
    }

    /// All of it.
    #[must_use]
    pub fn wei(&self) -> f64 {
        self.run_wei + self.data_wei
    }
}

/// What an operation costs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Cost {
    /// On Ethereum: the gas of Livepeer's contracts at Ethereum's price.
    pub l1_wei: Option<f64>,
    /// On Arbitrum, with Livepeer's contracts.
    pub solidity: Option<L2Cost>,
    /// On Arbitrum, with our programs in ArbOS's cache.
    pub ours: Option<L2Cost>,
    /// The same while they are not.
    pub ours_uncached: Option<L2Cost>,
    /// US dollars for an ETH.
    pub eth_usd: Option<f64>,
}

/// Where something is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Ethereum.
    L1,
    /// Arbitrum, Livepeer's contracts.
    Solidity,
    /// Arbitrum, our programs.
    Ours,
}

impl Place {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::L1, Self::Solidity, Self::Ours];

    /// Its name over a column.
    #[must_use]
    pub fn head(self) -> &'static str {
        match self {
            Self::L1 => "L1 then",
            Self::Solidity => "L2 Solidity",
            Self::Ours => "L2 ours",
        }
    }
}

impl Cost {
    /// In wei.
    #[must_use]
    pub fn wei(&self, place: Place) -> Option<f64> {
        match place {
            Place::L1 => self.l1_wei,
            Place::Solidity => self.solidity.map(|cost| cost.wei()),
            Place::Ours => self.ours.map(|cost| cost.wei()),
        }
    }

    /// In US dollars.
    #[must_use]
    pub fn usd(&self, place: Place) -> Option<f64> {
        Some(usd(self.wei(place)?, self.eth_usd?))
    }
}

/// Wei in US dollars.
#[must_use]
pub(super) fn usd(wei: f64, eth_usd: f64) -> f64 {
    wei / 1e18 * eth_usd
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::cost::{gas::Ours, operations::REWARD};

    fn priced() -> Priced {
        Priced {
            id: REWARD,
            what: "reward",
            gas: Gas {
                original: 300_000,
                ours: Some(Ours {
                    cached: 150_000,
                    uncached: 200_000,
                    most: None,
                }),
            },
            data_units: 1_600,
        }
    }

    fn rates() -> Rates {
        let gwei = |price: f64| Level::of(price * 1e9, Basis::Mean);
        Rates {
            l1_gas_wei: gwei(20.0),
            l2_gas_wei: gwei(0.1),
            l1_unit_wei: gwei(20.0),
            eth_usd: Level::of(2_000.0, Basis::Mean),
        }
    }

    #[test]
    fn a_cost_is_gas_by_price_and_on_l2_the_bytes_besides() {
        let cost = priced().at(&rates());
        // 300,000 x 20 gwei = 0.006 ETH = 12 dollars
        assert_eq!(cost.usd(Place::L1), Some(12.0));
        // 1,600 units x 20 gwei = 32,000 gwei; 300,000 x 0.1 gwei = 30,000 gwei
        let solidity = cost.solidity.expect("all prices are there");
        assert_eq!((solidity.run_wei, solidity.data_wei), (30_000e9, 32_000e9));
        let ours = cost.ours.expect("all prices are there");
        assert_eq!((ours.run_wei, ours.data_wei), (15_000e9, 32_000e9));
        assert!((cost.usd(Place::Ours).expect("all there") - 0.094).abs() < 1e-9);
        assert_eq!(cost.ours_uncached.map(|cost| cost.run_wei), Some(20_000e9));
    }

    #[test]
    fn l1s_part_is_whole_gas_as_the_receipt_has_it() {
        let mut rates = rates();
        rates.l2_gas_wei = Level::of(3e9, Basis::Own);
        rates.l1_unit_wei = Level::of(1e9, Basis::Own);
        // 1,600 gwei at 3 gwei a gas are 533 gas, and 533 x 3 gwei is less than 1,600
        let cost = priced().at(&rates).solidity.expect("all prices are there");
        assert_eq!(cost.data_wei, 1_599e9);
    }

    #[test]
    fn where_one_price_is_missing_there_is_no_cost_not_a_part_of_one() {
        let mut rates = rates();
        rates.l1_unit_wei = Level::MISSING;
        let cost = priced().at(&rates);
        assert_eq!((cost.solidity, cost.ours), (None, None));
        assert_eq!(cost.usd(Place::L1), Some(12.0));
        rates.eth_usd = Level::MISSING;
        assert_eq!(priced().at(&rates).usd(Place::L1), None);
    }
}
