//! Accounts, code, storage and clocks as a test wants them.

use alloy_primitives::{Address, B256, U256};
use serde_json::json;

use super::client::{Client, SOMEBODY, number};

/// NUMBER, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN.
const BLOCK_NUMBER: &str = "0x435f5260205ff3";

fn block_number(client: &Client) -> u64 {
    number(&client.call("eth_call", json!([{"to": SOMEBODY}, "latest"])))
}

#[test]
fn accounts_can_be_given_balance_nonce_code_and_storage() {
    for prefix in ["hardhat", "anvil"] {
        let client = Client::start();
        let set = |what: &str, value| {
            assert_eq!(client.call(&format!("{prefix}_set{what}"), value), true);
        };
        set("Balance", json!([SOMEBODY, "0x64"]));
        set("Nonce", json!([SOMEBODY, "0x7"]));
        set("Code", json!([SOMEBODY, "0x6001"]));
        set("StorageAt", json!([SOMEBODY, "0x2", B256::repeat_byte(3)]));
        assert_eq!(client.balance(SOMEBODY), U256::from(100));
        assert_eq!(
            client.number("eth_getTransactionCount", json!([SOMEBODY, "latest"])),
            7
        );
        assert_eq!(
            client.call("eth_getCode", json!([SOMEBODY, "latest"])),
            "0x6001"
        );
        let slot = client.call("eth_getStorageAt", json!([SOMEBODY, "0x2", "latest"]));
        assert_eq!(slot, json!(B256::repeat_byte(3)));
    }
}

#[test]
fn an_impersonated_account_sends_without_a_key_until_it_is_stopped() {
    let client = Client::start();
    client.call("hardhat_setBalance", json!([SOMEBODY, "0xde0b6b3a7640000"]));
    client.call("hardhat_impersonateAccount", json!([SOMEBODY]));
    let to = Address::repeat_byte(5);
    let receipt = client.send(json!({"from": SOMEBODY, "to": to, "value": "0x5"}));
    assert_eq!(
        (&receipt["status"], &receipt["from"]),
        (&json!("0x1"), &json!(SOMEBODY))
    );
    assert_eq!(client.balance(to), U256::from(5));
    client.call("hardhat_stopImpersonatingAccount", json!([SOMEBODY]));
    let again = json!([{"from": SOMEBODY, "to": to, "value": "0x5"}]);
    assert!(client.try_call("eth_sendTransaction", &again).is_err());
    client.call("anvil_autoImpersonateAccount", json!([true]));
    assert!(client.try_call("eth_sendTransaction", &again).is_ok());
}

#[test]
fn a_snapshot_brings_everything_back_once() {
    let client = Client::start();
    let before = client.call("eth_getBlockByNumber", json!(["latest", false]));
    let id = client.call("evm_snapshot", json!([]));
    client.send(json!({"from": client.dev(), "to": SOMEBODY, "value": "0x5"}));
    client.call("hardhat_setCode", json!([SOMEBODY, "0x00"]));
    client.call("evm_increaseTime", json!([1000]));
    assert_eq!(client.call("evm_revert", json!([id])), true);
    assert_eq!(client.balance(SOMEBODY), U256::ZERO);
    assert_eq!(
        client.call("eth_getCode", json!([SOMEBODY, "latest"])),
        "0x"
    );
    assert_eq!(
        client.call("eth_getBlockByNumber", json!(["latest", false])),
        before
    );
    assert_eq!(
        client.call("evm_revert", json!([id])),
        false,
        "it is used up"
    );
}

#[test]
fn block_number_follows_the_l1_clock() {
    let client = Client::start();
    client.call("hardhat_setCode", json!([SOMEBODY, BLOCK_NUMBER]));
    client.call("evm_mine", json!([]));
    assert_eq!(block_number(&client), 0, "L2 blocks do not move it");
    assert_eq!(
        client.number("confluence_setL1BlockNumber", json!([1000])),
        1000
    );
    assert_eq!(block_number(&client), 0, "the next block learns of it");
    client.call("evm_mine", json!([]));
    assert_eq!(block_number(&client), 1000);
    assert_eq!(client.number("confluence_advanceL1Block", json!([])), 1001);
    assert_eq!(
        client.number("confluence_advanceL1Block", json!(["0x9"])),
        1010
    );
    client.call("evm_mine", json!([]));
    let block = client.call("eth_getBlockByNumber", json!(["latest", false]));
    assert_eq!(
        (block_number(&client), number(&block["l1BlockNumber"])),
        (1010, 1010)
    );
    client.call("confluence_mine", json!([3, 12, 2]));
    assert_eq!(
        (
            block_number(&client),
            client.number("eth_blockNumber", json!([]))
        ),
        (1016, 6)
    );
}

#[test]
fn block_number_can_follow_the_l2_height_as_hardhat_has_it() {
    let client = Client::start();
    client.call("hardhat_setCode", json!([SOMEBODY, BLOCK_NUMBER]));
    client.call("confluence_setBlockNumberMode", json!(["l2"]));
    client.call("hardhat_mine", json!(["0x64"]));
    assert_eq!(
        block_number(&client),
        client.number("eth_blockNumber", json!([]))
    );
    assert!(
        client
            .try_call("confluence_setBlockNumberMode", &json!(["l3"]))
            .is_err()
    );
    let info = client.call("confluence_nodeInfo", json!([]));
    assert_eq!(
        (&info["blockNumberMode"], &info["blockNumber"]),
        (&json!("l2"), &json!("0x64"))
    );
}
