//! npm's `@openzeppelin/merkle-tree`, timed inside node by the script beside this file.
//! Always holds: node's own start is not in the times; its tree hashes leaves twice and fills levels otherwise than the published
//! one, so it has another root: it does as many hashes and one more a leaf.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use serde::Deserialize;

use super::BenchError;

const SCRIPT: &str = include_str!("openzeppelin.mjs");

/// What it took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    pub(super) parse_and_tree: Duration,
    pub(super) proofs: Duration,
}

#[derive(Deserialize)]
struct Answer {
    parse_and_tree: f64,
    proofs: f64,
}

/// Runs the script with the packages of a checkout.
pub(super) fn time(
    checkout: &Path,
    list: &str,
    runs: u32,
    proofs: usize,
) -> Result<Times, BenchError> {
    let failed = |why: String| BenchError::OpenZeppelin {
        why,
        folder: checkout.to_owned(),
    };
    let mut file = tempfile::NamedTempFile::new().map_err(|error| failed(error.to_string()))?;
    file.write_all(list.as_bytes())
        .map_err(|error| failed(error.to_string()))?;
    let mut node = Command::new("node")
        .args(["--input-type=module", "--max-old-space-size=4096", "-"])
        .env("LIST", file.path())
        .env("RUNS", runs.to_string())
        .env("PROOFS", proofs.to_string())
        .current_dir(checkout)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(format!("node does not start: {error}")))?;
    if let Some(mut stdin) = node.stdin.take() {
        stdin
            .write_all(SCRIPT.as_bytes())
            .map_err(|error| failed(error.to_string()))?;
    }
    let output = node
        .wait_with_output()
        .map_err(|error| failed(error.to_string()))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        let why = said
            .lines()
            .find(|line| line.contains("Error"))
            .unwrap_or("node failed");
        return Err(failed(why.to_owned()));
    }
    let answer: Answer = serde_json::from_slice(&output.stdout)
        .map_err(|error| failed(format!("its answer cannot be read: {error}")))?;
    Ok(Times {
        parse_and_tree: milliseconds(answer.parse_and_tree),
        proofs: milliseconds(answer.proofs),
    })
}

fn milliseconds(number: f64) -> Duration {
    Duration::try_from_secs_f64(number / 1000.0).unwrap_or_default()
}
