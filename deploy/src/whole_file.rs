//! Writing a file in one step: a reader finds the old one or the whole new one, also when the command is killed.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

/// Replaces a file, or makes it; its folder is made too.
///
/// # Errors
/// Whatever the file system says; then the old file is as it was.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_made_with_its_folder_and_then_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("new").join("file");
        for text in ["a longer text", "short"] {
            replace(&path, text.as_bytes()).expect("written");
            assert_eq!(fs::read_to_string(&path).expect("read"), text);
        }
        let beside = fs::read_dir(folder.path().join("new")).expect("a folder");
        assert_eq!(beside.count(), 1, "nothing else is left behind");
    }

    #[test]
    fn what_cannot_be_written_leaves_what_was_there() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("taken");
        fs::create_dir_all(path.join("by a folder")).expect("a folder");
        assert!(replace(&path, b"text").is_err());
        assert!(path.join("by a folder").is_dir());
        let beside = fs::read_dir(folder.path()).expect("a folder");
        assert_eq!(beside.count(), 1, "nothing else is left behind");
    }
}
