//! Bad input: what is wrong with it, and the code and message that a Nitro node gives.

use alloy_consensus::TxEip1559;
use alloy_primitives::{Address, Bytes, TxKind, U256, hex};
use serde_json::{Value, json};

use super::client::{Client, Failure, SOMEBODY};

fn failure(code: i64, message: impl Into<String>) -> Failure {
    Failure {
        code,
        message: message.into(),
        data: None,
    }
}

#[test]
fn parameters_that_cannot_be_read_are_refused_in_nitros_words() {
    let client = Client::start();
    let call = json!({"to": SOMEBODY});
    let cases: [(&str, Value, i64, &str); 24] = [
        (
            "eth_noSuchMethod",
            json!([]),
            -32601,
            "the method eth_noSuchMethod does not exist/is not available",
        ),
        (
            "nonsense",
            json!([]),
            -32601,
            "the method nonsense does not exist/is not available",
        ),
        (
            "eth_subscribe",
            json!(["newHeads"]),
            -32601,
            "notifications not supported",
        ),
        (
            "eth_getBalance",
            json!({"address": SOMEBODY}),
            -32602,
            "non-array args",
        ),
        (
            "eth_getBalance",
            json!([]),
            -32602,
            "missing value for required argument 0",
        ),
        (
            "eth_getBalance",
            json!([SOMEBODY, "latest", 1]),
            -32602,
            "too many arguments, want at most 2",
        ),
        (
            "eth_blockNumber",
            json!([1]),
            -32602,
            "too many arguments, want at most 0",
        ),
        (
            "eth_getBalance",
            json!([7, "latest"]),
            -32602,
            "invalid argument 0: json: cannot unmarshal non-string into Go value of type common.Address",
        ),
        (
            "eth_getBalance",
            json!(["77", "latest"]),
            -32602,
            "invalid argument 0: json: cannot unmarshal hex string without 0x prefix into Go value of type common.Address",
        ),
        (
            "eth_getBalance",
            json!(["0x77", "latest"]),
            -32602,
            "invalid argument 0: hex string has length 2, want 40 for common.Address",
        ),
        (
            "eth_getBalance",
            json!([SOMEBODY, "newest"]),
            -32602,
            "invalid argument 1: hex string without 0x prefix",
        ),
        (
            "eth_getBalance",
            json!([SOMEBODY, 1]),
            -32602,
            "invalid argument 1: json: cannot unmarshal number into Go value of type string",
        ),
        (
            "eth_getBlockByNumber",
            json!(["0x01", false]),
            -32602,
            "invalid argument 0: hex number with leading zero digits",
        ),
        (
            "eth_getBlockByNumber",
            json!(["latest", "yes"]),
            -32602,
            "invalid argument 1: json: cannot unmarshal string into Go value of type bool",
        ),
        (
            "eth_getTransactionByHash",
            json!(["0x1234"]),
            -32602,
            "invalid argument 0: hex string has length 4, want 64 for common.Hash",
        ),
        (
            "eth_call",
            json!(["0x12", "latest"]),
            -32602,
            "invalid argument 0: json: cannot unmarshal string into Go value of type ethapi.TransactionArgs",
        ),
        (
            "eth_call",
            json!([{"to": SOMEBODY, "gas": 5}, "latest"]),
            -32602,
            "invalid argument 0: json: cannot unmarshal non-string into Go struct field TransactionArgs.gas of type hexutil.Uint64",
        ),
        (
            "eth_call",
            json!([{"to": SOMEBODY, "data": "0x123"}, "latest"]),
            -32602,
            "invalid argument 0: json: cannot unmarshal hex string of odd length into Go struct field TransactionArgs.data of type hexutil.Bytes",
        ),
        (
            "eth_call",
            json!([{"gasPrice": "0x1", "maxFeePerGas": "0x1"}, "latest"]),
            -32000,
            "both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified",
        ),
        (
            "eth_sendRawTransaction",
            json!(["0xzz"]),
            -32602,
            "invalid argument 0: json: cannot unmarshal invalid hex string into Go value of type hexutil.Bytes",
        ),
        (
            "eth_getStorageAt",
            json!([SOMEBODY, "0xzz", "latest"]),
            -32000,
            "unable to decode storage key: hex string invalid",
        ),
        (
            "eth_getLogs",
            json!([{"fromBlock": "0x2", "toBlock": "0x1"}]),
            -32000,
            "invalid block range params",
        ),
        (
            "eth_getFilterChanges",
            json!(["0x1"]),
            -32000,
            "filter not found",
        ),
        (
            "debug_traceCall",
            json!([call, "latest", {"tracer": "noTracer"}]),
            -32602,
            "invalid argument 2: unknown tracer: this node has callTracer, prestateTracer, stylusTracer and the default",
        ),
    ];
    for (method, params, code, message) in cases {
        let error = client.try_call(method, &params).expect_err(method);
        assert_eq!(error, failure(code, message), "{method}{params}");
    }
}

#[test]
fn unknown_blocks_and_transactions_are_null_or_an_error_as_on_nitro() {
    let client = Client::start();
    let unknown = format!("0x{}", "12".repeat(32));
    for (method, params) in [
        ("eth_getBlockByNumber", json!(["0x1234", false])),
        ("eth_getBlockByHash", json!([unknown, false])),
        ("eth_getTransactionByHash", json!([unknown])),
        ("eth_getTransactionReceipt", json!([unknown])),
        ("eth_getBlockReceipts", json!(["0x1234"])),
        ("eth_getBlockTransactionCountByNumber", json!(["0x1234"])),
        (
            "eth_getTransactionByBlockNumberAndIndex",
            json!(["0x0", "0x7"]),
        ),
    ] {
        assert_eq!(client.call(method, params), Value::Null, "{method}");
    }
    let call = json!({"to": SOMEBODY});
    for (method, params, message) in [
        (
            "eth_getBalance",
            json!([SOMEBODY, "0x1234"]),
            "header not found",
        ),
        (
            "eth_getCode",
            json!([SOMEBODY, "0x1234"]),
            "header not found",
        ),
        ("eth_call", json!([call, "0x1234"]), "header not found"),
        (
            "eth_getLogs",
            json!([{"blockHash": unknown}]),
            "unknown block",
        ),
        (
            "debug_traceTransaction",
            json!([unknown]),
            "transaction not found",
        ),
    ] {
        let error = client.try_call(method, &params).expect_err(method);
        assert_eq!(error, failure(-32000, message), "{method}");
    }
}

#[test]
fn transactions_that_cannot_be_executed_are_refused_in_nitros_words() {
    let client = Client::start();
    let dev = client.dev();
    client.call(
        "eth_sendRawTransaction",
        json!([client.sign(client.transfer())]),
    );
    let balance = client.balance(dev);
    let poor: U256 = U256::from(10).pow(U256::from(24));
    let wanted = poor + U256::from(21_000_000_000_000_u64);
    let change = |change: &dyn Fn(&mut TxEip1559)| {
        let mut tx = client.transfer();
        change(&mut tx);
        client.sign(tx)
    };
    let cases = [
        (
            change(&|tx| tx.nonce = 0),
            format!("nonce too low: address {dev}, tx: 0 state: 1"),
        ),
        (
            change(&|tx| tx.nonce = 9),
            format!("nonce too high: address {dev}, tx: 9 state: 1"),
        ),
        (
            change(&|tx| tx.max_fee_per_gas = 99_999_999),
            format!(
                "max fee per gas less than block base fee: address {dev}, maxFeePerGas: 99999999, baseFee: 100000000"
            ),
        ),
        (
            change(&|tx| tx.value = poor),
            format!(
                "insufficient funds for gas * price + value: address {dev} have {balance} want {wanted}"
            ),
        ),
        (
            change(&|tx| tx.gas_limit = 20_999),
            "intrinsic gas too low".into(),
        ),
        (
            change(&|tx| tx.input = Bytes::from_static(&[1; 10])),
            "intrinsic gas too low".into(),
        ),
        (
            change(&|tx| tx.chain_id = 1),
            "invalid chain id for signer: have 1 want 412346".into(),
        ),
        (
            change(&|tx| tx.max_fee_per_gas = 10_u128.pow(14)),
            "tx fee (2.10 ether) exceeds the configured cap (1.00 ether)".into(),
        ),
        (
            change(&|tx| {
                tx.to = TxKind::Create;
                tx.gas_limit = 30_000_000;
                tx.input = vec![0; 49_153].into();
            }),
            "max initcode size exceeded: code size 49153 limit 49152".into(),
        ),
        (
            change(&|tx| tx.max_priority_fee_per_gas = 2_000_000_000),
            format!(
                "max priority fee per gas higher than max fee per gas: address {dev}, maxPriorityFeePerGas: 2000000000, maxFeePerGas: 1000000000"
            ),
        ),
        ("0x".into(), "typed transaction too short".into()),
        ("0x02".into(), "typed transaction too short".into()),
        ("0x03c0".into(), "transaction type not supported".into()),
        ("0x6ac0".into(), "transaction type not supported".into()),
        (
            broken_signature(&client),
            "invalid transaction v, r, s values".into(),
        ),
    ];
    for (raw, message) in cases {
        let error = client
            .try_call("eth_sendRawTransaction", &json!([raw]))
            .expect_err(&message);
        assert_eq!(error, failure(-32000, message));
    }
    assert_eq!(
        client.number("eth_blockNumber", json!([])),
        1,
        "nothing of it got into the chain"
    );
}

/// A transfer whose signature has an s of zero.
fn broken_signature(client: &Client) -> String {
    let mut raw = hex::decode(client.sign(client.transfer())).expect("hex");
    let s = raw.len() - 32;
    raw[s..].fill(0);
    raw[s] = 1;
    // An s above half the curve's order is not accepted either.
    raw[s..].fill(0xfe);
    hex::encode_prefixed(raw)
}

#[test]
fn a_transaction_from_an_account_without_key_is_refused() {
    let client = Client::start();
    let tx = json!([{"from": SOMEBODY, "to": Address::ZERO, "gas": "0x5208"}]);
    let error = client
        .try_call("eth_sendTransaction", &tx)
        .expect_err("no key");
    assert_eq!(error, failure(-32000, "unknown account"));
    let error = client
        .try_call("eth_sign", &json!([SOMEBODY, "0x00"]))
        .expect_err("no key");
    assert_eq!(error, failure(-32000, "unknown account"));
}

#[test]
fn what_the_evm_refuses_has_nitros_code_message_and_data() {
    let client = Client::start();
    // PUSH1 n, PUSH0, REVERT: reverts with n zero bytes of memory; INVALID; JUMP to nowhere; an endless loop.
    let call = |code: &str, gas: &str| {
        let state = json!({SOMEBODY.to_string(): {"code": code}});
        client.try_call(
            "eth_call",
            &json!([{"to": SOMEBODY, "gas": gas}, "latest", state]),
        )
    };
    let reverted = |data: &str| Failure {
        data: Some(json!(data)),
        ..failure(3, "execution reverted")
    };
    let cases = [
        ("0x60005ffd", "0x10000", reverted("0x")),
        ("0x60025ffd", "0x10000", reverted("0x0000")),
        (
            "0xfe",
            "0x10000",
            failure(-32000, "invalid opcode: INVALID"),
        ),
        (
            "0x5f56",
            "0x10000",
            failure(-32000, "invalid jump destination"),
        ),
        (
            "0x50",
            "0x10000",
            failure(-32000, "stack underflow (0 <=> 1)"),
        ),
        ("0x5b5f56", "0x10000", failure(-32000, "out of gas")),
        (
            "0x0c",
            "0x10000",
            failure(-32000, "invalid opcode: opcode 0xc not defined"),
        ),
        (
            "0x00",
            "0x100",
            failure(
                -32000,
                "err: intrinsic gas too low: have 256, want 21000 (supplied gas 256)",
            ),
        ),
    ];
    for (code, gas, expected) in cases {
        assert_eq!(call(code, gas).expect_err(code), expected, "{code}");
    }
}
