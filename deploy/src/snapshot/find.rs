//! Where the published list is: it is somebody else's file, so it is found or downloaded, never shipped.
//! Always holds: `Found` says where it came from; a list that claims to be the published one has its root.

use std::{
    env,
    error::Error as _,
    fs,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use alloy::primitives::B256;

use super::{List, Population, Provenance, SnapshotError, Tree, generate};
use crate::{network::Migration, whole_file};

/// Environment variable that names the list's file.
pub const ENV_VAR: &str = "CONFLUENCE_SNAPSHOT";
/// The largest download accepted: the published list is about 1 MB.
const DOWNLOAD_LIMIT_BYTES: usize = 64 << 20;
const DOWNLOAD_TIMEOUT: Duration = Duration::from_mins(1);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// A list, its tree, and where it came from.
#[derive(Debug, Clone)]
pub struct Found {
    /// The leaves.
    pub list: List,
    /// Their tree.
    pub tree: Tree,
    /// Real, synthetic or some other file.
    pub provenance: Provenance,
}

/// A place the list may be in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Named by the user: it must be there.
    Named(PathBuf),
    /// Looked at, and passed over if it is not there.
    Usual(PathBuf),
}

/// Where to look, in order.
#[derive(Debug, Clone)]
pub struct Search {
    migration: Migration,
    places: Vec<Place>,
    cache: Option<PathBuf>,
}

impl Search {
    /// The order in which a user expects: the option, the environment, the user's cache, the file beside a checkout.
    #[must_use]
    pub fn new(migration: &Migration, option: Option<&Path>) -> Self {
        let cache = cache_file(migration);
        let named = option
            .map(Path::to_owned)
            .or_else(|| env::var_os(ENV_VAR).map(PathBuf::from));
        let places = match named {
            Some(path) => vec![Place::Named(path)],
            None => cache
                .iter()
                .cloned()
                .chain(beside_checkout())
                .map(Place::Usual)
                .collect(),
        };
        Self {
            migration: migration.clone(),
            places,
            cache,
        }
    }

    /// The same order with other places; for tests.
    #[must_use]
    pub fn in_places(migration: &Migration, places: Vec<Place>, cache: Option<PathBuf>) -> Self {
        Self {
            migration: migration.clone(),
            places,
            cache,
        }
    }

    /// The published list, from the first place that has it.
    ///
    /// # Errors
    /// [`SnapshotError::NotFound`] if it is in none of the places; any other error if the file there is not it.
    pub fn local(&self) -> Result<Found, SnapshotError> {
        for place in &self.places {
            match place {
                Place::Named(path) => return self.accept_file(path),
                Place::Usual(path) if path.is_file() => return self.accept_file(path),
                Place::Usual(_) => {}
            }
        }
        Err(self.not_found())
    }

    /// The published list, downloaded into the user's cache if it is nowhere on this machine.
    ///
    /// # Errors
    /// Those of [`Search::local`] but for `NotFound`, and those of a download.
    pub fn local_or_download(&self) -> Result<Found, SnapshotError> {
        match self.local() {
            Err(SnapshotError::NotFound { .. }) if !self.migration.snapshot_urls.is_empty() => {
                self.download()
            }
            other => other,
        }
    }

    /// The published list where it is, else a synthetic one of the same size and shape, which says so.
    ///
    /// # Errors
    /// If a place has a file that is not the list: a wrong file is never silently passed over.
    pub fn local_or_synthetic(&self, seed: u64) -> Result<Found, SnapshotError> {
        match self.local() {
            Err(SnapshotError::NotFound { .. }) => Found::synthetic(
                Population::like_published(self.migration.snapshot_leaves),
                seed,
            ),
            other => other,
        }
    }

    /// The published list from this machine or its public address, else a synthetic one with the reason why.
    ///
    /// # Errors
    /// If a place has a file that is not the list: a wrong file is never silently passed over.
    pub fn anyhow_or_synthetic(
        &self,
        seed: u64,
    ) -> Result<(Found, Option<SnapshotError>), SnapshotError> {
        match self.local_or_download() {
            Ok(found) => Ok((found, None)),
            Err(why @ (SnapshotError::NotFound { .. } | SnapshotError::Download { .. })) => {
                let population = Population::like_published(self.migration.snapshot_leaves);
                Ok((Found::synthetic(population, seed)?, Some(why)))
            }
            Err(other) => Err(other),
        }
    }

    fn not_found(&self) -> SnapshotError {
        let looked = self.places.iter().map(|place| match place {
            Place::Named(path) | Place::Usual(path) => path.display().to_string(),
        });
        SnapshotError::NotFound {
            migration: self.migration.name.clone(),
            looked: looked.collect::<Vec<_>>().join(", "),
        }
    }

    fn accept_file(&self, path: &Path) -> Result<Found, SnapshotError> {
        let text = read(path)?;
        self.accept(&text, &path.display().to_string())
    }

    fn accept(&self, text: &[u8], from: &str) -> Result<Found, SnapshotError> {
        let found = parse(text, from)?;
        let (root, expected) = (found.tree.root(), self.migration.snapshot_root);
        if root != expected {
            return Err(SnapshotError::WrongRoot {
                from: from.to_owned(),
                migration: self.migration.name.clone(),
                found: root,
                expected,
            });
        }
        let provenance = Provenance::Published {
            from: from.to_owned(),
            root,
        };
        Ok(Found {
            provenance,
            ..found
        })
    }

    fn download(&self) -> Result<Found, SnapshotError> {
        let mut last = None;
        for url in &self.migration.snapshot_urls {
            match fetch(url).and_then(|text| Ok((self.accept(&text, url)?, text))) {
                Ok((found, text)) => {
                    if let Some(cache) = &self.cache {
                        keep(cache, &text)?;
                    }
                    return Ok(found);
                }
                Err(error) => last = Some(error),
            }
        }
        Err(last.unwrap_or_else(|| self.not_found()))
    }
}

impl Found {
    /// Any list from a file, whatever its root.
    ///
    /// # Errors
    /// The file cannot be read, or is not a list.
    pub fn from_file(path: &Path) -> Result<Self, SnapshotError> {
        parse(&read(path)?, &path.display().to_string())
    }

    /// A list made from a seed.
    ///
    /// # Errors
    /// [`SnapshotError::Population`] for a shape that cannot be.
    pub fn synthetic(population: Population, seed: u64) -> Result<Self, SnapshotError> {
        let list = generate(population, seed)?;
        let tree = tree_of(&list, "the synthetic list")?;
        Ok(Self {
            list,
            tree,
            provenance: Provenance::Synthetic { seed },
        })
    }

    /// The tree's root.
    #[must_use]
    pub fn root(&self) -> B256 {
        self.tree.root()
    }
}

fn parse(text: &[u8], from: &str) -> Result<Found, SnapshotError> {
    let list = List::parse(text).map_err(|source| SnapshotError::List {
        from: from.to_owned(),
        source,
    })?;
    let tree = tree_of(&list, from)?;
    Ok(Found {
        list,
        tree,
        provenance: Provenance::File {
            from: from.to_owned(),
        },
    })
}

fn tree_of(list: &List, from: &str) -> Result<Tree, SnapshotError> {
    Tree::of(list.leaves()).ok_or_else(|| SnapshotError::List {
        from: from.to_owned(),
        source: super::ListError::Empty,
    })
}

fn read(path: &Path) -> Result<Vec<u8>, SnapshotError> {
    fs::read(path).map_err(|source| SnapshotError::File {
        what: "read",
        path: path.to_owned(),
        source,
    })
}

fn keep(cache: &Path, text: &[u8]) -> Result<(), SnapshotError> {
    whole_file::replace(cache, text).map_err(|source| SnapshotError::File {
        what: "write",
        path: cache.to_owned(),
        source,
    })
}

fn cache_file(migration: &Migration) -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "confluence")?;
    Some(
        folders
            .cache_dir()
            .join(format!("{}-snapshot.json", migration.name.to_lowercase())),
    )
}

/// `../shared/data/lip73-snapshot-leaves.json` beside the checkout that the working directory is in.
fn beside_checkout() -> Option<PathBuf> {
    let here = env::current_dir().ok()?;
    let root = here
        .ancestors()
        .find(|folder| folder.join("Cargo.lock").is_file())?;
    Some(
        root.parent()?
            .join("shared/data/lip73-snapshot-leaves.json"),
    )
}

/// Fetches on a thread of its own, so that it may be called from asynchronous code too.
fn fetch(url: &str) -> Result<Vec<u8>, SnapshotError> {
    let failed = |why: String| SnapshotError::Download {
        url: url.to_owned(),
        why,
    };
    let work = || -> Result<Vec<u8>, String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime
            .map_err(|error| error.to_string())?
            .block_on(body(url))
    };
    let done = thread::scope(|scope| scope.spawn(work).join());
    done.unwrap_or_else(|_| Err("the download's thread died".to_owned()))
        .map_err(failed)
}

async fn body(url: &str) -> Result<Vec<u8>, String> {
    // the address is in the error around this one
    let said = |error: reqwest::Error| {
        let error = error.without_url();
        error
            .source()
            .map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"))
    };
    let client = reqwest::Client::builder()
        .timeout(DOWNLOAD_TIMEOUT)
        .connect_timeout(CONNECT_TIMEOUT)
        .build()
        .map_err(said)?;
    let answer = client.get(url).send().await;
    let mut answer = answer
        .and_then(reqwest::Response::error_for_status)
        .map_err(said)?;
    let mut text = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(said)? {
        text.extend_from_slice(&piece);
        if text.len() > DOWNLOAD_LIMIT_BYTES {
            return Err(format!("more than {DOWNLOAD_LIMIT_BYTES} bytes"));
        }
    }
    Ok(text)
}
