//! A node of the recorded chain, asked over JSON-RPC as any client would.

use alloy::{
    primitives::{Address, U256, address},
    rpc::client::RpcClient,
    transports::RpcError as TransportError,
};
use confluence_devnode::{
    DevNode, Options,
    chain::{ArbosVersion, BatchCost, Config, TimeSource},
};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::fixture::Message;

/// Chain owner and network fee account.
pub(crate) const OWNER: Address = address!("a0Ee7A142d267C1f36714E4a8F75612F20a79720");

/// A running node.
pub(crate) struct Node {
    pub(crate) node: DevNode,
    client: RpcClient,
    runtime: Runtime,
}

impl Node {
    /// A chain without accounts, owned by [`OWNER`], with L1 data at this price in wei.
    pub(crate) fn start(arbos: u64, l1_price: u64) -> Self {
        let chain = Config {
            arbos: ArbosVersion::from_number(arbos).expect("a version the devnode has"),
            accounts: Vec::new(),
            chain_owner: OWNER,
            owners: Vec::new(),
            time: TimeSource::Fixed(0),
            l1_price_per_unit: U256::from(l1_price),
            ..Config::default()
        };
        let options = Options {
            chain,
            accounts: 0,
            balance: U256::ZERO,
            ..Options::default()
        };
        let node = DevNode::start(options).expect("devnode starts");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("runtime");
        let client = RpcClient::new_http(node.http_url().parse().expect("url"));
        Self {
            node,
            client,
            runtime,
        }
    }

    /// The answer, or `{"error": ..}`.
    pub(crate) fn ask(&self, method: &'static str, params: Value) -> Value {
        let request = self.client.request::<_, Value>(method, params);
        match self.runtime.block_on(request) {
            Ok(value) => value,
            Err(TransportError::ErrorResp(error)) => {
                let mut told = json!({"code": error.code, "message": error.message});
                if let Some(data) = error.data {
                    told["data"] = serde_json::from_str(data.get()).expect("JSON");
                }
                json!({ "error": told })
            }
            Err(other) => panic!("{method}: {other}"),
        }
    }

    /// `eth_call` without a sender, at a block.
    pub(crate) fn view(&self, to: &str, input: &str, block: u64) -> Value {
        let tag = format!("{block:#x}");
        self.ask("eth_call", json!([{"to": to, "data": input}, tag]))
    }

    /// Number of the newest block.
    pub(crate) fn head(&self) -> u64 {
        self.node.chain().read().head().number()
    }

    /// Hands a delayed message to the chain.
    pub(crate) fn deliver(&self, message: &Message) {
        self.node.chain().write().deliver(&message.to_chain());
    }

    /// Hands a batch poster's report to the chain.
    pub(crate) fn deliver_report(&self, message: &Message, batch: &BatchCost) {
        let message = message.to_chain();
        self.node.chain().write().deliver_report(&message, batch);
    }

    /// Sets both clocks for the next block that is not made of a message.
    pub(crate) fn set_clocks(&self, timestamp: u64, l1_number: u64) {
        let chain = self.node.chain();
        chain.write().set_l1_block(l1_number);
        let set = chain.write().set_next_block_timestamp(timestamp);
        set.expect("time runs forward");
    }
}
