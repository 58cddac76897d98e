//! The command: one line says where both chains are, `ctl` steers them, and nothing stays behind whatever happens to it.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::pair::{Rpc, number};

const PROGRAM: &str = env!("CARGO_BIN_EXE_confluence-devnode");

/// A node started by the command, and its start line.
struct Started {
    process: Child,
    line: Value,
}

impl Started {
    fn with(args: &[&str]) -> Self {
        let mut process = Command::new(PROGRAM)
            .args(["--port", "0", "--json"])
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let output = process.stdout.take().expect("an output");
        let mut line = String::new();
        let read = BufReader::new(output).read_line(&mut line);
        assert!(read.is_ok_and(|bytes| bytes > 0), "a start line");
        let line = serde_json::from_str(&line).expect("JSON");
        Self { process, line }
    }

    fn url(&self, pointer: &str) -> String {
        let url = self.line.pointer(pointer).and_then(Value::as_str);
        url.expect("a URL").to_owned()
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // By force: L1 has to end even so.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn ctl(rpc: &str, verb: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.args(["ctl", "--rpc", rpc]).args(verb);
    command.output().expect("the program runs")
}

#[test]
fn the_start_line_names_both_chains_and_the_contracts() {
    let node = Started::with(&[]);
    let (l1, l2) = (
        Rpc::new(&node.url("/l1/http")),
        Rpc::new(&node.url("/http")),
    );
    assert_eq!(number(&l1.ask("eth_chainId", json!([]))), 1337);
    assert_eq!(number(&l2.ask("eth_chainId", json!([]))), 412_346);
    let told = l2.ask("confluence_bridgeStatus", json!([]));
    assert_eq!(node.line["schema"], "confluence.devnode/1");
    assert_eq!(node.line["l1"]["contracts"], told["contracts"]);
    for contract in ["bridge", "inbox", "outbox", "rollup"] {
        let code = l1.ask(
            "eth_getCode",
            json!([told["contracts"][contract], "latest"]),
        );
        assert_ne!(code, "0x", "{contract}");
    }
}

#[test]
fn ctl_steers_a_running_node() {
    let node = Started::with(&[]);
    let rpc = node.url("/http");
    assert!(ctl(&rpc, &["hold"]).status.success());
    let document = |verb: &str| -> Value {
        serde_json::from_slice(&ctl(&rpc, &[verb]).stdout).expect("one JSON document")
    };
    let status = document("status");
    assert_eq!(status["schema"], "confluence.devnode.ctl/1");
    assert_eq!(status["answer"]["held"], true);
    assert_eq!(document("release")["answer"]["held"], false);
    let refused = ctl("http://127.0.0.1:1", &["sync"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(refused.stdout.is_empty());
}

#[test]
fn without_an_l1_there_is_none_in_the_start_line() {
    let node = Started::with(&["--l2-only"]);
    assert!(node.line["l1"].is_null());
    let refused = ctl(&node.url("/http"), &["hold"]);
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(said.contains("--l2-only"), "{said}");
}

#[test]
fn an_l1_that_runs_already_is_followed_with_the_contracts_it_has() {
    let first = Started::with(&[]);
    let l1 = first.url("/l1/http");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("contracts.json");
    let contracts = first.line["l1"]["contracts"].to_string();
    std::fs::write(&file, contracts).expect("written");
    let file = file.to_str().expect("a path in UTF-8");
    let second = Started::with(&["--l1-rpc", &l1, "--l1-contracts", file]);
    assert_eq!(
        second.line["l1"]["contracts"],
        first.line["l1"]["contracts"]
    );
    assert_eq!(second.line["l1"]["http"], first.line["l1"]["http"]);
}

#[test]
fn l1_ends_even_if_the_command_is_killed() {
    let mut node = Started::with(&[]);
    let l1 = Rpc::new(&node.url("/l1/http"));
    assert!(l1.try_ask("eth_chainId", json!([])).is_ok());
    node.process.kill().expect("killed");
    node.process.wait().expect("gone");
    let deadline = Instant::now() + Duration::from_secs(60);
    while l1.try_ask("eth_chainId", json!([])).is_ok() {
        assert!(Instant::now() < deadline, "anvil is still there");
        std::thread::yield_now();
    }
}
