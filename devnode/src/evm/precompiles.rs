//! Which addresses are precompiles, and running them.

use std::sync::Arc;

use alloy_primitives::{Address, Bytes, map::AddressSet};
use parking_lot::RwLock;
use revm::{
    context_interface::JournalTr,
    interpreter::{CallInputs, Gas, InstructionResult, InterpreterResult},
    precompile::{PrecompileStatus, Precompiles},
};

use super::{context::Context, failure, fork};
use crate::arbos;

/// The precompiles of an ArbOS version.
#[derive(Debug)]
struct Set {
    ethereum: &'static Precompiles,
    arbos: AddressSet,
    all: AddressSet,
}

/// Every transaction needs its version's set: they are made once.
fn set(arbos: u64) -> Arc<Set> {
    static SETS: RwLock<Vec<(u64, Arc<Set>)>> = RwLock::new(Vec::new());
    let known = |sets: &[(u64, Arc<Set>)]| {
        sets.iter()
            .find(|(version, _)| *version == arbos)
            .map(|(_, set)| set.clone())
    };
    if let Some(set) = known(&SETS.read()) {
        return set;
    }
    let ethereum = fork::precompiles(arbos);
    let own: AddressSet = arbos::addresses(arbos).collect();
    let all = ethereum.addresses().chain(&own).copied().collect();
    let set = Arc::new(Set {
        ethereum,
        arbos: own,
        all,
    });
    SETS.write().push((arbos, set.clone()));
    set
}

/// Precompiles of one execution.
#[derive(Debug)]
pub(crate) struct Registry {
    set: Arc<Set>,
    /// Addresses that are not precompiles in this execution: overridden by the caller.
    removed: AddressSet,
}

impl Registry {
    /// The precompiles of an ArbOS version, without those that were overridden.
    pub(crate) fn new(arbos: u64, removed: AddressSet) -> Self {
        Self {
            set: set(arbos),
            removed,
        }
    }

    /// Makes all of them warm, as they are at the start of a transaction.
    pub(crate) fn warm(&self, cx: &mut Context<'_>) {
        if self.removed.is_empty() {
            cx.journaled_state.warm_precompiles(&self.set.all);
        } else {
            cx.journaled_state
                .warm_precompiles(&(&self.set.all - &self.removed));
        }
    }

    /// Whether calls to `address` run a precompile.
    pub(crate) fn contains(&self, address: Address) -> bool {
        self.set.all.contains(&address) && !self.removed.contains(&address)
    }

    /// Runs the precompile at the code address of `inputs`; `around` is the `CALLER` of the frame that calls it.
    pub(crate) fn run(
        &self,
        cx: &mut Context<'_>,
        inputs: &CallInputs,
        input: &Bytes,
        depth: usize,
        around: Address,
    ) -> InterpreterResult {
        if self.set.arbos.contains(&inputs.bytecode_address) {
            let frame = arbos::Frame {
                precompile: inputs.bytecode_address,
                acting: inputs.target_address,
                caller: inputs.caller,
                callers_caller: around,
                value: inputs.value.get(),
                read_only: inputs.is_static,
                depth: depth + 1,
                input,
                gas: inputs.gas_limit,
            };
            let outcome = arbos::precompile(cx, &frame);
            return arbos_result(cx, outcome, inputs.gas_limit);
        }
        let mut gas = Gas::new(inputs.gas_limit);
        let Some(precompile) = self.set.ethereum.get(&inputs.bytecode_address) else {
            return InterpreterResult::new(InstructionResult::Stop, Bytes::new(), gas);
        };
        let output = match precompile.execute(input, inputs.gas_limit, 0) {
            Ok(output) => output,
            Err(error) => {
                cx.chain.failure = Some(error.to_string());
                gas.spend_all();
                return InterpreterResult::new(
                    InstructionResult::PrecompileError,
                    Bytes::new(),
                    gas,
                );
            }
        };
        let affordable = gas.record_regular_cost(output.gas_used);
        let result = match &output.status {
            _ if !affordable => InstructionResult::PrecompileOOG,
            PrecompileStatus::Success => InstructionResult::Return,
            PrecompileStatus::Revert => InstructionResult::Revert,
            PrecompileStatus::Halt(halt) => {
                cx.chain.failure = Some(failure::precompile(halt));
                if halt.is_oog() {
                    InstructionResult::PrecompileOOG
                } else {
                    InstructionResult::PrecompileError
                }
            }
        };
        if result.is_ok_or_revert() {
            InterpreterResult::new(result, output.bytes, gas)
        } else {
            gas.spend_all();
            InterpreterResult::new(result, Bytes::new(), gas)
        }
    }
}

/// What an ArbOS precompile answered, in the EVM's terms.
fn arbos_result(
    cx: &mut Context<'_>,
    outcome: arbos::Outcome,
    gas_limit: u64,
) -> InterpreterResult {
    let mut gas = Gas::new(gas_limit);
    // A precompile cannot have more left than it was given.
    let _ = gas.record_regular_cost(gas_limit.saturating_sub(outcome.gas_left()));
    match outcome {
        arbos::Outcome::Success { output, .. } => {
            InterpreterResult::new(InstructionResult::Return, output, gas)
        }
        arbos::Outcome::Revert { output, .. } => {
            InterpreterResult::new(InstructionResult::Revert, output, gas)
        }
        arbos::Outcome::Halt { error } => {
            cx.chain.failure = Some(error);
            InterpreterResult::new(InstructionResult::PrecompileError, Bytes::new(), gas)
        }
    }
}
