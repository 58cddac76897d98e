//! Frames: EVM bytecode by revm's interpreter or a Stylus program, on one stack of our own, so that 1,024 levels of calls between
//! the two need no native recursion.

use alloy_primitives::{Address, Bytes};
use revm::{
    context_interface::{context::ContextError, journaled_state::JournalCheckpoint},
    handler::{EthFrame, FrameResult},
    interpreter::{
        FrameInput, InterpreterAction, InterpreterResult, SharedMemory, interpreter::EthInterpreter,
    },
};

use super::{context::Context, instructions::Instructions, program::ProgramFrame, trace::Tracer};

/// An open frame.
#[derive(Debug)]
pub(crate) struct Frame {
    /// What runs.
    pub(crate) body: Body,
    /// Where the journal stood when it opened.
    pub(crate) checkpoint: JournalCheckpoint,
    /// `CALLER`.
    pub(crate) caller: Address,
    /// Acting address.
    pub(crate) acting: Address,
    /// Whether it counts as acting for `msg_reentrant`.
    pub(crate) counted: bool,
    /// Address being created.
    pub(crate) created: Option<Address>,
    /// Gas given.
    pub(crate) gas_limit: u64,
}

/// What runs in a frame.
#[derive(Debug)]
pub(crate) enum Body {
    /// EVM bytecode.
    Evm(Box<EthFrame>),
    /// A Stylus program.
    Program(Box<ProgramFrame>),
}

/// What a frame that has run for a while wants next.
#[derive(Debug)]
pub(crate) enum Next {
    /// Open another frame; resume with its result.
    Open(FrameInput, SharedMemory),
    /// It has ended.
    Close(InterpreterResult),
}

impl Frame {
    /// Runs until the frame ends or wants another one.
    pub(crate) fn run<'a>(
        &mut self,
        cx: &mut Context<'a>,
        table: &Instructions<'a>,
        depth: usize,
        tracer: Option<&mut dyn Tracer>,
    ) -> Next {
        match &mut self.body {
            Body::Evm(frame) => {
                let action = match tracer {
                    Some(tracer) if tracer.wants_steps() => {
                        super::steps::run(&mut frame.interpreter, cx, table, depth, tracer)
                    }
                    _ => frame.interpreter.run_plain(
                        table.instruction_table(),
                        table.gas_table(),
                        cx,
                    ),
                };
                match action {
                    InterpreterAction::NewFrame(input) => {
                        Next::Open(input, frame.interpreter.memory.new_child_context())
                    }
                    InterpreterAction::Return(result) => Next::Close(result),
                }
            }
            Body::Program(program) => program.run(cx, depth, tracer),
        }
    }

    /// Hands over the result of the frame it wanted.
    pub(crate) fn resume(&mut self, cx: &mut Context<'_>, result: FrameResult) {
        match &mut self.body {
            Body::Evm(frame) => {
                // The database cannot fail, so neither can this.
                let done: Result<(), ContextError<_>> = frame.return_result(cx, result);
                debug_assert!(done.is_ok());
            }
            Body::Program(program) => program.resume(result),
        }
    }

    /// The interpreter, where EVM bytecode runs.
    pub(crate) fn interpreter(&self) -> Option<&revm::interpreter::Interpreter<EthInterpreter>> {
        match &self.body {
            Body::Evm(frame) => Some(&frame.interpreter),
            Body::Program(_) => None,
        }
    }
}

/// Calldata of a call as bytes of its own: callers pass it in their memory, which later frames overwrite.
pub(crate) fn own_input(cx: &Context<'_>, input: &revm::interpreter::CallInput) -> Bytes {
    input.bytes_local(&cx.local)
}
