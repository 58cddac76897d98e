//! Reads the recordings under `fixtures/bridge`; their README describes the format.

use alloy::primitives::{Address, Bytes, U256};
use confluence_devnode::chain::L1Message;
use serde::Deserialize;
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashMap},
    io::Read as _,
    path::PathBuf,
};

/// A file as recorded at one version; what stands beside the cases differs by file.
#[derive(Debug, Deserialize)]
pub(crate) struct Recording {
    pub(crate) cases: Vec<Case>,
    #[serde(flatten)]
    pub(crate) more: HashMap<String, Value>,
}

/// Messages or a transaction, and the blocks made of them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Case {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) messages: Vec<Message>,
    pub(crate) call: Option<Call>,
    pub(crate) eth_call_before: Option<Value>,
    pub(crate) estimate_gas: Option<Value>,
    #[serde(default)]
    pub(crate) l2: Vec<Block>,
    pub(crate) ticket_id: Option<String>,
    pub(crate) getters: Option<Getters>,
    pub(crate) state_after: Option<Value>,
    /// File 09: calldata of an estimate.
    pub(crate) calldata: Option<String>,
    pub(crate) estimate_gas_from_bob: Option<Value>,
    pub(crate) eth_call: Option<Value>,
}

/// A delayed message.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Message {
    pub(crate) index: u64,
    pub(crate) kind: u8,
    pub(crate) sender: Address,
    #[serde(rename = "baseFeeL1")]
    pub(crate) base_fee_l1: String,
    pub(crate) timestamp: u64,
    pub(crate) l1_block_number: u64,
    pub(crate) data: Bytes,
}

impl Message {
    /// As the chain takes it.
    pub(crate) fn to_chain(&self) -> L1Message {
        L1Message {
            kind: self.kind,
            sender: self.sender,
            l1_block: self.l1_block_number,
            timestamp: self.timestamp,
            index: self.index,
            l1_base_fee: self.base_fee_l1.parse().expect("wei"),
            data: self.data.clone(),
        }
    }
}

/// An L2 transaction.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Call {
    pub(crate) from: Address,
    pub(crate) to: Option<Address>,
    pub(crate) calldata: String,
    pub(crate) value: String,
    pub(crate) raw_transaction: String,
}

/// A block of the L2.
#[derive(Debug, Deserialize)]
pub(crate) struct Block {
    pub(crate) number: u64,
    pub(crate) header: Value,
    pub(crate) transactions: Vec<Value>,
    pub(crate) balances: BTreeMap<Address, Balance>,
}

impl Block {
    /// Seconds since 1970.
    pub(crate) fn timestamp(&self) -> u64 {
        quantity(&self.header["timestamp"])
    }

    /// The L1 block number that the block's first transaction brought.
    pub(crate) fn l1_number(&self) -> u64 {
        let input = self.transactions[0]["transaction"]["input"]
            .as_str()
            .unwrap();
        U256::from_str_radix(&input[10 + 64..10 + 128], 16)
            .unwrap()
            .to()
    }
}

/// An account in the block before and in the block.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Balance {
    pub(crate) name: Option<String>,
    pub(crate) before: String,
    pub(crate) after: String,
    pub(crate) nonce_before: u64,
    pub(crate) nonce_after: u64,
}

/// What the ticket's getters gave.
#[derive(Debug, Deserialize)]
pub(crate) struct Getters {
    pub(crate) before: Value,
    pub(crate) after: Value,
}

/// A hexadecimal number of JSON-RPC.
pub(crate) fn quantity(value: &Value) -> u64 {
    value.as_str().unwrap().parse::<U256>().unwrap().to()
}

/// `fixtures/bridge/{name}.json.br` as recorded at `arbos`.
pub(crate) fn recording(name: &str, arbos: u64) -> Recording {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/bridge")
        .join(name)
        .with_extension("json.br");
    let file = std::fs::File::open(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut json = Vec::new();
    brotli::Decompressor::new(file, 1 << 16)
        .read_to_end(&mut json)
        .expect("brotli stream");
    serde_json::from_slice::<BTreeMap<u64, Recording>>(&json)
        .unwrap_or_else(|e| panic!("{}: {e}", path.display()))
        .remove(&arbos)
        .unwrap_or_else(|| panic!("{name} was not recorded at ArbOS {arbos}"))
}
