//! `confluence build` on small workspaces made here: what is rebuilt, what is refused, what is said.
//! The compiler, the wasm target and wasm-opt are the project's own, so these tests need what a build needs.

use std::{
    fs,
    path::{Path, PathBuf},
};

use alloy::primitives::keccak256;
use confluence::{
    build::{BuildError, Options, Report, build},
    progress::Progress,
};
use tempfile::TempDir;

/// A program that copies its calldata to its result.
const ECHO: &str = r#"#![no_std]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! { core::arch::wasm32::unreachable() }

#[link(wasm_import_module = "vm_hooks")]
unsafe extern "C" {
    fn read_args(to: *mut u8);
    fn write_result(from: *const u8, len: usize);
    fn pay_for_memory_grow(pages: u32);
}

static mut BUFFER: [u8; 1024] = [0; 1024];

#[unsafe(no_mangle)]
pub extern "C" fn user_entrypoint(len: usize) -> usize {
    if len > 1024 { return 1; }
    unsafe {
        pay_for_memory_grow(0);
        read_args(&raw mut BUFFER as *mut u8);
        write_result(&raw const BUFFER as *const u8, len);
    }
    0
}
"#;

/// A workspace in a folder of its own, with the project's toolchain and tools.
struct Project(TempDir);

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl Project {
    fn with(programs: &[(&str, &str)]) -> Self {
        let project = Self(tempfile::tempdir().expect("a folder"));
        let root = project.root();
        fs::create_dir_all(root.join(".cargo")).expect("a folder");
        for file in [".cargo/config.toml", "rust-toolchain.toml"] {
            fs::copy(checkout().join(file), root.join(file)).expect("copied");
        }
        let tools = checkout()
            .join("node_modules")
            .canonicalize()
            .expect("run `npm ci` first");
        std::os::unix::fs::symlink(tools, root.join("node_modules")).expect("a link");
        project.write(
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"contracts/*\"]\n\
             [profile.release]\nopt-level = \"z\"\nlto = \"fat\"\npanic = \"abort\"\nstrip = true\n",
        );
        let mut lock = "version = 4\n".to_owned();
        for (name, source) in programs {
            project.write(
                &format!("contracts/{name}/Cargo.toml"),
                &format!(
                    "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
                     [lib]\ncrate-type = [\"cdylib\"]\n"
                ),
            );
            project.write(&format!("contracts/{name}/Stylus.toml"), "[contract]\n");
            project.write(&format!("contracts/{name}/src/lib.rs"), source);
            lock += &format!("\n[[package]]\nname = \"{name}\"\nversion = \"0.1.0\"\n");
        }
        project.write("Cargo.lock", &lock);
        project
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.root().join(file);
        fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a folder");
        fs::write(path, text).expect("written");
    }

    fn options(&self) -> Options {
        Options {
            target: Some(self.root().join("target")),
            ..Options::all_in(self.root())
        }
    }

    fn build(&self) -> Result<Report, BuildError> {
        build(&self.options(), &Progress::silent())
    }
}

#[test]
fn a_program_is_built_once_and_again_only_when_something_it_depends_on_changes() {
    let project = Project::with(&[("echo", ECHO), ("other", ECHO)]);
    let first = project.build().expect("builds");
    assert_eq!((first.programs.len(), first.built), (2, 2));
    let code = first.code("echo").expect("kept");
    assert_eq!(code[..4], [0xef, 0xf0, 0, 0]);
    assert_eq!(keccak256(&code), first.programs[0].code_hash);
    assert_eq!(first.programs[0].prospect.pages, 1);

    let again = project.build().expect("builds");
    assert_eq!((again.built, &again.programs), (0, &first.programs));

    project.write("contracts/other/src/lib.rs", &ECHO.replace("1024", "512"));
    let changed = project.build().expect("builds");
    assert_eq!(changed.built, 1);
    assert_eq!(changed.programs[0], first.programs[0]);
    assert_ne!(changed.programs[1].code_hash, first.programs[1].code_hash);

    // a finished program that somebody changed is not trusted
    fs::write(first.folder.join("echo.code"), "something else").expect("written");
    let mended = project.build().expect("builds");
    assert_eq!(mended.built, 1);
    assert_eq!(mended.code("echo").expect("kept"), code);

    // the lock file says which versions go in
    let lock = fs::read_to_string(project.root().join("Cargo.lock")).expect("a file");
    project.write("Cargo.lock", &format!("# changed\n{lock}"));
    assert_eq!(project.build().expect("builds").built, 2);
}

#[test]
fn a_program_over_the_size_budget_fails_the_build_with_both_figures() {
    let project = Project::with(&[("echo", ECHO)]);
    let options = Options {
        budget_bytes: 100,
        ..project.options()
    };
    let error = build(&options, &Progress::silent()).expect_err("too large");
    let BuildError::TooLarge {
        budget: 100,
        programs,
    } = &error
    else {
        panic!("{error}")
    };
    assert_eq!(programs.len(), 1);
    assert!(
        error
            .to_string()
            .contains(&format!("echo has {}", programs[0].1)),
        "{error}"
    );
}

#[test]
fn a_program_that_arbitrum_would_refuse_fails_the_build_with_its_name() {
    let project = Project::with(&[("odd", &ECHO.replace("vm_hooks", "other_hooks"))]);
    let error = project.build().expect_err("refused");
    assert!(
        matches!(&error, BuildError::Refused { program, .. } if program == "odd"),
        "{error}"
    );
    assert!(!project.root().join("target/programs/odd.code").exists());
}

#[test]
fn a_compiler_error_reaches_the_user() {
    let project = Project::with(&[("broken", "this is not Rust")]);
    let error = project.build().expect_err("does not compile").to_string();
    assert!(
        error.contains("cargo build failed") && error.contains("this is not Rust"),
        "{error}"
    );
}

#[test]
fn a_lock_file_that_does_not_fit_is_not_changed_silently() {
    let project = Project::with(&[("echo", ECHO)]);
    project.write("Cargo.lock", "version = 4\n");
    let error = project.build().expect_err("--locked").to_string();
    assert!(error.contains("lock file"), "{error}");
}

#[test]
fn a_missing_optimizer_is_reported_with_the_command_that_installs_it() {
    let project = Project::with(&[("echo", ECHO)]);
    fs::remove_file(project.root().join("node_modules")).expect("removed");
    let error = project.build().expect_err("no wasm-opt").to_string();
    assert!(
        error.contains("wasm-opt is missing") && error.contains("npm ci"),
        "{error}"
    );
}

#[test]
fn a_missing_toolchain_is_reported_with_the_command_that_installs_it() {
    let project = Project::with(&[("echo", ECHO)]);
    project.write(
        "rust-toolchain.toml",
        "[toolchain]\npath = \"/nonexistent\"\n",
    );
    let error = project.build().expect_err("no toolchain").to_string();
    assert!(error.contains("rustup toolchain install"), "{error}");
}

#[test]
fn an_unknown_program_is_a_usage_error_that_names_the_known_ones() {
    let project = Project::with(&[("echo", ECHO)]);
    let options = Options {
        programs: vec!["ecko".to_owned()],
        ..project.options()
    };
    let error = build(&options, &Progress::silent()).expect_err("misspelt");
    assert!(error.is_usage());
    assert!(
        error.to_string().contains("the workspace has echo"),
        "{error}"
    );
}
