//! WebSocket on the same port: subscriptions, and all other methods as over HTTP.

use jsonrpsee::{
    core::client::{BatchResponse, ClientT as _, Error, Subscription, SubscriptionClientT as _},
    core::params::{ArrayParams, BatchRequestBuilder},
    rpc_params,
    ws_client::{WsClient, WsClientBuilder},
};
use serde_json::{Value, json};

use super::{
    client::{Client, SOMEBODY},
    filters::LOGGER,
};

async fn connect(client: &Client) -> WsClient {
    WsClientBuilder::new()
        .build(client.node.ws_url())
        .await
        .expect("connects")
}

async fn subscribe(socket: &WsClient, params: ArrayParams) -> Subscription<Value> {
    socket
        .subscribe("eth_subscribe", params, "eth_unsubscribe")
        .await
        .expect("subscribes")
}

async fn next(subscription: &mut Subscription<Value>) -> Value {
    subscription.next().await.expect("goes on").expect("JSON")
}

#[tokio::test]
async fn new_heads_logs_and_pending_transactions_are_pushed() {
    let client = Client::start();
    let logger = client.deploy(LOGGER);
    let socket = connect(&client).await;
    let mut heads = subscribe(&socket, rpc_params!["newHeads"]).await;
    let mut logs = subscribe(&socket, rpc_params!["logs", json!({"address": logger})]).await;
    let mut pending = subscribe(&socket, rpc_params!["newPendingTransactions"]).await;
    let mut full = subscribe(&socket, rpc_params!["newPendingTransactions", true]).await;
    let topic = alloy_primitives::B256::repeat_byte(4);
    let receipt = client.send(json!({"from": client.dev(), "to": logger, "data": topic}));
    let head = next(&mut heads).await;
    assert_eq!(
        (&head["hash"], &head["number"]),
        (&receipt["blockHash"], &json!("0x2"))
    );
    assert_eq!(next(&mut logs).await, receipt["logs"][0]);
    assert_eq!(next(&mut pending).await, receipt["transactionHash"]);
    assert_eq!(next(&mut full).await["hash"], receipt["transactionHash"]);
}

#[tokio::test]
async fn logs_of_blocks_taken_back_are_told_as_removed() {
    let client = Client::start();
    let logger = client.deploy(LOGGER);
    let socket = connect(&client).await;
    let id = client.call("evm_snapshot", json!([]));
    let mut logs = subscribe(&socket, rpc_params!["logs", json!({})]).await;
    client.send(json!({"from": client.dev(), "to": logger, "data": "0x01"}));
    assert_eq!(next(&mut logs).await["removed"], false);
    client.call("evm_revert", json!([id]));
    assert_eq!(next(&mut logs).await["removed"], true);
}

#[tokio::test]
async fn interval_mining_goes_on_until_it_is_stopped() {
    let client = Client::start();
    let socket = connect(&client).await;
    let mut heads = subscribe(&socket, rpc_params!["newHeads"]).await;
    client.call("evm_setIntervalMining", json!([5]));
    assert_eq!(next(&mut heads).await["number"], "0x1");
    assert_eq!(next(&mut heads).await["number"], "0x2");
    client.call("evm_setIntervalMining", json!([0]));
    client.call("evm_setAutomine", json!([true]));
    let receipt = client.send(json!({"from": client.dev(), "to": SOMEBODY}));
    assert_eq!(
        receipt["blockNumber"],
        client.call("eth_blockNumber", json!([]))
    );
}

#[tokio::test]
async fn a_subscription_ends_when_asked() {
    let client = Client::start();
    let socket = connect(&client).await;
    let heads = subscribe(&socket, rpc_params!["newHeads"]).await;
    heads.unsubscribe().await.expect("unsubscribes");
    let unknown: Result<Subscription<Value>, _> = socket
        .subscribe("eth_subscribe", rpc_params!["weather"], "eth_unsubscribe")
        .await;
    assert!(
        matches!(unknown, Err(Error::Call(error)) if error.message().contains("no \"weather\" subscription"))
    );
}

#[tokio::test]
async fn a_connection_listens_to_so_much_and_no_more() {
    const MOST: usize = 1024;
    let client = Client::start();
    let socket = connect(&client).await;
    let mut listening = Vec::new();
    for _ in 0..MOST {
        listening.push(subscribe(&socket, rpc_params!["newHeads"]).await);
    }
    let one_more: Result<Subscription<Value>, _> = socket
        .subscribe("eth_subscribe", rpc_params!["newHeads"], "eth_unsubscribe")
        .await;
    assert!(matches!(one_more, Err(Error::Call(error)) if error.code() == -32006));
    // Another connection is not concerned, and all of the first are told.
    let other = connect(&client).await;
    let mut heads = subscribe(&other, rpc_params!["newHeads"]).await;
    client.call("evm_mine", json!([]));
    assert_eq!(next(&mut heads).await["number"], "0x1");
    for heads in &mut listening {
        assert_eq!(next(heads).await["number"], "0x1");
    }
}

#[tokio::test]
async fn methods_and_batches_work_as_over_http() {
    let client = Client::start();
    let socket = connect(&client).await;
    let id: Value = socket
        .request("eth_chainId", rpc_params![])
        .await
        .expect("answers");
    assert_eq!(id, "0x64aba");
    let missing = socket
        .request::<Value, _>("eth_nothing", rpc_params![])
        .await;
    assert!(matches!(missing, Err(Error::Call(error)) if error.code() == -32601));
    let mut batch = BatchRequestBuilder::new();
    batch.insert("net_version", rpc_params![]).expect("inserts");
    batch
        .insert("eth_getBalance", rpc_params![7])
        .expect("inserts");
    let answers: BatchResponse<'_, Value> = socket.batch_request(batch).await.expect("answers");
    assert_eq!(
        (answers.num_successful_calls(), answers.num_failed_calls()),
        (1, 1)
    );
}
