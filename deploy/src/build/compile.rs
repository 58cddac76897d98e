//! Rust to WASM, by cargo, as `cargo stylus` does it.
//! Always holds: nothing of this machine gets into the bytes (paths are remapped, flags from the environment dropped),
//! and versions are those of `Cargo.lock`.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use super::{BuildError, Program, Workspace};
use crate::progress::Progress;

pub(super) const TARGET: &str = "wasm32-unknown-unknown";
const ARGUMENTS: [&str; 6] = [
    "build",
    "--release",
    "--locked",
    "--lib",
    "--target",
    TARGET,
];

/// The pinned compiler.
pub(super) struct Toolchain {
    /// `rustc -vV`.
    pub(super) identity: String,
    sysroot: PathBuf,
}

impl Toolchain {
    pub(super) fn of(workspace: &Workspace) -> Result<Self, BuildError> {
        let missing = |tool: &str| BuildError::Missing {
            tool: tool.to_owned(),
            remedy: "rustup toolchain install".to_owned(),
            folder: workspace.root().to_owned(),
        };
        let rustc = |arguments: &[&str]| {
            let output = pinned("rustc", workspace.root()).args(arguments).output();
            match output {
                Ok(output) if output.status.success() => Ok(text(&output.stdout)),
                // rustup's stand-in answers with an error where the pinned toolchain is not installed
                Ok(_) | Err(_) => Err(missing("the Rust toolchain that rust-toolchain.toml pins")),
            }
        };
        let identity = rustc(&["-vV"])?;
        let sysroot = PathBuf::from(rustc(&["--print", "sysroot"])?);
        if !sysroot.join("lib/rustlib").join(TARGET).is_dir() {
            return Err(missing("the Rust target wasm32-unknown-unknown"));
        }
        Ok(Self { identity, sysroot })
    }

    /// From a folder of this machine to a name that is the same on all.
    fn remapped(&self, workspace: &Workspace) -> Vec<(PathBuf, String)> {
        let commit = self
            .identity
            .lines()
            .find_map(|line| line.strip_prefix("commit-hash: "));
        let std_name = format!("/rustc/{}", commit.unwrap_or("unknown"));
        let mut pairs = vec![
            (workspace.root().to_owned(), "/confluence".to_owned()),
            (self.sysroot.join("lib/rustlib/src/rust"), std_name),
        ];
        let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from);
        let home = || env::var_os("HOME").map(|home| Path::new(&home).join(".cargo"));
        pairs.extend(
            cargo_home
                .or_else(home)
                .map(|folder| (folder, "/cargo".to_owned())),
        );
        pairs
    }
}

/// Everything said to the compiler that is not in a file of the workspace.
pub(super) fn flags() -> String {
    ARGUMENTS.join(" ")
}

/// Compiles programs; they are then where [`Workspace::compiled`] says.
pub(super) fn run(
    workspace: &Workspace,
    toolchain: &Toolchain,
    programs: &[&Program],
    progress: &Progress,
) -> Result<(), BuildError> {
    let remap = toolchain.remapped(workspace);
    let remap = remap.iter().map(|(from, to)| {
        toml::Value::String(format!("--remap-path-prefix={}={to}", from.display())).to_string()
    });
    // Given this way they are added to those of `.cargo/config.toml`; in RUSTFLAGS they would replace them.
    let flags = format!(
        "target.{TARGET}.rustflags=[{}]",
        remap.collect::<Vec<_>>().join(",")
    );

    let mut cargo = pinned("cargo", workspace.root());
    cargo
        .args(ARGUMENTS)
        .args(["--config", &flags])
        .arg("--target-dir")
        .arg(workspace.target());
    for program in programs {
        cargo.args(["--package", &program.package]);
    }
    // Whatever the caller's shell says about flags and profiles would make other bytes.
    cargo
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PROFILE_") || text.ends_with("_RUSTFLAGS") {
            cargo.env_remove(&name);
        }
    }
    if progress.is_silent() {
        cargo.arg("--quiet").stderr(Stdio::piped());
    } else {
        cargo.stderr(Stdio::inherit());
    }
    cargo.stdout(Stdio::null());
    finished(
        "cargo build",
        cargo
            .spawn()
            .and_then(std::process::Child::wait_with_output),
    )
    .map(drop)
}

/// A tool of the toolchain that the workspace pins, whichever one runs us.
pub(super) fn pinned(tool: &str, root: &Path) -> Command {
    let mut command = Command::new(tool);
    command
        .env_remove("RUSTUP_TOOLCHAIN")
        .current_dir(root)
        .stdin(Stdio::null());
    command
}

/// The output of a tool that ended well.
pub(super) fn finished(tool: &str, output: std::io::Result<Output>) -> Result<Output, BuildError> {
    let failed = |output: String| BuildError::Tool {
        tool: tool.to_owned(),
        output,
    };
    let output = output.map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        Ok(output)
    } else {
        Err(failed(text(&output.stderr)))
    }
}

pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}
