//! The progress of a build, line by line, so that a run that was killed goes on where it stopped.
//! Always holds: a line is one whole step; a last line that was cut short counts as not written; a file of another
//! run is refused, never mixed in.

use std::{
    collections::BTreeSet,
    fs::{File, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
};

use alloy::primitives::{Address, B256, Bytes};
use serde::{Deserialize, Serialize};

use super::{ChainError, Rule, Target};
use crate::snapshot::SnapshotError;

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    /// The first one: which run this is.
    Run(Run),
    /// All events up to this block were read; the accounts they named.
    Scanned {
        /// Last block read.
        through: u64,
        /// Accounts, those of earlier lines included or not.
        accounts: BTreeSet<Address>,
    },
    /// What accounts have, in ascending order of account.
    Asked {
        /// One each.
        answers: Vec<Answer>,
    },
}

/// What makes two runs the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Run {
    pub(super) target: Target,
    pub(super) from_block: u64,
    pub(super) rule: Rule,
    /// keccak256 of the accounts named by files.
    pub(super) named: B256,
}

/// What one account is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Answer {
    /// In the list, with this packed leaf.
    Leaf(Bytes),
    /// Left out: a registered orchestrator migrates from L1.
    Orchestrator(Address),
    /// Left out: a contract migrates from L1, since it may have no key on L2.
    Contract(Address),
}

/// An open journal and what it held when it was opened.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    pub(super) scanned_through: Option<u64>,
    pub(super) found: BTreeSet<Address>,
    pub(super) answers: Vec<Answer>,
}

impl Journal {
    /// Opens the journal of this run, or begins it.
    pub(super) fn open(path: &Path, run: &Run) -> Result<Self, ChainError> {
        let failed = |what, source| SnapshotError::File {
            what,
            path: path.to_owned(),
            source,
        };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(failed("read", error).into()),
        };
        // What follows the last line's end was cut short by a kill.
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        let mut journal = Self {
            path: path.to_owned(),
            file: OpenOptions::new()
                .create(true)
                .append(true)
                .open(path)
                .map_err(|error| failed("write", error))?,
            scanned_through: None,
            found: BTreeSet::new(),
            answers: Vec::new(),
        };
        journal
            .file
            .set_len(whole as u64)
            .map_err(|error| failed("write", error))?;
        for (index, line) in text[..whole].lines().enumerate() {
            let line = serde_json::from_str(line).map_err(|_| ChainError::Journal {
                path: path.to_owned(),
                line: index + 1,
            })?;
            journal.take(index, line, run)?;
        }
        if whole == 0 {
            journal.write(&Line::Run(run.clone()))?;
        }
        Ok(journal)
    }

    fn take(&mut self, index: usize, line: Line, run: &Run) -> Result<(), ChainError> {
        match line {
            Line::Run(before) if index == 0 => {
                let why = if before.target != run.target {
                    "another chain, controller or block"
                } else if before.rule != run.rule || before.from_block != run.from_block {
                    "other options"
                } else if before.named != run.named {
                    "other --accounts"
                } else {
                    return Ok(());
                };
                return Err(ChainError::OtherRun {
                    path: self.path.clone(),
                    why,
                });
            }
            Line::Scanned { through, accounts } if index > 0 => {
                self.scanned_through = Some(through);
                self.found.extend(accounts);
            }
            Line::Asked { answers } if index > 0 => self.answers.extend(answers),
            _ => {
                return Err(ChainError::Journal {
                    path: self.path.clone(),
                    line: index + 1,
                });
            }
        }
        Ok(())
    }

    /// Writes down that events were read through a block.
    pub(super) fn scanned(
        &mut self,
        through: u64,
        accounts: BTreeSet<Address>,
    ) -> Result<(), ChainError> {
        self.write(&Line::Scanned {
            through,
            accounts: accounts.clone(),
        })?;
        self.scanned_through = Some(through);
        self.found.extend(accounts);
        Ok(())
    }

    /// Writes down what some accounts have.
    pub(super) fn asked(&mut self, answers: Vec<Answer>) -> Result<(), ChainError> {
        let line = Line::Asked { answers };
        self.write(&line)?;
        if let Line::Asked { answers } = line {
            self.answers.extend(answers);
        }
        Ok(())
    }

    fn write(&mut self, line: &Line) -> Result<(), ChainError> {
        let failed = |source| SnapshotError::File {
            what: "write",
            path: self.path.clone(),
            source,
        };
        let mut text = serde_json::to_string(line).map_err(|error| failed(error.into()))?;
        text.push('\n');
        self.file
            .write_all(text.as_bytes())
            .map_err(failed)
            .map_err(ChainError::from)
    }

    /// The list is written: nothing is left to resume.
    pub(super) fn done(self) -> Result<(), ChainError> {
        std::fs::remove_file(&self.path).map_err(|source| {
            SnapshotError::File {
                what: "remove",
                path: self.path,
                source,
            }
            .into()
        })
    }
}
