//! HTTP in front of the methods, with go-ethereum's manners: what is malformed, empty or too large gets the same answer
//! from a real node. WebSocket upgrades pass through to jsonrpsee. Any web page may call (CORS), as on a Nitro dev node.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context as TaskContext, Poll},
    time::Duration,
};

use jsonrpsee::{
    core::{
        BoxError,
        http_helpers::{HttpError, read_body},
    },
    server::{HttpBody, HttpRequest, HttpResponse, ws::is_upgrade_request},
};
use tokio::sync::Semaphore;
use tower::{Layer, Service};

use super::{batch, dispatch::Dispatcher, limits};

/// Puts [`Front`] before a service.
#[derive(Clone, Debug)]
pub(crate) struct FrontLayer {
    dispatcher: Arc<Dispatcher>,
    places: Arc<Semaphore>,
}

impl FrontLayer {
    pub(crate) fn new(dispatcher: Arc<Dispatcher>) -> Self {
        Self {
            dispatcher,
            places: Arc::new(Semaphore::new(limits::IN_FLIGHT)),
        }
    }
}

impl<S> Layer<S> for FrontLayer {
    type Service = Front<S>;

    fn layer(&self, sockets: S) -> Front<S> {
        Front {
            sockets,
            front: self.clone(),
        }
    }
}

/// See the head of this file.
#[derive(Clone, Debug)]
pub(crate) struct Front<S> {
    /// Answers WebSocket upgrades.
    sockets: S,
    front: FrontLayer,
}

impl<S> Service<HttpRequest> for Front<S>
where
    S: Service<HttpRequest, Response = HttpResponse, Error = BoxError>,
    S::Future: Send + 'static,
{
    type Response = HttpResponse;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, BoxError>> + Send>>;

    fn poll_ready(&mut self, cx: &mut TaskContext<'_>) -> Poll<Result<(), BoxError>> {
        self.sockets.poll_ready(cx)
    }

    fn call(&mut self, request: HttpRequest) -> Self::Future {
        if is_upgrade_request(&request) {
            return Box::pin(self.sockets.call(request));
        }
        let front = self.front.clone();
        Box::pin(async move { Ok(front.answer(request).await) })
    }
}

impl FrontLayer {
    async fn answer(self, request: HttpRequest) -> HttpResponse {
        match request.method().as_str() {
            "POST" => self.post(request).await,
            "OPTIONS" => respond(204, ""),
            // Health checks of load balancers and scripts.
            "GET" => respond(200, ""),
            _ => respond(405, "method not allowed\n"),
        }
    }

    async fn post(self, request: HttpRequest) -> HttpResponse {
        let (parts, body) = request.into_parts();
        let content_type = parts
            .headers
            .get("content-type")
            .and_then(|value| value.to_str().ok());
        let media_type = content_type
            .and_then(|value| value.split(';').next())
            .map(str::trim);
        if !media_type.is_some_and(|kind| {
            [
                "application/json",
                "application/json-rpc",
                "application/jsonrequest",
            ]
            .iter()
            .any(|json| kind.eq_ignore_ascii_case(json))
        }) {
            return respond(
                415,
                "invalid content type, only application/json is supported\n",
            );
        }
        // Waiting costs nothing: the body is read only once there is a place.
        let _place = self.places.acquire().await;
        let reading = read_body(&parts.headers, body, limits::BODY);
        let seconds = Duration::from_secs(limits::BODY_SECONDS);
        let answer = match tokio::time::timeout(seconds, reading).await {
            Err(_) => return respond(408, "read timeout\n"),
            Ok(Err(HttpError::TooLarge)) => return respond(413, "content length too large\n"),
            Ok(Err(HttpError::Stream(error))) if is_over_limit(&error) => {
                return respond(413, "content length too large\n");
            }
            Ok(Err(HttpError::Stream(_))) => return respond(400, "read error\n"),
            Ok(Err(HttpError::Malformed)) => batch::parse_error(),
            Ok(Ok((body, _))) => batch::answer(&self.dispatcher, &body).await,
        };
        respond(200, answer)
    }
}

/// Whether the body went over the limit without having announced its length.
fn is_over_limit(error: &BoxError) -> bool {
    error.to_string().contains("length limit exceeded")
}

fn respond(status: u16, body: impl Into<HttpBody>) -> HttpResponse {
    let mut response = HttpResponse::new(body.into());
    if let Ok(status) = status.try_into() {
        *response.status_mut() = status;
    }
    let content = if status == 200 {
        "application/json"
    } else {
        "text/plain; charset=utf-8"
    };
    for (name, value) in [
        ("content-type", content),
        ("access-control-allow-origin", "*"),
        ("access-control-allow-methods", "POST, GET, OPTIONS"),
        ("access-control-allow-headers", "*"),
        ("access-control-max-age", "600"),
    ] {
        if let Ok(value) = value.try_into() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
