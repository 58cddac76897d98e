//! Replays one recording against a fresh devnode over JSON-RPC, as any client would.

use std::net::SocketAddr;

use alloy_consensus::{SignableTransaction as _, TxEip1559};
use alloy_eips::eip2718::Encodable2718 as _;
use alloy_primitives::{Bytes, TxKind, U256, hex};
use alloy_signer::SignerSync as _;
use alloy_signer_local::PrivateKeySigner;
use confluence_devnode::{
    DevNode, Options,
    chain::{ArbosVersion, Config},
    rpc::DEV_KEY,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{
    compare::{Differences, PROGRAM_ACTIVATED, data_word},
    fixture::{self, Log, Recording, RpcError, Step, Tx},
    wire,
};

const MAX_FEE_PER_GAS: u128 = 1_000_000_000;
/// Wei per gas in every block of the recordings.
const BASE_FEE: u64 = 100_000_000;
/// Differences shown of one file; the rest is only counted.
const SHOWN: usize = 25;

/// Steps whose answer contains the recording's clock: file and step. Of these the answer is not compared; gas,
/// status and logs are.
/// * 10-random: programs that return the sender's balance, from which activations have taken a data fee that falls with time.
/// * 12-precompiles: `getGasBacklog`, which drains with the seconds between the recorded blocks.
const OF_THE_CLOCK: &[(&str, &[usize])] = &[
    ("10-random", &[21, 46, 76, 83, 94]),
    ("12-precompiles", &[49]),
];

fn is_of_the_clock(file: &str, step: usize) -> bool {
    OF_THE_CLOCK
        .iter()
        .any(|(of, steps)| *of == file && steps.contains(&step))
}

/// Replays `file` as recorded at `arbos` and panics with a report if anything differs.
pub(crate) fn replay(file: &str, arbos: u64) {
    let recording = fixture::recording(file, arbos);
    assert_eq!(recording.chain.arbos, arbos);
    let version = ArbosVersion::from_number(arbos).expect("a version the devnode has");
    let chain = Config {
        arbos: version,
        ..Config::default()
    };
    let node = DevNode::start(Options {
        chain,
        accounts: 0,
        ..Options::default()
    })
    .expect("devnode starts");
    let report = Replay::new(node.address(), &recording).all(file);
    let (steps, wrong) = (recording.steps.len(), report.len());
    println!("ArbOS {arbos} {file}: {steps} steps compared, {wrong} differ");
    if wrong > 0 {
        let shown = report.iter().take(SHOWN).cloned().collect::<String>();
        panic!("ArbOS {arbos} {file}: {wrong} of {steps} steps differ\n{shown}");
    }
}

struct Replay<'a> {
    node: SocketAddr,
    signer: PrivateKeySigner,
    recording: &'a Recording,
    nonce: u64,
}

impl<'a> Replay<'a> {
    fn new(node: SocketAddr, recording: &'a Recording) -> Self {
        Self {
            node,
            signer: PrivateKeySigner::from_bytes(&DEV_KEY).expect("key"),
            recording,
            nonce: recording.chain.first_nonce,
        }
    }

    /// One paragraph per step that differs.
    fn all(mut self, file: &str) -> Vec<String> {
        let mut report = Vec::new();
        for (index, step) in self.recording.steps.iter().enumerate() {
            let mut found = Differences::default();
            match (&step.tx, &step.call) {
                (Some(tx), None) => self.transaction(step, tx, &mut found),
                (None, Some(call)) => self.call(step, call, &mut found),
                _ => panic!("step {index} is neither a transaction nor a call"),
            }
            if is_of_the_clock(file, index) {
                found
                    .0
                    .retain(|difference| !difference.starts_with("return"));
            }
            if !found.0.is_empty() {
                let lines = found.0.join("\n    ");
                report.push(format!("  step {index} \"{}\"\n    {lines}\n", step.name));
            }
        }
        report
    }

    fn call(&self, step: &Step, call: &Value, found: &mut Differences) {
        let got = self.eth_call(call);
        let loose = step.is_loose("return") || drains_by_the_second(call);
        found.outcome(&expected_outcome(step), &got, loose);
    }

    fn transaction(&mut self, step: &Step, tx: &Tx, found: &mut Differences) {
        let expect = &step.expect;
        if expect.returned.is_some() || expect.call_error.is_some() {
            let got = self.eth_call(&self.as_call(tx));
            found.outcome(&expected_outcome(step), &got, step.is_loose("return"));
        }
        let raw = self.signed(tx);
        let hash = match self.request::<String>("eth_sendRawTransaction", &json!([raw])) {
            Ok(hash) => hash,
            Err(got) => match &expect.send_error {
                Some(expected) => return found.error("sendError", expected, &got, false),
                None => return found.equal("sent", &Ok(()), &Err(got)),
            },
        };
        self.nonce += 1;
        if let Some(expected) = &expect.send_error {
            return found.equal("sent", &Err(expected.clone()), &Ok(hash));
        }
        match self.request::<Value>("eth_getTransactionReceipt", &json!([hash])) {
            Ok(receipt) => {
                let got = receipt_matches(step, &receipt, found);
                self.settle(step, &receipt, &got);
            }
            Err(error) => found.equal("receipt", &Ok(()), &Err(error)),
        }
    }

    /// Gives or takes what the sender paid differently from the recording where that cannot be the same: the data fee of an
    /// activation depends on the time. Later steps show the sender's balance, to the wei.
    fn settle(&self, step: &Step, receipt: &Value, logs: &[Log]) {
        let data_fees = |logs: &[Log]| {
            let fees = logs.iter().filter(|log| {
                log.topics
                    .first()
                    .is_some_and(|topic| topic == PROGRAM_ACTIVATED)
            });
            fees.filter_map(|log| U256::from_str_radix(data_word(&log.data, 2)?, 16).ok())
                .fold(U256::ZERO, |sum, fee| sum + fee)
        };
        let gas = |used: u64| U256::from(used) * U256::from(BASE_FEE);
        let ours = data_fees(logs) + gas(number(receipt, "gasUsed").unwrap_or_default());
        let recorded = step.expect.logs.as_deref().unwrap_or_default();
        let theirs = data_fees(recorded) + gas(step.expect.gas_used.unwrap_or_default());
        let sender = self.signer.address();
        if ours != theirs
            && let Ok(balance) = self.request::<U256>("eth_getBalance", &json!([sender, "latest"]))
        {
            let settled = balance + ours - theirs;
            let set = self.request::<bool>("hardhat_setBalance", &json!([sender, settled]));
            assert_eq!(set, Ok(true));
        }
    }

    fn signed(&self, tx: &Tx) -> String {
        let unsigned = TxEip1559 {
            chain_id: self.recording.chain.id,
            nonce: self.nonce,
            gas_limit: tx.gas.parse::<U256>().expect("gas").to(),
            max_fee_per_gas: MAX_FEE_PER_GAS,
            max_priority_fee_per_gas: 0,
            to: tx
                .to
                .as_ref()
                .map_or(TxKind::Create, |to| TxKind::Call(to.parse().expect("to"))),
            value: tx.value.parse().expect("value"),
            access_list: tx
                .access_list
                .clone()
                .map_or_else(Default::default, |list| {
                    serde_json::from_value(list).expect("access list")
                }),
            input: tx.data.parse::<Bytes>().expect("data"),
        };
        let signature = self
            .signer
            .sign_hash_sync(&unsigned.signature_hash())
            .expect("signs");
        hex::encode_prefixed(unsigned.into_signed(signature).encoded_2718())
    }

    /// The `eth_call` that was recorded with a transaction: same gas, fees and value.
    fn as_call(&self, tx: &Tx) -> Value {
        let mut call = json!({
            "from": self.signer.address(),
            "to": tx.to,
            "data": tx.data,
            "value": tx.value,
            "gas": tx.gas,
            "maxFeePerGas": format!("{MAX_FEE_PER_GAS:#x}"),
            "maxPriorityFeePerGas": "0x0",
        });
        if let Some(list) = &tx.access_list {
            call["accessList"] = list.clone();
        }
        call
    }

    fn eth_call(&self, call: &Value) -> Result<String, RpcError> {
        self.request("eth_call", &json!([call, "latest"]))
    }

    fn request<T: DeserializeOwned>(&self, method: &str, params: &Value) -> Result<T, RpcError> {
        let body = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let (_, answer) = wire::post(self.node, &body.to_string());
        let mut answer: Value = serde_json::from_str(&answer).expect("JSON");
        match answer.get_mut("error") {
            Some(error) => Err(serde_json::from_value(error.take()).expect("an error")),
            None => Ok(serde_json::from_value(answer["result"].take()).expect(method)),
        }
    }
}

fn expected_outcome(step: &Step) -> Result<String, RpcError> {
    match (&step.expect.returned, &step.expect.call_error) {
        (Some(data), None) => Ok(data.clone()),
        (None, Some(error)) => Err(error.clone()),
        _ => panic!(
            "\"{}\" expects neither or both of return and callError",
            step.name
        ),
    }
}

/// ArbGasInfo.getGasBacklog tells what was used in the last second or so.
fn drains_by_the_second(call: &Value) -> bool {
    call["data"]
        .as_str()
        .is_some_and(|data| data.starts_with("0x1d5b5c20"))
}

fn number(receipt: &Value, field: &str) -> Option<u64> {
    receipt[field]
        .as_str()
        .and_then(|hex| hex.parse::<U256>().ok())
        .map(|n| n.to::<u64>())
}

/// Compares a receipt and returns its logs.
fn receipt_matches(step: &Step, receipt: &Value, found: &mut Differences) -> Vec<Log> {
    let expect = &step.expect;
    found.equal("status", &expect.status, &number(receipt, "status"));
    if !step.is_loose("gasUsed") {
        let l1 = Some(expect.gas_used_for_l1.unwrap_or(0));
        found.equal("gasUsed", &expect.gas_used, &number(receipt, "gasUsed"));
        found.equal("gasUsedForL1", &l1, &number(receipt, "gasUsedForL1"));
    }
    let created = receipt["contractAddress"].as_str().map(str::to_owned);
    found.equal("contractAddress", &expect.contract_address, &created);
    let got: Vec<Log> = serde_json::from_value(receipt["logs"].clone()).unwrap_or_default();
    found.logs(
        expect.logs.as_deref().unwrap_or_default(),
        &got,
        step.is_loose("logs"),
    );
    got
}
