//! The transaction types 0x64 to 0x6a, which no one signs: ArbOS makes them from L1 messages or by itself.
//!
//! Always holds: the hash of a transaction is keccak of its type byte and the RLP list of its fields in the
//! order in which they are declared here; `decode` accepts exactly what `encode` gives.

mod types;

pub use types::{
    ContractTx, DepositTx, InternalTx, RetryTx, SubmitRetryableTx, UnsignedTx,
    batchPostingReportCall, batchPostingReportV2Call, startBlockCall,
};

use alloy_primitives::{Address, B256, Bytes, TxKind, U256, keccak256};
use alloy_rlp::{Decodable, Encodable};

use super::address::{ARB_RETRYABLE_TX, ARBOS};

/// EIP-2718 type bytes.
pub mod kind {
    /// ETH deposit.
    pub const DEPOSIT: u8 = 0x64;
    /// Transaction of an L1 sender with a nonce.
    pub const UNSIGNED: u8 = 0x65;
    /// Transaction of an L1 sender without a nonce.
    pub const CONTRACT: u8 = 0x66;
    /// Redeem of a retryable ticket.
    pub const RETRY: u8 = 0x68;
    /// Creation of a retryable ticket.
    pub const SUBMIT_RETRYABLE: u8 = 0x69;
    /// Start of a block, batch posting report.
    pub const INTERNAL: u8 = 0x6a;
}

/// Whether the sender of a transaction of this type is an alias of an L1 address.
pub const fn is_aliased(kind: u8) -> bool {
    matches!(kind, kind::UNSIGNED | kind::CONTRACT | kind::RETRY)
}

/// Whether a transaction of this type pays for its bytes on L1.
pub const fn pays_poster(kind: u8) -> bool {
    kind < kind::DEPOSIT
}

/// Any of the transactions that ArbOS makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArbTx {
    /// Type 0x64.
    Deposit(DepositTx),
    /// Type 0x65.
    Unsigned(UnsignedTx),
    /// Type 0x66.
    Contract(ContractTx),
    /// Type 0x68.
    Retry(RetryTx),
    /// Type 0x69.
    SubmitRetryable(SubmitRetryableTx),
    /// Type 0x6a.
    Internal(InternalTx),
}

/// Why bytes are not one of these transactions.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The type byte is missing or another one.
    #[error("transaction type not supported")]
    Kind,
    /// The list does not fit the type.
    #[error("malformed transaction: {0}")]
    Rlp(#[from] alloy_rlp::Error),
    /// Bytes follow the list.
    #[error("malformed transaction: bytes after its end")]
    Trailing,
}

/// Runs an expression on the fields of whichever transaction it is.
macro_rules! each {
    ($tx:expr, $fields:ident => $out:expr) => {
        match $tx {
            ArbTx::Deposit($fields) => $out,
            ArbTx::Unsigned($fields) => $out,
            ArbTx::Contract($fields) => $out,
            ArbTx::Retry($fields) => $out,
            ArbTx::SubmitRetryable($fields) => $out,
            ArbTx::Internal($fields) => $out,
        }
    };
}

impl ArbTx {
    /// EIP-2718 type byte.
    pub const fn kind(&self) -> u8 {
        match self {
            Self::Deposit(_) => kind::DEPOSIT,
            Self::Unsigned(_) => kind::UNSIGNED,
            Self::Contract(_) => kind::CONTRACT,
            Self::Retry(_) => kind::RETRY,
            Self::SubmitRetryable(_) => kind::SUBMIT_RETRYABLE,
            Self::Internal(_) => kind::INTERNAL,
        }
    }

    /// Type byte and RLP list.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![self.kind()];
        each!(self, tx => tx.encode(&mut out));
        out
    }

    /// Reads what [`encode`](Self::encode) wrote.
    ///
    /// # Errors
    /// * Another type, another number or form of fields, or bytes after the list.
    pub fn decode(bytes: &[u8]) -> Result<Self, DecodeError> {
        let (&kind, mut list) = bytes.split_first().ok_or(DecodeError::Kind)?;
        let rest = &mut list;
        let tx = match kind {
            kind::DEPOSIT => Self::Deposit(Decodable::decode(rest)?),
            kind::UNSIGNED => Self::Unsigned(Decodable::decode(rest)?),
            kind::CONTRACT => Self::Contract(Decodable::decode(rest)?),
            kind::RETRY => Self::Retry(Decodable::decode(rest)?),
            kind::SUBMIT_RETRYABLE => Self::SubmitRetryable(Decodable::decode(rest)?),
            kind::INTERNAL => Self::Internal(Decodable::decode(rest)?),
            _ => return Err(DecodeError::Kind),
        };
        if !list.is_empty() {
            return Err(DecodeError::Trailing);
        }
        Ok(tx)
    }

    /// Transaction hash; of a ticket's creation also the ticket id.
    pub fn hash(&self) -> B256 {
        keccak256(self.encode())
    }

    /// Sender.
    pub const fn from(&self) -> Address {
        match self {
            Self::Deposit(tx) => tx.from,
            Self::Unsigned(tx) => tx.from,
            Self::Contract(tx) => tx.from,
            Self::Retry(tx) => tx.from,
            Self::SubmitRetryable(tx) => tx.from,
            Self::Internal(_) => ARBOS,
        }
    }

    /// Recipient as JSON-RPC shows it.
    pub const fn to(&self) -> TxKind {
        match self {
            Self::Deposit(tx) => TxKind::Call(tx.to),
            Self::Unsigned(tx) => tx.to,
            Self::Contract(tx) => tx.to,
            Self::Retry(tx) => tx.to,
            Self::SubmitRetryable(_) => TxKind::Call(ARB_RETRYABLE_TX),
            Self::Internal(_) => TxKind::Call(ARBOS),
        }
    }

    /// Value in wei as JSON-RPC shows it.
    pub const fn value(&self) -> U256 {
        match self {
            Self::Deposit(tx) => tx.value,
            Self::Unsigned(tx) => tx.value,
            Self::Contract(tx) => tx.value,
            Self::Retry(tx) => tx.value,
            Self::SubmitRetryable(_) | Self::Internal(_) => U256::ZERO,
        }
    }

    /// Gas limit.
    pub const fn gas(&self) -> u64 {
        match self {
            Self::Deposit(_) | Self::Internal(_) => 0,
            Self::Unsigned(tx) => tx.gas,
            Self::Contract(tx) => tx.gas,
            Self::Retry(tx) => tx.gas,
            Self::SubmitRetryable(tx) => tx.gas,
        }
    }

    /// Most wei a unit of gas may cost.
    pub const fn gas_fee_cap(&self) -> U256 {
        match self {
            Self::Deposit(_) | Self::Internal(_) => U256::ZERO,
            Self::Unsigned(tx) => tx.gas_fee_cap,
            Self::Contract(tx) => tx.gas_fee_cap,
            Self::Retry(tx) => tx.gas_fee_cap,
            Self::SubmitRetryable(tx) => tx.gas_fee_cap,
        }
    }

    /// Nonce as JSON-RPC shows it: of a retry the number of tries before it.
    pub const fn nonce(&self) -> u64 {
        match self {
            Self::Unsigned(tx) => tx.nonce,
            Self::Retry(tx) => tx.nonce,
            _ => 0,
        }
    }

    /// Calldata as JSON-RPC shows it.
    pub fn input(&self) -> Bytes {
        match self {
            Self::Deposit(_) => Bytes::new(),
            Self::Unsigned(tx) => tx.data.clone(),
            Self::Contract(tx) => tx.data.clone(),
            Self::Retry(tx) => tx.data.clone(),
            Self::SubmitRetryable(tx) => tx.call(),
            Self::Internal(tx) => tx.data.clone(),
        }
    }

    /// Id of the L1 message this came from, where the transaction carries it.
    pub const fn request_id(&self) -> Option<B256> {
        match self {
            Self::Deposit(tx) => Some(tx.request_id),
            Self::Contract(tx) => Some(tx.request_id),
            Self::SubmitRetryable(tx) => Some(tx.request_id),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
