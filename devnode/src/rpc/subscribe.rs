//! `eth_subscribe`: new heads, logs and pending transactions, pushed over WebSocket. A client that does not keep up is held
//! back by its own connection; what it misses then is not sent again.

use std::sync::Arc;

use alloy_primitives::B256;
use jsonrpsee::{
    RpcModule,
    core::server::{PendingSubscriptionSink, SubscriptionMessage, SubscriptionSink},
};
use serde_json::value::RawValue;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::{
    args::Args,
    context::Context,
    error::RpcError,
    eth::LogQuery,
    json::{HeaderJson, LogJson, TransactionJson, answer},
};
use crate::chain::{Block, Event};

/// What a client wants to hear of.
#[derive(Clone, Debug)]
enum Topic {
    NewHeads,
    Logs(LogQuery),
    /// Hashes, or transactions in full.
    Pending {
        full: bool,
    },
    /// Nothing ever comes: a dev node is always in sync.
    Syncing,
}

impl Topic {
    fn read(args: &Args) -> Result<Self, RpcError> {
        let name: String = args.required(0)?;
        Ok(match name.as_str() {
            "newHeads" => Self::NewHeads,
            "logs" => Self::Logs(args.optional(1)?.unwrap_or_default()),
            "newPendingTransactions" => Self::Pending {
                full: args.optional(1)?.unwrap_or(false),
            },
            "syncing" => Self::Syncing,
            _ => {
                let message = format!("no \"{name}\" subscription in eth namespace");
                return Err(RpcError {
                    code: -32601,
                    message,
                    data: None,
                });
            }
        })
    }

    /// What `event` has for this topic.
    fn messages(&self, event: &Event, context: &Context) -> Vec<Box<RawValue>> {
        match (self, event) {
            (Self::NewHeads, Event::Block(block)) => {
                answer(&HeaderJson::new(block)).into_iter().collect()
            }
            (Self::Logs(query), Event::Block(block)) => logs(query, block, false),
            (Self::Logs(query), Event::Reverted(blocks)) => blocks
                .iter()
                .flat_map(|block| logs(query, block, true))
                .collect(),
            (Self::Pending { full: false }, Event::Pending(hash)) => {
                answer(hash).into_iter().collect()
            }
            (Self::Pending { full: true }, Event::Pending(hash)) => transaction(hash, context),
            _ => Vec::new(),
        }
    }
}

fn logs(query: &LogQuery, block: &Block, removed: bool) -> Vec<Box<RawValue>> {
    if !query.filter.may_match(&block.header.logs_bloom) {
        return Vec::new();
    }
    let wanted = block
        .logs()
        .filter(|found| query.filter.matches(&found.log));
    wanted
        .filter_map(|found| answer(&LogJson::new(found, removed)).ok())
        .collect()
}

fn transaction(hash: &B256, context: &Context) -> Vec<Box<RawValue>> {
    let chain = context.chain();
    let json = match (chain.pending_transaction(hash), chain.transaction(hash)) {
        (Some(pending), _) => TransactionJson::pending(&pending.tx, pending.from),
        (None, Some(mined)) => TransactionJson::pending(&mined.tx, mined.from),
        (None, None) => return Vec::new(),
    };
    answer(&json).into_iter().collect()
}

/// The two methods, for jsonrpsee.
pub(crate) fn module(context: Arc<Context>) -> RpcModule<Context> {
    let mut module = RpcModule::from_arc(context);
    let registered = module.register_subscription(
        "eth_subscribe",
        "eth_subscription",
        "eth_unsubscribe",
        |params, pending, context, _| async move {
            // A client that has gone needs no answer.
            let _ = subscribe(params.as_str(), pending, &context).await;
        },
    );
    debug_assert!(registered.is_ok(), "the names are distinct");
    module
}

async fn subscribe(
    params: Option<&str>,
    pending: PendingSubscriptionSink,
    context: &Context,
) -> Option<()> {
    let topic = params
        .map(|text| RawValue::from_string(text.to_owned()))
        .transpose()
        .map_err(|_| RpcError::parse())
        .and_then(|params| Args::parse(params.as_deref()))
        .and_then(|args| Topic::read(&args));
    let topic = match topic {
        Ok(topic) => topic,
        Err(error) => {
            pending.reject(error.to_object()).await;
            return None;
        }
    };
    // Listening starts before the client knows its id, so it misses nothing.
    let mut events = tokio::task::block_in_place(|| context.events());
    let sink = pending.accept().await.ok()?;
    loop {
        let event = tokio::select! {
            () = sink.closed() => return None,
            event = next(&mut events) => event?,
        };
        // The chain may be busy for a while.
        let messages = tokio::task::block_in_place(|| topic.messages(&event, context));
        push(&sink, messages).await?;
    }
}

/// The next event that was not lost; `None` when there will be no more.
async fn next(events: &mut Receiver<Event>) -> Option<Event> {
    loop {
        match events.recv().await {
            Ok(event) => return Some(event),
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return None,
        }
    }
}

async fn push(sink: &SubscriptionSink, messages: Vec<Box<RawValue>>) -> Option<()> {
    for message in messages {
        sink.send(SubscriptionMessage::from(message)).await.ok()?;
    }
    Some(())
}
