//! `eth_call` and `eth_estimateGas` with overrides, at any block.

use alloy_primitives::{Address, B256, U256};
use serde_json::json;

use super::client::{Client, SOMEBODY, number};

/// SLOAD(0), MSTORE at 0, RETURN 32 bytes.
const FIRST_SLOT: &str = "0x5f545f5260205ff3";

#[test]
fn overrides_hold_for_one_call() {
    let client = Client::start();
    let slot = |overrides| {
        client.call(
            "eth_call",
            json!([{"to": SOMEBODY}, "latest", {SOMEBODY.to_string(): overrides}]),
        )
    };
    let (key, value) = (B256::ZERO, B256::repeat_byte(9));
    assert_eq!(
        slot(json!({"code": FIRST_SLOT, "stateDiff": {key.to_string(): value}})),
        json!(value)
    );
    assert_eq!(
        slot(json!({"code": FIRST_SLOT, "state": {}})),
        json!(B256::ZERO)
    );
    assert_eq!(
        client.call("eth_call", json!([{"to": SOMEBODY}, "latest"])),
        "0x"
    );
    // SELFBALANCE instead of SLOAD.
    let balance = slot(json!({"code": "0x475f5260205ff3", "balance": "0x64"}));
    assert_eq!(number(&balance), 100);
}

#[test]
fn a_block_can_be_overridden() {
    let client = Client::start();
    // TIMESTAMP, MSTORE, RETURN.
    let code = json!({SOMEBODY.to_string(): {"code": "0x425f5260205ff3"}});
    let time = client.call(
        "eth_call",
        json!([{"to": SOMEBODY}, "latest", code, {"time": "0x1234"}]),
    );
    assert_eq!(number(&time), 0x1234);
}

#[test]
fn calls_see_the_state_after_the_block_they_name() {
    let client = Client::start();
    client.send(json!({"from": client.dev(), "to": SOMEBODY, "value": "0x5"}));
    client.send(json!({"from": client.dev(), "to": SOMEBODY, "value": "0x5"}));
    let balance = |block: &str| number(&client.call("eth_getBalance", json!([SOMEBODY, block])));
    assert_eq!(
        (
            balance("0x0"),
            balance("0x1"),
            balance("0x2"),
            balance("latest")
        ),
        (0, 5, 10, 10)
    );
    let hash = client.call("eth_getBlockByNumber", json!(["0x1", false]))["hash"].clone();
    let at = client.call("eth_getBalance", json!([SOMEBODY, {"blockHash": hash}]));
    assert_eq!(number(&at), 5);
}

#[test]
fn an_estimate_suffices_and_a_failing_call_has_none() {
    let client = Client::start();
    let plain = json!([{"from": client.dev(), "to": SOMEBODY, "value": "0x1"}]);
    assert_eq!(client.number("eth_estimateGas", plain), 21_000);
    let reverting =
        json!([{"to": SOMEBODY}, "latest", {SOMEBODY.to_string(): {"code": "0x5f5ffd"}}]);
    assert_eq!(
        client
            .try_call("eth_estimateGas", &reverting)
            .unwrap_err()
            .code,
        3
    );
    let poor = json!([{"from": Address::repeat_byte(1), "to": SOMEBODY, "value": U256::from(1)}]);
    assert!(client.try_call("eth_estimateGas", &poor).is_err());
}

#[test]
fn an_access_list_names_what_a_call_touches() {
    let client = Client::start();
    let other = Address::repeat_byte(0x99);
    // SLOAD(3), POP, BALANCE(other), POP.
    let code = format!("0x6003545073{other:x}3150");
    let state = json!({SOMEBODY.to_string(): {"code": code}});
    let call = json!({"from": client.dev(), "to": SOMEBODY});
    let created = client.call("eth_createAccessList", json!([call, "latest", state]));
    let expected = json!([
        {"address": SOMEBODY, "storageKeys": [B256::with_last_byte(3)]},
        {"address": other, "storageKeys": []},
    ]);
    assert_eq!(created["accessList"], expected);
    assert!(number(&created["gasUsed"]) > 21_000);
}
