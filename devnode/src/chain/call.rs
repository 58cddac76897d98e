//! Executing without changing the chain: `eth_call`.

use std::collections::VecDeque;

use alloy_eips::BlockId;
use alloy_primitives::{B256, U256, map::AddressSet};

use super::{
    Chain,
    block::Block,
    error::{CallError, TxError, UnknownBlock},
    message::{BlockOverrides, CallOutcome, Message, StateOverrides},
    seal::Seal,
    state::{State, Version},
    view::{Overlay, View},
};
use crate::{
    arbos::{RunMode, address::ARBOS_STATE, tx::ArbTx},
    evm::{
        job::{Job, L1Data, NonceRule, Scene, Surroundings},
        stand_in,
        trace::Tracer,
        transact::{Ending, Executed, transact},
    },
    stylus::RecentPrograms,
};

/// Where a call runs: a version of the state with overrides laid over it, in a block with overrides.
#[derive(Clone)]
pub(crate) struct Stage {
    version: Version,
    overlay: Overlay,
    around: Surroundings,
    removed: AddressSet,
}

impl Stage {
    /// The state it runs on.
    pub(crate) const fn view<'a>(&'a self, state: &'a State) -> View<'a> {
        View {
            state,
            version: self.version,
            overlay: Some(&self.overlay),
        }
    }

    /// The block it runs in.
    pub(crate) const fn around(&self) -> &Surroundings {
        &self.around
    }

    /// Accounts whose precompile was taken away.
    pub(crate) const fn removed(&self) -> &AddressSet {
        &self.removed
    }

    /// The same place, where gas costs nothing.
    pub(crate) fn for_free(&self) -> Self {
        let mut free = self.clone();
        free.around.base_fee = U256::ZERO;
        free
    }
}

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
        let stage = self.stage(at, state, block)?;
        let gas = message
            .gas
            .unwrap_or(u64::MAX)
            .min(self.gas_cap(&stage, message));
        if let Some(ticket) = self.asked_ticket(&stage, message, gas) {
            return outcome(self.try_ticket(&stage, ticket)?);
        }
        if let Some(to) = Self::asks_node(&stage, message) {
            return self.answer_as_node(&stage, message, to, at);
        }
        outcome(self.perform(&stage, message, gas, RunMode::Call, None)?)
    }

    /// Most gas for a call or an estimate. It is meant for computation: what goes to L1 comes on top.
    pub(crate) fn gas_cap(&self, stage: &Stage, message: &Message) -> u64 {
        let for_l1 = if message.skip_l1_charging {
            0
        } else {
            self.padded_l1_gas(stage, message)
        };
        self.config.call_gas_cap.saturating_add(for_l1)
    }

    /// Prepares the place a call runs in.
    pub(crate) fn stage(
        &self,
        at: BlockId,
        state: &StateOverrides,
        overrides: &BlockOverrides,
    ) -> Result<Stage, CallError> {
        let block = self.block(at).ok_or(UnknownBlock)?;
        let version = self.version_at(at)?;
        if state.contains_key(&ARBOS_STATE) {
            return Err(CallError::Override(format!(
                "overriding address {ARBOS_STATE} not allowed"
            )));
        }
        for (address, change) in state {
            if change.state.is_some() && change.state_diff.is_some() {
                return Err(CallError::Override(format!(
                    "account {address} has both 'state' and 'stateDiff'"
                )));
            }
        }
        let mut around = self.surroundings_at(block);
        around.l2_number = overrides.number.unwrap_or(around.l2_number);
        around.timestamp = overrides.time.unwrap_or(around.timestamp);
        around.gas_limit = overrides.gas_limit.unwrap_or(around.gas_limit);
        around.coinbase = overrides.coinbase.unwrap_or(around.coinbase);
        around.base_fee = overrides.base_fee.unwrap_or(around.base_fee);
        around.prev_randao = overrides.prev_randao.unwrap_or(around.prev_randao);
        Ok(Stage {
            version,
            overlay: Overlay::new(state, &self.state, version),
            around,
            // Whoever overrides a precompile's address takes the precompile away (Nitro).
            removed: state.keys().copied().collect(),
        })
    }

    /// What executions on the state after `block` see.
    pub(crate) fn surroundings_at(&self, block: &Block) -> Surroundings {
        self.surroundings(&Seal {
            number: block.number(),
            timestamp: block.timestamp(),
            coinbase: block.header.beneficiary,
            base_fee: block.base_fee(),
            l1_number: block.l1_number(),
            arbos: block.arbos_version(),
            ..Seal::default()
        })
    }

    /// Hash of a block of the chain, zero for others.
    pub(crate) fn hash_of(&self, number: u64) -> B256 {
        self.block_by_number(number)
            .map_or(B256::ZERO, |block| block.hash)
    }

    /// Runs a message with a gas limit, and the redeems it schedules, each on what came before. Gas given to a redeem counts as
    /// far as the redeem uses it; a redeem that fails makes the whole fail (Nitro's estimates).
    pub(crate) fn perform_all(
        &self,
        stage: &Stage,
        message: &Message,
        gas: u64,
    ) -> Result<Executed, CallError> {
        if let Some(ticket) = self.asked_ticket(stage, message, gas) {
            return self.try_ticket(stage, ticket);
        }
        let mut done = self.perform(stage, message, gas, RunMode::Estimate, None)?;
        // Redeems take over the price: where nothing is paid for the one, nothing is for the other.
        let redeemed = if message.fee_cap.unwrap_or_default() == 0 && !done.scheduled.is_empty() {
            self.perform_redeems(&stage.for_free(), &mut done)
        } else {
            self.perform_redeems(stage, &mut done)
        };
        redeemed.map_err(|error| CallError::Invalid { error, gas })?;
        Ok(done)
    }

    /// Runs the redeems that an execution scheduled, and counts their gas in the place of what they were given.
    pub(crate) fn perform_redeems(
        &self,
        stage: &Stage,
        done: &mut Executed,
    ) -> Result<(), TxError> {
        if done.scheduled.is_empty() {
            return Ok(());
        }
        let mut overlay = stage.overlay.clone();
        overlay.absorb(std::mem::take(&mut done.state));
        let mut waiting = VecDeque::from(std::mem::take(&mut done.scheduled));
        while let Some(retry) = waiting.pop_front() {
            done.gas_used = done.gas_used.saturating_sub(retry.gas);
            let from = retry.from;
            let hashes = |number| self.hash_of(number);
            let scene = Scene {
                view: View {
                    state: &self.state,
                    version: stage.version,
                    overlay: Some(&overlay),
                },
                block: &stage.around,
                hashes: &hashes,
                recent: RecentPrograms::default(),
                removed: stage.removed.clone(),
                mode: RunMode::Estimate,
            };
            let redeemed = crate::evm::execute(scene, &ArbTx::Retry(retry).into(), from, None)?;
            done.gas_used = done.gas_used.saturating_add(redeemed.gas_used);
            if redeemed.ending != Ending::Success {
                done.ending = redeemed.ending;
                done.output = redeemed.output;
                return Ok(());
            }
            overlay.absorb(redeemed.state);
            waiting.extend(redeemed.scheduled);
        }
        Ok(())
    }

    /// Runs a message with a gas limit.
    pub(crate) fn perform(
        &self,
        stage: &Stage,
        message: &Message,
        gas: u64,
        mode: RunMode,
        tracer: Option<&mut dyn Tracer>,
    ) -> Result<Executed, CallError> {
        let hashes = |number| self.hash_of(number);
        let scene = Scene {
            view: stage.view(&self.state),
            block: &stage.around,
            hashes: &hashes,
            recent: RecentPrograms::default(),
            removed: stage.removed.clone(),
            mode,
        };
        transact(scene, &job(message, gas, mode), tracer)
            .map_err(|error| CallError::Invalid { error, gas })
    }
}

/// The job a message is.
fn job(message: &Message, gas: u64, mode: RunMode) -> Job {
    let shown_gas = (mode != RunMode::Estimate).then_some(gas);
    let fee_cap = U256::from(message.fee_cap.unwrap_or_default());
    Job {
        kind: 0,
        from: message.from.unwrap_or_default(),
        to: message.to.into(),
        nonce: NonceRule::Any,
        sender_is_eoa: false,
        gas,
        fee_cap,
        tip: message.tip.map_or(fee_cap, U256::from),
        free_if_zero: true,
        value: message.value,
        input: message.input.clone(),
        access_list: message.access_list.clone().unwrap_or_default(),
        authorizations: (!message.authorizations.is_empty())
            .then(|| message.authorizations.clone()),
        l1_data: if message.skip_l1_charging {
            L1Data::Free
        } else {
            L1Data::Unsigned(stand_in::encode(message, shown_gas))
        },
        pays_arbos: true,
    }
}

/// What `eth_call` answers.
pub(crate) fn outcome(done: Executed) -> Result<CallOutcome, CallError> {
    match done.ending {
        Ending::Success => Ok(CallOutcome {
            output: done.output,
            gas_used: done.gas_used,
            gas_used_for_l1: done.poster_gas,
            logs: done.logs,
        }),
        Ending::Revert => Err(CallError::Revert {
            data: done.output,
            gas_used: done.gas_used,
        }),
        Ending::Halt(message) => Err(CallError::Halt {
            message,
            gas_used: done.gas_used,
        }),
    }
}
