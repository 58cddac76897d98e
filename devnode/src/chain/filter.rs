//! Which logs a query wants.

use alloy_primitives::{Address, B256, Bloom, BloomInput, Log};

/// Addresses and topics to match. An empty set matches all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// Emitting addresses; any of them.
    pub addresses: Vec<Address>,
    /// For each topic position the accepted values; any of them.
    pub topics: Vec<Vec<B256>>,
}

impl LogFilter {
    /// Whether `log` is wanted.
    pub fn matches(&self, log: &Log) -> bool {
        let address = self.addresses.is_empty() || self.addresses.contains(&log.address);
        let topics = log.topics();
        address
            && self.topics.len() <= topics.len()
            && self
                .topics
                .iter()
                .zip(topics)
                .all(|(want, has)| want.is_empty() || want.contains(has))
    }

    /// Whether a block or receipt with this bloom filter can hold a wanted log.
    pub fn may_match(&self, bloom: &Bloom) -> bool {
        let has = |bytes: &[u8]| bloom.contains_input(BloomInput::Raw(bytes));
        let address = self.addresses.is_empty() || self.addresses.iter().any(|a| has(a.as_slice()));
        address
            && self
                .topics
                .iter()
                .all(|want| want.is_empty() || want.iter().any(|topic| has(topic.as_slice())))
    }
}
