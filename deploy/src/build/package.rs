//! The finished program: compressed as Nitro wants it, beside a note of what it was made from.
//! Always holds: the note is written last, and a program whose bytes do not match its note counts as not built.

use std::{fs, io::Write as _, path::Path};

use alloy::primitives::{B256, keccak256};

use super::{BuildError, Built, Workspace, accept::Shape};

/// Nitro's mark of a Stylus program, then "no dictionary".
const PREFIX: [u8; 4] = [0xef, 0xf0, 0x00, 0x00];
/// What `cargo stylus` uses; also the largest that Nitro's activation accepts without a large-window stream.
const QUALITY: u32 = 11;
const WINDOW_BITS: u32 = 22;

/// The bytes that go on chain.
fn code_of(wasm: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut code = PREFIX.to_vec();
    let mut brotli = brotli::CompressorWriter::new(&mut code, 4096, QUALITY, WINDOW_BITS);
    brotli.write_all(wasm)?;
    brotli.flush()?;
    drop(brotli);
    Ok(code)
}

/// Compresses and keeps a program.
pub(super) fn store(
    workspace: &Workspace,
    name: &str,
    wasm: &[u8],
    shape: Shape,
    inputs: B256,
) -> Result<Built, BuildError> {
    let folder = workspace.output();
    let at = |source| BuildError::File {
        path: folder.clone(),
        source,
    };
    fs::create_dir_all(&folder).map_err(at)?;
    let code = code_of(wasm).map_err(at)?;
    let built = Built {
        name: name.to_owned(),
        wasm_bytes: wasm.len(),
        code_bytes: code.len(),
        pages: shape.pages,
        code_hash: keccak256(&code),
        inputs,
    };
    let note = serde_json::to_vec_pretty(&built).map_err(|error| at(error.into()))?;
    for (extension, bytes) in [("wasm", wasm), ("code", &code), ("json", &note)] {
        replace(&folder, &format!("{name}.{extension}"), bytes)?;
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

/// Writes a file in one step, so that a reader never sees half of it.
fn replace(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), BuildError> {
    let path = folder.join(name);
    let write = || {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        file.persist(&path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(|source| BuildError::File {
        path: path.clone(),
        source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_the_mark_and_a_stream_that_decompresses_to_the_wasm() {
        let wasm = b"\0asm\x01\0\0\0".repeat(100);
        let code = code_of(&wasm).expect("compresses");
        let mut back = Vec::new();
        let mut stream = code.strip_prefix(&PREFIX).expect("the mark");
        brotli::BrotliDecompress(&mut stream, &mut back).expect("a Brotli stream");
        assert_eq!(back, wasm);
        assert!(code.len() < wasm.len());
    }

    #[test]
    fn a_kept_program_whose_bytes_changed_counts_as_not_built() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("contracts")).expect("a folder");
        fs::write(folder.path().join("Cargo.lock"), "").expect("a file");
        let workspace = Workspace::around(folder.path()).expect("a workspace");
        let (wasm, shape) = (b"\0asm".to_vec(), Shape { pages: 1 });
        let built = store(&workspace, "p", &wasm, shape, B256::ZERO).expect("stored");
        assert_eq!(load(&workspace, "p"), Some(built));
        fs::write(workspace.output().join("p.code"), [0]).expect("a file");
        assert_eq!(load(&workspace, "p"), None);
    }
}
