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
    let mut file = as_any_file().tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Temporary files are their owner's alone; what is written here is read by whoever may read other files.
fn as_any_file() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // the process's mask applies
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn it_may_be_read_by_whoever_may_read_other_files() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let [ours, plain] = ["ours", "plain"].map(|name| folder.path().join(name));
        replace(&ours, b"text").expect("written");
        fs::write(&plain, b"text").expect("written");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode();
        assert_eq!(mode(&ours), mode(&plain));
    }

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
