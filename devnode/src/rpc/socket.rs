//! Requests over WebSocket: subscriptions go to jsonrpsee, all other methods to the same dispatcher as over HTTP.

use std::sync::Arc;

use jsonrpsee::{
    core::{
        middleware::{Batch, BatchEntry, Notification, RpcServiceT},
        server::BatchResponseBuilder,
        traits::IdProvider,
    },
    server::MethodResponse,
    types::{Request, ResponsePayload, SubscriptionId},
};
use serde_json::value::RawValue;
use tokio::sync::Semaphore;
use tower::Layer;

use super::{
    dispatch::Dispatcher,
    error::{Answer, RpcError},
    filters::random_id,
    limits,
};

/// Subscription ids in go-ethereum's form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HexIds;

impl IdProvider for HexIds {
    fn next_id(&self) -> SubscriptionId<'static> {
        SubscriptionId::Str(random_id().into())
    }
}

/// Puts [`Socket`] before jsonrpsee's own service.
#[derive(Clone, Debug)]
pub(crate) struct SocketLayer {
    dispatcher: Arc<Dispatcher>,
    /// One permit for each KiB of requests that wait.
    room: Arc<Semaphore>,
}

impl SocketLayer {
    pub(crate) fn new(dispatcher: Arc<Dispatcher>) -> Self {
        Self {
            dispatcher,
            room: Arc::new(Semaphore::new(limits::SOCKET_KIB as usize)),
        }
    }
}

impl SocketLayer {
    async fn run(&self, method: &str, params: Option<&RawValue>) -> Answer {
        let kib = params.map_or(0, |params| params.get().len() / 1024) + 1;
        let kib = u32::try_from(kib).unwrap_or(u32::MAX);
        // jsonrpsee has taken the request in already, so it cannot be made to wait.
        let Ok(_room) = self.room.try_acquire_many(kib) else {
            return Err(RpcError::limit("too many requests at a time"));
        };
        self.dispatcher.run(method, params).await
    }
}

impl<S> Layer<S> for SocketLayer {
    type Service = Socket<S>;

    fn layer(&self, subscriptions: S) -> Socket<S> {
        Socket {
            subscriptions: Arc::new(subscriptions),
            layer: self.clone(),
        }
    }
}

/// See the head of this file.
#[derive(Debug)]
pub(crate) struct Socket<S> {
    subscriptions: Arc<S>,
    layer: SocketLayer,
}

impl<S> Clone for Socket<S> {
    fn clone(&self) -> Self {
        Self {
            subscriptions: Arc::clone(&self.subscriptions),
            layer: self.layer.clone(),
        }
    }
}

impl<S> RpcServiceT for Socket<S>
where
    S: RpcServiceT<MethodResponse = MethodResponse> + Send + Sync + 'static,
{
    type MethodResponse = MethodResponse;
    type NotificationResponse = MethodResponse;
    type BatchResponse = MethodResponse;

    fn call<'a>(&self, request: Request<'a>) -> impl Future<Output = MethodResponse> + Send + 'a {
        let this = self.clone();
        async move {
            if matches!(request.method_name(), "eth_subscribe" | "eth_unsubscribe") {
                return this.subscriptions.call(request).await;
            }
            let params = request.params.as_deref();
            match this.layer.run(&request.method, params).await {
                Ok(result) => {
                    let payload = ResponsePayload::success(result);
                    MethodResponse::response(request.id, payload.into(), limits::ANSWER as usize)
                }
                Err(error) => MethodResponse::error(request.id, error.to_object()),
            }
        }
    }

    fn batch<'a>(&self, batch: Batch<'a>) -> impl Future<Output = MethodResponse> + Send + 'a {
        let this = self.clone();
        async move {
            if batch.is_empty() {
                let error = RpcError::invalid_request("empty batch");
                return MethodResponse::error(jsonrpsee::types::Id::Null, error.to_object());
            }
            let mut replies = BatchResponseBuilder::new_with_limit(limits::BATCH_ANSWER);
            for entry in batch {
                let reply = match entry {
                    Ok(BatchEntry::Call(request)) => this.call(request).await,
                    Ok(BatchEntry::Notification(notification)) => {
                        this.notification(notification).await;
                        continue;
                    }
                    Err(error) => {
                        let (_, id) = error.into_parts();
                        let error = RpcError::invalid_request("invalid request");
                        MethodResponse::error(id, error.to_object())
                    }
                };
                if let Err(too_large) = replies.append(reply) {
                    return too_large;
                }
            }
            if replies.is_empty() {
                return MethodResponse::notification();
            }
            MethodResponse::from_batch(replies.finish())
        }
    }

    fn notification<'a>(
        &self,
        notification: Notification<'a>,
    ) -> impl Future<Output = MethodResponse> + Send + 'a {
        let layer = self.layer.clone();
        async move {
            // Nobody waits for the outcome.
            let _ = layer
                .run(&notification.method, notification.params.as_deref())
                .await;
            MethodResponse::notification()
        }
    }
}
