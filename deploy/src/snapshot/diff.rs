//! Two lists side by side: who is new, who is gone, who changed and by how much.
//! Always holds: lists with an empty difference have the same root, whatever the order of their entries.

use std::{collections::BTreeMap, fmt};

use alloy::primitives::{Address, U256, utils::format_ether};
use serde::Serialize;

use super::{Leaf, List};

/// Everything in which two lists differ, by account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// In the second list only.
    pub added: Vec<Entry>,
    /// In the first list only.
    pub removed: Vec<Entry>,
    /// In both, and not the same.
    pub changed: Vec<Change>,
}

/// What an account has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The account.
    pub delegator: Address,
    /// Its delegate; zero if it has none.
    pub delegate: Address,
    /// LPT base units.
    pub stake: U256,
    /// Wei.
    pub fees: U256,
}

/// What an account had and has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Change {
    /// In the first list.
    pub before: Entry,
    /// In the second list.
    pub after: Entry,
}

impl From<&Leaf> for Entry {
    fn from(leaf: &Leaf) -> Self {
        Self {
            delegator: leaf.delegator(),
            delegate: leaf.delegate(),
            stake: leaf.stake(),
            fees: leaf.fees(),
        }
    }
}

impl Diff {
    /// Compares two lists.
    #[must_use]
    pub fn between(first: &List, second: &List) -> Self {
        let entries = |list: &List| -> BTreeMap<Address, Entry> {
            list.leaves()
                .iter()
                .map(|leaf| (leaf.delegator(), leaf.into()))
                .collect()
        };
        let (first, mut second) = (entries(first), entries(second));
        let mut diff = Self::default();
        for (account, before) in first {
            match second.remove(&account) {
                None => diff.removed.push(before),
                Some(after) if after != before => diff.changed.push(Change { before, after }),
                Some(_) => {}
            }
        }
        diff.added = second.into_values().collect();
        diff
    }

    /// Whether the lists say the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// A difference with its sign, in whole tokens.
fn signed(before: U256, after: U256) -> String {
    match after.checked_sub(before) {
        Some(more) => format!("+{}", format_ether(more)),
        None => format!("-{}", format_ether(before - after)),
    }
}

impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return write!(f, "no difference");
        }
        write!(
            f,
            "{} added, {} removed, {} changed",
            self.added.len(),
            self.removed.len(),
            self.changed.len()
        )?;
        for (sign, entries) in [("+", &self.added), ("-", &self.removed)] {
            for entry in entries {
                write!(
                    f,
                    "\n{sign} {} delegate {} stake {} LPT fees {} ETH",
                    entry.delegator,
                    entry.delegate,
                    format_ether(entry.stake),
                    format_ether(entry.fees)
                )?;
            }
        }
        for Change { before, after } in &self.changed {
            write!(f, "\n~ {}", before.delegator)?;
            if before.delegate != after.delegate {
                write!(f, " delegate {} -> {}", before.delegate, after.delegate)?;
            }
            if before.stake != after.stake {
                write!(f, " stake {} LPT", signed(before.stake, after.stake))?;
            }
            if before.fees != after.fees {
                write!(f, " fees {} ETH", signed(before.fees, after.fees))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(who: u8, delegate: u8, stake: u64, fees: u64) -> Leaf {
        let eth = U256::from(10).pow(U256::from(17));
        Leaf::new(
            Address::repeat_byte(who),
            Address::repeat_byte(delegate),
            U256::from(stake) * eth,
            U256::from(fees) * eth,
        )
    }

    #[test]
    fn the_same_entries_in_another_order_are_no_difference() {
        let (a, b) = (leaf(1, 9, 10, 0), leaf(2, 9, 5, 1));
        let diff = Diff::between(&List::of(vec![a, b]), &List::of(vec![b, a]));
        assert!(diff.is_empty());
        assert_eq!(diff.to_string(), "no difference");
    }

    #[test]
    fn each_kind_of_difference_is_told_with_its_amount() {
        let first = List::of(vec![leaf(1, 9, 10, 5), leaf(2, 9, 5, 1), leaf(3, 9, 1, 1)]);
        let second = List::of(vec![leaf(1, 8, 25, 2), leaf(3, 9, 1, 1), leaf(4, 9, 7, 0)]);
        let diff = Diff::between(&first, &second);
        let eight = Address::repeat_byte(8);
        let nine = Address::repeat_byte(9);
        assert_eq!(
            diff.to_string(),
            format!(
                "1 added, 1 removed, 1 changed\n\
                 + {} delegate {nine} stake 0.700000000000000000 LPT fees 0.000000000000000000 ETH\n\
                 - {} delegate {nine} stake 0.500000000000000000 LPT fees 0.100000000000000000 ETH\n\
                 ~ {} delegate {nine} -> {eight} stake +1.500000000000000000 LPT fees -0.300000000000000000 ETH",
                Address::repeat_byte(4),
                Address::repeat_byte(2),
                Address::repeat_byte(1),
            )
        );
    }
}
