//! Where a verb's words go: the result to stdout, everything else to stderr.
//! Always holds: with `--json` stdout is exactly one document, whose `schema` names its shape and version.

use std::{
    fmt::Display,
    io::{self, Write as _},
};

use serde::Serialize;
use tracing_subscriber::{EnvFilter, fmt};

use crate::progress::Progress;

/// The two streams and how much goes to the second.
#[derive(Debug)]
pub struct Output {
    json: bool,
    progress: Progress,
}

#[derive(Serialize)]
struct Document<'a, T> {
    schema: &'a str,
    #[serde(flatten)]
    result: &'a T,
}

impl Output {
    /// Sets up logging and progress for one run of the command.
    #[must_use]
    pub fn new(json: bool, quiet: bool, verbose: u8) -> Self {
        let filter = match (quiet, verbose) {
            (true, _) => "off",
            (false, 0) => "warn",
            (false, 1) => "warn,confluence=info,confluence_devnode=info",
            (false, 2) => "info,confluence=debug,confluence_devnode=debug",
            (false, _) => "debug,confluence=trace,confluence_devnode=trace",
        };
        let filter =
            EnvFilter::try_from_env("CONFLUENCE_LOG").unwrap_or_else(|_| EnvFilter::new(filter));
        // A second run in one process (tests) keeps the first subscriber.
        let _ = fmt()
            .with_env_filter(filter)
            .with_writer(io::stderr)
            .without_time()
            .try_init();
        let progress = if quiet {
            Progress::silent()
        } else {
            Progress::to_stderr()
        };
        Self { json, progress }
    }

    /// Whether the result is wanted as JSON.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// Progress for the library to report to.
    #[must_use]
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// The result: text for people, or one document `{"schema": .., ..}` with `--json`.
    ///
    /// # Errors
    /// If stdout cannot be written; a reader that went away (`| head`) is no error.
    pub fn result<T: Serialize + Display>(&self, schema: &str, result: &T) -> io::Result<()> {
        write(match self.json {
            true => serde_json::to_string_pretty(&Document { schema, result })?,
            false => result.to_string(),
        })
    }

    /// One of many results, as long as a command goes on: a line of text, or a document on a line with `--json`.
    ///
    /// # Errors
    /// As [`Output::result`].
    pub fn line<T: Serialize + Display>(&self, schema: &str, result: &T) -> io::Result<()> {
        write(match self.json {
            true => serde_json::to_string(&Document { schema, result })?,
            false => result.to_string(),
        })
    }
}

fn write(mut text: String) -> io::Result<()> {
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let mut stdout = io::stdout().lock();
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
