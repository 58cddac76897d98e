//! Opens the port and keeps answering until told to stop.

use std::{net::SocketAddr, sync::Arc};

use jsonrpsee::{
    core::middleware::RpcServiceBuilder,
    server::{
        BatchRequestConfig, HttpBody, HttpRequest, Methods, ServerBuilder, ServerConfig,
        ServerHandle, StopHandle, serve_with_graceful_shutdown, stop_channel,
    },
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Notify,
};
use tower::Service as _;

use super::{
    arb, bridge, confluence,
    context::Context,
    debug,
    dispatch::Dispatcher,
    eth, evm,
    front::FrontLayer,
    limits, net,
    pace::Paced,
    socket::{HexIds, SocketLayer},
    subscribe, txpool,
    wallet::Wallet,
    web3,
};
use crate::{bridge::SharedFollower, chain::SharedChain};

/// Why a server cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port is taken, or the address is not of this machine.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Address asked for.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
}

/// A running server; dropping it stops it.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    handle: ServerHandle,
}

impl Server {
    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets running requests end and takes no more.
    pub async fn stop(self) {
        // An error means that it has stopped already.
        let _ = self.handle.stop();
        self.handle.stopped().await;
    }
}

/// Serves `chain` at `address` (port 0: any free one) with the accounts of `wallet` unlocked.
///
/// # Arguments
/// * `mining` - told whenever a request changes when blocks are made.
/// * `follower` - the way to L1, if there is one.
///
/// # Errors
/// When it cannot listen there.
///
/// # Panics
/// Outside of a tokio runtime, on whose threads it serves.
pub fn serve(
    address: SocketAddr,
    chain: SharedChain,
    wallet: Wallet,
    mining: Arc<Notify>,
    follower: Option<SharedFollower>,
) -> Result<Server, ServeError> {
    let failed = |source| ServeError::Listen { address, source };
    let context = Context::new(chain, wallet, mining).with_follower(follower);
    let context = Arc::new(context);
    let dispatcher = Arc::new(Dispatcher::new(Arc::clone(&context), &namespaces()));
    let config = ServerConfig::builder()
        .max_request_body_size(limits::BODY)
        .max_response_body_size(limits::ANSWER)
        .max_connections(limits::CONNECTIONS)
        .set_message_buffer_capacity(limits::UNREAD)
        .max_subscriptions_per_connection(limits::SUBSCRIPTIONS)
        .set_batch_request_config(BatchRequestConfig::Limit(limits::BATCH as u32))
        .set_id_provider(HexIds)
        .build();
    let listener = std::net::TcpListener::bind(address).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let listener = TcpListener::from_std(listener).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let services = ServerBuilder::new()
        .set_config(config)
        .set_http_middleware(
            tower::ServiceBuilder::new().layer(FrontLayer::new(Arc::clone(&dispatcher))),
        )
        .set_rpc_middleware(RpcServiceBuilder::new().layer(SocketLayer::new(dispatcher)))
        .to_service_builder();
    let subscriptions = Methods::from(subscribe::module(context));
    let (stop, handle) = stop_channel();
    tokio::spawn(async move {
        while let Some(stream) = next_connection(&listener, &stop).await {
            let service = services.clone().build(subscriptions.clone(), stop.clone());
            let service = tower::service_fn(move |request: HttpRequest<_>| {
                service.clone().call(request.map(HttpBody::new))
            });
            let stopped = stop.clone().shutdown();
            // How a connection ends is its client's affair.
            tokio::spawn(serve_with_graceful_shutdown(
                Paced::new(stream),
                service,
                stopped,
            ));
        }
    });
    Ok(Server { address, handle })
}

/// The next client, or none if the server was told to stop.
async fn next_connection(listener: &TcpListener, stop: &StopHandle) -> Option<TcpStream> {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.clone().shutdown() => return None,
        };
        if let Ok((stream, _)) = accepted {
            // Without it answers wait for each other; it is no reason to refuse anybody.
            let _ = stream.set_nodelay(true);
            return Some(stream);
        }
        // No descriptors left, or a client that went away again: others may be luckier.
        tokio::task::yield_now().await;
    }
}

/// Everything but subscriptions, which only WebSockets carry.
fn namespaces() -> Vec<super::dispatch::Methods> {
    let mut all = [eth::NAMESPACE.as_slice(), &debug::NAMESPACE].concat();
    all.extend([
        arb::METHODS,
        bridge::METHODS,
        confluence::METHODS,
        eth::PERSONAL,
        evm::METHODS,
        net::METHODS,
        txpool::METHODS,
        web3::METHODS,
    ]);
    all
}
