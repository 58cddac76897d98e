//! Prices as people write them: a number and, so that nobody is off by a factor of a billion, its unit.
//! Always holds: a price is above zero, finite, and within what has ever been seen by a wide margin.

use std::str::FromStr;

/// A price of gas, in wei.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GasPrice(f64);

/// A price in US dollars.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dollars(f64);

/// Why a text is no price.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAPrice {
    /// No unit after the number.
    #[error("the unit is missing: write {0}gwei or {0}wei")]
    NoUnit(String),
    /// Another unit.
    #[error("{0:?} is no unit of gas prices: use gwei or wei")]
    Unit(String),
    /// No number.
    #[error("expected a number{0}")]
    Number(&'static str),
    /// Not a price that anybody pays.
    #[error("{0} is not a price: expected more than 0 and at most {1}")]
    Range(String, &'static str),
}

impl GasPrice {
    /// The price in wei.
    #[must_use]
    pub fn wei(self) -> f64 {
        self.0
    }
}

impl Dollars {
    /// The price in US dollars.
    #[must_use]
    pub fn usd(self) -> f64 {
        self.0
    }
}

impl FromStr for GasPrice {
    type Err = NotAPrice;

    fn from_str(text: &str) -> Result<Self, NotAPrice> {
        const LARGEST_WEI: f64 = 1e15;
        // the longest beginning that is a number: the rest is the unit, whose letters may be an exponent's
        let mut parts = (1..=text.len()).rev().filter_map(|end| {
            let (number, unit) = (text.get(..end)?.trim(), text.get(end..)?.trim());
            Some((number, number.parse::<f64>().ok()?, unit))
        });
        let (number, value, unit) = parts
            .next()
            .ok_or(NotAPrice::Number(" with a unit, like 0.02gwei"))?;
        let factor = match unit {
            "gwei" => 1e9,
            "wei" => 1.0,
            "" => return Err(NotAPrice::NoUnit(number.to_owned())),
            other => return Err(NotAPrice::Unit(other.to_owned())),
        };
        let wei = value * factor;
        if wei > 0.0 && wei <= LARGEST_WEI {
            Ok(Self(wei))
        } else {
            Err(NotAPrice::Range(text.to_owned(), "1,000,000 gwei"))
        }
    }
}

impl FromStr for Dollars {
    type Err = NotAPrice;

    fn from_str(text: &str) -> Result<Self, NotAPrice> {
        const LARGEST: f64 = 1e7;
        let number: f64 = text
            .parse()
            .map_err(|_| NotAPrice::Number(" of US dollars, like 2500"))?;
        if number > 0.0 && number <= LARGEST {
            Ok(Self(number))
        } else {
            Err(NotAPrice::Range(text.to_owned(), "10,000,000 US dollars"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gas_price_needs_its_unit() {
        let wei = |text: &str| text.parse::<GasPrice>().map(GasPrice::wei);
        assert_eq!(wei("0.02gwei"), Ok(0.02 * 1e9));
        assert_eq!(wei("3 wei"), Ok(3.0));
        assert_eq!(wei("1e-9gwei"), Ok(1.0));
        assert_eq!(wei("20"), Err(NotAPrice::NoUnit("20".to_owned())));
        assert_eq!(wei("20ether"), Err(NotAPrice::Unit("ether".to_owned())));
        assert_eq!(wei("20 usd"), Err(NotAPrice::Unit("usd".to_owned())));
        assert!(matches!(wei("gwei"), Err(NotAPrice::Number(_))));
    }

    #[test]
    fn what_nobody_pays_is_refused() {
        for text in ["0gwei", "-1gwei", "2000000gwei"] {
            assert!(
                matches!(text.parse::<GasPrice>(), Err(NotAPrice::Range(..))),
                "{text}"
            );
        }
        for text in ["0", "-5", "inf", "NaN", "1e9"] {
            assert!(
                matches!(text.parse::<Dollars>(), Err(NotAPrice::Range(..))),
                "{text}"
            );
        }
        assert!(matches!(
            "2500usd".parse::<Dollars>(),
            Err(NotAPrice::Number(_))
        ));
        assert_eq!("2500".parse::<Dollars>().map(Dollars::usd), Ok(2_500.0));
    }
}
