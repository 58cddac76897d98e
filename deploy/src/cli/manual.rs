//! `confluence completions` and `confluence man`: what shells and `man` know about the command, made from the command itself.

use std::{fmt, path::PathBuf};

use clap_complete::Shell;
use serde::Serialize;

use super::{Cli, CliError, EXIT_CODES, Exit, Output};

/// Print completions for a shell
///
/// Prints the script that lets the shell complete verbs, options and files. Sends nothing.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence completions bash > ~/.local/share/bash-completion/completions/confluence\n  confluence completions zsh > ~/.zfunc/_confluence\n\n{EXIT_CODES}")
)]
pub(super) struct Completions {
    /// Which shell
    shell: Shell,
}

/// Write manual pages
///
/// Writes one page a verb into a folder, for `man -l FILE` or a folder in MANPATH. Sends nothing.
#[derive(Debug, clap::Args)]
#[command(
    after_help = format!("Examples:\n  confluence man ~/.local/share/man/man1\n  man confluence-migrate\n\n{EXIT_CODES}")
)]
pub(super) struct Man {
    /// Where to write the pages; made if it is not there
    folder: PathBuf,
}

#[derive(Debug, Serialize)]
struct Script {
    shell: String,
    script: String,
}

#[derive(Debug, Serialize)]
struct Pages {
    pages: Vec<PathBuf>,
}

impl fmt::Display for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.script)
    }
}

impl fmt::Display for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for page in &self.pages {
            writeln!(f, "{}", page.display())?;
        }
        Ok(())
    }
}

impl Completions {
    pub(super) fn run(&self, out: &Output) -> Result<Exit, CliError> {
        let mut script = Vec::new();
        clap_complete::generate(
            self.shell,
            &mut Cli::documented(),
            "confluence",
            &mut script,
        );
        let script = Script {
            shell: self.shell.to_string(),
            script: String::from_utf8_lossy(&script).into_owned(),
        };
        out.result("confluence.completions/1", &script)?;
        Ok(Exit::Done)
    }
}

impl Man {
    pub(super) fn run(&self, out: &Output) -> Result<Exit, CliError> {
        std::fs::create_dir_all(&self.folder)?;
        clap_mangen::generate_to(Cli::documented(), &self.folder)?;
        let mut pages = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let is_ours = path.extension().is_some_and(|extension| extension == "1")
                && path
                    .file_name()
                    .is_some_and(|name| name.to_string_lossy().starts_with("confluence"));
            if is_ours {
                pages.push(path);
            }
        }
        pages.sort();
        out.result("confluence.man/1", &Pages { pages })?;
        Ok(Exit::Done)
    }
}
