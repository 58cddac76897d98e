//! The Solidity side of the benchmark, compiled on the spot by the compiler that the checkout has (npm's solc).

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
};

use alloy::{hex, primitives::Bytes, sol};
use serde_json::{Value, json};

use super::BenchError;

const SOURCE: &str = include_str!("Bench.sol");

sol! {
    interface Token {
        function mint(address to, uint256 amount) external;
        function transfer(address to, uint256 amount) external returns (bool);
        function balanceOf(address owner) external view returns (uint256);
    }

    interface Caller {
        function callMany(address to, bytes data, uint256 times) external;
    }
}

/// Creation code of both contracts.
#[derive(Debug)]
pub(super) struct Contracts {
    pub(super) token: Bytes,
    pub(super) caller: Bytes,
}

impl Contracts {
    pub(super) fn compile(checkout: &Path) -> Result<Self, BenchError> {
        let job = json!({
            "language": "Solidity",
            "sources": {"Bench.sol": {"content": SOURCE}},
            "settings": {
                "optimizer": {"enabled": true, "runs": 200},
                "outputSelection": {"*": {"*": ["evm.bytecode.object"]}},
            },
        });
        let answer = solc(checkout, &job.to_string())?;
        let code = |name: &str| {
            answer["contracts"]["Bench.sol"][name]["evm"]["bytecode"]["object"]
                .as_str()
                .and_then(|text| hex::decode(text).ok())
                .filter(|code| !code.is_empty())
                .map(Bytes::from)
                .ok_or_else(|| BenchError::Compiler(answer["errors"].to_string()))
        };
        Ok(Self {
            token: code("Token")?,
            caller: code("Caller")?,
        })
    }
}

fn solc(checkout: &Path, job: &str) -> Result<Value, BenchError> {
    let failed = |error: std::io::Error| BenchError::Compiler(error.to_string());
    let mut solc = Command::new(checkout.join("contracts/solidity/solc"))
        .arg("--standard-json")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failed)?;
    if let Some(mut stdin) = solc.stdin.take() {
        stdin.write_all(job.as_bytes()).map_err(failed)?;
    }
    let output = solc.wait_with_output().map_err(failed)?;
    serde_json::from_slice(&output.stdout).map_err(|error| BenchError::Compiler(error.to_string()))
}
