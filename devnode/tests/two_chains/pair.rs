//! A pair of chains for one test, and the words in which tests speak of it.

use std::time::{Duration, Instant};

use alloy::rpc::client::RpcClient;
use alloy_primitives::{Address, B256, Bytes, U64, U256, address};
use alloy_sol_types::{SolCall, sol};
use confluence_devnode::{
    Options,
    bridge::{Status, TwoChains},
};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// Second account of the test mnemonic: sends on L1.
pub(crate) const ALICE: Address = address!("70997970C51812dc3A010C7d01b50e0d17dc79C8");
/// Third account: sends on L2.
pub(crate) const BOB: Address = address!("3C44CdDdB6a900fa2b585dd299e03d12FA4293BC");
/// One gwei in wei.
pub(crate) const GWEI: u64 = 1_000_000_000;

sol! {
    #[derive(Debug)]
    interface Inbox {
        function depositEth() external payable returns (uint256);
        function createRetryableTicket(address to, uint256 l2CallValue, uint256 maxSubmissionCost, address excessFeeRefundAddress, address callValueRefundAddress, uint256 gasLimit, uint256 maxFeePerGas, bytes data) external payable returns (uint256);
        function unsafeCreateRetryableTicket(address to, uint256 l2CallValue, uint256 maxSubmissionCost, address excessFeeRefundAddress, address callValueRefundAddress, uint256 gasLimit, uint256 maxFeePerGas, bytes data) external payable returns (uint256);
        function sendL2MessageFromOrigin(bytes messageData) external returns (uint256);
        function sendL2Message(bytes messageData) external returns (uint256);
        function sendUnsignedTransaction(uint256 gasLimit, uint256 maxFeePerGas, uint256 nonce, address to, uint256 value, bytes data) external returns (uint256);
        function sendL1FundedUnsignedTransaction(uint256 gasLimit, uint256 maxFeePerGas, uint256 nonce, address to, bytes data) external payable returns (uint256);
        function sendL1FundedContractTransaction(uint256 gasLimit, uint256 maxFeePerGas, address to, bytes data) external payable returns (uint256);
        function sendContractTransaction(uint256 gasLimit, uint256 maxFeePerGas, address to, uint256 value, bytes data) external returns (uint256);
        function calculateRetryableSubmissionFee(uint256 dataLength, uint256 baseFee) external view returns (uint256);
    }
    interface ArbRetryableTx {
        function redeem(bytes32 ticketId) external returns (bytes32);
        function keepalive(bytes32 ticketId) external returns (uint256);
        function cancel(bytes32 ticketId) external;
        function getTimeout(bytes32 ticketId) external view returns (uint256);
        function getBeneficiary(bytes32 ticketId) external view returns (address);
    }
    interface ArbSys {
        function sendTxToL1(address destination, bytes data) external payable returns (uint256);
        function withdrawEth(address destination) external payable returns (uint256);
    }
    interface NodeInterface {
        function constructOutboxProof(uint64 size, uint64 leaf) external view returns (bytes32 send, bytes32 root, bytes32[] proof);
    }
    interface Outbox {
        function executeTransaction(bytes32[] proof, uint256 index, address l2Sender, address to, uint256 l2Block, uint256 l1Block, uint256 l2Timestamp, uint256 value, bytes data) external;
        function isSpent(uint256 index) external view returns (bool);
    }
}

/// ArbRetryableTx.
pub(crate) const RETRYABLES: Address = address!("000000000000000000000000000000000000006e");
/// ArbSys.
pub(crate) const ARB_SYS: Address = address!("0000000000000000000000000000000000000064");
/// NodeInterface.
pub(crate) const NODE_INTERFACE: Address = address!("00000000000000000000000000000000000000c8");

/// One chain, asked over JSON-RPC.
pub(crate) struct Rpc {
    client: RpcClient,
    runtime: Runtime,
}

impl Rpc {
    pub(crate) fn new(url: &str) -> Self {
        Self {
            client: RpcClient::new_http(url.parse().expect("a URL")),
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime"),
        }
    }

    /// The answer, or what the node says is wrong.
    pub(crate) fn try_ask(&self, method: &'static str, params: Value) -> Result<Value, String> {
        let request = self.client.request::<Value, Value>(method, params);
        self.runtime
            .block_on(request)
            .map_err(|error| error.to_string())
    }

    pub(crate) fn ask(&self, method: &'static str, params: Value) -> Value {
        self.try_ask(method, params)
            .unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Sends as an unlocked account; the receipt, if the node took it.
    pub(crate) fn try_send(
        &self,
        from: Address,
        to: Address,
        value: U256,
        call: Vec<u8>,
    ) -> Result<Value, String> {
        let data = Bytes::from(call);
        let tx = json!([{"from": from, "to": to, "value": value, "data": data}]);
        let hash = self.try_ask("eth_sendTransaction", tx)?;
        Ok(self.mined(&hash))
    }

    /// Sends as an unlocked account and expects success.
    pub(crate) fn send(&self, from: Address, to: Address, value: U256, call: Vec<u8>) -> Value {
        let receipt = self
            .try_send(from, to, value, call)
            .unwrap_or_else(|error| panic!("sending: {error}"));
        assert_eq!(receipt["status"], "0x1", "{receipt}");
        receipt
    }

    pub(crate) fn call<C: SolCall>(&self, to: Address, call: &C) -> C::Return {
        let data = Bytes::from(call.abi_encode());
        let answer = self.ask("eth_call", json!([{"to": to, "data": data}, "latest"]));
        let answer: Bytes = serde_json::from_value(answer).expect("bytes");
        C::abi_decode_returns(&answer).unwrap_or_else(|error| panic!("{error}: {answer}"))
    }

    pub(crate) fn balance(&self, who: Address) -> U256 {
        word(&self.ask("eth_getBalance", json!([who, "latest"])))
    }

    pub(crate) fn block_number(&self) -> u64 {
        number(&self.ask("eth_blockNumber", json!([])))
    }

    /// The receipt of a transaction sent. Anvil answers before the transaction is in a block.
    pub(crate) fn mined(&self, hash: &Value) -> Value {
        let deadline = Instant::now() + Duration::from_secs(60);
        while Instant::now() < deadline {
            let receipt = self.ask("eth_getTransactionReceipt", json!([hash]));
            if !receipt.is_null() {
                return receipt;
            }
            std::thread::yield_now();
        }
        panic!("{hash} is in no block");
    }

    pub(crate) fn receipt(&self, hash: B256) -> Value {
        self.ask("eth_getTransactionReceipt", json!([hash]))
    }

    pub(crate) fn latest(&self) -> Value {
        self.ask("eth_getBlockByNumber", json!(["latest", true]))
    }
}

/// Both chains.
pub(crate) struct Pair {
    pub(crate) chains: TwoChains,
    pub(crate) l1: Rpc,
    pub(crate) l2: Rpc,
}

impl Pair {
    pub(crate) fn start() -> Self {
        Self::start_with(Options::default())
    }

    pub(crate) fn start_with(options: Options) -> Self {
        let chains = TwoChains::start_with(options).expect("both chains start");
        let (l1, l2) = (Rpc::new(&chains.l1_url()), Rpc::new(&chains.l2_url()));
        Self { chains, l1, l2 }
    }

    /// Lets everything arrive that is not held back.
    pub(crate) fn sync(&self) -> Status {
        self.chains.sync().expect("L1 answers")
    }

    /// Sends to the Inbox as Alice and lets it arrive.
    pub(crate) fn inbox(&self, value: U256, call: &impl SolCall) -> Value {
        let receipt = self.post(value, call);
        self.sync();
        receipt
    }

    /// Sends to the Inbox as Alice.
    pub(crate) fn post(&self, value: U256, call: &impl SolCall) -> Value {
        let inbox = self.chains.contracts().inbox;
        self.l1.send(ALICE, inbox, value, call.abi_encode())
    }
}

/// A word of an answer.
pub(crate) fn word(value: &Value) -> U256 {
    serde_json::from_value(value.clone()).unwrap_or_else(|_| panic!("not a number: {value}"))
}

/// A small number of an answer.
pub(crate) fn number(value: &Value) -> u64 {
    let number: U64 =
        serde_json::from_value(value.clone()).unwrap_or_else(|_| panic!("not a number: {value}"));
    number.to()
}

/// Ether in wei.
pub(crate) fn ether(amount: u64) -> U256 {
    U256::from(amount) * confluence_devnode::chain::ETHER
}
