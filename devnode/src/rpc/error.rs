//! What goes wrong in a request, with the code and the words a Nitro node uses.

use jsonrpsee::types::{ErrorObject, ErrorObjectOwned};

/// An answer: JSON text, or what went wrong.
pub(crate) type Answer = Result<Box<serde_json::value::RawValue>, RpcError>;

/// A JSON-RPC error.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct RpcError {
    /// JSON-RPC error code.
    pub code: i32,
    /// What a client reads.
    pub message: String,
    /// Hex data, for reverts.
    pub data: Option<String>,
}

impl RpcError {
    const fn new(code: i32, message: String) -> Self {
        Self {
            code,
            message,
            data: None,
        }
    }

    /// The catch-all of go-ethereum: whatever has no code of its own.
    pub(crate) fn server(message: impl Into<String>) -> Self {
        Self::new(-32000, message.into())
    }

    /// A request that is not one.
    pub(crate) fn invalid_request(message: impl Into<String>) -> Self {
        Self::new(-32600, message.into())
    }

    /// Parameters that cannot be read.
    pub(crate) fn invalid_params(message: impl Into<String>) -> Self {
        Self::new(-32602, message.into())
    }

    pub(crate) fn parse() -> Self {
        Self::new(-32700, "parse error".into())
    }

    pub(crate) fn method_not_found(method: &str) -> Self {
        Self::new(
            -32601,
            format!("the method {method} does not exist/is not available"),
        )
    }

    /// A subscription asked for over a transport that cannot carry it.
    pub(crate) fn notifications_unsupported() -> Self {
        Self::new(-32601, "notifications not supported".into())
    }

    /// A handler panicked: a bug of the devnode, which lives on.
    pub(crate) fn crashed() -> Self {
        Self::new(-32603, "method handler crashed".into())
    }

    /// Too much was asked of this node.
    pub(crate) fn limit(message: impl Into<String>) -> Self {
        Self::new(-32005, message.into())
    }

    /// The answers to a batch outgrew their limit.
    pub(crate) fn too_large() -> Self {
        Self::new(-32003, "response too large".into())
    }

    /// A revert with its data; `reason` is the decoded part, if any.
    pub(crate) fn revert(reason: Option<&str>, data: &[u8]) -> Self {
        Self {
            code: 3,
            message: reason.map_or_else(
                || "execution reverted".to_owned(),
                |reason| format!("execution reverted: {reason}"),
            ),
            data: Some(alloy_primitives::hex::encode_prefixed(data)),
        }
    }

    pub(crate) fn to_object(&self) -> ErrorObjectOwned {
        ErrorObject::owned(self.code, self.message.clone(), self.data.as_ref())
    }
}
