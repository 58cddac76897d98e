//! For whom moving costs more than there is to move: break-even stakes, and how many of the list are below them.
//! Always holds: accounts without stake and fees are not counted; fees count in ETH, at the week's price; LPT's price is the
//! reader's, since no table has it; whoever prints this says whether the list is the real one.

use serde::Serialize;

use super::{
    charge::{Place, Priced, Rates, usd},
    operations::{CLAIM, LEAVE},
};
use crate::snapshot::{Found, Provenance};

/// LPT's prices that are shown where none is given, in US dollars: a scale, not data.
pub(super) const SCALE_USD: [f64; 7] = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0];
/// How many delegators Livepeer's plan spoke of.
pub(super) const SPOKEN_OF: usize = 2_000;

/// The delegators of a list, as far as their worth goes.
#[derive(Debug, Clone)]
pub struct Delegators {
    /// LPT of stake and ETH of fees of each that has any.
    held: Vec<(f64, f64)>,
    list: Provenance,
}

/// A way to get one's stake to where it earns, or out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Way {
    /// Which.
    pub what: &'static str,
    /// What it costs, in US dollars; none where a price is missing or ours was not measured.
    pub cost_usd: Option<f64>,
    /// For each price of LPT: what is below it.
    pub at: Vec<Below>,
    /// LPT's price in US dollars under which it costs [`SPOKEN_OF`] delegators more than they have.
    pub spoken_of_below_usd: Option<f64>,
}

/// Who has less than something costs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Below {
    /// US dollars for an LPT.
    pub lpt_usd: f64,
    /// LPT that are worth the cost, where there are no fees.
    pub break_even_lpt: f64,
    /// Delegators whose stake and fees together are worth less.
    pub delegators: usize,
}

/// The ways, and the list that they were held against.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BreakEven {
    /// Real or synthetic.
    pub list: Provenance,
    /// Its delegators with stake or fees.
    pub delegators: usize,
    /// Dearest first, as the tables have them.
    pub ways: Vec<Way>,
}

impl Delegators {
    /// Those of a list that have anything.
    #[must_use]
    pub fn of(found: &Found) -> Self {
        let leaves = found.list.leaves().iter();
        let whole = |amount: alloy::primitives::U256| f64::from(amount) / 1e18;
        let held = leaves.map(|leaf| (whole(leaf.stake()), whole(leaf.fees())));
        Self {
            held: held.filter(|(stake, fees)| stake + fees > 0.0).collect(),
            list: found.provenance.clone(),
        }
    }

    /// How many have less than a cost, at these prices.
    #[must_use]
    pub fn below(&self, cost_usd: f64, lpt_usd: f64, eth_usd: f64) -> usize {
        let held = self.held.iter();
        let worth = held.map(|(stake, fees)| stake * lpt_usd + fees * eth_usd);
        worth.filter(|worth| *worth < cost_usd).count()
    }

    /// LPT's price under which at least `count` have less than a cost; infinite where their fees alone are less than it,
    /// none where it is never so.
    #[must_use]
    pub fn price_for(&self, count: usize, cost_usd: f64, eth_usd: f64) -> Option<f64> {
        let held = self.held.iter();
        let mut prices: Vec<f64> = held
            .map(|(stake, fees)| (cost_usd - fees * eth_usd) / stake)
            .filter(|price| *price > 0.0)
            .collect();
        prices.sort_by(|a, b| b.total_cmp(a));
        prices.get(count.checked_sub(1)?).copied()
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.held.len()
    }
}

/// Holds each way's cost against what the delegators have.
#[must_use]
pub fn break_even(
    delegators: &Delegators,
    operations: &[Priced],
    rates: &Rates,
    lpt_usd: Option<f64>,
) -> BreakEven {
    let prices = lpt_usd.map_or(SCALE_USD.to_vec(), |price| vec![price]);
    let cost = |ids: &[&str], place| -> Option<f64> {
        let each = ids.iter().map(|id| {
            let operation = operations.iter().find(|it| it.id == *id)?;
            operation.at(rates).wei(place)
        });
        Some(usd(each.sum::<Option<f64>>()?, rates.eth_usd.value()?))
    };
    let ways = [
        ("L1: unbond all, withdraw", &LEAVE[..], Place::L1),
        ("L1: one claim with proof", &[CLAIM], Place::L1),
        ("L2, Solidity: one claim", &[CLAIM], Place::Solidity),
        ("L2, ours: one claim", &[CLAIM], Place::Ours),
    ];
    let ways = ways.map(|(what, ids, place)| {
        let cost_usd = cost(ids, place);
        let known = cost_usd.zip(rates.eth_usd.value());
        let at = known.map(|(cost, eth)| {
            let below = |lpt_usd: f64| Below {
                lpt_usd,
                break_even_lpt: cost / lpt_usd,
                delegators: delegators.below(cost, lpt_usd, eth),
            };
            prices.iter().copied().map(below).collect()
        });
        Way {
            what,
            cost_usd,
            at: at.unwrap_or_default(),
            spoken_of_below_usd: known
                .and_then(|(cost, eth)| delegators.price_for(SPOKEN_OF, cost, eth)),
        }
    });
    BreakEven {
        list: delegators.list.clone(),
        delegators: delegators.count(),
        ways: ways.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::snapshot::Population;

    fn synthetic() -> Delegators {
        let found = Found::synthetic(Population::like_published(4_759), 1).expect("a list");
        Delegators::of(&found)
    }

    #[test]
    fn accounts_that_have_nothing_do_not_count() {
        // 4,759 accounts of which 973 have neither stake nor fees
        assert_eq!(synthetic().count(), 3_786);
    }

    #[test]
    fn fees_count_in_eth_and_stake_in_lpt() {
        let delegators = Delegators {
            held: vec![(1.0, 0.0), (0.0, 0.01), (2.0, 0.01)],
            list: Provenance::Synthetic { seed: 0 },
        };
        // worth 10, 20 and 40 dollars with LPT at 10 and ETH at 2,000
        let below = |cost| delegators.below(cost, 10.0, 2_000.0);
        assert_eq!(
            [below(10.0), below(10.01), below(20.01), below(41.0)],
            [0, 1, 2, 3]
        );
        // at a cost of 30: the fees-only one at any price, the first under 30, the third under 5
        let price = |count| delegators.price_for(count, 30.0, 2_000.0);
        assert_eq!(price(1), Some(f64::INFINITY));
        assert_eq!(
            [price(2), price(3), price(4)],
            [Some(30.0), Some(5.0), None]
        );
        assert_eq!(price(0), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_dearer_the_move_the_more_are_below_and_the_dearer_lpt_the_fewer(
            cost in 0.01_f64..1_000.0, more in 1.0_f64..10.0, lpt in 0.1_f64..200.0, eth in 100.0_f64..5_000.0,
        ) {
            let all = synthetic();
            let below = all.below(cost, lpt, eth);
            prop_assert!(all.below(cost * more, lpt, eth) >= below);
            prop_assert!(all.below(cost, lpt * more, eth) <= below);
            // and the price that makes so many agrees with the count
            if let Some(price) = all.price_for(SPOKEN_OF, cost, eth) && price.is_finite() {
                prop_assert!(all.below(cost, price * 0.999, eth) >= SPOKEN_OF);
                prop_assert!(all.below(cost, price * 1.001, eth) < all.count());
            }
        }
    }
}
