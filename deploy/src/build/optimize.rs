//! wasm-opt: a quarter to a third smaller, and by that much cheaper to deploy and to enter.
//! Always holds: no feature that Nitro refuses is switched on; what only debuggers read is dropped.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{
    BuildError, Workspace,
    compile::{finished, text},
};

/// `--enable-bulk-memory-opt` and not `--enable-bulk-memory`: the latter adds a DataCount section, which Nitro refuses.
const ARGUMENTS: [&str; 9] = [
    "-Oz",
    "--converge",
    "--enable-bulk-memory-opt",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--strip-debug",
    "--strip-dwarf",
    "--strip-producers",
    "--strip-target-features",
];

/// The workspace's own wasm-opt, from npm.
pub(super) struct Optimizer {
    tool: PathBuf,
    version: String,
}

impl Optimizer {
    pub(super) fn of(workspace: &Workspace) -> Result<Self, BuildError> {
        let missing = |tool: &str, remedy: &str| BuildError::Missing {
            tool: tool.to_owned(),
            remedy: remedy.to_owned(),
            folder: workspace.root().to_owned(),
        };
        let tool = workspace.root().join("node_modules/.bin/wasm-opt");
        if !tool.exists() {
            return Err(missing("wasm-opt", "npm ci"));
        }
        let output = Command::new(&tool)
            .arg("--version")
            .stdin(Stdio::null())
            .output();
        match output {
            Ok(output) if output.status.success() => Ok(Self {
                tool,
                version: text(&output.stdout),
            }),
            // npm's wasm-opt is a script for node
            Ok(_) | Err(_) => Err(missing(
                "node (version 18 or later)",
                "apt-get install nodejs",
            )),
        }
    }

    /// Everything about the tool that shapes its output.
    pub(super) fn identity(&self) -> String {
        format!("{} {}", self.version, ARGUMENTS.join(" "))
    }

    /// Optimises a file; the result is returned.
    pub(super) fn run(&self, wasm: &Path) -> Result<Vec<u8>, BuildError> {
        let failed = |source| BuildError::File {
            path: wasm.to_owned(),
            source,
        };
        let folder = tempfile::tempdir().map_err(failed)?;
        let small = folder.path().join("optimised.wasm");
        let mut command = Command::new(&self.tool);
        command
            .args(ARGUMENTS)
            .arg(wasm)
            .arg("-o")
            .arg(&small)
            .stdin(Stdio::null());
        finished("wasm-opt", command.output())?;
        super::read(&small)
    }
}
