//! A transaction as the chain keeps it: an Ethereum one with a signature, or one of ArbOS's own kinds.

use alloy_consensus::{Transaction, TxEnvelope, Typed2718};
use alloy_primitives::{Address, B256, Bytes, TxKind, U256};

/// A transaction of any kind a Nitro block can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tx {
    /// Types 0, 1, 2 and 4.
    Ethereum(Box<TxEnvelope>),
}

impl Tx {
    /// EIP-2718 type, 0 for legacy.
    pub fn kind(&self) -> u8 {
        match self {
            Self::Ethereum(tx) => tx.ty(),
        }
    }

    /// Transaction hash.
    pub fn hash(&self) -> B256 {
        match self {
            Self::Ethereum(tx) => *tx.tx_hash(),
        }
    }

    /// Nonce as RPC shows it.
    pub fn nonce(&self) -> u64 {
        match self {
            Self::Ethereum(tx) => tx.nonce(),
        }
    }

    /// Gas limit as RPC shows it.
    pub fn gas(&self) -> u64 {
        match self {
            Self::Ethereum(tx) => tx.gas_limit(),
        }
    }

    /// Recipient as RPC shows it, none for a creation.
    pub fn to(&self) -> Option<Address> {
        match self {
            Self::Ethereum(tx) => tx.kind().to().copied(),
        }
    }

    /// Value in wei as RPC shows it.
    pub fn value(&self) -> U256 {
        match self {
            Self::Ethereum(tx) => tx.value(),
        }
    }

    /// Input as RPC shows it.
    pub fn input(&self) -> Bytes {
        match self {
            Self::Ethereum(tx) => tx.input().clone(),
        }
    }

    /// Recipient or creation.
    pub fn target(&self) -> TxKind {
        self.to().map_or(TxKind::Create, TxKind::Call)
    }
}
