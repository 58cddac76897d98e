//! Which addresses are precompiles, and running them.

use alloy_primitives::{Address, Bytes, map::AddressSet};
use revm::{
    interpreter::{CallInputs, Gas, InstructionResult, InterpreterResult},
    precompile::{PrecompileStatus, Precompiles},
};

use super::{context::Context, failure, fork};

/// Precompiles of one execution.
#[derive(Debug)]
pub(crate) struct Registry {
    ethereum: &'static Precompiles,
    /// Addresses a call's overrides took the precompile away from.
    removed: AddressSet,
    /// Everything that is warm from the start.
    warm: AddressSet,
}

impl Registry {
    /// The precompiles of an ArbOS version, without those that were overridden.
    pub(crate) fn new(arbos: u64, removed: AddressSet) -> Self {
        let ethereum = fork::precompiles(arbos);
        let warm = ethereum
            .addresses()
            .filter(|address| !removed.contains(*address))
            .copied()
            .collect();
        Self {
            ethereum,
            removed,
            warm,
        }
    }

    /// Addresses that are warm at the start of a transaction.
    pub(crate) const fn warm(&self) -> &AddressSet {
        &self.warm
    }

    /// Whether calls to `address` run a precompile.
    pub(crate) fn contains(&self, address: Address) -> bool {
        !self.removed.contains(&address) && self.ethereum.contains(&address)
    }

    /// Runs the precompile at the code address of `inputs`.
    pub(crate) fn run(
        &self,
        cx: &mut Context<'_>,
        inputs: &CallInputs,
        input: &Bytes,
    ) -> InterpreterResult {
        let mut gas = Gas::new(inputs.gas_limit);
        let Some(precompile) = self.ethereum.get(&inputs.bytecode_address) else {
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
