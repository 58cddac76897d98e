//! JSON-RPC with as little as possible around it, so that what is measured is the node: requests are text that was made
//! before the clock ran, and of an answer only what is asked for is read.

use std::net::SocketAddr;

use serde_json::Value;

use super::BenchError;

/// A client that keeps its connections.
#[derive(Debug, Clone)]
pub(super) struct Rpc {
    client: reqwest::Client,
    url: String,
}

/// A request as it goes over the wire.
pub(super) fn request(method: &str, params: &str) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{method}","params":{params}}}"#)
}

impl Rpc {
    pub(super) fn new(node: SocketAddr) -> Self {
        Self {
            client: reqwest::Client::new(),
            url: format!("http://{node}"),
        }
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Sends a request and gives its result; an error of the node ends the benchmark.
    pub(super) async fn send(&self, request: String) -> Result<Value, BenchError> {
        let sent = self
            .client
            .post(&self.url)
            .header("content-type", "application/json")
            .body(request)
            .send()
            .await?;
        let mut answer: Value = serde_json::from_slice(&sent.bytes().await?)
            .map_err(|error| BenchError::Answer(error.to_string()))?;
        if !answer["error"].is_null() {
            return Err(BenchError::Answer(answer["error"].to_string()));
        }
        Ok(answer["result"].take())
    }

    pub(super) async fn call(&self, method: &str, params: &str) -> Result<Value, BenchError> {
        self.send(request(method, params)).await
    }

    /// A result that is a string.
    pub(super) async fn text(&self, method: &str, params: &str) -> Result<String, BenchError> {
        match self.call(method, params).await? {
            Value::String(text) => Ok(text),
            other => Err(BenchError::Answer(format!("{method}: {other}"))),
        }
    }
}
