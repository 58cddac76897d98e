//! `eth_estimateGas`: go-ethereum's search, so that the figures agree with Nitro's.

use alloy_eips::BlockId;
use alloy_primitives::U256;

use super::{
    Chain,
    call::Stage,
    error::{CallError, TxError},
    message::{BlockOverrides, Message, StateOverrides},
    state::NOW,
};
use crate::evm::{
    intrinsic,
    transact::{Ending, Executed},
};

/// The search ends when the bounds lie within this part of the upper one.
const ERROR_RATIO: f64 = 0.015;
/// Gas that comes with a value for free (EIP-150).
const CALL_STIPEND: u64 = 2300;

impl Chain {
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
        let stage = self.stage(at, state, block)?;
        self.search(&stage, message, at)
    }

    /// The search itself, at a place that is prepared.
    pub(crate) fn search(
        &self,
        stage: &Stage,
        message: &Message,
        at: BlockId,
    ) -> Result<u64, CallError> {
        let mut high = self.allowance(stage, message)?;

        let is_transfer = message.input.is_empty()
            && message
                .to
                .is_some_and(|to| self.code(to, at).is_ok_and(|code| code.is_empty()));
        if is_transfer
            && self
                .attempt(stage, message, intrinsic::TX)?
                .is_some_and(|done| succeeded(&done))
        {
            return Ok(intrinsic::TX);
        }

        let Some(first) = self.attempt(stage, message, high)? else {
            return Err(CallError::ExceedsAllowance { allowance: high });
        };
        match first.ending {
            Ending::Success => {}
            Ending::Halt(text) if text == "out of gas" => {
                return Err(CallError::ExceedsAllowance { allowance: high });
            }
            _ => return super::call::outcome(first).map(|done| done.gas_used),
        }
        let mut low = first.gas_used.saturating_sub(1);
        let optimistic = (first.peak_gas + CALL_STIPEND) * 64 / 63;
        if optimistic < high {
            self.narrow(stage, message, optimistic, &mut low, &mut high)?;
        }
        while low + 1 < high {
            if (high - low) as f64 / (high as f64) < ERROR_RATIO {
                break;
            }
            // Most messages need little more than they use: look at the low end first.
            let middle = low.midpoint(high).min(low.saturating_mul(2));
            self.narrow(stage, message, middle, &mut low, &mut high)?;
        }
        Ok(high)
    }

    /// Most gas the sender may and can pay for.
    fn allowance(&self, stage: &Stage, message: &Message) -> Result<u64, CallError> {
        let asked = message
            .gas
            .filter(|gas| *gas >= intrinsic::TX)
            .unwrap_or(u64::MAX);
        let mut allowance = asked;
        if let Some(cap) = message.fee_cap.filter(|cap| *cap > 0) {
            let sender = message.from.unwrap_or_default();
            let balance = self.state.account(sender, NOW).unwrap_or_default().balance;
            if message.value > balance || (message.value == balance && !message.value.is_zero()) {
                let error = TxError::InsufficientFundsForTransfer { sender };
                return Err(CallError::Invalid { error, gas: asked });
            }
            let affordable = (balance - message.value) / U256::from(cap);
            allowance = allowance.min(affordable.saturating_to());
        }
        Ok(allowance.min(self.gas_cap(stage, message)))
    }

    /// Tries a limit and moves one of the bounds to it.
    fn narrow(
        &self,
        stage: &Stage,
        message: &Message,
        gas: u64,
        low: &mut u64,
        high: &mut u64,
    ) -> Result<(), CallError> {
        if self
            .attempt(stage, message, gas)?
            .is_some_and(|done| succeeded(&done))
        {
            *high = gas;
        } else {
            *low = gas;
        }
        Ok(())
    }

    /// Runs the message with a gas limit; `None` if the limit is below what it costs before it runs.
    fn attempt(
        &self,
        stage: &Stage,
        message: &Message,
        gas: u64,
    ) -> Result<Option<Executed>, CallError> {
        match self.perform_all(stage, message, gas) {
            Ok(done) => Ok(Some(done)),
            Err(CallError::Invalid {
                error: TxError::IntrinsicGas { .. },
                ..
            }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn succeeded(done: &Executed) -> bool {
    done.ending == Ending::Success
}
