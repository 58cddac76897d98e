//! The programs a block has already run: from ArbOS 60 they start at the cached price.
//!
//! One cache per block, dropped with it; a fresh, empty one for every `eth_call`. Always holds: never
//! more code hashes than the chain's block cache size, least recently run out first.

use alloy_primitives::B256;

/// Code hashes of the programs run in a block, most recent last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecentPrograms {
    hashes: Vec<B256>,
}

impl RecentPrograms {
    /// Notes a call of the program and tells whether it was there already.
    pub fn touch(&mut self, code_hash: B256, capacity: u16) -> bool {
        let found = self.hashes.iter().position(|hash| *hash == code_hash);
        if let Some(at) = found {
            self.hashes.remove(at);
        }
        self.hashes.push(code_hash);
        let excess = self.hashes.len().saturating_sub(usize::from(capacity));
        self.hashes.drain(..excess);
        found.is_some()
    }
}

#[cfg(test)]
mod tests {
    use alloy_primitives::B256;

    use super::RecentPrograms;

    #[test]
    fn the_least_recently_run_program_is_forgotten_first() {
        let [a, b, c] = [1, 2, 3].map(B256::repeat_byte);
        let mut recent = RecentPrograms::default();
        assert!(!recent.touch(a, 2));
        assert!(!recent.touch(b, 2));
        assert!(recent.touch(a, 2));
        assert!(!recent.touch(c, 2));
        assert!(recent.touch(a, 2));
        assert!(!recent.touch(b, 2));
    }

    #[test]
    fn a_cache_without_room_never_hits() {
        let mut recent = RecentPrograms::default();
        assert!(!recent.touch(B256::ZERO, 0));
        assert!(!recent.touch(B256::ZERO, 0));
    }
}
