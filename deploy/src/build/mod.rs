//! From the Rust programs under `contracts/` to the bytes that go on chain.
//! Always holds: the same sources and toolchain give the same bytes, in whichever folder and however often; what
//! comes out is within Nitro's limits and our size budget, or the build fails and says which program is not.

mod accept;
mod compile;
mod embed;
mod inputs;
mod optimize;
mod package;
mod solidity;
mod workspace;

use std::{
    fmt,
    path::{Path, PathBuf},
};

use alloy::primitives::B256;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::progress::Progress;
pub use accept::{Prospect, Refusal};
pub use solidity::EvmContracts;
pub use workspace::{Program, Workspace};

/// Bytes a program's deployed code may have (Nitro refuses more than 24,576).
pub const SIZE_BUDGET_BYTES: usize = 24_000;

/// What to build, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// Any folder inside the workspace.
    pub folder: PathBuf,
    /// Where to build; cargo's usual folder if `None`.
    pub target: Option<PathBuf>,
    /// Names of programs; all if empty.
    pub programs: Vec<String>,
    /// Build even what has not changed.
    pub force: bool,
    /// Most bytes of deployed code per program.
    pub budget_bytes: usize,
}

impl Options {
    /// All programs of the workspace around `folder`.
    #[must_use]
    pub fn all_in(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            target: None,
            programs: Vec::new(),
            force: false,
            budget_bytes: SIZE_BUDGET_BYTES,
        }
    }
}

/// A program as it goes on chain; what `target/programs/<name>.json` holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Built {
    /// The program's folder under `contracts/`.
    pub name: String,
    /// Bytes of the optimised WASM.
    pub wasm_bytes: usize,
    /// Bytes of the deployed code: prefix and compressed WASM.
    pub code_bytes: usize,
    /// Keccak-256 of the deployed code, by which Arbitrum knows it.
    pub code_hash: B256,
    /// What activating and entering it will cost.
    #[serde(flatten)]
    pub prospect: Prospect,
    /// Digest of everything the bytes depend on.
    pub inputs: B256,
}

/// The programs of one build, in the workspace's order.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// One entry a program.
    pub programs: Vec<Built>,
    /// How many of them had changed and were built now.
    pub built: usize,
    /// Where `<name>.wasm`, `<name>.code` and `<name>.json` are.
    pub folder: PathBuf,
}

/// Why there are no programs.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// Not inside a workspace with programs.
    #[error("no workspace with a `contracts` folder at or above {}; run this inside a checkout", folder.display())]
    NoWorkspace {
        /// Where the search began.
        folder: PathBuf,
    },
    /// A name that is no program's.
    #[error("there is no program {asked:?}; the workspace has {known}")]
    NoProgram {
        /// What was asked for.
        asked: String,
        /// What there is.
        known: String,
    },
    /// A tool that the build needs is not there.
    #[error("{tool} is missing; get it with `{remedy}` in {}", folder.display())]
    Missing {
        /// What it is.
        tool: String,
        /// The command that installs it.
        remedy: String,
        /// Where to run it.
        folder: PathBuf,
    },
    /// A tool ended with an error.
    #[error("{tool} failed{}", said(output))]
    Tool {
        /// Its name.
        tool: String,
        /// What it said, if it was not on stderr already.
        output: String,
    },
    /// A tool's answer was not understood.
    #[error("cannot read what {tool} answered: {why}")]
    Answer {
        /// Its name.
        tool: String,
        /// What is wrong with it.
        why: String,
    },
    /// Nitro would refuse the program.
    #[error("program {program} would be refused on Arbitrum")]
    Refused {
        /// Its name.
        program: String,
        /// Why.
        source: Refusal,
    },
    /// A program is larger than the budget.
    #[error("over the size budget of {budget} bytes: {}", list(programs))]
    TooLarge {
        /// The budget.
        budget: usize,
        /// Name and bytes of each.
        programs: Vec<(String, usize)>,
    },
    /// A file could not be read or written.
    #[error("cannot access {}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl BuildError {
    /// Whether the request itself is wrong (exit code 2), not its execution.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::NoWorkspace { .. } | Self::NoProgram { .. })
    }
}

fn said(output: &str) -> String {
    if output.is_empty() {
        " (see above)".to_owned()
    } else {
        format!(":\n{output}")
    }
}

fn list(programs: &[(String, usize)]) -> String {
    let each = programs
        .iter()
        .map(|(name, bytes)| format!("{name} has {bytes}"));
    each.collect::<Vec<_>>().join(", ")
}

/// Builds what has changed and returns all that was asked for.
///
/// # Errors
/// In this order: no workspace, an unknown program, a missing tool, a compiler error, a program that Nitro
/// would refuse, one over the size budget.
pub fn build(options: &Options, progress: &Progress) -> Result<Report, BuildError> {
    let workspace = Workspace::around(&options.folder, options.target.as_deref())?;
    let programs = workspace.programs(&options.programs)?;
    let toolchain = compile::Toolchain::of(&workspace)?;
    let optimizer = optimize::Optimizer::of(&workspace)?;
    let flags = [
        compile::flags(),
        optimizer.identity(),
        embed::IDENTITY.to_owned(),
        toolchain.identity.clone(),
    ]
    .join("\n");
    let shared = inputs::Shared::read(&workspace, &flags)?;
    // held to the end: of two builds at once the second finds what the first has made
    let _lock = package::lock(&workspace, "programs.lock")?;

    let mut wanted = Vec::with_capacity(programs.len());
    for program in programs {
        let inputs = shared.digest(&program)?;
        let kept = package::load(&workspace, &program.name)
            .filter(|kept| kept.inputs == inputs && !options.force);
        wanted.push((program, inputs, kept));
    }

    let stale: Vec<&Program> = wanted
        .iter()
        .filter(|(_, _, kept)| kept.is_none())
        .map(|(program, ..)| program)
        .collect();
    let built = stale.len();
    if built > 0 {
        progress.say(format!(
            "compiling {built} of {} programs for Arbitrum",
            wanted.len()
        ));
        compile::run(&workspace, &toolchain, &stale, progress)?;
    }
    let bar = (built > 0).then(|| progress.bar(built as u64, "optimising programs"));
    let programs = wanted
        .into_par_iter()
        .map(|(program, inputs, kept)| {
            if let Some(kept) = kept {
                return Ok(kept);
            }
            let wasm = optimizer.run(&workspace.compiled(&program))?;
            let wasm = embed::data(&wasm).map_err(|error| BuildError::Answer {
                tool: "wasm-opt".to_owned(),
                why: error.to_string(),
            })?;
            let built = package::store(&workspace, &program.name, &wasm, inputs)?;
            if let Some(bar) = &bar {
                bar.advance(1);
            }
            Ok(built)
        })
        .collect::<Result<Vec<Built>, BuildError>>()?;

    let too_large: Vec<_> = programs
        .iter()
        .filter(|program| program.code_bytes > options.budget_bytes)
        .map(|program| (program.name.clone(), program.code_bytes))
        .collect();
    if !too_large.is_empty() {
        return Err(BuildError::TooLarge {
            budget: options.budget_bytes,
            programs: too_large,
        });
    }
    Ok(Report {
        programs,
        built,
        folder: workspace.output(),
    })
}

impl Report {
    /// The deployed code of a program.
    ///
    /// # Errors
    /// [`BuildError::NoProgram`] for a name that was not built, or the file is gone.
    pub fn code(&self, name: &str) -> Result<Vec<u8>, BuildError> {
        if !self.programs.iter().any(|program| program.name == name) {
            let known: Vec<_> = self
                .programs
                .iter()
                .map(|program| program.name.as_str())
                .collect();
            return Err(BuildError::NoProgram {
                asked: name.to_owned(),
                known: known.join(", "),
            });
        }
        read(&self.folder.join(format!("{name}.code")))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<18} {:>8} {:>10} {:>5} {:>13} {:>9}  code hash",
            "program", "wasm B", "on chain B", "pages", "entry gas", "if cached"
        )?;
        for Built {
            name,
            wasm_bytes,
            code_bytes,
            code_hash,
            prospect,
            ..
        } in &self.programs
        {
            let Prospect {
                pages,
                entry_gas,
                cached_entry_gas,
                ..
            } = prospect;
            writeln!(
                f,
                "{name:<18} {wasm_bytes:>8} {code_bytes:>10} {pages:>5} {entry_gas:>13} {cached_entry_gas:>9}  {code_hash}"
            )?;
        }
        let unchanged = self.programs.len() - self.built;
        write!(
            f,
            "{} built, {unchanged} unchanged, in {}",
            self.built,
            self.folder.display()
        )
    }
}

fn read(path: &Path) -> Result<Vec<u8>, BuildError> {
    std::fs::read(path).map_err(|source| BuildError::File {
        path: path.to_owned(),
        source,
    })
}
