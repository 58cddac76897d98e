//! Closing frames: keeping or undoing what they did, and depositing the code of a creation.

use revm::{
    context_interface::{Cfg, JournalTr},
    handler::{CreateFrame, FrameData, FrameResult},
    interpreter::interpreter::EthInterpreter,
    interpreter::{CreateOutcome, InstructionResult, Interpreter, InterpreterResult},
    state::Bytecode,
};

use super::{
    code, failure,
    frame::{Body, Frame},
    machine::Machine,
    open::call_result,
};

impl Machine<'_, '_> {
    /// Closes the innermost frame with what it ended with.
    pub(crate) fn close(&mut self, mut result: InterpreterResult) -> Option<FrameResult> {
        let frame = self.frames.pop()?;
        if frame.counted {
            self.cx.chain.close_frame(frame.acting);
        }
        match frame.created {
            Some(_) => self.deposit(&frame, &mut result),
            None if result.result.is_ok() => self.cx.journaled_state.checkpoint_commit(),
            None => self.cx.journaled_state.checkpoint_revert(frame.checkpoint),
        }
        if !result.result.is_ok_or_revert() {
            result.gas.spend_all();
        }
        let error = self.failure_of(result.result, frame.interpreter());
        let used = frame.gas_limit.saturating_sub(result.gas.remaining());
        self.tell_exit(self.frames.len(), used, &result.output, error);
        let ended = frame_result(&frame, result);
        self.recycle(frame.body);
        Some(ended)
    }

    /// Pays for and stores the code that init code returned (EIP-170, EIP-3541 with Nitro's waiver for Stylus code).
    fn deposit(&mut self, frame: &Frame, result: &mut InterpreterResult) {
        let Some(created) = frame.created else { return };
        if result.result.is_ok() {
            let length = result.output.len();
            let refused = if length > self.cx.cfg.max_code_size() {
                Some((
                    InstructionResult::CreateContractSizeLimit,
                    format!(
                        "max code size exceeded: code size {length} limit {}",
                        self.cx.cfg.max_code_size()
                    ),
                ))
            } else if !code::may_deploy(&result.output, self.cx.chain.arbos) {
                Some((
                    InstructionResult::CreateContractStartingWithEF,
                    "invalid code: must not begin with 0xef".into(),
                ))
            } else {
                let cost = self.cx.cfg.gas_params.code_deposit_cost(length);
                (!result.gas.record_regular_cost(cost)).then(|| {
                    (
                        InstructionResult::OutOfGas,
                        "contract creation code storage out of gas".into(),
                    )
                })
            };
            if let Some((code, text)) = refused {
                result.result = code;
                result.output = revm::primitives::Bytes::new();
                self.cx.chain.failure = Some(text);
            }
        }
        if result.result.is_ok() {
            self.cx.journaled_state.checkpoint_commit();
            self.cx
                .journaled_state
                .set_code(created, Bytecode::new_legacy(result.output.clone()));
            result.result = InstructionResult::Return;
        } else {
            self.cx.journaled_state.checkpoint_revert(frame.checkpoint);
        }
    }

    /// Text for a failed frame, taking what the frame left about it; none for success.
    pub(crate) fn failure_of(
        &mut self,
        result: InstructionResult,
        evm: Option<&Interpreter<EthInterpreter>>,
    ) -> Option<String> {
        let noted = self.cx.chain.failure.take();
        if result.is_ok() {
            return None;
        }
        // Only the outermost frame's text ends up in an answer; the others are for tracers.
        if self.frames.is_empty() || self.tracer.is_some() {
            let text = noted.unwrap_or_else(|| failure::describe(result, evm));
            if self.frames.is_empty() {
                self.cx.chain.failure = Some(text.clone());
            }
            return Some(text);
        }
        None
    }
}

/// A closed frame's result as its parent takes it.
fn frame_result(frame: &Frame, result: InterpreterResult) -> FrameResult {
    match (&frame.body, frame.created) {
        (_, Some(created)) => FrameResult::Create(CreateOutcome::new(result, Some(created))),
        (Body::Program(program), None) => call_result(result, program.return_range.clone()),
        (Body::Evm(body), None) => match &body.data {
            FrameData::Call(call) => call_result(result, call.return_memory_range.clone()),
            FrameData::Create(CreateFrame { created_address }) => {
                FrameResult::Create(CreateOutcome::new(result, Some(*created_address)))
            }
        },
    }
}
