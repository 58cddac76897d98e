//! Errors in Nitro's words: what `Display` prints is what a client of a Nitro node gets to read.

use alloy_primitives::{Address, B256, Bytes, U256};

/// A transaction or call that cannot be executed at all; nothing of it becomes part of the chain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TxError {
    /// The bytes are not a transaction.
    #[error("{0}")]
    Decode(String),
    /// Blob transactions and unknown types.
    #[error("transaction type not supported")]
    TypeNotSupported,
    /// The signature does not give a sender.
    #[error("invalid transaction v, r, s values")]
    InvalidSignature,
    /// Signed for another chain.
    #[error("invalid chain id for signer: have {have} want {want}")]
    WrongChain {
        /// Chain id in the transaction.
        have: u64,
        /// Chain id of this chain.
        want: u64,
    },
    /// The transaction waits in the pool already.
    #[error("already known")]
    AlreadyKnown,
    /// The account has already used this nonce.
    #[error("nonce too low: address {sender}, tx: {tx} state: {state}")]
    NonceTooLow {
        /// Sender.
        sender: Address,
        /// Nonce of the transaction.
        tx: u64,
        /// Next nonce of the account.
        state: u64,
    },
    /// Earlier nonces are missing.
    #[error("nonce too high: address {sender}, tx: {tx} state: {state}")]
    NonceTooHigh {
        /// Sender.
        sender: Address,
        /// Nonce of the transaction.
        tx: u64,
        /// Next nonce of the account.
        state: u64,
    },
    /// The account has used up all nonces.
    #[error("nonce has max value: address {sender}, nonce: {nonce}")]
    NonceMax {
        /// Sender.
        sender: Address,
        /// Its nonce.
        nonce: u64,
    },
    /// The sender is a contract (EIP-3607).
    #[error("sender not an eoa: address {sender}, codehash: {code_hash}")]
    SenderNotEoa {
        /// Sender.
        sender: Address,
        /// Hash of its code.
        code_hash: B256,
    },
    /// The tip is above the cap.
    #[error(
        "max priority fee per gas higher than max fee per gas: address {sender}, maxPriorityFeePerGas: {tip}, maxFeePerGas: {cap}"
    )]
    TipAboveFeeCap {
        /// Sender.
        sender: Address,
        /// Tip in wei per gas.
        tip: U256,
        /// Cap in wei per gas.
        cap: U256,
    },
    /// The cap is below the block's base fee.
    #[error(
        "max fee per gas less than block base fee: address {sender}, maxFeePerGas: {cap}, baseFee: {base_fee}"
    )]
    FeeCapTooLow {
        /// Sender.
        sender: Address,
        /// Cap in wei per gas.
        cap: U256,
        /// Base fee in wei per gas.
        base_fee: U256,
    },
    /// The sender cannot pay for gas and value.
    #[error("insufficient funds for gas * price + value: address {sender} have {have} want {want}")]
    InsufficientFunds {
        /// Sender.
        sender: Address,
        /// Its balance in wei.
        have: U256,
        /// What it needs in wei.
        want: U256,
    },
    /// The sender can pay for the gas but not for the value as well.
    #[error("insufficient funds for transfer: address {sender}")]
    InsufficientFundsForTransfer {
        /// Sender.
        sender: Address,
    },
    /// The limit does not cover the intrinsic gas, or the L1 part after it.
    #[error("intrinsic gas too low: have {have}, want {want}")]
    IntrinsicGas {
        /// Gas limit.
        have: u64,
        /// Gas needed before execution.
        want: u64,
    },
    /// What is left after the intrinsic gas does not cover the L1 share.
    #[error("intrinsic gas too low")]
    L1Gas,
    /// A scheduled redeem whose ticket is not there any more.
    #[error("retryable ticket does not exist")]
    TicketGone,
    /// The limit is below the calldata floor (EIP-7623).
    #[error("insufficient gas for floor data gas cost: have {have}, want {want}")]
    FloorDataGas {
        /// Gas limit.
        have: u64,
        /// Floor.
        want: u64,
    },
    /// Init code above the limit (EIP-3860).
    #[error("max initcode size exceeded: code size {have} limit {limit}")]
    InitCodeTooLarge {
        /// Length of the init code in bytes.
        have: usize,
        /// Limit in bytes.
        limit: usize,
    },
    /// An EIP-7702 transaction without a recipient.
    #[error("EIP-7702 transaction cannot be used to create contract (sender {sender})")]
    SetCodeCreates {
        /// Sender.
        sender: Address,
    },
    /// An EIP-7702 transaction that authorises nothing.
    #[error("EIP-7702 transaction with empty auth list (sender {sender})")]
    EmptyAuthorizations {
        /// Sender.
        sender: Address,
    },
    /// The pool holds as many transactions as it may.
    #[error("txpool is full")]
    PoolFull,
}

impl TxError {
    /// Whether it may become valid when other transactions come first.
    pub const fn is_retryable(&self) -> bool {
        matches!(self, Self::NonceTooHigh { .. })
    }

    /// What `eth_sendRawTransaction` says: the sequencer checks the intrinsic gas before anything else, without figures.
    pub fn sequencer_message(&self) -> String {
        match self {
            Self::IntrinsicGas { .. } => "intrinsic gas too low".into(),
            other => other.to_string(),
        }
    }
}

/// Why a call gave no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The EVM reverted.
    #[error("execution reverted")]
    Revert {
        /// Revert data; empty for traps and plain errors of precompiles.
        data: Bytes,
        /// Gas used until then.
        gas_used: u64,
    },
    /// The EVM failed otherwise; all gas is gone.
    #[error("{message}")]
    Halt {
        /// Nitro's text.
        message: String,
        /// Gas used: all there was.
        gas_used: u64,
    },
    /// The message is not executable.
    #[error("err: {error} (supplied gas {gas})")]
    Invalid {
        /// Why.
        error: TxError,
        /// Its gas limit.
        gas: u64,
    },
    /// More gas does not help (`eth_estimateGas`).
    #[error("gas required exceeds allowance ({allowance})")]
    ExceedsAllowance {
        /// Most gas the sender may use.
        allowance: u64,
    },
    /// A state or block override that cannot be applied.
    #[error("{0}")]
    Override(String),
    /// No such block.
    #[error(transparent)]
    Block(#[from] UnknownBlock),
}

/// A block that is not part of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("header not found")]
pub struct UnknownBlock;

/// A clock setting that would make time run backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("timestamp {wanted} is not after the previous block's timestamp {previous}")]
pub struct TimeError {
    /// Timestamp asked for.
    pub wanted: u64,
    /// Timestamp of the latest block.
    pub previous: u64,
}

/// A state file that cannot be loaded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// Not a state file, or one cut short.
    #[error("not a state file of this devnode: {0}")]
    Malformed(String),
    /// Written by another version.
    #[error("state file has format {found}, this devnode reads {wanted}")]
    Format {
        /// Format in the file.
        found: u32,
        /// Format understood.
        wanted: u32,
    },
    /// Written by a chain with another id.
    #[error("state file is of chain {found}, this is chain {wanted}")]
    Chain {
        /// Chain id in the file.
        found: u64,
        /// Chain id of this chain.
        wanted: u64,
    },
}
