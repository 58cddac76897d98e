//! The loop over frames: opens what a frame asks for, runs the innermost, hands results back to the one around it.

use alloy_primitives::{Address, Bytes};
use revm::{
    handler::{EthFrame, FrameResult},
    interpreter::{FrameInput, SharedMemory},
};

use super::{
    context::Context,
    frame::{Body, Frame, Next},
    instructions::Instructions,
    precompiles::Registry,
    trace::{FrameEnd, FrameKind, FrameStart, Runs, Tracer},
};

/// Everything one transaction runs on.
pub(crate) struct Machine<'a, 't> {
    pub(crate) cx: Context<'a>,
    pub(crate) table: Instructions<'a>,
    pub(crate) precompiles: Registry,
    pub(crate) tracer: Option<&'t mut dyn Tracer>,
    pub(crate) frames: Vec<Frame>,
    /// Interpreters of closed frames, to be used again.
    #[expect(clippy::vec_box)] // frames hold them boxed, a few kilobytes each
    pub(crate) spare: Vec<Box<EthFrame>>,
    /// Logs that the tracer has been told of.
    logs_told: usize,
}

/// A frame that was asked for.
#[derive(Debug)]
pub(crate) enum Opened {
    /// It runs.
    Running(Frame),
    /// It has ended at once: a precompile, no code, or refused.
    Ended(FrameResult),
}

impl<'a, 't> Machine<'a, 't> {
    pub(crate) fn new(
        cx: Context<'a>,
        table: Instructions<'a>,
        precompiles: Registry,
        tracer: Option<&'t mut dyn Tracer>,
    ) -> Self {
        Self {
            cx,
            table,
            precompiles,
            tracer,
            frames: Vec::new(),
            spare: Vec::new(),
            logs_told: 0,
        }
    }

    /// Runs a frame and all that it opens. The result's gas is what the frame left over, its refund counter what it collected.
    pub(crate) fn run(&mut self, input: FrameInput) -> FrameResult {
        let memory = SharedMemory::new_with_buffer(self.cx.local.shared_memory_buffer.clone());
        let mut wanted = (input, memory);
        loop {
            let mut ended = match self.open(wanted.0, wanted.1) {
                Opened::Running(frame) => {
                    self.frames.push(frame);
                    None
                }
                Opened::Ended(result) => Some(result),
            };
            wanted = loop {
                if let Some(result) = ended.take() {
                    let Some(around) = self.frames.last_mut() else {
                        return result;
                    };
                    around.resume(&mut self.cx, result);
                }
                match self.run_innermost() {
                    Some(Next::Open(input, memory)) => break (input, memory),
                    Some(Next::Close(result)) => ended = self.close(result),
                    None => {}
                }
            };
        }
    }

    fn run_innermost(&mut self) -> Option<Next> {
        let depth = self.frames.len().checked_sub(1)?;
        let frame = self.frames.last_mut()?;
        let tracer: Option<&mut dyn Tracer> = match &mut self.tracer {
            Some(tracer) => Some(&mut **tracer),
            None => None,
        };
        let next = frame.run(&mut self.cx, &self.table, depth, tracer);
        self.tell_logs();
        Some(next)
    }

    /// An interpreter to run bytecode in.
    pub(crate) fn interpreter(&mut self) -> Box<EthFrame> {
        self.spare
            .pop()
            .unwrap_or_else(|| Box::new(EthFrame::invalid()))
    }

    /// Keeps what a closed frame ran in for the next one.
    pub(crate) fn recycle(&mut self, body: Body) {
        if let Body::Evm(frame) = body {
            self.spare.push(frame);
        }
    }

    /// Tells the tracer of logs it has not seen; those written step by step it has.
    pub(crate) fn tell_logs(&mut self) {
        let Some(tracer) = &mut self.tracer else {
            return;
        };
        let logs = &self.cx.journaled_state.inner.logs;
        if !tracer.wants_steps() {
            for log in logs.get(self.logs_told..).unwrap_or_default() {
                tracer.log(log);
            }
        }
        self.logs_told = logs.len();
    }

    pub(crate) fn tell_enter(&mut self, start: impl FnOnce(&Context<'a>, usize) -> FrameStart) {
        if let Some(tracer) = &mut self.tracer {
            tracer.enter(&start(&self.cx, self.frames.len()));
        }
    }

    pub(crate) fn tell_exit(
        &mut self,
        depth: usize,
        gas_used: u64,
        output: &Bytes,
        error: Option<String>,
    ) {
        self.tell_logs();
        if let Some(tracer) = &mut self.tracer {
            if let Some((from, to, value)) = self.cx.chain.destroyed.take() {
                tell_destroyed(&mut **tracer, depth + 1, from, to, value);
            }
            tracer.exit(&FrameEnd {
                depth,
                gas_used,
                output: output.clone(),
                error,
            });
        }
    }
}

fn tell_destroyed(
    tracer: &mut dyn Tracer,
    depth: usize,
    from: Address,
    to: Address,
    value: alloy_primitives::U256,
) {
    tracer.enter(&FrameStart {
        kind: FrameKind::SelfDestruct,
        runs: Runs::Nothing,
        depth,
        from,
        to,
        code_address: to,
        value,
        gas: 0,
        input: Bytes::new(),
    });
    tracer.exit(&FrameEnd {
        depth,
        gas_used: 0,
        output: Bytes::new(),
        error: None,
    });
}
