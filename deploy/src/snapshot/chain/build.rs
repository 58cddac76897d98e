//! The list of all delegators at a block, with a manifest that says how it came about.
//! Always holds: list and manifest appear together and whole, or not at all; before that everything learned is in the
//! journal, and the same run goes on from there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use alloy::primitives::{Address, B256, keccak256};
use serde::{Deserialize, Serialize};

use super::{
    ChainError, Target,
    ask::ask,
    discover::scan,
    journal::{Answer, Journal, Run},
};
use crate::{
    client::L1,
    progress::Progress,
    snapshot::{LEAF_LEN, Leaf, List, SnapshotError, Totals, Tree},
    whole_file,
};

/// Accounts asked about in one request each for code, registration, delegate, stake and fees.
const ACCOUNTS_AT_ONCE: usize = 100;

/// Who is in the list although Livepeer's own tool leaves them out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Registered orchestrators too.
    pub with_orchestrators: bool,
    /// Accounts with code and without a key too.
    pub with_contracts: bool,
}

/// What to build.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Contracts and block.
    pub target: Target,
    /// First block whose Bond events are read.
    pub from_block: u64,
    /// Accounts besides those that events name.
    pub named: BTreeSet<Address>,
    /// Who is left out.
    pub rule: Rule,
    /// Where the list goes; the manifest beside it with `.manifest.json`, the journal with `.partial` appended.
    pub out: PathBuf,
}

/// How a list came about: enough to build it again and to hold it against the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Chain, block and contracts.
    pub target: Target,
    /// First block whose Bond events were read.
    pub from_block: u64,
    /// Who was left out.
    pub rule: Rule,
    /// Accounts looked at.
    pub accounts: usize,
    /// Left out as registered orchestrators, in ascending order.
    pub orchestrators: Vec<Address>,
    /// Left out as contracts, in ascending order.
    pub contracts: Vec<Address>,
    /// Root of the list.
    pub root: B256,
    /// What the list holds.
    #[serde(flatten)]
    pub totals: Totals,
}

/// A list as built.
#[derive(Debug, Clone)]
pub struct Built {
    /// The list, by account.
    pub list: List,
    /// How it came about.
    pub manifest: Manifest,
    /// Accounts whose answers were in the journal of an earlier run.
    pub resumed: usize,
}

impl Manifest {
    /// Where the manifest of a list stands.
    #[must_use]
    pub fn beside(list: &Path) -> PathBuf {
        suffixed(list, ".manifest.json")
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// [`SnapshotError::File`], [`ChainError::Manifest`].
    pub fn read(path: &Path) -> Result<Self, ChainError> {
        let text = fs::read_to_string(path).map_err(|source| SnapshotError::File {
            what: "read",
            path: path.to_owned(),
            source,
        })?;
        serde_json::from_str(&text).map_err(|error| ChainError::Manifest {
            path: path.to_owned(),
            why: error.to_string(),
        })
    }
}

/// Builds the list and writes it with its manifest.
///
/// # Errors
/// Any [`ChainError`]; run again after one and the work done is not done again.
pub async fn build(l1: &L1, wanted: &Wanted, progress: &Progress) -> Result<Built, ChainError> {
    let Wanted {
        target,
        from_block,
        rule,
        ..
    } = *wanted;
    let run = Run {
        target,
        from_block,
        rule,
        named: keccak256(
            wanted
                .named
                .iter()
                .flat_map(|account| account.0.0)
                .collect::<Vec<_>>(),
        ),
    };
    let mut journal = Journal::open(&suffixed(&wanted.out, ".partial"), &run)?;
    scan(l1, &target, from_block, &mut journal, progress).await?;
    let accounts: Vec<Address> = journal.found.union(&wanted.named).copied().collect();
    if accounts.is_empty() {
        journal.done()?;
        return Err(ChainError::Nobody {
            first: from_block,
            last: target.block.number,
        });
    }
    let resumed = journal.answers.len().min(accounts.len());
    let bar = progress.bar((accounts.len() - resumed) as u64, "reading accounts");
    for some in accounts[resumed..].chunks(ACCOUNTS_AT_ONCE) {
        journal.asked(ask(l1, &target, rule, some).await?)?;
        bar.advance(some.len() as u64);
    }
    target.still_there(l1).await?;
    let built = assemble(wanted, accounts.len(), &journal.answers, resumed)?;
    write_whole(&wanted.out, &built.list.to_json())?;
    let manifest = serde_json::to_string_pretty(&built.manifest).unwrap_or_default() + "\n";
    write_whole(&Manifest::beside(&wanted.out), &manifest)?;
    journal.done()?;
    Ok(built)
}

fn assemble(
    wanted: &Wanted,
    accounts: usize,
    answers: &[Answer],
    resumed: usize,
) -> Result<Built, ChainError> {
    let mut leaves = BTreeMap::new();
    let (mut orchestrators, mut contracts) = (BTreeSet::new(), BTreeSet::new());
    for answer in answers {
        match answer {
            Answer::Leaf(packed) => {
                let packed = <[u8; LEAF_LEN]>::try_from(packed.as_ref()).map_err(|_| {
                    ChainError::Journal {
                        path: suffixed(&wanted.out, ".partial"),
                        line: 0,
                    }
                })?;
                let leaf = Leaf::packed(packed);
                leaves.insert(leaf.delegator(), leaf);
            }
            Answer::Orchestrator(account) => {
                orchestrators.insert(*account);
            }
            Answer::Contract(account) => {
                contracts.insert(*account);
            }
        }
    }
    let list = List::of(leaves.into_values().collect());
    let nobody = || ChainError::Nobody {
        first: wanted.from_block,
        last: wanted.target.block.number,
    };
    let tree = Tree::of(list.leaves()).ok_or_else(nobody)?;
    let manifest = Manifest {
        target: wanted.target,
        from_block: wanted.from_block,
        rule: wanted.rule,
        accounts,
        orchestrators: orchestrators.into_iter().collect(),
        contracts: contracts.into_iter().collect(),
        root: tree.root(),
        totals: list.totals(),
    };
    Ok(Built {
        list,
        manifest,
        resumed,
    })
}

fn write_whole(path: &Path, text: &str) -> Result<(), SnapshotError> {
    whole_file::replace(path, text.as_bytes()).map_err(|source| SnapshotError::File {
        what: "write",
        path: path.to_owned(),
        source,
    })
}

fn suffixed(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
