//! The contract that stands in for Arbitrum's rollup: its bytes are those of its source.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::{Value, json};

#[test]
fn the_rollup_stand_in_is_what_its_source_compiles_to() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| {
        std::fs::read_to_string(here.join("src/bridge/rollup").join(name)).expect("a file")
    };
    let job = json!({
        "language": "Solidity",
        "sources": {"Rollup.sol": {"content": read("Rollup.sol")}},
        "settings": {
            "optimizer": {"enabled": true, "runs": 200},
            "evmVersion": "cancun",
            "metadata": {"bytecodeHash": "none", "appendCBOR": false},
            "outputSelection": {"*": {"Rollup": ["evm.bytecode.object"]}},
        },
    });
    let mut solc = Command::new("node")
        .arg(here.join("../contracts/solidity/solc"))
        .arg("--standard-json")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs");
    let mut input = solc.stdin.take().expect("a pipe");
    input
        .write_all(job.to_string().as_bytes())
        .expect("written");
    drop(input);
    let output = solc.wait_with_output().expect("an answer");
    let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let compiled = &answer["contracts"]["Rollup.sol"]["Rollup"]["evm"]["bytecode"]["object"];
    assert_eq!(
        compiled,
        read("Rollup.hex").trim(),
        "renew src/bridge/rollup/Rollup.hex"
    );
}
