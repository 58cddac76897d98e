//! A run that was cut short anywhere goes on with what was whole, and never with somebody else's progress.

use std::{collections::BTreeSet, fs, path::PathBuf};

use alloy::primitives::{Address, B256, U256};

use super::{
    ChainError, Rule, Target,
    journal::{Answer, Journal, Run},
};
use crate::client::BlockMark;

fn run() -> Run {
    let at = Address::repeat_byte;
    Run {
        target: Target {
            chain_id: 1,
            block: BlockMark {
                number: 100,
                hash: B256::repeat_byte(7),
                timestamp: 0,
            },
            round: U256::from(2466),
            controller: at(1),
            bonding_manager: at(2),
            minter: at(3),
            token: at(4),
        },
        from_block: 5,
        rule: Rule::default(),
        named: B256::ZERO,
    }
}

fn begun(folder: &tempfile::TempDir) -> PathBuf {
    let path = folder.path().join("list.json.partial");
    let mut journal = Journal::open(&path, &run()).expect("begins");
    journal
        .scanned(50, BTreeSet::from([Address::repeat_byte(9)]))
        .expect("written");
    journal
        .asked(vec![Answer::Contract(Address::repeat_byte(9))])
        .expect("written");
    path
}

#[test]
fn what_was_written_is_there_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let journal = Journal::open(&begun(&folder), &run()).expect("goes on");
    assert_eq!(journal.scanned_through, Some(50));
    assert_eq!(journal.found, BTreeSet::from([Address::repeat_byte(9)]));
    assert_eq!(journal.answers, [Answer::Contract(Address::repeat_byte(9))]);
}

#[test]
fn a_journal_cut_at_any_byte_goes_on_from_its_last_whole_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = begun(&folder);
    let whole = fs::read(&path).expect("there");
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).expect("written");
        let journal = Journal::open(&path, &run()).expect("goes on");
        let lines = whole[..length]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        assert_eq!(journal.scanned_through.is_some(), lines >= 2, "{length}");
        assert_eq!(journal.answers.len(), usize::from(lines >= 3), "{length}");
        // and what is written now stands on a line of its own
        drop(journal);
        let mut journal = Journal::open(&path, &run()).expect("goes on");
        journal.scanned(60, BTreeSet::new()).expect("written");
        let again = Journal::open(&path, &run()).expect("goes on");
        assert_eq!(again.scanned_through, Some(60), "{length}");
    }
}

#[test]
fn another_runs_journal_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = begun(&folder);
    let before = fs::read(&path).expect("there");
    let (mut block, mut rule, mut named) = (run(), run(), run());
    block.target.block.hash = B256::repeat_byte(8);
    rule.rule.with_contracts = true;
    named.named = B256::repeat_byte(1);
    for (other, expected) in [
        (block, "another chain, controller or block"),
        (rule, "other options"),
        (named, "other --accounts"),
    ] {
        match Journal::open(&path, &other) {
            Err(ChainError::OtherRun { why, .. }) => assert_eq!(why, expected),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(fs::read(&path).expect("there"), before);
}

#[test]
fn a_line_that_is_damaged_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = begun(&folder);
    let text = fs::read_to_string(&path).expect("there");
    fs::write(&path, text.replace("scanned", "scamned")).expect("written");
    let error = Journal::open(&path, &run()).expect_err("damaged");
    assert!(
        matches!(error, ChainError::Journal { line: 2, .. }),
        "{error}"
    );
}
