//! Finds what npm installed: anvil, and the artifacts of Arbitrum's contracts. Those are not ours to copy (BUSL), so they
//! are read where they are and deployed unmodified.

use std::path::{Path, PathBuf};

use alloy_primitives::{Bytes, hex};
use serde::Deserialize;

use super::error::BridgeError;

/// Says where anvil is, for those who have it from elsewhere.
const ANVIL_VARIABLE: &str = "CONFLUENCE_ANVIL";

/// `path` under the nearest `node_modules` that has it, upwards from the working folder, then from the program.
fn find(path: &Path) -> Result<PathBuf, BridgeError> {
    let here = std::env::current_dir().unwrap_or_default();
    let program = std::env::current_exe().unwrap_or_default();
    [&here, &program]
        .into_iter()
        .flat_map(|start| start.ancestors())
        .map(|folder| folder.join("node_modules").join(path))
        .find(|found| found.exists())
        .ok_or_else(|| BridgeError::NotInstalled {
            wanted: path.display().to_string(),
            from: here.clone(),
        })
}

/// The anvil program itself: npm's launcher would stay between us and the process to end.
///
/// # Errors
/// [`BridgeError::NotInstalled`], unless `CONFLUENCE_ANVIL` says where it is.
pub fn anvil_program() -> Result<PathBuf, BridgeError> {
    if let Some(path) = std::env::var_os(ANVIL_VARIABLE) {
        return Ok(path.into());
    }
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let processor = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    };
    let file = format!("anvil{}", std::env::consts::EXE_SUFFIX);
    find(&Path::new("@foundry-rs").join(format!("anvil-{system}-{processor}/bin/{file}")))
}

/// Creation code of a contract of `@arbitrum/nitro-contracts`, by the source file below `build/contracts`.
pub(super) fn creation_code(source: &str) -> Result<Bytes, BridgeError> {
    #[derive(Deserialize)]
    struct Artifact {
        bytecode: String,
    }
    let name = Path::new(source).with_extension("json");
    let path = Path::new("@arbitrum/nitro-contracts/build/contracts")
        .join(source)
        .join(name.file_name().unwrap_or_default());
    let path = find(&path)?;
    let unusable = |why: String| BridgeError::File {
        path: path.clone(),
        why,
    };
    let text = std::fs::read(&path).map_err(|error| unusable(error.to_string()))?;
    let artifact: Artifact =
        serde_json::from_slice(&text).map_err(|error| unusable(error.to_string()))?;
    let code = hex::decode(artifact.bytecode).map_err(|error| unusable(error.to_string()))?;
    Ok(code.into())
}
