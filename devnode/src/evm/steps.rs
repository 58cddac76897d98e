//! EVM bytecode instruction by instruction, for tracers that want to see each.

use revm::interpreter::{
    Interpreter, InterpreterAction,
    interpreter::EthInterpreter,
    interpreter_types::{InputsTr, Jumps, LoopControl},
};

use super::{
    context::Context,
    failure,
    instructions::Instructions,
    trace::{Step, Tracer},
};

/// Like revm's `run_plain`, telling `tracer` of every instruction.
pub(crate) fn run<'a>(
    evm: &mut Interpreter<EthInterpreter>,
    cx: &mut Context<'a>,
    table: &Instructions<'a>,
    depth: usize,
    tracer: &mut dyn Tracer,
) -> InterpreterAction {
    let stopped = loop {
        let gas = evm.gas.remaining();
        let logs = cx.journaled_state.inner.logs.len();
        tracer.step(&Step {
            depth,
            pc: evm.bytecode.pc(),
            opcode: evm.bytecode.opcode(),
            gas,
            refund: evm.gas.refunded(),
            stack: evm.stack.data(),
            memory: &evm.memory.context_memory(),
            return_data: &evm.return_data.0,
            address: evm.input.target_address(),
        });
        let done = evm.step(table.instruction_table(), table.gas_table(), cx);
        for log in cx
            .journaled_state
            .inner
            .logs
            .get(logs..)
            .unwrap_or_default()
        {
            tracer.log(log);
        }
        let error = match &done {
            Err(result) if result.is_halt() => Some(failure::describe(*result, Some(evm))),
            _ => None,
        };
        tracer.step_end(gas.saturating_sub(evm.gas.remaining()), error.as_deref());
        if let Err(result) = done {
            break result;
        }
    };
    if evm.bytecode.action().is_none() {
        evm.halt(stopped);
    }
    evm.take_next_action()
}
