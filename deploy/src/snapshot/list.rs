//! A published list of leaves: a JSON array of packed entries in hex, one per account.
//! Always holds: no account stands in it twice, so an address has exactly one leaf and one proof; what cannot
//! be read is refused with the place where it stands.

use std::collections::HashMap;

use alloy::{
    hex,
    primitives::{Address, B256, U256},
};

use super::leaf::{LEAF_LEN, Leaf};

/// Leaves as read from a file, in the file's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    leaves: Vec<Leaf>,
}

/// Why a file is not a list of leaves.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListError {
    /// The file is not a JSON array of strings.
    #[error("not a JSON array of strings: {0}")]
    Json(String),
    /// An entry is not the hex of a packed leaf.
    #[error("entry {index} (line {line}) is malformed: {why}")]
    Malformed {
        /// Position in the array, from 0.
        index: usize,
        /// Line in the file, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// Two entries are about the same account.
    #[error(
        "entries {first} and {second} (line {line}) are both for {delegator}: each account may have one"
    )]
    Duplicate {
        /// Position of the first one, from 0.
        first: usize,
        /// Position of the second one, from 0.
        second: usize,
        /// Line of the second one, from 1.
        line: usize,
        /// The account.
        delegator: Address,
    },
    /// The array is empty: there is nothing to build a tree from.
    #[error("the list has no entries")]
    Empty,
}

impl List {
    /// Reads a list as it was published.
    ///
    /// # Errors
    /// In this order: no JSON array of strings; the first malformed entry; the first account that
    /// stands there twice; no entries at all.
    pub fn parse(text: &[u8]) -> Result<Self, ListError> {
        let entries: Vec<&str> =
            serde_json::from_slice(text).map_err(|error| ListError::Json(error.to_string()))?;
        let mut leaves = Vec::with_capacity(entries.len());
        for (index, entry) in entries.iter().enumerate() {
            let leaf = parse_entry(entry).map_err(|why| ListError::Malformed {
                index,
                line: line_of(text, entry),
                why,
            })?;
            leaves.push(leaf);
        }
        refuse_duplicates(&leaves).map_err(|(first, second)| ListError::Duplicate {
            first,
            second,
            line: line_of(text, entries[second]),
            delegator: leaves[second].delegator(),
        })?;
        if leaves.is_empty() {
            return Err(ListError::Empty);
        }
        Ok(Self { leaves })
    }

    /// A list of leaves made here; the caller vouches that no account stands in it twice.
    pub(super) fn of(leaves: Vec<Leaf>) -> Self {
        Self { leaves }
    }

    /// The leaves in the list's order.
    #[must_use]
    pub fn leaves(&self) -> &[Leaf] {
        &self.leaves
    }

    /// The leaf of an account.
    #[must_use]
    pub fn find(&self, delegator: Address) -> Option<&Leaf> {
        self.leaves
            .iter()
            .find(|leaf| leaf.0[..20] == delegator.as_slice()[..])
    }

    /// The list in the published format: one entry a line.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut text = String::with_capacity(self.leaves.len() * (2 * LEAF_LEN + 10) + 4);
        text.push('[');
        for (index, leaf) in self.leaves.iter().enumerate() {
            text.push_str(if index == 0 {
                "\n    \"0x"
            } else {
                ",\n    \"0x"
            });
            text.push_str(&hex::encode(leaf.0));
            text.push('"');
        }
        text.push_str("\n]\n");
        text
    }

    /// Sums and counts that tell lists apart at a glance.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        let mut delegates: Vec<Address> = Vec::new();
        for leaf in &self.leaves {
            let (stake, fees, delegate) = (leaf.stake(), leaf.fees(), leaf.delegate());
            totals.leaves += 1;
            // Wrapping cannot be reached by a real list: LPT and ETH both exist in far less than 2^128 units.
            totals.stake = totals.stake.wrapping_add(stake);
            totals.fees = totals.fees.wrapping_add(fees);
            match (stake.is_zero(), fees.is_zero()) {
                (true, true) => totals.empty += 1,
                (true, false) => totals.fees_only += 1,
                (false, _) => totals.staked += 1,
            }
            if delegate.is_zero() {
                totals.without_delegate += 1;
            } else {
                delegates.push(delegate);
            }
        }
        delegates.sort_unstable();
        delegates.dedup();
        totals.delegates = delegates.len();
        totals
    }
}

/// What a list holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Totals {
    /// Entries.
    pub leaves: usize,
    /// Distinct delegates, not counting "nobody".
    pub delegates: usize,
    /// Entries that delegate to nobody.
    pub without_delegate: usize,
    /// Entries with neither stake nor fees.
    pub empty: usize,
    /// Entries with fees and no stake.
    pub fees_only: usize,
    /// Entries with stake.
    pub staked: usize,
    /// LPT base units.
    pub stake: U256,
    /// Wei.
    pub fees: U256,
}

fn parse_entry(entry: &str) -> Result<Leaf, String> {
    let Some(digits) = entry.strip_prefix("0x") else {
        return Err("expected a string that starts with 0x".to_owned());
    };
    if digits.len() != 2 * LEAF_LEN {
        return Err(format!(
            "expected {} hex digits (delegator, delegate, stake, fees), found {}",
            2 * LEAF_LEN,
            digits.chars().count(),
        ));
    }
    let mut packed = [0; LEAF_LEN];
    hex::decode_to_slice(digits, &mut packed).map_err(|error| error.to_string())?;
    Ok(Leaf(packed))
}

/// The first pair of positions with the same account, by the second position.
fn refuse_duplicates(leaves: &[Leaf]) -> Result<(), (usize, usize)> {
    // A list in account order, as published ones are, needs no map.
    if leaves.is_sorted_by(|a, b| a.0[..20] < b.0[..20]) {
        return Ok(());
    }
    let mut seen = HashMap::with_capacity(leaves.len());
    for (second, leaf) in leaves.iter().enumerate() {
        if let Some(first) = seen.insert(leaf.delegator(), second) {
            return Err((first, second));
        }
    }
    Ok(())
}

/// The line on which a piece of `text` stands, from 1.
fn line_of(text: &[u8], piece: &str) -> usize {
    let offset = (piece.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    1 + text
        .iter()
        .take(offset)
        .filter(|byte| **byte == b'\n')
        .count()
}

/// Where a list came from, so that whatever uses it can say so.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// The published list, accepted by its root.
    Published {
        /// The file or address it was read from.
        from: String,
        /// The root it was accepted by.
        root: B256,
    },
    /// Some other list, read from a file and taken as it is.
    File {
        /// The file.
        from: String,
    },
    /// Made here from a seed, with the published list's statistics.
    Synthetic {
        /// The seed.
        seed: u64,
    },
}

impl std::fmt::Display for Provenance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Published { from, .. } => write!(f, "real list ({from})"),
            Self::File { from } => {
                write!(f, "list of {from}, not checked against a published root")
            }
            Self::Synthetic { seed } => {
                write!(f, "SYNTHETIC list made from seed {seed}, not real accounts")
            }
        }
    }
}
