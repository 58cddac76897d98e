//! The chain's Stylus parameters: one packed word of ArbOS storage.
//!
//! Pure data: ArbOS owns the storage and hands a copy to every rule here. Always holds: packing and
//! unpacking are inverse to each other for every word that Nitro writes.

/// ArbOS version from which stylus version 3 rules apply (no multi-value, cap on open pages).
pub const ARBOS_STYLUS_V3: u64 = 59;
/// ArbOS version from which fragments exist and the recent-programs cache works.
pub const ARBOS_FRAGMENTS: u64 = 60;
/// ArbOS version that lowered the stack limit and lets an unaffordable flush consume all gas.
pub const ARBOS_OSAKA: u64 = 50;

/// Nitro's constant answer to `ArbWasm.pageRamp()`.
pub const PAGE_RAMP: u64 = 620_674_314;

/// The Stylus parameters in the order in which they are packed (big-endian, from byte 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StylusParams {
    /// Stylus version; a program activated under another one needs an upgrade.
    pub version: u16,
    /// Ink per gas; 24 bits, nonzero.
    pub ink_price: u32,
    /// WASM stack limit in words.
    pub max_stack_depth: u32,
    /// Pages each transaction has for nothing.
    pub free_pages: u16,
    /// Gas per page beyond those.
    pub page_gas: u16,
    /// Most pages a program may start with; from ArbOS 59 also most pages open at a time.
    pub page_limit: u16,
    /// Least init gas, in units of 128 gas.
    pub min_init_gas: u8,
    /// Least init gas of a cached program, in units of 32 gas.
    pub min_cached_init_gas: u8,
    /// Scales a program's init cost, in units of 2 %.
    pub init_cost_scalar: u8,
    /// Scales a program's cached init cost, in units of 2 %.
    pub cached_cost_scalar: u8,
    /// Days after which an activation expires.
    pub expiry_days: u16,
    /// Days after which an activation may be extended.
    pub keepalive_days: u16,
    /// Code hashes the recent-programs cache of a block holds.
    pub block_cache_size: u16,
    /// Most bytes a decompressed program may have.
    pub max_wasm_size: u32,
    /// Most fragments of a root program; 0 before ArbOS 60.
    pub max_fragment_count: u8,
}

impl StylusParams {
    /// What a chain born with this ArbOS version (40 or later) starts with.
    pub const fn genesis(arbos_version: u64) -> Self {
        Self {
            version: if arbos_version >= ARBOS_STYLUS_V3 {
                3
            } else {
                2
            },
            ink_price: 10_000,
            max_stack_depth: if arbos_version >= ARBOS_OSAKA {
                22_000
            } else {
                4 * 65_536
            },
            free_pages: 2,
            page_gas: 1_000,
            page_limit: 128,
            min_init_gas: 69,
            min_cached_init_gas: 11,
            init_cost_scalar: 50,
            cached_cost_scalar: 50,
            expiry_days: 365,
            keepalive_days: 31,
            block_cache_size: 32,
            max_wasm_size: if arbos_version >= ARBOS_FRAGMENTS {
                262_144
            } else {
                131_072
            },
            max_fragment_count: if arbos_version >= ARBOS_FRAGMENTS {
                4
            } else {
                0
            },
        }
    }

    /// Packs into the storage word.
    pub fn to_word(self) -> [u8; 32] {
        let mut word = [0; 32];
        let mut at = 0;
        let mut put = |bytes: &[u8]| {
            word[at..at + bytes.len()].copy_from_slice(bytes);
            at += bytes.len();
        };
        put(&self.version.to_be_bytes());
        put(&self.ink_price.to_be_bytes()[1..]);
        put(&self.max_stack_depth.to_be_bytes());
        put(&self.free_pages.to_be_bytes());
        put(&self.page_gas.to_be_bytes());
        put(&self.page_limit.to_be_bytes());
        put(&[self.min_init_gas, self.min_cached_init_gas]);
        put(&[self.init_cost_scalar, self.cached_cost_scalar]);
        put(&self.expiry_days.to_be_bytes());
        put(&self.keepalive_days.to_be_bytes());
        put(&self.block_cache_size.to_be_bytes());
        put(&self.max_wasm_size.to_be_bytes());
        put(&[self.max_fragment_count]);
        word
    }

    /// Unpacks the storage word.
    pub fn from_word(word: &[u8; 32]) -> Self {
        let u16_at = |at: usize| u16::from_be_bytes([word[at], word[at + 1]]);
        let u32_at =
            |at: usize| u32::from_be_bytes([word[at], word[at + 1], word[at + 2], word[at + 3]]);
        Self {
            version: u16_at(0),
            ink_price: u32::from_be_bytes([0, word[2], word[3], word[4]]),
            max_stack_depth: u32_at(5),
            free_pages: u16_at(9),
            page_gas: u16_at(11),
            page_limit: u16_at(13),
            min_init_gas: word[15],
            min_cached_init_gas: word[16],
            init_cost_scalar: word[17],
            cached_cost_scalar: word[18],
            expiry_days: u16_at(19),
            keepalive_days: u16_at(21),
            block_cache_size: u16_at(23),
            max_wasm_size: u32_at(25),
            max_fragment_count: word[29],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::StylusParams;

    #[test]
    fn packing_is_undone_by_unpacking_and_follows_nitros_order() {
        for version in [40, 51, 60] {
            let params = StylusParams::genesis(version);
            assert_eq!(StylusParams::from_word(&params.to_word()), params);
        }
        let word = StylusParams::genesis(40).to_word();
        // version, ink price, stack depth, free pages, page gas, page limit, four bytes, days, days, cache, size, fragments
        let expected = "0002002710000400000002" // .. free pages
            .to_owned()
            + "03e80080450b3232016d001f0020000200000000" // .. fragments and one unused byte
            + "00";
        assert_eq!(hex::encode(word), expected);
    }
}
