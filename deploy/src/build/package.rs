//! The finished program: compressed as Nitro wants it, beside a note of what it was made from.
//! Always holds: the note is written last, and a program whose bytes do not match its note counts as not built.

use std::fs;

use alloy::primitives::{B256, keccak256};

use confluence_devnode::stylus::format::wrap_classic;

use super::{BuildError, Built, Workspace, accept};
use crate::whole_file;

/// Waits until no other build is at the finished programs; the lock goes with what is returned.
pub(super) fn lock(workspace: &Workspace, name: &str) -> Result<fs::File, BuildError> {
    let folder = workspace.output();
    let locked = || {
        fs::create_dir_all(&folder)?;
        let file = fs::File::create(folder.join(name))?;
        file.lock()?;
        Ok(file)
    };
    locked().map_err(|source| BuildError::File {
        path: folder.clone(),
        source,
    })
}

/// Compresses and keeps a program.
pub(super) fn store(
    workspace: &Workspace,
    name: &str,
    wasm: &[u8],
    inputs: B256,
) -> Result<Built, BuildError> {
    let folder = workspace.output();
    let at = |source| BuildError::File {
        path: folder.clone(),
        source,
    };
    let code = wrap_classic(wasm);
    let code_hash = keccak256(&code);
    let refused = |source| BuildError::Refused {
        program: name.to_owned(),
        source,
    };
    let prospect = accept::check(wasm, code_hash).map_err(refused)?;
    let built = Built {
        name: name.to_owned(),
        wasm_bytes: wasm.len(),
        code_bytes: code.len(),
        code_hash,
        prospect,
        inputs,
    };
    let note = serde_json::to_vec_pretty(&built).map_err(|error| at(error.into()))?;
    for (extension, bytes) in [("wasm", wasm), ("code", &code), ("json", &note)] {
        let path = folder.join(format!("{name}.{extension}"));
        whole_file::replace(&path, bytes).map_err(|source| BuildError::File { path, source })?;
    }
    Ok(built)
}

/// A program kept by an earlier build, if it is whole.
pub(super) fn load(workspace: &Workspace, name: &str) -> Option<Built> {
    let folder = workspace.output();
    let built: Built =
        serde_json::from_slice(&fs::read(folder.join(format!("{name}.json"))).ok()?).ok()?;
    let code = fs::read(folder.join(format!("{name}.code"))).ok()?;
    let wasm = fs::metadata(folder.join(format!("{name}.wasm"))).ok()?;
    let whole = keccak256(&code) == built.code_hash && wasm.len() == built.wasm_bytes as u64;
    whole.then_some(built)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_program_whose_bytes_changed_counts_as_not_built() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("contracts")).expect("a folder");
        fs::write(folder.path().join("Cargo.lock"), "").expect("a file");
        let workspace = Workspace::around(folder.path(), Some(folder.path())).expect("a workspace");
        // (module (memory (export "memory") 0 0) (func (export "user_entrypoint") (param i32) (result i32) i32.const 0))
        let wasm =
            b"\0asm\x01\0\0\0\x01\x06\x01\x60\x01\x7f\x01\x7f\x03\x02\x01\0\x05\x04\x01\x01\0\0\
            \x07\x1c\x02\x06memory\x02\0\x0fuser_entrypoint\0\0\x0a\x06\x01\x04\0\x41\0\x0b";
        let built = store(&workspace, "p", wasm, B256::ZERO).expect("stored");
        assert_eq!(load(&workspace, "p"), Some(built));
        fs::write(workspace.output().join("p.code"), [0]).expect("a file");
        assert_eq!(load(&workspace, "p"), None);
    }
}
