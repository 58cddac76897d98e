//! Arbitrum's own TypeScript library against our two chains: it sends, follows and redeems as on any Arbitrum chain, and
//! sees the same ids and fees as we do.

use std::{path::Path, process::Command};

use alloy_primitives::{B256, U256};
use serde_json::{Value, json};

use crate::{
    pair::{Pair, word},
    retryables::TARGET,
};

fn script() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/two_chains/sdk.mjs")
}

#[test]
fn arbitrum_sdk_deposits_redeems_and_withdraws_without_special_cases() {
    let pair = Pair::start();
    let ran = Command::new("node")
        .arg(script())
        .args([pair.chains.l1_url(), pair.chains.l2_url()])
        .arg(pair.chains.contracts().rollup.to_string())
        .arg(TARGET.to_string())
        .output()
        .expect("node runs");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    let saw: Value = serde_json::from_slice(&ran.stdout).expect("one JSON document");

    let transaction = |hash: &Value| pair.l2.ask("eth_getTransactionByHash", json!([hash]));
    assert_eq!(transaction(&saw["deposit"])["type"], "0x64");
    let tickets = saw["tickets"].as_array().expect("tickets");
    assert_eq!(tickets.len(), 3);
    for ticket in tickets {
        // The library's id is the hash of our submission, which names the fee that was charged.
        let id: B256 = serde_json::from_value(ticket["id"].clone()).expect("an id");
        let submission = transaction(&ticket["id"]);
        assert_eq!(submission["type"], "0x69", "{id}");
        let amount = |name: &str| -> U256 {
            let text = ticket[name].as_str().expect("an amount");
            text.parse().expect("an amount")
        };
        assert_eq!(word(&submission["l1BaseFee"]), amount("l1BaseFee"));
        assert_eq!(
            word(&submission["maxSubmissionFee"]),
            amount("maxSubmissionCost")
        );
        assert_eq!(word(&submission["gas"]), amount("gasLimit"));
        let length = ticket["dataLength"].as_u64().expect("a length");
        let charged = pair.l2.receipt(id);
        let scheduled = &charged["logs"][1];
        let data = scheduled["data"].as_str().expect("an event");
        let fee = U256::from_str_radix(&data[data.len() - 64..], 16).expect("a word");
        assert_eq!(fee, amount("l1BaseFee") * U256::from(1400 + 6 * length));
    }
}
