//! Stylus programs as frames: what they start from, what they ask for, how they end.

use std::{ops::Range, sync::Arc};

use alloy_primitives::{Address, B256, Bytes, U256};
use revm::{
    context_interface::CreateScheme,
    handler::FrameResult,
    interpreter::{
        CallInput, CallInputs, CallScheme, CallValue, CreateInputs, FrameInput, Gas,
        InstructionResult, InterpreterResult, SharedMemory,
    },
};

use super::{context::Context, failure, frame::Next, quiet::Quiet, trace::Tracer, world::Surface};
use crate::{
    arbos,
    stylus::{
        Answer, AnswerKind, CallKind, CallRequest, CodeKind, CompiledProgram, CreateRequest, Entry,
        Environment, FormatError, Outcome, OutcomeKind, Program, RootProgram, Step, StylusParams,
        cache, format::unwrap_classic,
    },
};

/// A running program.
#[derive(Debug)]
pub(crate) struct ProgramFrame {
    program: Program,
    memory: SharedMemory,
    /// Where the caller's memory wants the result.
    pub(crate) return_range: Range<usize>,
    /// What the frame it waited for has brought.
    answer: Option<Answer>,
    acting: Address,
    caller: Address,
    value: U256,
    read_only: bool,
    gas_limit: u64,
}

/// Why a program does not start. Its gas is gone either way.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) result: InstructionResult,
    /// Nitro's text where the result does not say it.
    pub(crate) failure: Option<String>,
}

impl Refused {
    fn because(failure: String) -> Self {
        Self {
            result: InstructionResult::PrecompileError,
            failure: Some(failure),
        }
    }
}

impl ProgramFrame {
    /// Checks that the program may run, pays what starting it costs and makes an instance of it.
    pub(crate) fn enter(
        cx: &mut Context<'_>,
        inputs: &CallInputs,
        input: Bytes,
        code_hash: B256,
        memory: SharedMemory,
        tracer: Option<&mut dyn Tracer>,
        depth: usize,
    ) -> Result<Self, Refused> {
        let params = arbos::stylus_params(cx);
        let record = arbos::program_record(cx, code_hash);
        let now = cx.block.timestamp.saturating_to();
        record
            .check_callable(&params, now)
            .map_err(|error| Refused::because(format!("error {error}")))?;
        let recently_run = cx.chain.run_program(code_hash, params.block_cache_size);
        let program = compiled(cx, inputs, code_hash, &params).map_err(Refused::because)?;
        let entry = Entry {
            program,
            record,
            recently_run,
            params,
            arbos_version: cx.chain.arbos,
            env: environment(cx, inputs),
            calldata: input,
            gas_limit: inputs.gas_limit,
        };
        let acting = inputs.target_address;
        let mut surface = Surface {
            cx,
            acting,
            depth,
            tracer,
        };
        match Program::enter(entry, &mut surface) {
            Ok(program) => Ok(Self {
                program,
                memory,
                return_range: inputs.return_memory_offset.clone(),
                answer: None,
                acting,
                caller: inputs.caller,
                value: inputs.value.get(),
                read_only: inputs.is_static,
                gas_limit: inputs.gas_limit,
            }),
            Err(outcome) => {
                let (result, failure) = meaning(outcome.kind);
                Err(Refused { result, failure })
            }
        }
    }

    /// Runs until the program ends or wants another frame.
    pub(crate) fn run(
        &mut self,
        cx: &mut Context<'_>,
        depth: usize,
        tracer: Option<&mut dyn Tracer>,
    ) -> Next {
        let mut surface = Surface {
            cx,
            acting: self.acting,
            depth,
            tracer,
        };
        match self.program.run(&mut surface, self.answer.take()) {
            Step::Call(request) => {
                let input = FrameInput::Call(Box::new(self.call(cx, request)));
                Next::Open(input, self.memory.new_child_context())
            }
            Step::Create(request) => {
                let input = FrameInput::Create(Box::new(self.create(request)));
                Next::Open(input, self.memory.new_child_context())
            }
            Step::Done(outcome) => Next::Close(self.result(cx, outcome)),
        }
    }

    /// Takes the result of the frame it wanted.
    pub(crate) fn resume(&mut self, result: FrameResult) {
        self.memory.free_child_context();
        let created = match &result {
            FrameResult::Create(outcome) => outcome.address,
            FrameResult::Call(_) => None,
        };
        let result = result.into_interpreter_result();
        let kind = match result.result {
            done if done.is_ok() => AnswerKind::Success(created),
            InstructionResult::Revert => AnswerKind::Revert,
            _ => AnswerKind::Failure,
        };
        self.answer = Some(Answer {
            result: kind,
            gas_left: if result.result.is_ok_or_revert() {
                result.gas.remaining()
            } else {
                0
            },
            refund: result.gas.refunded(),
            output: result.output,
        });
    }

    fn call(&self, cx: &mut Context<'_>, request: CallRequest) -> CallInputs {
        let CallRequest {
            kind,
            target,
            value,
            input,
            gas_limit,
        } = request;
        let is_delegate = kind == CallKind::Delegate;
        CallInputs {
            input: CallInput::Bytes(input),
            gas_limit,
            target_address: if is_delegate { self.acting } else { target },
            bytecode_address: target,
            known_bytecode: followed_code(cx, target),
            caller: if is_delegate {
                self.caller
            } else {
                self.acting
            },
            value: if is_delegate {
                CallValue::Apparent(self.value)
            } else {
                CallValue::Transfer(value)
            },
            scheme: match kind {
                CallKind::Call => CallScheme::Call,
                CallKind::Delegate => CallScheme::DelegateCall,
                CallKind::Static => CallScheme::StaticCall,
            },
            is_static: self.read_only || kind == CallKind::Static,
            return_memory_offset: 0..0,
            reservoir: 0,
            charged_new_account_state_gas: false,
        }
    }

    fn create(&self, request: CreateRequest) -> CreateInputs {
        let CreateRequest {
            init_code,
            value,
            salt,
            gas_limit,
        } = request;
        let scheme = salt.map_or(CreateScheme::Create, |salt| CreateScheme::Create2 {
            salt: salt.into(),
        });
        CreateInputs::new(self.acting, scheme, value, init_code, gas_limit, 0)
    }

    fn result(&self, cx: &mut Context<'_>, outcome: Outcome) -> InterpreterResult {
        let (result, failure) = meaning(outcome.kind);
        cx.chain.failure = failure;
        let mut gas = Gas::new(self.gas_limit);
        // A frame cannot have more left than it was given.
        let _ = gas.record_regular_cost(self.gas_limit.saturating_sub(outcome.gas_left));
        gas.record_refund(outcome.refund);
        InterpreterResult::new(result, outcome.output, gas)
    }
}

/// What a program's end is in the EVM.
fn meaning(kind: OutcomeKind) -> (InstructionResult, Option<String>) {
    match kind {
        OutcomeKind::Success => (InstructionResult::Return, None),
        OutcomeKind::Revert => (InstructionResult::Revert, None),
        OutcomeKind::OutOfGas => (InstructionResult::OutOfGas, None),
        // go-ethereum's depth error, but unlike one of the EVM's own it takes all gas.
        OutcomeKind::OutOfStack => (
            InstructionResult::PrecompileError,
            Some(failure::describe(InstructionResult::CallTooDeep, None)),
        ),
    }
}

/// The program translated for the engine; from the process's cache unless this is its first run.
fn compiled(
    cx: &mut Context<'_>,
    inputs: &CallInputs,
    code_hash: B256,
    params: &StylusParams,
) -> Result<Arc<CompiledProgram>, String> {
    let code = inputs.known_bytecode.1.original_bytes();
    let module_hash = arbos::program_module_hash(cx, code_hash);
    cache::load(module_hash, params.version, || unwrap(cx, &code, params))
        .map_err(|error| error.to_string())
}

/// The WASM in a code, with fragments fetched from the accounts that hold them.
fn unwrap(
    cx: &mut Context<'_>,
    code: &[u8],
    params: &StylusParams,
) -> Result<Vec<u8>, FormatError> {
    if CodeKind::of(code, cx.chain.arbos) != Some(CodeKind::Root) {
        return unwrap_classic(code, params);
    }
    let root = RootProgram::parse(code, params)?;
    let fragments: Vec<_> = root
        .fragments
        .iter()
        .map(|holder| cx.quiet_code(*holder).original_bytes())
        .collect();
    root.unwrap(&fragments)
}

fn environment(cx: &Context<'_>, inputs: &CallInputs) -> Environment {
    Environment {
        acting: inputs.target_address,
        caller: inputs.caller,
        value: inputs.value.get(),
        read_only: inputs.is_static,
        reentrant: cx.chain.is_reentrant(inputs.target_address),
        origin: cx.tx.caller,
        gas_price: cx.chain.price_with_tip,
        base_fee: U256::from(cx.block.basefee),
        coinbase: cx.block.beneficiary,
        block_number: cx.block.number.saturating_to(),
        block_timestamp: cx.block.timestamp.saturating_to(),
        chain_id: cx.cfg.chain_id,
        max_code_size: cx.cfg.limit_contract_code_size.unwrap_or_default() as u64,
    }
}

/// The code a program's call runs, an EIP-7702 delegation followed. Unlike the EVM's calls it warms no delegate.
fn followed_code(cx: &mut Context<'_>, target: Address) -> (B256, revm::state::Bytecode) {
    let code = cx.quiet_code(target);
    let owner = code.eip7702_address().unwrap_or(target);
    (cx.peek(owner).info.code_hash, cx.quiet_code(owner))
}
