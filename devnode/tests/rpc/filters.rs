//! Log queries and the filters that are polled over HTTP.

use alloy_primitives::B256;
use serde_json::{Value, json};

use super::client::{Client, SOMEBODY};

/// PUSH1 7, PUSH0, MSTORE, CALLDATALOAD(0) as topic, LOG1 of 32 bytes.
pub(crate) const LOGGER: &str = "60075f525f3560205fa1";

fn log(client: &Client, who: impl serde::Serialize, topic: B256) -> Value {
    client.send(json!({"from": client.dev(), "to": who, "data": topic}))
}

#[test]
fn logs_are_found_by_address_and_topic_over_a_range_or_in_one_block() {
    let client = Client::start();
    let logger = client.deploy(LOGGER);
    let (a, b) = (B256::repeat_byte(1), B256::repeat_byte(2));
    let receipt = log(&client, logger, a);
    log(&client, logger, b);
    let count = |filter: Value| {
        client
            .call("eth_getLogs", json!([filter]))
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(count(json!({"fromBlock": "0x0"})), 2);
    assert_eq!(
        count(json!({})),
        1,
        "only the newest block unless said otherwise"
    );
    assert_eq!(count(json!({"fromBlock": "earliest", "topics": [a]})), 1);
    assert_eq!(
        count(json!({"fromBlock": "0x0", "topics": [[a, b]], "address": [logger]})),
        2
    );
    assert_eq!(count(json!({"fromBlock": "0x0", "topics": [null, a]})), 0);
    assert_eq!(count(json!({"fromBlock": "0x0", "address": SOMEBODY})), 0);
    assert_eq!(count(json!({"blockHash": receipt["blockHash"]})), 1);
    let found = client.call("eth_getLogs", json!([{"blockHash": receipt["blockHash"]}]));
    assert_eq!(found, receipt["logs"]);
}

#[test]
fn filters_tell_what_is_new_since_the_last_time() {
    let client = Client::start();
    let logger = client.deploy(LOGGER);
    let blocks = client.call("eth_newBlockFilter", json!([]));
    let logs = client.call("eth_newFilter", json!([{"address": logger}]));
    let pending = client.call("eth_newPendingTransactionFilter", json!([]));
    let changes = |id: &Value| client.call("eth_getFilterChanges", json!([id]));
    assert_eq!(changes(&blocks), json!([]));
    let receipt = log(&client, logger, B256::repeat_byte(1));
    assert_eq!(changes(&blocks), json!([receipt["blockHash"]]));
    assert_eq!(changes(&logs), receipt["logs"]);
    assert_eq!(changes(&pending), json!([receipt["transactionHash"]]));
    for id in [&blocks, &logs, &pending] {
        assert_eq!(changes(id), json!([]), "told once");
    }
    assert_eq!(
        client.call("eth_getFilterLogs", json!([logs])),
        receipt["logs"]
    );
    assert_eq!(client.call("eth_uninstallFilter", json!([logs])), true);
    assert_eq!(client.call("eth_uninstallFilter", json!([logs])), false);
}

#[test]
fn a_filter_goes_back_with_the_chain() {
    let client = Client::start();
    let id = client.call("evm_snapshot", json!([]));
    let blocks = client.call("eth_newBlockFilter", json!([]));
    client.call("hardhat_mine", json!(["0x5"]));
    client.call("eth_getFilterChanges", json!([blocks]));
    client.call("evm_revert", json!([id]));
    client.call("evm_mine", json!([]));
    let latest = client.call("eth_getBlockByNumber", json!(["latest", false]));
    assert_eq!(
        client.call("eth_getFilterChanges", json!([blocks])),
        json!([latest["hash"]])
    );
}

#[test]
fn too_many_filters_push_out_the_one_unused_for_longest() {
    let client = Client::start();
    let ids: Vec<_> = (0..1024)
        .map(|_| client.call("eth_newBlockFilter", json!([])))
        .collect();
    client.call("eth_getFilterChanges", json!([ids[0]]));
    client.call("eth_newBlockFilter", json!([]));
    assert!(
        client
            .try_call("eth_getFilterChanges", &json!([ids[0]]))
            .is_ok()
    );
    assert!(
        client
            .try_call("eth_getFilterChanges", &json!([ids[1]]))
            .is_err()
    );
}
