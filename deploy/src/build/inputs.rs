//! What a program's bytes depend on, as one digest: if it is the same, so are the bytes.
//! Always holds: a change to a source, a dependency's version, a flag or the toolchain changes the digest; where in doubt
//! a file counts (a needless rebuild costs seconds, a stale program costs trust).

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use alloy::primitives::B256;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::{BuildError, Program, Workspace, compile};

/// Files of the workspace that every program depends on.
const SHARED_FILES: [&str; 4] = [
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo/config.toml",
];

/// What all programs depend on, and which packages of the workspace depend on which.
pub(super) struct Shared {
    digest: [u8; 32],
    packages: BTreeMap<String, Package>,
    root: PathBuf,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    path: Option<PathBuf>,
    kind: Option<String>,
}

impl Shared {
    pub(super) fn read(workspace: &Workspace, flags: &str) -> Result<Self, BuildError> {
        let root = workspace.root().to_owned();
        let mut digest = Sha256::new();
        field(&mut digest, flags.as_bytes());
        for name in SHARED_FILES {
            field(&mut digest, name.as_bytes());
            field(&mut digest, &fs::read(root.join(name)).unwrap_or_default());
        }
        let mut cargo = compile::pinned("cargo", &root);
        cargo.args(["metadata", "--no-deps", "--format-version", "1"]);
        let output = compile::finished("cargo metadata", cargo.output())?;
        let metadata: Metadata =
            serde_json::from_slice(&output.stdout).map_err(|error| BuildError::Answer {
                tool: "cargo metadata".to_owned(),
                why: error.to_string(),
            })?;
        let packages = metadata
            .packages
            .into_iter()
            .map(|package| (package.name.clone(), package));
        Ok(Self {
            digest: digest.finalize().into(),
            packages: packages.collect(),
            root,
        })
    }

    /// The digest of a program: what is shared, its own files, and those of the packages it is built from.
    pub(super) fn digest(&self, program: &Program) -> Result<B256, BuildError> {
        let mut folders = BTreeMap::new();
        self.collect(&program.package, &mut folders);
        let mut files = Vec::new();
        for folder in folders.values() {
            walk(folder, &mut files)?;
        }
        files.sort();
        let mut digest = Sha256::new();
        field(&mut digest, &self.digest);
        for file in files {
            let name = file.strip_prefix(&self.root).unwrap_or(&file);
            field(&mut digest, name.to_string_lossy().as_bytes());
            field(&mut digest, &super::read(&file)?);
        }
        Ok(B256::from_slice(&digest.finalize()))
    }

    fn collect(&self, name: &str, folders: &mut BTreeMap<String, PathBuf>) {
        let Some(package) = self.packages.get(name) else {
            return;
        };
        let Some(folder) = package.manifest_path.parent() else {
            return;
        };
        if folders.insert(name.to_owned(), folder.to_owned()).is_some() {
            return;
        }
        let built_from = package.dependencies.iter().filter(|dependency| {
            dependency.path.is_some() && dependency.kind.as_deref() != Some("dev")
        });
        for dependency in built_from {
            self.collect(&dependency.name, folders);
        }
    }
}

/// Length first, so that two fields never read as one.
pub(super) fn field(digest: &mut Sha256, bytes: &[u8]) {
    digest.update((bytes.len() as u64).to_le_bytes());
    digest.update(bytes);
}

pub(super) fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), BuildError> {
    let at = |source| BuildError::File {
        path: folder.to_owned(),
        source,
    };
    for entry in fs::read_dir(folder).map_err(at)? {
        let entry = entry.map_err(at)?;
        let name = entry.file_name();
        let hidden = name.to_string_lossy().starts_with('.');
        if hidden || name == "target" || name == "node_modules" {
            continue;
        }
        let kind = entry.file_type().map_err(at)?;
        if kind.is_dir() {
            walk(&entry.path(), files)?;
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}
