//! Replays one recording against a fresh devnode over JSON-RPC, as any client would.

use super::{
    compare::Differences,
    fixture::{self, Log, Recording, RpcError, Step, Tx},
};
use alloy::{
    consensus::{SignableTransaction as _, TxEip1559},
    eips::eip2718::Encodable2718 as _,
    hex,
    primitives::{Bytes, TxKind, U256},
    rpc::client::RpcClient,
    signers::{SignerSync as _, local::PrivateKeySigner},
    transports::RpcError as TransportError,
};
use confluence_devnode::{
    DevNode, Options,
    chain::{ArbosVersion, Config},
};
use serde_json::{Value, json};

/// The account every recorded transaction comes from.
const DEV_KEY: &str = "0xb6b15c8cb491557369f3c7d2c287b053eb229daa9c22138887752191c9520659";
const MAX_FEE_PER_GAS: u128 = 1_000_000_000;
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
pub fn replay(file: &str, arbos: u64) {
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
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("runtime");
    let report =
        runtime.block_on(async { Replay::new(&node.http_url(), &recording).all(file).await });
    let (steps, wrong) = (recording.steps.len(), report.len());
    println!("ArbOS {arbos} {file}: {steps} steps compared, {wrong} differ");
    if wrong > 0 {
        let shown = report.iter().take(SHOWN).cloned().collect::<String>();
        panic!("ArbOS {arbos} {file}: {wrong} of {steps} steps differ\n{shown}");
    }
}

struct Replay<'a> {
    client: RpcClient,
    signer: PrivateKeySigner,
    recording: &'a Recording,
    nonce: u64,
}

impl<'a> Replay<'a> {
    fn new(url: &str, recording: &'a Recording) -> Self {
        Self {
            client: RpcClient::new_http(url.parse().expect("url")),
            signer: DEV_KEY.parse().expect("key"),
            recording,
            nonce: recording.chain.first_nonce,
        }
    }

    /// One paragraph per step that differs.
    async fn all(mut self, file: &str) -> Vec<String> {
        let mut report = Vec::new();
        for (index, step) in self.recording.steps.iter().enumerate() {
            let mut found = Differences::default();
            match (&step.tx, &step.call) {
                (Some(tx), None) => self.transaction(step, tx, &mut found).await,
                (None, Some(call)) => self.call(step, call, &mut found).await,
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

    async fn call(&self, step: &Step, call: &Value, found: &mut Differences) {
        let got = self.eth_call(call.clone()).await;
        found.outcome(&expected_outcome(step), &got, step.is_loose("return"));
    }

    async fn transaction(&mut self, step: &Step, tx: &Tx, found: &mut Differences) {
        let expect = &step.expect;
        if expect.returned.is_some() || expect.call_error.is_some() {
            let got = self.eth_call(self.as_call(tx)).await;
            found.outcome(&expected_outcome(step), &got, step.is_loose("return"));
        }
        let raw = self.signed(tx);
        let hash = match self
            .request::<String>("eth_sendRawTransaction", json!([raw]))
            .await
        {
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
        match self
            .request::<Value>("eth_getTransactionReceipt", json!([hash]))
            .await
        {
            Ok(receipt) => receipt_matches(step, &receipt, found),
            Err(error) => found.equal("receipt", &Ok(()), &Err(error)),
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

    async fn eth_call(&self, call: Value) -> Result<String, RpcError> {
        self.request("eth_call", json!([call, "latest"])).await
    }

    async fn request<
        T: serde::de::DeserializeOwned + std::fmt::Debug + Send + Sync + Unpin + 'static,
    >(
        &self,
        method: &'static str,
        params: Value,
    ) -> Result<T, RpcError> {
        match self.client.request::<_, T>(method, params).await {
            Ok(value) => Ok(value),
            Err(TransportError::ErrorResp(error)) => Err(RpcError {
                code: error.code,
                message: error.message.to_string(),
                data: error.data.map(|data| {
                    serde_json::from_str(data.get()).unwrap_or_else(|_| data.get().to_owned())
                }),
            }),
            Err(other) => panic!("{method}: {other}"),
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

fn receipt_matches(step: &Step, receipt: &Value, found: &mut Differences) {
    let expect = &step.expect;
    let number = |field: &str| {
        receipt[field]
            .as_str()
            .and_then(|hex| hex.parse::<U256>().ok())
            .map(|n| n.to::<u64>())
    };
    found.equal("status", &expect.status, &number("status"));
    if !step.is_loose("gasUsed") {
        found.equal("gasUsed", &expect.gas_used, &number("gasUsed"));
        found.equal(
            "gasUsedForL1",
            &Some(expect.gas_used_for_l1.unwrap_or(0)),
            &number("gasUsedForL1"),
        );
    }
    let created = receipt["contractAddress"].as_str().map(str::to_owned);
    found.equal("contractAddress", &expect.contract_address, &created);
    let got: Vec<Log> = serde_json::from_value(receipt["logs"].clone()).unwrap_or_default();
    found.logs(
        expect.logs.as_deref().unwrap_or_default(),
        &got,
        step.is_loose("logs"),
    );
}
