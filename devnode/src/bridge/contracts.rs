//! Where Arbitrum's contracts are on L1. Written as JSON with the names that `--l1-contracts` files and the start line have.

use std::path::Path;

use alloy_primitives::Address;
use serde::{Deserialize, Serialize};

use super::error::BridgeError;

/// See the head of this file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contracts {
    /// Holds the ether that is on L2, and the list of messages.
    pub bridge: Address,
    /// Takes messages to L2.
    pub inbox: Address,
    /// Executes messages from L2.
    pub outbox: Address,
    /// Owns the other three, and posts roots.
    pub rollup: Address,
    /// L1 block from which on to look for messages.
    #[serde(default)]
    pub deployed_at: u64,
}

impl Contracts {
    /// Reads a file of addresses.
    ///
    /// # Errors
    /// When it cannot be read, or has not all of them.
    pub fn read(path: &Path) -> Result<Self, BridgeError> {
        let unusable = |why: String| BridgeError::File {
            path: path.into(),
            why,
        };
        let text = std::fs::read(path).map_err(|error| unusable(error.to_string()))?;
        serde_json::from_slice(&text).map_err(|error| unusable(error.to_string()))
    }
}
