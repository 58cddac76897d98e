//! From a method's name to its handler. Handlers are plain functions that may take long, so they run on threads of their
//! own; one that panics is answered with an error and the node lives on.

use std::{collections::HashMap, sync::Arc};

use serde_json::value::RawValue;
use tokio::sync::Semaphore;

use super::{
    args::Args,
    context::Context,
    error::{Answer, RpcError},
    limits,
};

/// Answers one method.
pub(crate) type Handler = fn(&Context, &Args) -> Answer;

/// The methods of one namespace.
pub(crate) type Methods = &'static [(&'static str, Handler)];

/// All methods of a node.
#[derive(Debug)]
pub(crate) struct Dispatcher {
    context: Arc<Context>,
    methods: HashMap<&'static str, Handler>,
    running: Arc<Semaphore>,
}

impl Dispatcher {
    pub(crate) fn new(context: Arc<Context>, namespaces: &[Methods]) -> Self {
        let methods = namespaces.iter().copied().flatten().copied().collect();
        Self {
            context,
            methods,
            running: Arc::new(Semaphore::new(limits::RUNNING)),
        }
    }

    /// Runs a method to its end.
    pub(crate) async fn run(&self, method: &str, params: Option<&RawValue>) -> Answer {
        let Some(&handler) = self.methods.get(method) else {
            return Err(
                if method == "eth_subscribe" || method == "eth_unsubscribe" {
                    RpcError::notifications_unsupported()
                } else {
                    RpcError::method_not_found(method)
                },
            );
        };
        let args = Args::parse(params)?;
        let context = Arc::clone(&self.context);
        let permit = Arc::clone(&self.running).acquire_owned().await;
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            handler(&context, &args)
        });
        done.await.unwrap_or_else(|gone| {
            tracing::error!(%method, %gone, "a method did not come to its end");
            Err(RpcError::crashed())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        chain::{Config, SharedChain},
        rpc::{json::answer, wallet::Wallet},
    };

    fn panics_while_writing(context: &Context, _: &Args) -> Answer {
        let _chain = context.chain_mut();
        panic!("a bug")
    }

    fn head(context: &Context, _: &Args) -> Answer {
        answer(&context.chain().head().number())
    }

    #[tokio::test]
    async fn a_panic_is_an_error_answer_and_the_chain_stays_usable() {
        let chain = SharedChain::new(Config::default());
        let context = Context::new(chain, Wallet::default(), Arc::default());
        let methods: Methods = &[("test_panic", panics_while_writing), ("test_head", head)];
        let dispatcher = Dispatcher::new(Arc::new(context), &[methods]);
        for _ in 0..2 * limits::RUNNING {
            let error = dispatcher.run("test_panic", None).await.unwrap_err();
            assert_eq!(error, RpcError::crashed());
        }
        assert_eq!(dispatcher.run("test_head", None).await.unwrap().get(), "0");
    }
}
