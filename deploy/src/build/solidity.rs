//! The EVM contracts under `contracts/solidity/src`, by forge, kept as one file of creation codes.
//! Always holds: what is kept was made from the sources and the compiler that are there now (a digest of them is kept
//! beside it); the file is replaced whole, and two builds at once wait for each other.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use alloy::primitives::{B256, Bytes};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{
    BuildError, Workspace,
    compile::finished,
    inputs::{field, walk},
    package,
};
use crate::{progress::Progress, whole_file};

/// What the bytes depend on, relative to the checkout: sources, settings, and the versions of compiler and libraries.
const INPUTS: [&str; 4] = [
    "contracts/solidity/src",
    "contracts/solidity/foundry.toml",
    "contracts/solidity/solc",
    "package-lock.json",
];

/// Creation code of each contract, by its name; constructor arguments come behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvmContracts {
    inputs: B256,
    creation: BTreeMap<String, Bytes>,
}

#[derive(Deserialize)]
struct Artifact {
    bytecode: Bytecode,
}

#[derive(Deserialize)]
struct Bytecode {
    object: String,
}

impl EvmContracts {
    /// Compiles what has changed and returns all.
    ///
    /// # Errors
    /// Node or an npm package is missing, or forge refuses the sources.
    pub fn build(workspace: &Workspace, progress: &Progress) -> Result<Self, BuildError> {
        let inputs = digest(workspace)?;
        let folder = workspace.output();
        let at = |source| BuildError::File {
            path: folder.clone(),
            source,
        };
        let _lock = package::lock(workspace, "evm.lock")?;
        let file = folder.join("evm.json");
        if let Some(kept) = load(&file).filter(|kept| kept.inputs == inputs) {
            return Ok(kept);
        }
        progress.say("compiling the EVM contracts");
        let out = tempfile::tempdir_in(&folder).map_err(at)?;
        forge(workspace, out.path())?;
        let contracts = Self {
            inputs,
            creation: collect(&out.path().join("out"))?,
        };
        let text = serde_json::to_vec_pretty(&contracts).map_err(|error| at(error.into()))?;
        whole_file::replace(&file, &text).map_err(at)?;
        Ok(contracts)
    }

    /// Names and creation codes, in the names' order.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &Bytes)> {
        self.creation.iter()
    }

    /// Creation code of a contract, without constructor arguments.
    ///
    /// # Errors
    /// [`BuildError::NoProgram`].
    pub fn creation(&self, name: &str) -> Result<&Bytes, BuildError> {
        self.creation
            .get(name)
            .ok_or_else(|| BuildError::NoProgram {
                asked: name.to_owned(),
                known: self.creation.keys().cloned().collect::<Vec<_>>().join(", "),
            })
    }
}

fn digest(workspace: &Workspace) -> Result<B256, BuildError> {
    let root = workspace.root();
    let mut files = Vec::new();
    for input in INPUTS {
        let path = root.join(input);
        if path.is_dir() {
            walk(&path, &mut files)?;
        } else {
            files.push(path);
        }
    }
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        let name = file.strip_prefix(root).unwrap_or(&file);
        field(&mut digest, name.to_string_lossy().as_bytes());
        field(&mut digest, &super::read(&file)?);
    }
    Ok(B256::from_slice(&digest.finalize()))
}

fn load(file: &Path) -> Option<EvmContracts> {
    serde_json::from_slice(&fs::read(file).ok()?).ok()
}

fn forge(workspace: &Workspace, out: &Path) -> Result<(), BuildError> {
    let missing = |tool: &str, remedy: &str| BuildError::Missing {
        tool: tool.to_owned(),
        remedy: remedy.to_owned(),
        folder: workspace.root().to_owned(),
    };
    if !workspace.root().join("node_modules/solc").exists() {
        return Err(missing("npm's solc", "npm ci"));
    }
    let folder = workspace.root().join("contracts/solidity");
    let output = Command::new(folder.join("forge"))
        .args(["build", "src", "--out"])
        .arg(out.join("out"))
        .arg("--cache-path")
        .arg(out.join("cache"))
        .current_dir(&folder)
        .stdin(Stdio::null())
        .output();
    match output {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(missing(
            "node (version 18 or later)",
            "apt-get install nodejs",
        )),
        output => finished("forge", output).map(|_| ()),
    }
}

/// Every contract that has code and needs no library, from `<File>.sol/<Contract>.json`.
fn collect(out: &Path) -> Result<BTreeMap<String, Bytes>, BuildError> {
    let mut files: Vec<PathBuf> = Vec::new();
    walk(out, &mut files)?;
    let mut creation = BTreeMap::new();
    for file in files {
        let Some(name) = file.file_stem().and_then(|name| name.to_str()) else {
            continue;
        };
        let Ok(artifact) = serde_json::from_slice::<Artifact>(&super::read(&file)?) else {
            continue;
        };
        // an object that is not hex has places for libraries in it; an interface has none at all
        if let Ok(code) = artifact.bytecode.object.parse::<Bytes>()
            && !code.is_empty()
        {
            creation.insert(name.to_owned(), code);
        }
    }
    Ok(creation)
}
