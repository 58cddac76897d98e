//! Opening frames: depth, balance and collision checks, value transfer, and the choice of what runs.

use alloy_primitives::{Address, Bytes};
use revm::{
    bytecode::Bytecode,
    context_interface::{CreateScheme, JournalTr, journaled_state::account::JournaledAccountTr},
    handler::{CallFrame, CreateFrame, FrameData, FrameResult},
    interpreter::{
        CallInput, CallInputs, CallOutcome, CallScheme, CallValue, CreateInputs, CreateOutcome,
        FrameInput, Gas, InputsImpl, InstructionResult, InterpreterResult, SharedMemory,
        interpreter::ExtBytecode,
    },
    primitives::constants::CALL_STACK_LIMIT,
};

use super::{
    code, failure,
    frame::{Body, Frame, own_input},
    machine::{Machine, Opened},
    program::{ProgramFrame, Refused},
    trace::{FrameKind, FrameStart, Runs, Tracer},
};

impl Machine<'_, '_> {
    /// Opens the frame that `input` describes.
    pub(crate) fn open(&mut self, input: FrameInput, memory: SharedMemory) -> Opened {
        match input {
            FrameInput::Call(inputs) => self.open_call(inputs, memory),
            FrameInput::Create(inputs) => self.open_create(inputs, memory),
            // revm's interpreter never asks for an empty frame.
            FrameInput::Empty => Opened::Ended(call_result(
                InterpreterResult::new(InstructionResult::Stop, Bytes::new(), Gas::new(0)),
                0..0,
            )),
        }
    }

    fn open_call(&mut self, inputs: Box<CallInputs>, memory: SharedMemory) -> Opened {
        let depth = self.frames.len();
        let is_precompile = self.precompiles.contains(inputs.bytecode_address);
        let runs = if is_precompile {
            Runs::Precompile
        } else if inputs.known_bytecode.1.is_empty() {
            Runs::Nothing
        } else if code::is_program(
            inputs.known_bytecode.1.original_byte_slice(),
            self.cx.chain.arbos,
        ) {
            Runs::Stylus
        } else {
            Runs::Evm
        };
        self.tell_enter(|cx, depth| FrameStart {
            kind: match inputs.scheme {
                CallScheme::Call => FrameKind::Call,
                CallScheme::CallCode => FrameKind::CallCode,
                CallScheme::DelegateCall => FrameKind::DelegateCall,
                CallScheme::StaticCall => FrameKind::StaticCall,
            },
            runs,
            depth,
            from: inputs.caller,
            to: inputs.target_address,
            code_address: inputs.bytecode_address,
            value: inputs.value.get(),
            gas: inputs.gas_limit,
            input: own_input(cx, &inputs.input),
        });

        if depth > CALL_STACK_LIMIT as usize {
            return self.end_call(&inputs, InstructionResult::CallTooDeep);
        }
        let checkpoint = self.cx.journaled_state.checkpoint();
        if let CallValue::Transfer(value) = inputs.value
            && let Some(error) =
                self.cx
                    .journaled_state
                    .transfer_loaded(inputs.caller, inputs.target_address, value)
        {
            self.cx.journaled_state.checkpoint_revert(checkpoint);
            return self.end_call(&inputs, error.into());
        }

        if is_precompile {
            let input = own_input(&self.cx, &inputs.input);
            let around = self
                .frames
                .last()
                .map_or(Address::ZERO, |frame| frame.caller);
            let result = self
                .precompiles
                .run(&mut self.cx, &inputs, &input, depth, around);
            if result.result.is_ok() {
                self.cx.journaled_state.checkpoint_commit();
            } else {
                self.cx.journaled_state.checkpoint_revert(checkpoint);
            }
            let error = self.failure_of(result.result, None);
            self.tell_exit(
                depth,
                inputs.gas_limit - result.gas.remaining(),
                &result.output,
                error,
            );
            return Opened::Ended(call_result(result, inputs.return_memory_offset.clone()));
        }

        let (code_hash, code) = inputs.known_bytecode.clone();
        if code.is_empty() {
            self.cx.journaled_state.checkpoint_commit();
            return self.end_call(&inputs, InstructionResult::Stop);
        }
        let (caller, acting, gas_limit) = (inputs.caller, inputs.target_address, inputs.gas_limit);
        let counted = matches!(inputs.scheme, CallScheme::Call | CallScheme::StaticCall);
        if counted {
            self.cx.chain.open_frame(acting);
        }
        let body = if runs == Runs::Stylus {
            match self.enter_program(&inputs, code_hash, memory) {
                Ok(program) => Body::Program(Box::new(program)),
                Err(refused) => {
                    self.cx.journaled_state.checkpoint_revert(checkpoint);
                    if counted {
                        self.cx.chain.close_frame(acting);
                    }
                    self.cx.chain.failure = refused.failure;
                    return self.fail_call(&inputs, refused.result);
                }
            }
        } else {
            Body::Evm(self.bytecode_call(inputs, code_hash, code, memory, checkpoint))
        };
        Opened::Running(Frame {
            body,
            checkpoint,
            caller,
            acting,
            counted,
            created: None,
            gas_limit,
        })
    }

    fn enter_program(
        &mut self,
        inputs: &CallInputs,
        code_hash: revm::primitives::B256,
        memory: SharedMemory,
    ) -> Result<ProgramFrame, Refused> {
        let depth = self.frames.len();
        let input = own_input(&self.cx, &inputs.input);
        let tracer: Option<&mut dyn Tracer> = match &mut self.tracer {
            Some(tracer) => Some(&mut **tracer),
            None => None,
        };
        ProgramFrame::enter(
            &mut self.cx,
            inputs,
            input,
            code_hash,
            memory,
            tracer,
            depth,
        )
    }

    fn bytecode_call(
        &mut self,
        inputs: Box<CallInputs>,
        code_hash: revm::primitives::B256,
        code: Bytecode,
        memory: SharedMemory,
        checkpoint: revm::context_interface::journaled_state::JournalCheckpoint,
    ) -> Box<revm::handler::EthFrame> {
        let depth = self.frames.len();
        let mut frame = self.interpreter();
        let (is_static, gas_limit) = (inputs.is_static, inputs.gas_limit);
        let interpreter_input = InputsImpl {
            target_address: inputs.target_address,
            caller_address: inputs.caller,
            bytecode_address: Some(inputs.bytecode_address),
            input: inputs.input.clone(),
            call_value: inputs.value.get(),
            depth,
        };
        frame.clear(
            FrameData::Call(CallFrame {
                return_memory_range: inputs.return_memory_offset.clone(),
            }),
            FrameInput::Call(inputs),
            depth,
            memory,
            ExtBytecode::new_with_hash(code, code_hash),
            interpreter_input,
            is_static,
            self.cx.cfg.spec,
            gas_limit,
            0,
            checkpoint,
        );
        frame
    }

    fn open_create(&mut self, inputs: Box<CreateInputs>, memory: SharedMemory) -> Opened {
        let depth = self.frames.len();
        let caller = inputs.caller();
        let Ok(account) = self.cx.journaled_state.load_account(caller);
        let (nonce, balance) = (account.info.nonce, account.info.balance);
        let created = inputs.created_address(nonce);
        self.tell_enter(|_, depth| FrameStart {
            kind: match inputs.scheme() {
                CreateScheme::Create2 { .. } => FrameKind::Create2,
                _ => FrameKind::Create,
            },
            runs: Runs::Evm,
            depth,
            from: caller,
            to: created,
            code_address: created,
            value: inputs.value(),
            gas: inputs.gas_limit(),
            input: inputs.init_code().clone(),
        });

        if depth > CALL_STACK_LIMIT as usize {
            return self.end_create(&inputs, InstructionResult::CallTooDeep);
        }
        if balance < inputs.value() {
            return self.end_create(&inputs, InstructionResult::OutOfFunds);
        }
        let bumped = match self.cx.journaled_state.load_account_mut(caller) {
            Ok(mut account) => account.data.bump_nonce(),
        };
        if !bumped {
            // go-ethereum gives the gas back here, like for the two refusals above.
            self.cx.chain.failure = Some(failure::describe(InstructionResult::NonceOverflow, None));
            return self.end_create(&inputs, InstructionResult::OutOfFunds);
        }
        // The address stays warm even if the creation fails (EIP-2929).
        let Ok(_) = self.cx.journaled_state.load_account(created);
        let spec = self.cx.cfg.spec;
        let checkpoint = match self.cx.journaled_state.create_account_checkpoint(
            caller,
            created,
            inputs.value(),
            spec,
        ) {
            Ok(checkpoint) => checkpoint,
            Err(error) => return self.end_create(&inputs, error.into()),
        };

        let hash = matches!(inputs.scheme(), CreateScheme::Create2 { .. })
            .then(|| inputs.init_code_hash());
        let code = ExtBytecode::new_with_optional_hash(
            Bytecode::new_legacy(inputs.init_code().clone()),
            hash,
        );
        let gas_limit = inputs.gas_limit();
        let interpreter_input = InputsImpl {
            target_address: created,
            caller_address: caller,
            bytecode_address: None,
            input: CallInput::Bytes(Bytes::new()),
            call_value: inputs.value(),
            depth,
        };
        let mut body = self.interpreter();
        body.clear(
            FrameData::Create(CreateFrame {
                created_address: created,
            }),
            FrameInput::Create(inputs),
            depth,
            memory,
            code,
            interpreter_input,
            false,
            spec,
            gas_limit,
            0,
            checkpoint,
        );
        let frame = Frame {
            checkpoint,
            caller,
            acting: created,
            counted: true,
            created: Some(created),
            gas_limit,
            body: Body::Evm(body),
        };
        self.cx.chain.open_frame(created);
        Opened::Running(frame)
    }

    /// A call that runs nothing: refused, with its gas, or to an account without code.
    fn end_call(&mut self, inputs: &CallInputs, result: InstructionResult) -> Opened {
        let error = self.failure_of(result, None);
        self.tell_exit(self.frames.len(), 0, &Bytes::new(), error);
        let result = InterpreterResult::new(result, Bytes::new(), Gas::new(inputs.gas_limit));
        Opened::Ended(call_result(result, inputs.return_memory_offset.clone()))
    }

    /// A call whose gas is gone before anything ran.
    fn fail_call(&mut self, inputs: &CallInputs, result: InstructionResult) -> Opened {
        let error = self.failure_of(result, None);
        self.tell_exit(self.frames.len(), inputs.gas_limit, &Bytes::new(), error);
        let mut gas = Gas::new(inputs.gas_limit);
        gas.spend_all();
        let result = InterpreterResult::new(result, Bytes::new(), gas);
        Opened::Ended(call_result(result, inputs.return_memory_offset.clone()))
    }

    /// A creation that never starts.
    fn end_create(&mut self, inputs: &CreateInputs, result: InstructionResult) -> Opened {
        let mut gas = Gas::new(inputs.gas_limit());
        if !result.is_ok_or_revert() {
            gas.spend_all();
        }
        let error = self.failure_of(result, None);
        self.tell_exit(
            self.frames.len(),
            inputs.gas_limit() - gas.remaining(),
            &Bytes::new(),
            error,
        );
        let result = InterpreterResult::new(result, Bytes::new(), gas);
        Opened::Ended(FrameResult::Create(CreateOutcome::new(result, None)))
    }
}

/// The result of a call as its parent takes it.
pub(crate) fn call_result(
    result: InterpreterResult,
    memory: std::ops::Range<usize>,
) -> FrameResult {
    FrameResult::Call(CallOutcome::new(result, memory))
}
