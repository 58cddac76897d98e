//! HTTP and JSON-RPC framing: what is malformed, too large or no call at all, and batches.

use serde_json::{Value, json};

use super::client::Client;

fn request(head: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("{head}\r\nHost: node\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}")
        .into_bytes()
}

#[test]
fn malformed_requests_get_go_ethereums_answers() {
    let client = Client::start();
    let invalid = |id: &str| {
        format!(
            r#"{{"jsonrpc":"2.0","id":{id},"error":{{"code":-32600,"message":"invalid request"}}}}"#
        )
    };
    let parse = r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error"}}"#;
    let cases = [
        ("{", parse.to_owned()),
        ("hello", parse.to_owned()),
        (
            r#"{"jsonrpc":"2.0","id":1,"method":"eth_chainId""#,
            parse.to_owned(),
        ),
        ("[1,", parse.to_owned()),
        ("{}", invalid("null")),
        (
            r#"{"jsonrpc":"1.0","id":7,"method":"eth_chainId"}"#,
            invalid("7"),
        ),
        (r#"{"jsonrpc":"2.0","id":7,"method":5}"#, invalid("7")),
        (
            r#"{"jsonrpc":"2.0","id":"a","method":""}"#,
            invalid("\"a\""),
        ),
        (
            r#"{"jsonrpc":"2.0","id":{},"method":"eth_chainId"}"#,
            invalid("null"),
        ),
        (r#"{"jsonrpc":"2.0","method":"eth_chainId"}"#, String::new()),
        (
            r#"{"jsonrpc":"2.0","id":"x","method":"eth_chainId"}"#,
            r#"{"jsonrpc":"2.0","id":"x","result":"0x64aba"}"#.into(),
        ),
        (
            r#"{"jsonrpc":"2.0","id":null,"method":"net_version","params":null}"#,
            r#"{"jsonrpc":"2.0","id":null,"result":"412346"}"#.into(),
        ),
        (
            "[]",
            r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"empty batch"}}"#.into(),
        ),
    ];
    for (body, answer) in cases {
        assert_eq!(client.post(body), (200, answer), "{body}");
    }
}

#[test]
fn a_batch_is_answered_in_order_and_notifications_not_at_all() {
    let client = Client::start();
    let call = |id: Value, method: &str| json!({"jsonrpc": "2.0", "id": id, "method": method});
    let notification = json!({"jsonrpc": "2.0", "method": "evm_mine"});
    let batch = json!([
        call(json!(1), "eth_chainId"),
        notification,
        call(json!("two"), "no_such"),
        5
    ]);
    let (status, answer) = client.post(&batch.to_string());
    let answers: Vec<Value> = serde_json::from_str(&answer).unwrap();
    assert_eq!((status, answers.len()), (200, 3));
    assert_eq!(
        (&answers[0]["id"], &answers[0]["result"]),
        (&json!(1), &json!("0x64aba"))
    );
    assert_eq!(
        (&answers[1]["id"], &answers[1]["error"]["code"]),
        (&json!("two"), &json!(-32601))
    );
    assert_eq!(answers[2]["error"]["message"], "invalid request");
    assert_eq!(
        client.number("eth_blockNumber", json!([])),
        1,
        "a notification is carried out"
    );
}

#[test]
fn what_is_too_large_is_refused_and_the_node_lives_on() {
    let client = Client::start();
    let call = r#"{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}"#;
    let batch = format!("[{}]", vec![call; 1001].join(","));
    let refused =
        r#"[{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"batch too large"}}]"#;
    assert_eq!(client.post(&batch), (200, refused.into()));
    let long = format!("{{\"jsonrpc\":\"{}\"}}", "x".repeat(6 << 20));
    assert_eq!(client.post(&long).0, 413);
    let deep = format!(
        "{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_call\",\"params\":{}",
        "[".repeat(100_000)
    );
    assert!(client.post(&deep).1.contains("-32700"));
    assert_eq!(client.number("eth_chainId", json!([])), 412_346);
}

#[test]
fn a_body_without_announced_length_is_bounded_too() {
    let client = Client::start();
    let mut request = b"POST / HTTP/1.1\r\nHost: node\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    request.extend_from_slice(b"1\r\n{\r\n");
    for _ in 0..6 {
        request
            .extend_from_slice(format!("{:x}\r\n{}\r\n", 1 << 20, " ".repeat(1 << 20)).as_bytes());
    }
    request.extend_from_slice(b"0\r\n\r\n");
    assert_eq!(client.http(&request).0, 413);
}

#[test]
fn http_manners_are_go_ethereums() {
    let client = Client::start();
    let json = "Content-Type: application/json";
    let cases = [
        (request("GET / HTTP/1.1", ""), 200),
        (request("PUT / HTTP/1.1", "{}"), 405),
        (request("POST / HTTP/1.1", "{}"), 415),
        (
            request("POST / HTTP/1.1\r\nContent-Type: text/plain", "{}"),
            415,
        ),
        (
            request(&format!("POST / HTTP/1.1\r\n{json}; charset=UTF-8"), "{}"),
            200,
        ),
        (
            request("OPTIONS / HTTP/1.1\r\nOrigin: http://localhost", ""),
            204,
        ),
    ];
    for (request, status) in cases {
        assert_eq!(
            client.http(&request).0,
            status,
            "{}",
            String::from_utf8_lossy(&request)
        );
    }
}
