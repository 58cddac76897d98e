//! The same commit gives the same bytes in whichever folder it is built: what makes a code hash on chain mean something.
//! Builds a program of this checkout here and in a copy elsewhere, with a target folder of its own.

use std::{
    fs,
    path::{Path, PathBuf},
};

use confluence::{
    build::{Options, build},
    progress::Progress,
};

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .expect("the workspace")
}

/// Copies sources: everything but what is built, installed or hidden (cargo's settings are wanted).
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = entry.file_name();
        let left_out = ["target", "node_modules", "out", "cache", "lib"];
        let hidden = name.to_string_lossy().starts_with('.') && name != ".cargo";
        if hidden || left_out.iter().any(|left_out| name == *left_out) {
            continue;
        }
        let (from, to) = (entry.path(), to.join(&name));
        let kind = entry.file_type().expect("a kind");
        if kind.is_dir() {
            copy(&from, &to);
        } else if kind.is_file() {
            fs::copy(&from, &to).expect("copied");
        }
    }
}

#[test]
fn a_program_built_in_another_folder_has_the_same_bytes() {
    let elsewhere = tempfile::tempdir().expect("a folder");
    // another depth and another length of path than the checkout's
    let there = elsewhere.path().join("some/where/else");
    copy(&checkout(), &there);
    let tools = checkout()
        .join("node_modules")
        .canonicalize()
        .expect("run `npm ci` first");
    std::os::unix::fs::symlink(tools, there.join("node_modules")).expect("a link");

    let name = "merkle-snapshot";
    let bytes = |folder: &Path, target: Option<PathBuf>| {
        let programs = vec![name.to_owned()];
        let options = Options {
            programs,
            target,
            ..Options::all_in(folder)
        };
        let report = build(&options, &Progress::silent()).unwrap_or_else(|error| panic!("{error}"));
        (
            report.programs[0].code_hash,
            report.code(name).expect("kept"),
        )
    };
    let (here, there) = (
        bytes(&checkout(), None),
        bytes(&there, Some(there.join("target"))),
    );
    assert_eq!(here, there);
    let holds = |needle: &str| {
        here.1
            .windows(needle.len())
            .any(|it| it == needle.as_bytes())
    };
    assert!(!holds(&checkout().display().to_string()));
}
