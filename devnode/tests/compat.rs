//! Tools that developers use, run unchanged against the node: cast, ethers, viem, hardhat.
//! The scripts are in `tests/compat`; they need `npm ci`.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use alloy_primitives::{Address, address};
use confluence_devnode::{
    DevNode, Options,
    chain::{BlockNumberMode, Config},
    rpc::DEV_KEY,
};

const SOMEBODY: Address = address!("7777777777777777777777777777777777777777");

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A tool that npm installed.
fn tool(name: &str) -> PathBuf {
    let path = root().join("node_modules/.bin").join(name);
    assert!(
        path.exists(),
        "{} is missing: run `npm ci` first",
        path.display()
    );
    path
}

/// Runs a command that must succeed; what it wrote.
fn run(command: &mut Command) -> String {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{command:?}\n{out}\n{err}");
    out.trim().to_owned()
}

fn script(name: &str) {
    let node = DevNode::start(Options::default()).expect("the node starts");
    assert!(
        root().join("node_modules/ethers").exists(),
        "run `npm ci` first"
    );
    let path = root().join("tests/compat").join(name);
    let said = run(Command::new("node").arg(path).arg(node.http_url()));
    assert!(said.ends_with(": ok"), "{said}");
}

#[test]
fn every_method_of_nitros_interfaces_answers_or_reverts_as_its_abi_says() {
    script("precompiles.mjs");
}

#[test]
fn ethers_works_unchanged() {
    script("ethers.mjs");
}

#[test]
fn viem_works_unchanged() {
    script("viem.mjs");
}

#[test]
fn hardhat_takes_the_node_as_its_network() {
    let chain = Config {
        block_number: BlockNumberMode::L2Height,
        ..Config::default()
    };
    let node = DevNode::start(Options {
        chain,
        ..Options::default()
    })
    .expect("the node starts");
    let said = run(Command::new(tool("hardhat"))
        .current_dir(root().join("tests/compat/hardhat"))
        .args([
            "--config",
            "hardhat.config.cjs",
            "run",
            "--no-compile",
            "script.cjs",
        ])
        .env("DEVNODE_URL", node.http_url())
        .env("HARDHAT_DISABLE_TELEMETRY_PROMPT", "true"));
    assert!(said.ends_with("hardhat: ok"), "{said}");
}

#[test]
fn cast_reads_and_sends() {
    let node = DevNode::start(Options::default()).expect("the node starts");
    let (url, key) = (node.http_url(), DEV_KEY.to_string());
    let cast = |args: &[&str]| {
        run(Command::new(tool("cast"))
            .args(args)
            .args(["--rpc-url", &url]))
    };
    assert_eq!(cast(&["chain-id"]), "412346");
    assert_eq!(cast(&["gas-price"]), "100000000");
    let somebody = SOMEBODY.to_string();
    let send = cast(&[
        "send",
        &somebody,
        "--value",
        "1ether",
        "--private-key",
        &key,
        "--json",
    ]);
    let receipt: serde_json::Value = serde_json::from_str(&send).expect("JSON");
    assert_eq!(
        (&receipt["status"], &receipt["effectiveGasPrice"]),
        (&"0x1".into(), &"0x5f5e100".into())
    );
    assert_eq!(
        cast(&["balance", &somebody, "--ether"]),
        "1.000000000000000000"
    );
    assert_eq!(
        cast(&[
            "nonce",
            &node
                .wallet()
                .addresses()
                .next()
                .expect("an account")
                .to_string()
        ]),
        "1"
    );
    assert_eq!(cast(&["block-number"]), "1");
    assert!(cast(&["block", "latest"]).contains("l1BlockNumber"));
    let hash = receipt["transactionHash"].as_str().expect("a hash");
    assert!(cast(&["tx", hash]).contains(hash));
    assert!(cast(&["receipt", hash]).contains(hash));
    let arb_sys = "0x0000000000000000000000000000000000000064";
    assert_eq!(cast(&["call", arb_sys, "arbBlockNumber()(uint256)"]), "1");
    assert_eq!(cast(&["estimate", &somebody, "--value", "1"]), "21000");
    assert_eq!(cast(&["rpc", "evm_mine"]), "\"0x0\"");
    assert_eq!(
        cast(&["logs", "--from-block", "0", "--to-block", "latest"]),
        ""
    );
    let traced = cast(&[
        "rpc",
        "debug_traceTransaction",
        hash,
        r#"{"tracer":"callTracer"}"#,
    ]);
    assert!(traced.contains("feePayment"), "{traced}");
}
