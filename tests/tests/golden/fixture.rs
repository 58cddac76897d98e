//! Reads the recordings under `fixtures/nitro`; their README describes the format.

use serde::Deserialize;
use serde_json::Value;
use std::{collections::BTreeMap, io::Read as _, path::PathBuf};

/// One recorded chain: everything that happened on it, in order.
#[derive(Debug, Deserialize)]
pub struct Recording {
    pub chain: Chain,
    pub steps: Vec<Step>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Chain {
    pub id: u64,
    pub arbos: u64,
    pub first_nonce: u64,
}

/// A transaction or a call, and what the node answered.
#[derive(Debug, Deserialize)]
pub struct Step {
    pub name: String,
    pub tx: Option<Tx>,
    pub call: Option<Value>,
    pub expect: Expect,
    #[serde(default)]
    pub loose: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tx {
    pub to: Option<String>,
    pub data: String,
    pub value: String,
    pub gas: String,
    pub access_list: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Expect {
    pub status: Option<u64>,
    pub gas_used: Option<u64>,
    /// Recorded where it is not 0, that is in the first step of a file.
    #[serde(rename = "gasUsedForL1")]
    pub gas_used_for_l1: Option<u64>,
    pub logs: Option<Vec<Log>>,
    pub contract_address: Option<String>,
    #[serde(rename = "return")]
    pub returned: Option<String>,
    pub call_error: Option<RpcError>,
    pub send_error: Option<RpcError>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Log {
    pub address: String,
    pub topics: Vec<String>,
    pub data: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct RpcError {
    pub code: i64,
    pub message: String,
    pub data: Option<String>,
}

impl Step {
    pub fn is_loose(&self, part: &str) -> bool {
        self.loose.iter().any(|name| name == part)
    }
}

/// The decompressed JSON of `fixtures/nitro/{name}.json.br`.
pub fn read<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/nitro")
        .join(name)
        .with_extension("json.br");
    let file = std::fs::File::open(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut json = Vec::new();
    brotli::Decompressor::new(file, 1 << 16)
        .read_to_end(&mut json)
        .expect("brotli stream");
    serde_json::from_slice(&json).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// File `name` as recorded at `arbos`.
pub fn recording(name: &str, arbos: u64) -> Recording {
    read::<BTreeMap<u64, Recording>>(name)
        .remove(&arbos)
        .unwrap_or_else(|| panic!("{name} was not recorded at ArbOS {arbos}"))
}
