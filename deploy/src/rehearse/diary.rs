//! What a rehearsal has to know when it goes on after it was cut short, and cannot read from the chains.
//! Always holds: the file is replaced whole after each thing noted; whoever goes on with it rehearses the same.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use alloy::primitives::{B256, U256};
use serde::{Deserialize, Serialize};

use super::{Options, Phase, Point, Proofs, RehearseError, Repair, population::Population};
use crate::{plan::Livepeer, snapshot::Found, whole_file};

const SCHEMA: &str = "confluence.rehearsal-state/1";
const NAME: &str = "rehearsal.json";

/// What is rehearsed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct About {
    schema: String,
    /// Root of the list that is loaded.
    list: B256,
    /// What of the population is not in it: LPT base units and wei.
    lpt: U256,
    eth: U256,
    seed: u64,
    share: u64,
    rounds: u64,
}

/// What has been noted.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Notes {
    /// The stand-in for Livepeer's staking.
    pub(super) staking: Option<Livepeer>,
    /// Nonce of L1's deployer with which the deployment beside it begins.
    pub(super) deployed_from: Option<u64>,
    /// The same for loading.
    pub(super) loaded_from: Option<u64>,
    /// L1's block at which the staking was loaded and frozen, and nothing had left.
    pub(super) frozen_at: Option<u64>,
    /// Whether the list built from L1 was held against L1 in another way.
    pub(super) checked: bool,
    /// Wei that the switch-over's tickets gave back to L2Migrator.
    pub(super) refund: Option<U256>,
    /// What L2 said to proofs.
    pub(super) proofs: Proofs,
    /// What had failed and was mended, each once.
    pub(super) repairs: Vec<Repair>,
    /// Milliseconds so far.
    pub(super) ms: u64,
    pub(super) phases: Vec<Phase>,
    pub(super) course: Vec<Point>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Page {
    about: About,
    notes: Notes,
}

/// See the head of this file.
pub(super) struct Diary {
    folder: PathBuf,
    about: About,
    notes: Notes,
}

impl About {
    pub(super) fn of(list: &Found, all: &Population, options: &Options) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            list: list.root(),
            lpt: all.lpt(),
            eth: all.eth(),
            seed: options.seed,
            share: options.share,
            rounds: options.rounds,
        }
    }
}

impl Diary {
    /// Begins one in this folder, or goes on with the one that is there.
    ///
    /// # Errors
    /// [`RehearseError::Diary`] if that is about something else.
    pub(super) fn open(folder: &Path, about: About) -> Result<Self, RehearseError> {
        let path = folder.join(NAME);
        let unfit = |why: String| RehearseError::Diary {
            path: path.clone(),
            why,
        };
        let notes = match fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Notes::default(),
            Err(error) => return Err(error.into()),
            Ok(bytes) => {
                let page: Page =
                    serde_json::from_slice(&bytes).map_err(|error| unfit(error.to_string()))?;
                if page.about != about {
                    return Err(unfit(
                        "it is about a rehearsal with another list, seed, share or number of rounds"
                            .to_owned(),
                    ));
                }
                page.notes
            }
        };
        Ok(Self {
            folder: folder.to_owned(),
            about,
            notes,
        })
    }

    /// Where the list that is built from L1 goes.
    pub(super) fn list(&self) -> PathBuf {
        self.folder.join("snapshot.json")
    }

    pub(super) fn notes(&self) -> &Notes {
        &self.notes
    }

    /// Notes something, for good.
    pub(super) fn note(&mut self, what: impl FnOnce(&mut Notes)) -> Result<(), RehearseError> {
        what(&mut self.notes);
        let page = serde_json::json!({ "about": &self.about, "notes": &self.notes });
        whole_file::replace(&self.folder.join(NAME), page.to_string().as_bytes())?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(seed: u64) -> About {
        About {
            schema: SCHEMA.to_owned(),
            list: B256::ZERO,
            lpt: U256::from(3),
            eth: U256::ZERO,
            seed,
            share: 60,
            rounds: 2,
        }
    }

    #[test]
    fn what_was_noted_is_there_again_and_another_rehearsal_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut diary = Diary::open(folder.path(), about(1)).expect("new");
        assert_eq!(diary.notes().loaded_from, None);
        diary
            .note(|notes| notes.loaded_from = Some(7))
            .expect("noted");

        let again = Diary::open(folder.path(), about(1)).expect("the same");
        assert_eq!(again.notes().loaded_from, Some(7));
        let other = Diary::open(folder.path(), about(2)).err();
        let other = other.expect("refused").to_string();
        assert!(other.contains("another list, seed"), "{other}");
        fs::write(folder.path().join(NAME), "{").expect("spoiled");
        assert!(Diary::open(folder.path(), about(1)).is_err());
    }
}
