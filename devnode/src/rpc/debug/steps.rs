//! The default tracer: every EVM instruction with stack, memory and the storage it names, as go-ethereum's struct logger.
//! Stops recording, with an error, before the trace outgrows what an answer may hold.

use std::collections::BTreeMap;

use alloy_primitives::{Address, B256, Bytes, U256, map::AddressMap};
use revm::bytecode::opcode::{self, OpCode};
use serde::Serialize;

use super::config::StepSettings;
use crate::{
    chain::{CallError, CallOutcome},
    evm::trace::{Step, Tracer},
    rpc::{
        error::{Answer, RpcError},
        json, limits,
    },
};

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct StepJson {
    pc: usize,
    op: String,
    gas: u64,
    gas_cost: u64,
    depth: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stack: Option<Vec<U256>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    return_data: Option<Bytes>,
    #[serde(skip_serializing_if = "Option::is_none")]
    memory: Option<Vec<B256>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    storage: Option<BTreeMap<B256, B256>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refund: Option<u64>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct TraceJson<'a> {
    gas: u64,
    failed: bool,
    return_value: Bytes,
    struct_logs: &'a [StepJson],
}

/// See the head of this file.
#[derive(Debug)]
pub(super) struct StepTracer {
    settings: StepSettings,
    steps: Vec<StepJson>,
    /// Slots each account has named so far.
    slots: AddressMap<BTreeMap<B256, B256>>,
    /// An SLOAD whose value shows on the stack of the next step: by whom, and which slot.
    loading: Option<(Address, B256)>,
    /// Roughly what the steps take as JSON, in bytes.
    size: usize,
    /// Whether the last step was recorded.
    recorded: bool,
}

impl Tracer for StepTracer {
    fn wants_steps(&self) -> bool {
        true
    }

    fn step(&mut self, step: &Step<'_>) {
        self.learn_loaded(step);
        let enough = self.settings.limit > 0 && self.steps.len() >= self.settings.limit;
        self.recorded = !enough && !self.is_too_large();
        if !self.recorded {
            return;
        }
        let storage = self.storage_of(step);
        let words = |bytes: &[u8]| {
            bytes
                .chunks(32)
                .map(B256::right_padding_from)
                .collect::<Vec<_>>()
        };
        let json = StepJson {
            pc: step.pc,
            op: OpCode::new(step.opcode).map_or_else(
                || format!("opcode {:#x} not defined", step.opcode),
                |op| op.to_string(),
            ),
            gas: step.gas,
            gas_cost: 0,
            depth: step.depth + 1,
            error: None,
            stack: (!self.settings.no_stack).then(|| step.stack.to_vec()),
            return_data: (self.settings.return_data && !step.return_data.is_empty())
                .then(|| Bytes::copy_from_slice(step.return_data)),
            memory: self.settings.memory.then(|| words(step.memory)),
            storage,
            refund: u64::try_from(step.refund).ok().filter(|refund| *refund > 0),
        };
        self.size += 100
            + 68 * json.stack.as_ref().map_or(0, Vec::len)
            + 69 * json.memory.as_ref().map_or(0, Vec::len)
            + 2 * json.return_data.as_ref().map_or(0, |data| data.len())
            + 138 * json.storage.as_ref().map_or(0, BTreeMap::len);
        self.steps.push(json);
    }

    fn step_end(&mut self, cost: u64, error: Option<&str>) {
        if let Some(step) = self.steps.last_mut().filter(|_| self.recorded) {
            step.gas_cost = cost;
            step.error = error.map(str::to_owned);
        }
    }
}

impl StepTracer {
    pub(super) fn new(settings: StepSettings) -> Self {
        Self {
            settings,
            steps: Vec::new(),
            slots: AddressMap::default(),
            loading: None,
            size: 0,
            recorded: false,
        }
    }

    const fn is_too_large(&self) -> bool {
        self.size > limits::ANSWER as usize
    }

    /// The slots the account has named, at a step that names one.
    fn storage_of(&mut self, step: &Step<'_>) -> Option<BTreeMap<B256, B256>> {
        if self.settings.no_storage {
            return None;
        }
        let mut stack = step.stack.iter().rev().map(|word| B256::from(*word));
        match step.opcode {
            opcode::SLOAD => {
                let key = stack.next()?;
                self.loading = Some((step.address, key));
                let known = self.slots.entry(step.address).or_default();
                // The value is not known yet; go-ethereum reads it ahead.
                known.entry(key).or_default();
                Some(known.clone())
            }
            opcode::SSTORE => {
                let (key, value) = (stack.next()?, stack.next()?);
                let known = self.slots.entry(step.address).or_default();
                known.insert(key, value);
                Some(known.clone())
            }
            _ => None,
        }
    }

    /// Takes the value that the SLOAD before has put on the stack.
    fn learn_loaded(&mut self, step: &Step<'_>) {
        let Some((who, key)) = self.loading.take() else {
            return;
        };
        let Some(value) = step.stack.last().filter(|_| step.address == who) else {
            return;
        };
        let value = B256::from(*value);
        self.slots.entry(who).or_default().insert(key, value);
        let load = self.steps.last_mut().filter(|_| self.recorded);
        if let Some(storage) = load.and_then(|step| step.storage.as_mut()) {
            storage.insert(key, value);
        }
    }

    /// The whole trace, unless it grew too large.
    pub(super) fn answer(self, gas: u64, outcome: &Result<CallOutcome, CallError>) -> Answer {
        if self.is_too_large() {
            return Err(RpcError::limit(
                "the trace is too large: set \"limit\", or switch parts of it off",
            ));
        }
        let return_value = match outcome {
            Ok(outcome) => outcome.output.clone(),
            Err(CallError::Revert { data, .. }) => data.clone(),
            Err(_) => Bytes::new(),
        };
        json::answer(&TraceJson {
            gas,
            failed: outcome.is_err(),
            return_value,
            struct_logs: &self.steps,
        })
    }
}
