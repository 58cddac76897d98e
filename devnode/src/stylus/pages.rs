//! What WASM memory costs: linear in the pages open at a time, exponential in the most ever open.
//!
//! All programs of a transaction share one count. Always holds: `ever >= open`; neither is undone by a
//! revert (Nitro does not journal them), both start at zero with every transaction.

use super::params::{ARBOS_STYLUS_V3, StylusParams};

/// Gas for ever having had this many pages open; beyond the table it is unaffordable.
///
/// Nitro's table, which follows exp(ln(31,874,000) / 128) ^ pages but is law where floats differ.
const EVER: [u32; 129] = [
    1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 5, 6, 7, 8, 9, 11, 12, 14, 17, 19, 22, 25, 29, 33, 38,
    43, 50, 57, 65, 75, 85, 98, 112, 128, 147, 168, 193, 221, 253, 289, 331, 379, 434, 497, 569,
    651, 745, 853, 976, 1117, 1279, 1463, 1675, 1917, 2194, 2511, 2874, 3290, 3765, 4309, 4932,
    5645, 6461, 7395, 8464, 9687, 11087, 12689, 14523, 16621, 19024, 21773, 24919, 28521, 32642,
    37359, 42758, 48938, 56010, 64104, 73368, 83971, 96106, 109994, 125890, 144082, 164904, 188735,
    216010, 247226, 282953, 323844, 370643, 424206, 485509, 555672, 635973, 727880, 833067, 953456,
    1091243, 1248941, 1429429, 1636000, 1872423, 2143012, 2452704, 2807151, 3212820, 3677113,
    4208502, 4816684, 5512756, 6309419, 7221210, 8264766, 9459129, 10826093, 12390601, 14181199,
    16230562, 18576084, 21260563, 24332984, 27849408, 31873999,
];

/// The WASM pages of one transaction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenPages {
    /// Pages of the programs that are running now.
    pub open: u16,
    /// The most that `open` has been in this transaction.
    pub ever: u16,
}

impl OpenPages {
    /// Gas that `new` more pages cost now; more than any frame has where they cannot be had.
    pub fn gas(&self, params: &StylusParams, arbos_version: u64, new: u16) -> u64 {
        let open = self.open.saturating_add(new);
        if arbos_version >= ARBOS_STYLUS_V3 && open > params.page_limit {
            return u64::MAX;
        }
        let ever = self.ever.max(open);
        if ever <= params.free_pages {
            return 0;
        }
        let beyond_free = |pages: u16| u64::from(pages.saturating_sub(params.free_pages));
        let added = beyond_free(open).saturating_sub(beyond_free(self.open));
        let linear = added.saturating_mul(u64::from(params.page_gas));
        linear.saturating_add(ever_gas(ever).saturating_sub(ever_gas(self.ever)))
    }

    /// Opens `new` more pages.
    pub fn add(&mut self, new: u16) {
        self.open = self.open.saturating_add(new);
        self.ever = self.ever.max(self.open);
    }
}

fn ever_gas(pages: u16) -> u64 {
    EVER.get(usize::from(pages))
        .map_or(u64::MAX, |gas| u64::from(*gas))
}

#[cfg(test)]
mod tests {
    use super::OpenPages;
    use crate::stylus::params::StylusParams;

    fn gas(open: u16, ever: u16, new: u16) -> u64 {
        OpenPages { open, ever }.gas(&StylusParams::genesis(40), 40, new)
    }

    #[test]
    fn first_pages_cost_what_nitro_charges() {
        let expected = [
            (0, 0),
            (1, 0),
            (2, 0),
            (3, 1_000),
            (4, 2_000),
            (8, 6_001),
            (17, 15_008),
        ];
        for (pages, cost) in expected {
            assert_eq!(gas(0, 0, pages), cost, "{pages} pages");
        }
        assert_eq!(gas(17, 17, 1), 1_002);
    }

    #[test]
    fn a_hundred_and_twenty_eight_pages_cost_the_same_however_they_are_split() {
        let params = StylusParams::genesis(40);
        for step in [1, 2, 3, 7, 64, 128] {
            let mut pages = OpenPages::default();
            let mut total = 0;
            while pages.open < 128 {
                let new = step.min(128 - pages.open);
                total += pages.gas(&params, 40, new);
                pages.add(new);
            }
            assert_eq!(total, 31_999_998, "steps of {step}");
        }
    }

    #[test]
    fn pages_reopened_after_a_frame_returned_pay_only_the_linear_part() {
        assert_eq!(gas(3, 17, 1), 1_000);
        assert_eq!(gas(1, 17, 1), 0);
    }

    #[test]
    fn beyond_128_pages_no_gas_is_enough() {
        assert!(gas(128, 128, 1) > u64::MAX / 2);
        assert!(gas(0, 0, u16::MAX) > u64::MAX / 2);
    }

    #[test]
    fn from_arbos_59_the_page_limit_caps_what_is_open() {
        let params = StylusParams {
            page_limit: 10,
            ..StylusParams::genesis(60)
        };
        let pages = OpenPages { open: 8, ever: 8 };
        assert_eq!(pages.gas(&params, 60, 3), u64::MAX);
        assert!(pages.gas(&params, 51, 3) < u64::MAX);
        assert!(pages.gas(&params, 60, 2) < u64::MAX);
    }
}
