//! A node and the barest of clients: it can also send what no client should.

use alloy_consensus::{SignableTransaction as _, TxEip1559};
use alloy_eips::eip2718::Encodable2718 as _;
use alloy_primitives::{Address, Bytes, TxKind, U256, hex};
use alloy_signer::SignerSync as _;
use alloy_signer_local::PrivateKeySigner;
use confluence_devnode::{DevNode, Options, rpc::DEV_KEY};
use serde_json::{Value, json};

use super::wire;

/// An account nobody has used.
pub(crate) const SOMEBODY: Address = Address::repeat_byte(0x77);

/// A JSON-RPC error as a client gets it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Failure {
    pub(crate) code: i64,
    pub(crate) message: String,
    pub(crate) data: Option<Value>,
}

/// See the head of this file.
pub(crate) struct Client {
    pub(crate) node: DevNode,
    pub(crate) signer: PrivateKeySigner,
}

impl Client {
    pub(crate) fn start() -> Self {
        Self::start_with(Options {
            accounts: 2,
            ..Options::default()
        })
    }

    pub(crate) fn start_with(options: Options) -> Self {
        let signer = PrivateKeySigner::from_bytes(&DEV_KEY).expect("key");
        Self {
            node: DevNode::start(options).expect("the node starts"),
            signer,
        }
    }

    /// The account that a Nitro dev chain funds.
    pub(crate) fn dev(&self) -> Address {
        self.signer.address()
    }

    /// Sends a request as it is; status and body of the answer.
    pub(crate) fn http(&self, request: &[u8]) -> (u16, String) {
        wire::exchange(self.node.address(), request)
    }

    /// Posts a body.
    pub(crate) fn post(&self, body: &str) -> (u16, String) {
        wire::post(self.node.address(), body)
    }

    /// Calls a method.
    pub(crate) fn try_call(&self, method: &str, params: &Value) -> Result<Value, Failure> {
        let body = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let (status, answer) = self.post(&body.to_string());
        assert_eq!(status, 200, "{answer}");
        let mut answer: Value = serde_json::from_str(&answer).expect("JSON");
        assert_eq!(answer["id"], 1);
        match answer.get("error") {
            None => Ok(answer["result"].take()),
            Some(error) => Err(Failure {
                code: error["code"].as_i64().expect("a code"),
                message: error["message"].as_str().expect("a message").to_owned(),
                data: error.get("data").cloned(),
            }),
        }
    }

    /// Calls a method that must succeed.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "reads better where it is called"
    )]
    pub(crate) fn call(&self, method: &str, params: Value) -> Value {
        self.try_call(method, &params)
            .unwrap_or_else(|error| panic!("{method}{params}: {error:?}"))
    }

    /// A number that a method answers with.
    pub(crate) fn number(&self, method: &str, params: Value) -> u64 {
        number(&self.call(method, params))
    }

    pub(crate) fn balance(&self, who: Address) -> U256 {
        let balance = self.call("eth_getBalance", json!([who, "latest"]));
        balance
            .as_str()
            .and_then(|hex| hex.parse().ok())
            .expect("a balance")
    }

    /// Sends from the dev account and returns the receipt.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "reads better where it is called"
    )]
    pub(crate) fn send(&self, tx: Value) -> Value {
        let hash = self.call("eth_sendTransaction", json!([tx]));
        self.call("eth_getTransactionReceipt", json!([hash]))
    }

    /// Deploys code that is returned by the usual prelude; its address.
    pub(crate) fn deploy(&self, code: &str) -> Address {
        let length = code.len() / 2;
        // PUSH2 length, DUP1, PUSH1 10 (where the code starts), PUSH0, CODECOPY, PUSH0, RETURN.
        let init = format!("0x61{length:04x}80600a5f395ff3{code}");
        let receipt = self.send(json!({"from": self.dev(), "data": init}));
        assert_eq!(receipt["status"], "0x1", "{receipt}");
        serde_json::from_value(receipt["contractAddress"].clone()).expect("an address")
    }

    /// A transfer by the dev account; change it, then sign it.
    pub(crate) fn transfer(&self) -> TxEip1559 {
        TxEip1559 {
            chain_id: 412_346,
            nonce: self.number("eth_getTransactionCount", json!([self.dev(), "pending"])),
            gas_limit: 21_000,
            max_fee_per_gas: 1_000_000_000,
            max_priority_fee_per_gas: 0,
            to: TxKind::Call(SOMEBODY),
            value: U256::from(1),
            access_list: Default::default(),
            input: Bytes::new(),
        }
    }

    /// Signs with the dev account's key.
    pub(crate) fn sign(&self, tx: TxEip1559) -> String {
        let signature = self
            .signer
            .sign_hash_sync(&tx.signature_hash())
            .expect("signs");
        hex::encode_prefixed(tx.into_signed(signature).encoded_2718())
    }
}

/// A hex quantity.
pub(crate) fn number(value: &Value) -> u64 {
    let parsed = value.as_str().and_then(|hex| hex.parse::<U256>().ok());
    parsed
        .unwrap_or_else(|| panic!("{value} is no number"))
        .to()
}
