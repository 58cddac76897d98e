//! Reads the recordings under `tests/fixtures/nitro`; their README describes the format.

use serde::Deserialize;
use serde_json::Value;
use std::{collections::BTreeMap, io::Read as _, path::PathBuf};

/// One recorded chain: everything that happened on it, in order.
#[derive(Debug, Deserialize)]
pub(crate) struct Recording {
    pub(crate) chain: Chain,
    pub(crate) steps: Vec<Step>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Chain {
    pub(crate) id: u64,
    pub(crate) arbos: u64,
    pub(crate) first_nonce: u64,
}

/// A transaction or a call, and what the node answered.
#[derive(Debug, Deserialize)]
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) tx: Option<Tx>,
    pub(crate) call: Option<Value>,
    pub(crate) expect: Expect,
    #[serde(default)]
    pub(crate) loose: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Tx {
    pub(crate) to: Option<String>,
    pub(crate) data: String,
    pub(crate) value: String,
    pub(crate) gas: String,
    pub(crate) access_list: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Expect {
    pub(crate) status: Option<u64>,
    pub(crate) gas_used: Option<u64>,
    /// Recorded where it is not 0, that is in the first step of a file.
    #[serde(rename = "gasUsedForL1")]
    pub(crate) gas_used_for_l1: Option<u64>,
    pub(crate) logs: Option<Vec<Log>>,
    pub(crate) contract_address: Option<String>,
    #[serde(rename = "return")]
    pub(crate) returned: Option<String>,
    pub(crate) call_error: Option<RpcError>,
    pub(crate) send_error: Option<RpcError>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Log {
    pub(crate) address: String,
    pub(crate) topics: Vec<String>,
    pub(crate) data: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct RpcError {
    pub(crate) code: i64,
    pub(crate) message: String,
    pub(crate) data: Option<String>,
}

impl Step {
    pub(crate) fn is_loose(&self, part: &str) -> bool {
        self.loose.iter().any(|name| name == part)
    }
}

/// The decompressed JSON of `tests/fixtures/nitro/{name}.json.br`.
pub(crate) fn read<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../tests/fixtures/nitro")
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
pub(crate) fn recording(name: &str, arbos: u64) -> Recording {
    read::<BTreeMap<u64, Recording>>(name)
        .remove(&arbos)
        .unwrap_or_else(|| panic!("{name} was not recorded at ArbOS {arbos}"))
}
