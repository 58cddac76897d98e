//! The fee for keeping a program's native code on every node: a price that rises with demand.
//!
//! Pure arithmetic over the five stored fields; ArbOS owns the storage. Always holds: demand falls by
//! `bytes_per_second` each second and rises by every activated byte.

use alloy_primitives::U256;

use super::record::ARBITRUM_START;

/// One in basis points.
const ONE_BIPS: u64 = 10_000;
/// Terms of the exponential's series that Nitro computes.
const TERMS: u64 = 12;

/// The data pricer's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DataPricer {
    /// Bytes of demand not yet forgotten.
    pub demand: u32,
    /// Bytes forgotten each second.
    pub bytes_per_second: u32,
    /// Unix time of the last update.
    pub last_update_time: u64,
    /// Wei per byte without demand.
    pub min_price: u32,
    /// Bytes of demand that multiply the price by e.
    pub inertia: u32,
}

impl Default for DataPricer {
    fn default() -> Self {
        Self {
            demand: 0,
            // a tebibyte a year, rounded down to hours first
            bytes_per_second: ((1_u64 << 40) / (365 * 24) / 3_600) as u32,
            last_update_time: ARBITRUM_START,
            min_price: 82_928_201,
            inertia: 21_360_419,
        }
    }
}

impl DataPricer {
    /// Counts `bytes` as new demand at `timestamp` and returns their fee in wei.
    pub fn charge(&mut self, bytes: u32, timestamp: u64) -> U256 {
        let passed = timestamp
            .saturating_sub(self.last_update_time)
            .min(u64::from(u32::MAX));
        let forgotten = saturate_u32(u64::from(self.bytes_per_second).saturating_mul(passed));
        self.demand = self.demand.saturating_sub(forgotten).saturating_add(bytes);
        self.last_update_time = timestamp;
        let exponent = (ONE_BIPS * u64::from(self.demand)) / u64::from(self.inertia.max(1));
        let multiplier = U256::from(approx_exp_bips(exponent));
        let per_byte = U256::from(self.min_price) * multiplier / U256::from(ONE_BIPS);
        per_byte * U256::from(bytes)
    }
}

/// e^x in basis points by Nitro's truncated series, every step floored.
fn approx_exp_bips(x: u64) -> u64 {
    let mut result = ONE_BIPS.saturating_add(x / TERMS);
    for i in (1..TERMS).rev() {
        result = ONE_BIPS.saturating_add(result.saturating_mul(x) / (i * ONE_BIPS));
    }
    result
}

fn saturate_u32(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use alloy_primitives::U256;

    use super::DataPricer;

    const LONG_AFTER_START: u64 = 1_700_000_000;

    #[test]
    fn fees_after_a_long_idle_time_are_nitros() {
        assert_eq!(DataPricer::default().bytes_per_second, 34_865);
        for (bytes, fee) in [
            (512_000, 43_482_506_240_000_u64),
            (1_000_000, 86_900_461_000_000),
            (1_500_000, 133_435_621_500_000),
        ] {
            let mut pricer = DataPricer::default();
            assert_eq!(
                pricer.charge(bytes, LONG_AFTER_START),
                U256::from(fee),
                "{bytes} bytes"
            );
            assert_eq!(pricer.demand, bytes);
            assert_eq!(pricer.last_update_time, LONG_AFTER_START);
        }
    }

    #[test]
    fn demand_is_forgotten_over_time() {
        let mut pricer = DataPricer::default();
        pricer.charge(1_000_000, LONG_AFTER_START);
        pricer.charge(0, LONG_AFTER_START + 10);
        assert_eq!(pricer.demand, 1_000_000 - 348_650);
        pricer.charge(0, LONG_AFTER_START + 1_000);
        assert_eq!(pricer.demand, 0);
    }

    #[test]
    fn extreme_demand_saturates_instead_of_overflowing() {
        let mut pricer = DataPricer {
            inertia: 1,
            ..DataPricer::default()
        };
        pricer.charge(u32::MAX, LONG_AFTER_START);
        assert!(pricer.charge(u32::MAX, LONG_AFTER_START) > U256::from(u64::MAX));
    }
}
