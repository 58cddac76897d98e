//! From the text of an HTTP request to the text of its answer: one call or a batch of them, JSON-RPC 2.0 as go-ethereum
//! understands it.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{
    dispatch::Dispatcher,
    error::{Answer, RpcError},
    limits,
};

/// A call, as far as it can be made out.
#[derive(Debug, Default, Deserialize)]
struct Call<'a> {
    #[serde(default)]
    jsonrpc: Option<&'a RawValue>,
    #[serde(default, borrow, deserialize_with = "present")]
    id: Option<&'a RawValue>,
    #[serde(default)]
    method: Option<&'a RawValue>,
    #[serde(default)]
    params: Option<&'a RawValue>,
}

/// A field that is there, also if it is null.
fn present<'de, D: serde::Deserializer<'de>>(field: D) -> Result<Option<&'de RawValue>, D::Error> {
    Deserialize::deserialize(field).map(Some)
}

/// An answer, in go-ethereum's order.
#[derive(Debug, Serialize)]
struct Reply<'a> {
    jsonrpc: &'static str,
    id: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<jsonrpsee::types::ErrorObjectOwned>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<Box<RawValue>>,
}

/// The answer to something that is not JSON.
pub(crate) fn parse_error() -> String {
    reply(None, Err(RpcError::parse()))
}

/// Answers a request; empty if it wants no answer.
pub(crate) async fn answer(dispatcher: &Dispatcher, body: &[u8]) -> String {
    let Ok(text) = std::str::from_utf8(body) else {
        return parse_error();
    };
    let Ok(request) = serde_json::from_str::<&RawValue>(text) else {
        return parse_error();
    };
    if !request.get().starts_with('[') {
        return one(dispatcher, request).await.unwrap_or_default();
    }
    let Ok(calls) = serde_json::from_str::<Vec<&RawValue>>(request.get()) else {
        return parse_error();
    };
    if calls.is_empty() {
        return reply(None, Err(RpcError::invalid_request("empty batch")));
    }
    if calls.len() > limits::BATCH {
        let id = calls.iter().find_map(|call| read(call).id);
        return format!(
            "[{}]",
            reply(id, Err(RpcError::invalid_request("batch too large")))
        );
    }
    many(dispatcher, &calls).await
}

async fn many(dispatcher: &Dispatcher, calls: &[&RawValue]) -> String {
    let mut replies = Vec::with_capacity(calls.len());
    let mut size = 0;
    for call in calls {
        let reply = if size > limits::BATCH_ANSWER {
            read(call)
                .id
                .map(|id| reply(Some(id), Err(RpcError::too_large())))
        } else {
            one(dispatcher, call).await
        };
        size += reply.as_ref().map_or(0, String::len);
        replies.extend(reply);
    }
    if replies.is_empty() {
        String::new()
    } else {
        format!("[{}]", replies.join(","))
    }
}

/// Runs one call; `None` for a notification, which gets no answer.
async fn one(dispatcher: &Dispatcher, request: &RawValue) -> Option<String> {
    let call = read(request);
    let version = call
        .jsonrpc
        .is_some_and(|version| version.get() == "\"2.0\"");
    let method = call
        .method
        .and_then(|name| serde_json::from_str::<String>(name.get()).ok());
    let valid_id = call.id.filter(|id| !id.get().starts_with(['{', '[']));
    match (
        version,
        method.filter(|name| !name.is_empty()),
        valid_id,
        call.id,
    ) {
        (true, Some(method), Some(id), _) => {
            Some(reply(Some(id), dispatcher.run(&method, call.params).await))
        }
        (true, Some(method), None, None) => {
            // Nobody waits for the outcome.
            let _ = dispatcher.run(&method, call.params).await;
            None
        }
        (_, _, id, _) => Some(reply(id, Err(RpcError::invalid_request("invalid request")))),
    }
}

/// What can be made out of a call; nothing if it is no object.
fn read(request: &RawValue) -> Call<'_> {
    serde_json::from_str(request.get()).unwrap_or_default()
}

fn reply(id: Option<&RawValue>, answer: Answer) -> String {
    let (result, error) = match answer {
        Ok(result) => (Some(result), None),
        Err(error) => (None, Some(error.to_object())),
    };
    let reply = Reply {
        jsonrpc: "2.0",
        id,
        error,
        result,
    };
    serde_json::to_string(&reply).unwrap_or_default()
}
