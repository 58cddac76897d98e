//! Starting, stopping and starting again.

use alloy_primitives::U256;
use confluence_devnode::{
    DevNode, Options, StartError,
    chain::{ArbosVersion, Config},
};
use serde_json::json;

use super::client::{Client, SOMEBODY};

#[test]
fn nodes_live_side_by_side_and_know_nothing_of_each_other() {
    let nodes: Vec<_> = (0..4).map(|_| Client::start()).collect();
    for (i, node) in nodes.iter().enumerate() {
        node.call("hardhat_setBalance", json!([SOMEBODY, i]));
    }
    for (i, node) in nodes.iter().enumerate() {
        assert_eq!(node.balance(SOMEBODY), U256::from(i));
    }
}

#[test]
fn a_chain_goes_on_where_it_was_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let options = || Options {
        state: Some(folder.path().join("chain")),
        ..Options::default()
    };
    let client = Client::start_with(options());
    let receipt = client.send(json!({"from": client.dev(), "to": SOMEBODY, "value": "0x5"}));
    client.call("confluence_setL1BlockNumber", json!([77]));
    client.node.stop().expect("saves");
    let client = Client::start_with(options());
    let hash = &receipt["transactionHash"];
    assert_eq!(
        client.call("eth_getTransactionReceipt", json!([hash])),
        receipt
    );
    assert_eq!(client.number("confluence_l1BlockNumber", json!([])), 77);
    let next = client.send(json!({"from": client.dev(), "to": SOMEBODY, "value": "0x5"}));
    assert_eq!(
        (&next["blockNumber"], client.balance(SOMEBODY)),
        (&json!("0x2"), U256::from(10))
    );
}

#[test]
fn a_file_that_is_no_chain_is_not_loaded() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("chain");
    std::fs::write(&path, "not a chain").expect("writes");
    let error = DevNode::start(Options {
        state: Some(path),
        ..Options::default()
    })
    .unwrap_err();
    assert!(matches!(error, StartError::Load { .. }), "{error}");
}

#[test]
fn a_taken_port_and_a_wrong_mnemonic_are_told() {
    let first = Client::start();
    let options = Options {
        port: first.node.address().port(),
        ..Options::default()
    };
    assert!(matches!(DevNode::start(options), Err(StartError::Serve(_))));
    let options = Options {
        mnemonic: "no such words".into(),
        ..Options::default()
    };
    assert!(matches!(
        DevNode::start(options),
        Err(StartError::Mnemonic(_))
    ));
}

#[test]
fn every_arbos_version_can_be_started() {
    for arbos in [ArbosVersion::V40, ArbosVersion::V51, ArbosVersion::V60] {
        let chain = Config {
            arbos,
            ..Config::default()
        };
        let client = Client::start_with(Options {
            chain,
            ..Options::default()
        });
        let info = client.call("confluence_nodeInfo", json!([]));
        assert_eq!(info["arbosVersion"], format!("{:#x}", arbos.number()));
        // ArbSys.arbOSVersion() is 55 plus the version.
        let version = client.call(
            "eth_call",
            json!([{"to": "0x0000000000000000000000000000000000000064", "data": "0x051038f2"}]),
        );
        assert_eq!(super::client::number(&version), 55 + arbos.number());
    }
}

#[tokio::test]
async fn a_node_can_be_started_and_stopped_inside_a_runtime() {
    let node = DevNode::start(Options::default()).expect("starts");
    node.stop().expect("stops");
    drop(DevNode::start(Options::default()).expect("starts"));
}
