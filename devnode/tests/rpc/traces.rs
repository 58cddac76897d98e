//! Transactions and calls under the tracers.

use alloy_primitives::{Address, B256, U256};
use serde_json::{Value, json};

use super::{
    client::{Client, SOMEBODY},
    filters::LOGGER,
};

/// Runs code at [`SOMEBODY`] under a tracer.
fn trace(client: &Client, code: &str, config: Value) -> Value {
    let mut config = config;
    config["stateOverrides"] = json!({SOMEBODY.to_string(): {"code": code}});
    client.call(
        "debug_traceCall",
        json!([{"from": client.dev(), "to": SOMEBODY, "gas": "0x100000"}, "latest", config]),
    )
}

#[test]
fn the_call_tracer_shows_frames_with_their_gas_and_what_failed() {
    let client = Client::start();
    let logger = client.deploy(LOGGER);
    // CALL(gas, logger, 0, 0, 32, 0, 0), POP, STATICCALL of the same (a log fails there), POP.
    let inner = format!("73{}", &format!("{logger:?}")[2..]);
    let code = format!("0x5f5f60205f5f{inner}5af1505f5f60205f{inner}5afa50");
    let root = trace(
        &client,
        &code,
        json!({"tracer": "callTracer", "tracerConfig": {"withLog": true}}),
    );
    assert_eq!(
        (&root["type"], &root["to"], &root["gas"]),
        (&json!("CALL"), &json!(SOMEBODY), &json!("0x100000"))
    );
    let calls = root["calls"].as_array().unwrap();
    assert_eq!(
        (&calls[0]["type"], &calls[1]["type"]),
        (&json!("CALL"), &json!("STATICCALL"))
    );
    assert_eq!(calls[0]["logs"][0]["address"], json!(logger));
    assert_eq!(calls[1]["error"], "write protection");
    assert_eq!(calls[1].get("value"), None);
    let top = trace(
        &client,
        &code,
        json!({"tracer": "callTracer", "tracerConfig": {"onlyTopCall": true}}),
    );
    assert_eq!(top.get("calls"), None);
}

#[test]
fn a_transaction_is_traced_as_it_ran() {
    let client = Client::start();
    let logger = client.deploy(LOGGER);
    let topic = B256::repeat_byte(1);
    let receipt =
        client.send(json!({"from": client.dev(), "to": logger, "data": topic, "gas": "0x20000"}));
    let hash = &receipt["transactionHash"];
    let root = client.call(
        "debug_traceTransaction",
        json!([hash, {"tracer": "callTracer"}]),
    );
    assert_eq!(
        (&root["gasUsed"], &root["gas"]),
        (&receipt["gasUsed"], &json!("0x20000"))
    );
    assert_eq!(root["beforeEVMTransfers"][0]["purpose"], "feePayment");
    let steps = client.call(
        "debug_traceTransaction",
        json!([hash, {"enableMemory": true}]),
    );
    let logs = steps["structLogs"].as_array().unwrap();
    assert_eq!(
        (&logs[0]["op"], &logs[0]["pc"], &logs[0]["depth"]),
        (&json!("PUSH1"), &json!(0), &json!(1))
    );
    assert_eq!(
        (&logs[0]["gasCost"], &logs[1]["stack"]),
        (&json!(3), &json!(["0x7"]))
    );
    assert_eq!(logs.last().unwrap()["op"], "STOP");
    assert_eq!(steps["failed"], false);
    let block = client.call(
        "debug_traceBlockByNumber",
        json!(["latest", {"tracer": "callTracer"}]),
    );
    assert_eq!((&block[1]["txHash"], &block[1]["result"]), (hash, &root));
}

#[test]
fn the_struct_logger_shows_storage_with_its_values() {
    let client = Client::start();
    // SSTORE(1, 7), SLOAD(1), POP.
    let steps = trace(&client, "0x60076001556001545000", json!({}));
    let logs = steps["structLogs"].as_array().unwrap();
    let storage = |op: &str| logs.iter().find(|step| step["op"] == op).unwrap()["storage"].clone();
    let expected = json!({B256::with_last_byte(1).to_string(): B256::with_last_byte(7)});
    assert_eq!(storage("SSTORE"), expected);
    assert_eq!(storage("SLOAD"), expected);
    let few = trace(
        &client,
        "0x60076001556001545000",
        json!({"limit": 2, "disableStack": true}),
    );
    assert_eq!(few["structLogs"].as_array().unwrap().len(), 2);
    assert_eq!(few["structLogs"][0].get("stack"), None);
}

#[test]
fn the_prestate_tracer_shows_what_was_and_what_changed() {
    let client = Client::start();
    let receipt = client.send(json!({"from": client.dev(), "to": SOMEBODY, "value": "0x5"}));
    let hash = &receipt["transactionHash"];
    let before = client.call(
        "debug_traceTransaction",
        json!([hash, {"tracer": "prestateTracer"}]),
    );
    let dev = format!("{:?}", client.dev());
    let ether = U256::from(10).pow(U256::from(18));
    assert_eq!(before[&dev]["balance"], json!(U256::from(1000) * ether));
    let config = json!({"tracer": "prestateTracer", "tracerConfig": {"diffMode": true}});
    let change = client.call("debug_traceTransaction", json!([hash, config]));
    assert_eq!(change["post"][&dev]["nonce"], 1);
    assert_eq!(change["post"][format!("{SOMEBODY:?}")]["balance"], "0x5");
    assert_eq!(change["pre"].get(format!("{SOMEBODY:?}")), None);
}

#[test]
fn raw_encodings_hash_to_what_they_encode() {
    let client = Client::start();
    let receipt = client.send(json!({"from": client.dev(), "to": Address::ZERO}));
    let hash = |value: &Value| {
        let bytes: alloy_primitives::Bytes = serde_json::from_value(value.clone()).unwrap();
        json!(alloy_primitives::keccak256(bytes))
    };
    let header = client.call("debug_getRawHeader", json!(["latest"]));
    assert_eq!(hash(&header), receipt["blockHash"]);
    let tx = client.call(
        "debug_getRawTransaction",
        json!([receipt["transactionHash"]]),
    );
    assert_eq!(hash(&tx), receipt["transactionHash"]);
    let block = client.call("debug_getRawBlock", json!(["latest"]));
    let size = client.call("eth_getBlockByNumber", json!(["latest", false]))["size"].clone();
    assert_eq!(
        super::client::number(&size),
        block.as_str().unwrap().len() as u64 / 2 - 1
    );
    assert_eq!(
        client
            .call("debug_getRawReceipts", json!(["latest"]))
            .as_array()
            .unwrap()
            .len(),
        2
    );
}
