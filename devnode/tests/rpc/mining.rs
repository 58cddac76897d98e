//! When blocks are made and what time they show.

use serde_json::{Value, json};

use super::client::{Client, SOMEBODY, number};

fn latest(client: &Client) -> Value {
    client.call("eth_getBlockByNumber", json!(["latest", false]))
}

fn time(client: &Client) -> u64 {
    number(&latest(client)["timestamp"])
}

#[test]
fn every_transaction_gets_a_block_after_arbos_has_opened_it() {
    let client = Client::start();
    let receipt = client.send(json!({"from": client.dev(), "to": SOMEBODY, "value": "0x1"}));
    assert_eq!(
        (&receipt["blockNumber"], &receipt["transactionIndex"]),
        (&json!("0x1"), &json!("0x1"))
    );
    let block = client.call("eth_getBlockByNumber", json!(["0x1", true]));
    assert_eq!(block["transactions"][0]["type"], "0x6a");
    assert_eq!(block["transactions"][1]["hash"], receipt["transactionHash"]);
    assert_eq!(block["miner"], "0xa4b000000000000000000073657175656e636572");
}

#[test]
fn without_automatic_mining_transactions_wait() {
    let client = Client::start();
    client.call("evm_setAutomine", json!([false]));
    let tx = json!([{"from": client.dev(), "to": SOMEBODY, "value": "0x1"}]);
    let hashes: Vec<_> = (0..3)
        .map(|_| client.call("eth_sendTransaction", tx.clone()))
        .collect();
    assert_eq!(
        client.call("eth_getTransactionReceipt", json!([hashes[0]])),
        Value::Null
    );
    assert_eq!(
        client.call("eth_getTransactionByHash", json!([hashes[1]]))["blockNumber"],
        Value::Null
    );
    assert_eq!(client.call("txpool_status", json!([]))["pending"], "0x3");
    let pending = json!([client.dev(), "pending"]);
    assert_eq!(client.number("eth_getTransactionCount", pending), 3);
    assert_eq!(
        client.call("anvil_dropTransaction", json!([hashes[2]])),
        hashes[2]
    );
    client.call("evm_mine", json!([]));
    let block = latest(&client);
    assert_eq!(block["transactions"].as_array().unwrap()[1..], hashes[..2]);
    assert_eq!(client.call("hardhat_getAutomine", json!([])), false);
}

#[test]
fn time_can_be_moved_but_not_back() {
    let client = Client::start();
    client.call("evm_mine", json!([]));
    let start = time(&client);
    client.call("evm_increaseTime", json!(["0xe10"]));
    client.call("evm_mine", json!([]));
    assert!((3600..3700).contains(&(time(&client) - start)));
    client.call("evm_setNextBlockTimestamp", json!([start + 10_000]));
    client.call("evm_mine", json!([]));
    assert_eq!(time(&client), start + 10_000);
    client.call("evm_mine", json!([start + 20_000]));
    assert_eq!(time(&client), start + 20_000);
    client.call(
        "evm_mine",
        json!([{"blocks": 2, "timestamp": start + 30_000}]),
    );
    assert!(time(&client) >= start + 30_000);
    assert!(
        client
            .try_call("evm_setNextBlockTimestamp", &json!([start]))
            .is_err()
    );
}

#[test]
fn many_blocks_are_mined_at_once_with_a_given_distance() {
    let client = Client::start();
    client.call("hardhat_mine", json!(["0x3e8", "0x3c"]));
    assert_eq!(client.number("eth_blockNumber", json!([])), 1000);
    let first = client.call("eth_getBlockByNumber", json!(["0x1", false]));
    assert_eq!(time(&client) - number(&first["timestamp"]), 999 * 60);
    let error = client
        .try_call("hardhat_mine", &json!(["0xffffffffffff"]))
        .unwrap_err();
    assert_eq!(error.code, -32005);
}

#[test]
fn blocks_can_be_spaced_by_a_fixed_interval() {
    let client = Client::start();
    client.call("anvil_setBlockTimestampInterval", json!([12]));
    client.call("evm_mine", json!([]));
    let start = time(&client);
    client.call("anvil_mine", json!([5]));
    assert_eq!(time(&client), start + 60);
    assert_eq!(
        client.call("anvil_removeBlockTimestampInterval", json!([])),
        true
    );
}
