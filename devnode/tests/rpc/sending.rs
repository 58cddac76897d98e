//! Transactions of every type, and what their receipts and fees say.

use alloy_primitives::{Address, U256};
use serde_json::{Value, json};

use super::client::{Client, SOMEBODY, number};

#[test]
fn a_raw_transaction_has_its_receipt_at_once_and_pays_the_base_fee_alone() {
    let client = Client::start();
    let before = client.balance(client.dev());
    let mut tx = client.transfer();
    tx.max_priority_fee_per_gas = 500_000_000;
    let raw = client.sign(tx);
    let hash = client.call("eth_sendRawTransaction", json!([raw]));
    let receipt = client.call("eth_getTransactionReceipt", json!([hash]));
    assert_eq!(
        (&receipt["gasUsed"], &receipt["effectiveGasPrice"]),
        (&json!("0x5208"), &json!("0x5f5e100"))
    );
    let paid = before - client.balance(client.dev());
    assert_eq!(
        paid,
        U256::from(21_000_u64 * 100_000_000 + 1),
        "Nitro drops the tip"
    );
    assert_eq!(
        client.call("eth_getRawTransactionByHash", json!([hash])),
        json!(raw)
    );
    let again = client
        .try_call("eth_sendRawTransaction", &json!([raw]))
        .unwrap_err();
    assert!(
        again.message.contains("already known") || again.message.contains("nonce too low"),
        "{again:?}"
    );
}

#[test]
fn the_request_decides_the_type() {
    let client = Client::start();
    let (from, list) = (
        client.dev(),
        json!([{"address": SOMEBODY, "storageKeys": []}]),
    );
    let requests = [
        (
            "0x0",
            json!({"from": from, "to": SOMEBODY, "gasPrice": "0x5f5e100"}),
        ),
        (
            "0x1",
            json!({"from": from, "to": SOMEBODY, "gasPrice": "0x5f5e100", "accessList": list}),
        ),
        ("0x2", json!({"from": from, "to": SOMEBODY})),
    ];
    for (kind, request) in requests {
        let receipt = client.send(request);
        assert_eq!(
            (&receipt["type"], &receipt["status"]),
            (&json!(kind), &json!("0x1"))
        );
    }
}

#[test]
fn what_a_request_leaves_open_is_filled_in() {
    let client = Client::start();
    client.send(json!({"from": client.dev(), "to": SOMEBODY}));
    let signed = client.call(
        "eth_signTransaction",
        json!([{"from": client.dev(), "to": SOMEBODY, "value": "0x9"}]),
    );
    let tx = &signed["tx"];
    assert_eq!(
        (&tx["nonce"], &tx["chainId"], &tx["value"]),
        (&json!("0x1"), &json!("0x64aba"), &json!("0x9"))
    );
    assert!(number(&tx["gas"]) >= 21_000);
    let hash = client.call("eth_sendRawTransaction", json!([signed["raw"]]));
    assert_eq!(&hash, &tx["hash"]);
}

#[test]
fn a_failed_transaction_is_in_the_chain_with_status_0() {
    let client = Client::start();
    let reverts = client.deploy("5f5ffd");
    let receipt = client.send(json!({"from": client.dev(), "to": reverts, "gas": "0x10000"}));
    assert_eq!(
        (&receipt["status"], &receipt["logs"]),
        (&json!("0x0"), &json!([]))
    );
}

#[test]
fn accounts_are_funded_and_listed() {
    let client = Client::start();
    let accounts: Vec<Address> =
        serde_json::from_value(client.call("eth_accounts", json!([]))).unwrap();
    assert_eq!((accounts.len(), accounts[0]), (3, client.dev()));
    let ether = U256::from(10).pow(U256::from(18));
    assert_eq!(client.balance(accounts[0]), U256::from(1000) * ether);
    assert_eq!(client.balance(accounts[1]), U256::from(10_000) * ether);
}

#[test]
fn fees_are_the_base_fee_and_history_says_so() {
    let client = Client::start();
    assert_eq!(client.call("eth_gasPrice", json!([])), "0x5f5e100");
    assert_eq!(client.call("eth_maxPriorityFeePerGas", json!([])), "0x0");
    client.call("hardhat_mine", json!(["0x3"]));
    let history = client.call("eth_feeHistory", json!(["0x2", "latest", [20, 80]]));
    assert_eq!(history["oldestBlock"], "0x2");
    assert_eq!(
        history["baseFeePerGas"],
        json!(["0x5f5e100", "0x5f5e100", "0x5f5e100"])
    );
    assert_eq!(history["reward"], json!([["0x0", "0x0"], ["0x0", "0x0"]]));
    assert_eq!(history["gasUsedRatio"].as_array().unwrap().len(), 2);
    let without = client.call("eth_feeHistory", json!([1, "0x1"]));
    assert_eq!(without.get("reward"), None::<&Value>);
    assert_eq!(without["baseFeePerGas"].as_array().unwrap().len(), 2);
}
