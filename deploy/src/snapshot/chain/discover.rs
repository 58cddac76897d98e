//! Who may be in the list: everybody a Bond event names, and whom files name.
//! Always holds: an account is found whatever the length of range a node accepts in one request.

use std::{collections::BTreeSet, fs, path::Path};

use alloy::{primitives::Address, sol_types::SolEvent as _};
use confluence_abi::IBondingManager;

use super::{ChainError, Target, journal::Journal};
use crate::{
    client::{ClientError, L1},
    progress::Progress,
    snapshot::{Leaf, List, ListError, SnapshotError},
};

/// Blocks asked for at once; halved as long as the node finds it too many.
const BLOCKS_AT_ONCE: u64 = 50_000;

/// Reads Bond events from `from_block` through the target's block into the journal.
pub(super) async fn scan(
    l1: &L1,
    target: &Target,
    from_block: u64,
    journal: &mut Journal,
    progress: &Progress,
) -> Result<(), ChainError> {
    let mut first = journal
        .scanned_through
        .map_or(from_block, |through| through + 1);
    let last = target.block.number;
    let bar = progress.bar(
        (last + 1).saturating_sub(first),
        "reading Bond events, in blocks",
    );
    let mut at_once = BLOCKS_AT_ONCE;
    while first <= last {
        let through = last.min(first + at_once - 1);
        match bonded(l1, target, first, through).await {
            Ok(accounts) => {
                journal.scanned(through, accounts)?;
                bar.advance(through + 1 - first);
                first = through + 1;
            }
            // Nodes limit the range or the answer, each with words of its own.
            Err(ClientError::Refused { .. }) if at_once > 1 => at_once /= 2,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The accounts whose bond changed in blocks `first..=last`.
pub(super) async fn bonded(
    l1: &L1,
    target: &Target,
    first: u64,
    last: u64,
) -> Result<BTreeSet<Address>, ClientError> {
    // The event is the same on both sides of the migration: (newDelegate, oldDelegate, delegator), all indexed.
    let topic = IBondingManager::Bond::SIGNATURE_HASH;
    let logs = l1
        .events(target.bonding_manager, topic, first, last)
        .await?;
    let delegator = |log: &alloy::primitives::Log| log.topics().get(3).copied();
    Ok(logs
        .iter()
        .filter_map(delegator)
        .map(Address::from_word)
        .collect())
}

/// Accounts named by a file: a published list, or one address a line (`#` begins a comment).
///
/// # Errors
/// [`SnapshotError::File`], [`SnapshotError::List`] with the place of what cannot be read.
pub fn accounts_of_file(path: &Path) -> Result<BTreeSet<Address>, SnapshotError> {
    let text = fs::read_to_string(path).map_err(|source| SnapshotError::File {
        what: "read",
        path: path.to_owned(),
        source,
    })?;
    let bad = |source| SnapshotError::List {
        from: path.display().to_string(),
        source,
    };
    if text.trim_start().starts_with('[') {
        let list = List::parse(text.as_bytes()).map_err(bad)?;
        return Ok(list.leaves().iter().map(Leaf::delegator).collect());
    }
    let mut accounts = BTreeSet::new();
    for (index, line) in text.lines().enumerate() {
        let word = line.split('#').next().unwrap_or_default().trim();
        if word.is_empty() {
            continue;
        }
        let account = word.parse().map_err(|_| {
            bad(ListError::Malformed {
                index: accounts.len(),
                line: index + 1,
                why: format!("{word:?} is not an address"),
            })
        })?;
        accounts.insert(account);
    }
    Ok(accounts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<BTreeSet<Address>, SnapshotError> {
        let file = tempfile::NamedTempFile::new().expect("a file");
        fs::write(file.path(), text).expect("written");
        accounts_of_file(file.path())
    }

    #[test]
    fn accounts_may_be_lines_with_comments() {
        let (one, two) = (Address::repeat_byte(1), Address::repeat_byte(2));
        let text = format!("# ours\n{two}  # the second\n\n  {one}\n{two}\n");
        assert_eq!(read(&text).expect("reads"), BTreeSet::from([one, two]));
    }

    #[test]
    fn accounts_may_be_a_list() {
        let entry = format!("0x{}{}", "03".repeat(20), "00".repeat(84));
        let accounts = read(&format!("[\"{entry}\"]")).expect("reads");
        assert_eq!(accounts, BTreeSet::from([Address::repeat_byte(3)]));
    }

    #[test]
    fn a_word_that_is_no_address_is_named_with_its_line() {
        let error = read("# first\n0x12\n").expect_err("no address");
        let cause = std::error::Error::source(&error).expect("a cause");
        assert_eq!(
            cause.to_string(),
            "entry 0 (line 2) is malformed: \"0x12\" is not an address"
        );
    }
}
