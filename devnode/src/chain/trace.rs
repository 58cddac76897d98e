//! Executing under the eyes of a tracer: calls, and transactions of the chain once more.

use alloy_eips::BlockId;
use alloy_primitives::{Address, B256, Bytes, U256, map::AddressSet};

use super::{
    Chain,
    call::outcome,
    error::CallError,
    message::{BlockOverrides, CallOutcome, Message, StateOverrides},
    view::View,
};
use crate::{
    arbos::RunMode,
    evm::{job::Scene, trace::Tracer, transact::Executed},
    stylus::RecentPrograms,
};

/// An account at one moment of an execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TracedAccount {
    /// Nonce.
    pub nonce: u64,
    /// Balance in wei.
    pub balance: U256,
    /// Code, empty for none.
    pub code: Bytes,
}

/// An account that an execution looked at, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TouchedAccount {
    /// The account.
    pub address: Address,
    /// Before; none if it did not exist.
    pub before: Option<TracedAccount>,
    /// After; none if it does not exist any more.
    pub after: Option<TracedAccount>,
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
        let stage = self.stage(at, state, block)?;
        let cap = self.config.call_gas_cap;
        let gas = message.gas.unwrap_or(cap).min(cap);
        let done = self.perform(&stage, message, gas, RunMode::Call, Some(tracer))?;
        Ok(traced(done, stage.view(&self.state)))
    }

    /// Executes a transaction of the chain once more, as it was executed, watched by `tracer`. `None` if there is no such
    /// transaction.
    pub fn trace_transaction(&self, hash: &B256, tracer: &mut dyn Tracer) -> Option<Traced> {
        let mined = self.transaction(hash)?;
        let block = self.block_by_number(mined.block_number)?;
        let mut recent = RecentPrograms::default();
        for earlier in block
            .transactions
            .iter()
            .take_while(|other| other.index < mined.index)
        {
            for program in &earlier.programs {
                recent.touch(*program, u16::MAX);
            }
        }
        let around = self.surroundings_at(block);
        let hashes = |number| self.hash_of(number);
        let view = View {
            state: &self.state,
            version: mined.before,
            overlay: None,
        };
        let scene = Scene {
            view,
            block: &around,
            hashes: &hashes,
            recent,
            removed: AddressSet::default(),
            mode: RunMode::Commit,
        };
        let done = crate::evm::execute(scene, &mined.tx, mined.from, Some(tracer)).ok()?;
        Some(traced(done, view))
    }
}

fn traced(mut done: Executed, before: View<'_>) -> Traced {
    let mut touched: Vec<_> = done
        .state
        .drain()
        .map(|(address, account)| {
            let mut slots: Vec<_> = account
                .storage
                .iter()
                .map(|(key, slot)| (*key, before.slot(address, *key), slot.present_value))
                .collect();
            slots.sort_unstable();
            let info = &account.info;
            let gone = account.is_selfdestructed() || info.is_empty();
            TouchedAccount {
                address,
                before: before.account(address).map(|was| TracedAccount {
                    nonce: was.nonce,
                    balance: was.balance,
                    code: before.code(was.code_hash).original_bytes(),
                }),
                after: (!gone).then(|| TracedAccount {
                    nonce: info.nonce,
                    balance: info.balance,
                    code: info
                        .code
                        .clone()
                        .unwrap_or_else(|| before.code(info.code_hash))
                        .original_bytes(),
                }),
                slots,
            }
        })
        .collect();
    touched.sort_unstable_by_key(|account| account.address);
    Traced {
        outcome: outcome(done),
        touched,
    }
}
