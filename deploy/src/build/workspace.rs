//! Which programs there are: every folder under `contracts/` with a `Stylus.toml`, as `cargo stylus` has it.
//! Always holds: programs come in the order of their names, so that reports do not change from run to run.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::BuildError;

/// The checkout that is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

/// One L2 program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Its folder under `contracts/`.
    pub name: String,
    /// Its package.
    pub package: String,
    /// Its folder.
    pub folder: PathBuf,
}

/// The two parts of a manifest that matter here.
#[derive(Deserialize)]
struct Manifest {
    package: Package,
}

#[derive(Deserialize)]
struct Package {
    name: String,
}

impl Workspace {
    /// The workspace that `folder` is in, built in `target` or in cargo's usual folder.
    ///
    /// # Errors
    /// [`BuildError::NoWorkspace`].
    pub fn around(folder: &Path, target: Option<&Path>) -> Result<Self, BuildError> {
        let none = || BuildError::NoWorkspace {
            folder: folder.to_owned(),
        };
        let start = folder.canonicalize().map_err(|_| none())?;
        let is_root = |folder: &&Path| {
            folder.join("Cargo.lock").is_file() && folder.join("contracts").is_dir()
        };
        let root = start.ancestors().find(is_root).ok_or_else(none)?.to_owned();
        // As cargo has it; a relative folder is relative to where cargo runs, which is the root.
        let target = match target {
            Some(target) => target.to_owned(),
            None => env::var_os("CARGO_TARGET_DIR").map_or("target".into(), PathBuf::from),
        };
        Ok(Self {
            target: root.join(target),
            root,
        })
    }

    /// The folder with the workspace's manifest.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn target(&self) -> &Path {
        &self.target
    }

    /// Where finished programs are kept.
    #[must_use]
    pub fn output(&self) -> PathBuf {
        self.target.join("programs")
    }

    /// Where cargo leaves a program.
    pub(super) fn compiled(&self, program: &Program) -> PathBuf {
        let file = format!("{}.wasm", program.package.replace('-', "_"));
        self.target
            .join(super::compile::TARGET)
            .join("release")
            .join(file)
    }

    /// The programs of these names, or all.
    ///
    /// # Errors
    /// [`BuildError::NoProgram`] for a name that is no program's; a manifest that cannot be read.
    pub fn programs(&self, names: &[String]) -> Result<Vec<Program>, BuildError> {
        let contracts = self.root.join("contracts");
        let at = |path: &Path| {
            let path = path.to_owned();
            move |source| BuildError::File { path, source }
        };
        let mut programs = Vec::new();
        for entry in fs::read_dir(&contracts).map_err(at(&contracts))? {
            let folder = entry.map_err(at(&contracts))?.path();
            let Some(name) = folder.file_name().and_then(|name| name.to_str()) else {
                continue;
            };
            if folder.join("Stylus.toml").is_file() {
                let package = package_name(&folder.join("Cargo.toml"))?;
                programs.push(Program {
                    name: name.to_owned(),
                    package,
                    folder,
                });
            }
        }
        programs.sort_by(|a, b| a.name.cmp(&b.name));
        if let Some(asked) = names
            .iter()
            .find(|name| !programs.iter().any(|program| program.name == **name))
        {
            let known: Vec<_> = programs
                .iter()
                .map(|program| program.name.as_str())
                .collect();
            return Err(BuildError::NoProgram {
                asked: asked.clone(),
                known: known.join(", "),
            });
        }
        programs.retain(|program| names.is_empty() || names.contains(&program.name));
        Ok(programs)
    }
}

fn package_name(manifest: &Path) -> Result<String, BuildError> {
    let text = super::read(manifest)?;
    let text = String::from_utf8_lossy(&text);
    let manifest: Manifest = toml::from_str(&text).map_err(|error| BuildError::Answer {
        tool: manifest.display().to_string(),
        why: error.to_string(),
    })?;
    Ok(manifest.package.name)
}
