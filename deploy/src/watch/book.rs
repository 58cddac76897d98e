//! What watching remembers over a restart: up to which block L1 was read, which tickets are open, which alerts were raised.
//! Always holds: the file is replaced whole; what it lacks is found again on chain, so losing it costs a longer look, no ticket.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use alloy::primitives::{Address, B256, TxHash};
use serde::{Deserialize, Serialize};

use super::WatchError;
use crate::whole_file;

/// What a state file's `schema` says.
const SCHEMA: &str = "confluence.watch/1";

/// A ticket that is not over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Whose account on L1.
    pub account: Address,
    /// The L1 transaction that sent it.
    pub transaction: TxHash,
    /// That transaction's block.
    pub block: u64,
    /// Its state's name when it was last looked at.
    pub state: String,
    /// Unix seconds until which it can be redeemed; 0 while L2 does not have it.
    pub timeout: u64,
    /// Names of alerts that were raised for it.
    pub raised: BTreeSet<String>,
}

/// See the head of this file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    schema: String,
    /// L1's chain id.
    pub l1_chain_id: u64,
    /// Whose tickets.
    pub l1_migrator: Address,
    /// The first block of L1 that was not read to its end.
    pub next_block: u64,
    /// Tickets that are not over, by their ids.
    pub open: BTreeMap<B256, Entry>,
    /// Tickets that ended, by their states' names.
    pub ended: BTreeMap<String, u64>,
    /// Tickets that this command redeemed.
    pub redeemed: u64,
    /// Ids of tickets that ended in blocks that are read again.
    pub recent: BTreeMap<B256, u64>,
}

impl Book {
    /// An empty one, beginning at a block of L1.
    #[must_use]
    pub fn new(l1_chain_id: u64, l1_migrator: Address, since: u64) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            l1_chain_id,
            l1_migrator,
            next_block: since,
            open: BTreeMap::new(),
            ended: BTreeMap::new(),
            redeemed: 0,
            recent: BTreeMap::new(),
        }
    }

    /// Goes on with a file, or begins.
    ///
    /// # Errors
    /// [`WatchError::File`], [`WatchError::NotAState`], [`WatchError::Another`].
    pub fn resume(self, path: &Path) -> Result<Self, WatchError> {
        let text = match std::fs::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(self),
            Err(source) => {
                return Err(WatchError::File {
                    path: path.to_owned(),
                    source,
                });
            }
        };
        let not = |why: String| WatchError::NotAState {
            path: path.to_owned(),
            why,
        };
        let kept: Self = serde_json::from_slice(&text).map_err(|error| not(error.to_string()))?;
        if kept.schema != SCHEMA {
            return Err(not(format!("its schema is {}", kept.schema)));
        }
        if (kept.l1_chain_id, kept.l1_migrator) != (self.l1_chain_id, self.l1_migrator) {
            return Err(WatchError::Another {
                path: path.to_owned(),
                kept: kept.l1_migrator,
                kept_chain: kept.l1_chain_id,
                given: self.l1_migrator,
                chain: self.l1_chain_id,
            });
        }
        Ok(kept)
    }

    /// Writes it.
    ///
    /// # Errors
    /// [`WatchError::File`].
    pub fn write(&self, path: &Path) -> Result<(), WatchError> {
        let write = || whole_file::replace(path, &serde_json::to_vec_pretty(self)?);
        write().map_err(|source| WatchError::File {
            path: path.to_owned(),
            source,
        })
    }

    /// Open tickets by their states' names.
    #[must_use]
    pub fn waiting(&self) -> BTreeMap<&str, u64> {
        let mut counts = BTreeMap::new();
        for entry in self.open.values() {
            *counts.entry(entry.state.as_str()).or_default() += 1;
        }
        counts
    }

    /// When the first of the open tickets expires, in Unix seconds.
    #[must_use]
    pub fn first_timeout(&self) -> Option<u64> {
        let timeouts = self.open.values().map(|entry| entry.timeout);
        timeouts.filter(|timeout| *timeout != 0).min()
    }
}

impl Entry {
    /// Whether this is the first time that an alert of this name is raised.
    pub fn raise(&mut self, name: &str) -> bool {
        self.raised.insert(name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book() -> Book {
        let mut book = Book::new(1, Address::repeat_byte(1), 5);
        let entry = Entry {
            account: Address::repeat_byte(2),
            transaction: B256::repeat_byte(3),
            block: 7,
            state: "FUNDS_DEPOSITED".to_owned(),
            timeout: 900,
            raised: BTreeSet::new(),
        };
        book.open.insert(B256::repeat_byte(4), entry);
        book
    }

    #[test]
    fn what_was_written_is_gone_on_with() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state.json");
        let mut written = book();
        written.next_block = 99;
        written.write(&path).expect("written");
        let fresh = Book::new(1, Address::repeat_byte(1), 5);
        assert_eq!(fresh.resume(&path).expect("read"), written);
        assert_eq!(written.first_timeout(), Some(900));
    }

    #[test]
    fn a_file_about_another_migrator_or_of_another_kind_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("state.json");
        book().write(&path).expect("written");
        let other = Book::new(1, Address::repeat_byte(9), 0).resume(&path);
        assert!(matches!(other, Err(WatchError::Another { .. })));
        std::fs::write(&path, "{}").expect("written");
        let other = book().resume(&path);
        assert!(matches!(other, Err(WatchError::NotAState { .. })));
    }

    #[test]
    fn an_alert_is_raised_once() {
        let mut book = book();
        let entry = book.open.values_mut().next().expect("one");
        assert!(entry.raise("waits"));
        assert!(!entry.raise("waits"));
        assert!(entry.raise("expires"));
    }
}
