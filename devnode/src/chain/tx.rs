//! A transaction as the chain keeps it: an Ethereum one with a signature, or one of ArbOS's own kinds.

use alloy_consensus::{Transaction, TxEnvelope, Typed2718};
use alloy_eips::{Decodable2718, Encodable2718};
use alloy_primitives::{Address, B256, Bytes, TxKind, U256};

use super::error::TxError;
use crate::arbos::tx::ArbTx;

/// A transaction of any kind a Nitro block can hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tx {
    /// Types 0, 1, 2 and 4.
    Ethereum(Box<TxEnvelope>),
    /// Types 0x64 to 0x6a.
    Arbitrum(Box<ArbTx>),
}

impl From<ArbTx> for Tx {
    fn from(tx: ArbTx) -> Self {
        Self::Arbitrum(Box::new(tx))
    }
}

impl From<TxEnvelope> for Tx {
    fn from(tx: TxEnvelope) -> Self {
        Self::Ethereum(Box::new(tx))
    }
}

impl Tx {
    /// Reads a signed transaction (EIP-2718, or a legacy list).
    ///
    /// # Errors
    /// When the bytes are malformed, or of a type a user cannot send: ArbOS's own and blob transactions.
    pub fn decode_signed(mut raw: &[u8]) -> Result<TxEnvelope, TxError> {
        let first = match raw {
            [] | [0..=0x7f] => {
                return Err(TxError::Decode("typed transaction too short".into()));
            }
            [first, ..] => *first,
        };
        // A legacy transaction is an RLP list, which starts at 0xc0.
        if first < 0xc0 && !matches!(first, 1 | 2 | 4) {
            return Err(TxError::TypeNotSupported);
        }
        let tx = TxEnvelope::decode_2718(&mut raw)
            .map_err(|error| TxError::Decode(format!("rlp: {error}")))?;
        if !raw.is_empty() {
            return Err(TxError::Decode(
                "rlp: input contains more than one value".into(),
            ));
        }
        Ok(tx)
    }

    /// Reads what [`encode`](Self::encode) wrote.
    ///
    /// # Errors
    /// When the bytes are malformed.
    pub(crate) fn decode(raw: &[u8]) -> Result<Self, TxError> {
        if raw
            .first()
            .is_some_and(|first| (0x64..0xc0).contains(first))
        {
            return ArbTx::decode(raw)
                .map(Self::from)
                .map_err(|error| TxError::Decode(error.to_string()));
        }
        Self::decode_signed(raw).map(Self::from)
    }

    /// The bytes whose hash the transaction is known by.
    pub fn encode(&self) -> Bytes {
        match self {
            Self::Ethereum(tx) => tx.encoded_2718().into(),
            Self::Arbitrum(tx) => tx.encode().into(),
        }
    }

    /// EIP-2718 type, 0 for legacy.
    pub fn kind(&self) -> u8 {
        match self {
            Self::Ethereum(tx) => tx.ty(),
            Self::Arbitrum(tx) => tx.kind(),
        }
    }

    /// Transaction hash.
    pub fn hash(&self) -> B256 {
        match self {
            Self::Ethereum(tx) => *tx.tx_hash(),
            Self::Arbitrum(tx) => tx.hash(),
        }
    }

    /// Nonce as RPC shows it.
    pub fn nonce(&self) -> u64 {
        match self {
            Self::Ethereum(tx) => tx.nonce(),
            Self::Arbitrum(tx) => tx.nonce(),
        }
    }

    /// Gas limit as RPC shows it.
    pub fn gas(&self) -> u64 {
        match self {
            Self::Ethereum(tx) => tx.gas_limit(),
            Self::Arbitrum(tx) => tx.gas(),
        }
    }

    /// Recipient as RPC shows it, none for a creation.
    pub fn to(&self) -> Option<Address> {
        match self {
            Self::Ethereum(tx) => tx.kind().to().copied(),
            Self::Arbitrum(tx) => tx.to().to().copied(),
        }
    }

    /// Value in wei as RPC shows it.
    pub fn value(&self) -> U256 {
        match self {
            Self::Ethereum(tx) => tx.value(),
            Self::Arbitrum(tx) => tx.value(),
        }
    }

    /// Input as RPC shows it.
    pub fn input(&self) -> Bytes {
        match self {
            Self::Ethereum(tx) => tx.input().clone(),
            Self::Arbitrum(tx) => tx.input(),
        }
    }

    /// Recipient or creation.
    pub fn target(&self) -> TxKind {
        self.to().map_or(TxKind::Create, TxKind::Call)
    }
}
