//! The node as a process: its start line, its options, its signals, its exit codes.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    net::SocketAddr,
    path::Path,
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

mod wire;

/// A running process; killed if the test ends early.
struct Process {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Process {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_confluence-devnode"))
            .args(["--l2-only", "--port", "0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let out = BufReader::new(child.stdout.take().expect("a pipe"));
        Self { child, out }
    }

    /// What it writes once it answers.
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).expect("a line");
        line
    }

    /// Sends a signal, waits for the end; what else it wrote.
    fn end(mut self, signal: &str) -> (ExitStatus, String) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.expect("kill").success());
        let status = self.child.wait().expect("ends");
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).expect("text");
        (status, rest)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A node that told where it is.
struct Node {
    process: Process,
    told: Value,
}

impl Node {
    fn start(arguments: &[&str]) -> Self {
        let mut process = Process::start(&[arguments, &["--json"]].concat());
        let told = serde_json::from_str(&process.line()).expect("one line of JSON");
        Self { process, told }
    }

    fn address(&self) -> SocketAddr {
        let url = self.told["http"].as_str().expect("a URL");
        url["http://".len()..].parse().expect("an address")
    }

    fn call(&self, method: &str, params: &Value) -> Value {
        let body = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let (status, answer) = wire::post(self.address(), &body.to_string());
        assert_eq!(status, 200);
        let mut answer: Value = serde_json::from_str(&answer).expect("JSON");
        assert!(answer["error"].is_null(), "{method}: {answer}");
        answer["result"].take()
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn the_start_line_is_json_with_all_that_a_script_needs() {
    let node = Node::start(&["--accounts", "3", "--arbos", "51", "--chain-id", "77"]);
    let told = &node.told;
    assert_eq!(
        (&told["chainId"], &told["arbosVersion"]),
        (&json!(77), &json!(51))
    );
    assert!(
        told["ws"]
            .as_str()
            .expect("a URL")
            .starts_with("ws://127.0.0.1:")
    );
    let accounts = told["accounts"].as_array().expect("accounts");
    assert_eq!(
        accounts.len(),
        4,
        "the dev account and three of the mnemonic"
    );
    let listed: Vec<_> = accounts
        .iter()
        .map(|account| account["address"].clone())
        .collect();
    let lower = |value: &Value| value.to_string().to_lowercase();
    assert_eq!(
        lower(&node.call("eth_accounts", &json!([]))),
        lower(&Value::Array(listed))
    );
    assert_eq!(node.call("eth_chainId", &json!([])), "0x4d");
    let (_, rest) = node.process.end("TERM");
    assert_eq!(rest, "", "nothing else goes to stdout");
}

#[test]
fn without_json_the_start_line_is_for_people() {
    let mut process = Process::start(&[]);
    let line = process.line();
    assert!(
        line.starts_with("devnode ready: http://127.0.0.1:"),
        "{line}"
    );
    assert!(
        line.trim_end().ends_with("(chain 412346, ArbOS 60)"),
        "{line}"
    );
}

#[test]
fn accounts_come_from_the_mnemonic() {
    let words = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
    let node = Node::start(&["--mnemonic", words, "--accounts", "1", "--balance", "7"]);
    // BIP-44's first account of the best known mnemonic.
    let first = "0x9858effd232b4033e47d90003d41ec34ecaeda94";
    let told = node.told["accounts"][1]["address"]
        .as_str()
        .expect("an address");
    assert_eq!(told.to_lowercase(), first);
    assert_eq!(
        node.call("eth_getBalance", &json!([first, "latest"])),
        "0x6124fee993bc0000",
        "7 ether"
    );
}

#[test]
fn blocks_come_at_intervals_if_wanted() {
    let node = Node::start(&["--block-time", "0.01"]);
    assert_eq!(node.call("hardhat_getAutomine", &json!([])), false);
    // A new block is waited for, however long the machine takes for it.
    while node.call("eth_blockNumber", &json!([])) == "0x0" {}
}

#[test]
fn signals_stop_it_cleanly_and_save_the_chain() {
    let folder = tempfile::tempdir().expect("a folder");
    let state = folder.path().join("chain");
    let somebody = "0x7777777777777777777777777777777777777777";
    let balance = |node: &Node| node.call("eth_getBalance", &json!([somebody, "latest"]));
    let transfer = |node: &Node| {
        let from = &node.told["accounts"][0]["address"];
        node.call(
            "eth_sendTransaction",
            &json!([{"from": from, "to": somebody, "value": "0x5"}]),
        )
    };
    for (signal, before, after) in [("TERM", "0x0", "0x5"), ("INT", "0x5", "0xa")] {
        let node = Node::start(&["--state", text(&state)]);
        assert_eq!(balance(&node), before);
        transfer(&node);
        assert_eq!(balance(&node), after);
        let (status, _) = node.process.end(signal);
        assert_eq!(status.code(), Some(0), "{signal}");
    }
    assert_eq!(balance(&Node::start(&["--state", text(&state)])), "0xa");
}

#[test]
fn what_cannot_be_started_says_why_and_has_an_exit_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let broken = folder.path().join("broken");
    std::fs::write(&broken, "no chain").expect("written");
    let cases: [(&[&str], i32, &str); 7] = [
        (
            &["--arbos", "41"],
            2,
            "the versions this node has are 40, 51 and 60",
        ),
        (&["--block-time", "0"], 2, "not a number of seconds above 0"),
        (
            &["--block-time", "1", "--no-mining"],
            2,
            "cannot be used with",
        ),
        (&["--accounts", "1001"], 2, "1001 is not in 0..=1000"),
        (&["--frobnicate"], 2, "unexpected argument"),
        (&["--mnemonic", "no such words"], 1, "mnemonic"),
        (&["--state", text(&broken)], 1, "cannot load"),
    ];
    for (arguments, code, reason) in cases {
        let output = Command::new(env!("CARGO_BIN_EXE_confluence-devnode"))
            .args(["--l2-only", "--port", "0"])
            .args(arguments)
            .output()
            .expect("runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(reason), "{arguments:?}: {said}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn sockets_that_only_wait_fill_their_places_and_keep_nobody_else_out() {
    const PLACES: usize = 512;
    const PATIENCE: Duration = Duration::from_secs(60);
    let node = Node::start(&[]);
    let open = || wire::upgrade(node.address());
    let mut waiting: Vec<_> = (0..PLACES).map(|_| open()).collect();
    assert!(waiting.iter().all(|(_, status)| *status == 101));
    let (_, status) = open();
    assert_eq!(status, 429, "one too many");
    assert_eq!(node.call("eth_chainId", &json!([])), "0x64aba");
    // A place that is given up is free for the next, once the node has noticed.
    waiting.pop();
    let since = Instant::now();
    while open().1 != 101 {
        assert!(since.elapsed() < PATIENCE, "the place is not free");
        std::thread::yield_now();
    }
}
