//! One program frame from its entry costs to its outcome.
//!
//! Always holds: when a frame ends, however it ends, the transaction's open pages are what they were
//! when it began.

use std::sync::Arc;

use alloy_primitives::Bytes;
use wasmi::{Global, ResumableCall, ResumableCallHostTrap, Store, Val};

use super::{
    compiled::{CompiledProgram, Instance},
    link::{EngineState, Handles, Stopped, engine_value, with_frame, with_host},
};
use crate::stylus::{
    entry::{call_gas, clamp_gas_left},
    frame::{Answer, Environment, Outcome, OutcomeKind, Step},
    host::{Escape, Flow, FrameState, Hostio, Ink, PendingCall, PendingCreate, Run},
    params::StylusParams,
    record::ProgramRecord,
    trace::{FrameTrace, HostioRecord},
    world::World,
};

/// What a program frame starts from.
#[derive(Debug)]
pub struct Entry {
    /// The program, translated.
    pub program: Arc<CompiledProgram>,
    /// Its record; that it may be called has been checked ([`ProgramRecord::check_callable`]).
    pub record: ProgramRecord,
    /// It has run before in this block ([`crate::stylus::RecentPrograms`]).
    pub recently_run: bool,
    /// The chain's parameters.
    pub params: StylusParams,
    /// The chain's ArbOS version.
    pub arbos_version: u64,
    /// What the program may ask about its surroundings.
    pub env: Environment,
    /// The frame's input.
    pub calldata: Bytes,
    /// Gas of the frame.
    pub gas_limit: u64,
}

/// A program frame; drive it with [`Program::run`] until it is done.
pub struct Program {
    store: Store<EngineState>,
    handles: Handles,
    ink_status: Global,
    stack_left: Global,
    next: Next,
    initial_ink: Ink,
    gas_at_entry: u64,
    open_pages_at_entry: u16,
}

/// Where a frame goes on.
enum Next {
    /// At the entrypoint.
    Enter(wasmi::Func),
    /// In the middle of a host function that waits for another frame.
    Await(Box<ResumableCallHostTrap>, &'static Hostio, Awaited),
    /// Nowhere.
    Ended,
}

enum Awaited {
    Call(PendingCall, Ink),
    Create(PendingCreate, Ink),
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Program")
            .field("frame", &self.store.data().frame)
            .finish_non_exhaustive()
    }
}

impl Program {
    /// Pays the entry costs, opens the program's pages and makes an instance of it.
    ///
    /// # Errors
    /// The outcome of a frame that ends here: the gas does not cover the entry.
    pub fn enter(entry: Entry, world: &mut dyn World) -> Result<Self, Outcome> {
        let Entry {
            record,
            params,
            arbos_version,
            gas_limit,
            ..
        } = entry;
        let pages = world.pages();
        let cost = call_gas(&params, arbos_version, &record, entry.recently_run, pages);
        let gas = gas_limit.checked_sub(cost).ok_or_else(out_of_gas)?;
        let open_pages_at_entry = pages.open;
        pages.add(record.footprint);
        let ink = Ink::from_gas(gas, params.ink_price);
        let calldata_len = entry.calldata.len() as u32;
        let mut frame = FrameState::new(entry.env, params, arbos_version, entry.calldata, ink);
        if world.is_tracing() {
            let mut trace = FrameTrace::default();
            trace.push(HostioRecord {
                name: "user_entrypoint",
                args: calldata_len.to_be_bytes().into(),
                outs: Bytes::new(),
                start_ink: ink.0,
                end_ink: ink.0,
            });
            frame.trace = Some(trace);
        }
        let instance = entry.program.instantiate(frame).map_err(|error| {
            tracing::error!(target: "stylus", %error, "an accepted program cannot be instantiated");
            world.pages().open = open_pages_at_entry;
            out_of_gas()
        })?;
        let Instance {
            store,
            entrypoint,
            handles,
            ink_status,
            stack_left,
        } = instance;
        Ok(Self {
            store,
            handles,
            ink_status,
            stack_left,
            next: Next::Enter(entrypoint),
            initial_ink: ink,
            gas_at_entry: gas_limit,
            open_pages_at_entry,
        })
    }

    /// Runs until the program is done or wants another frame, whose answer the next run must bring.
    ///
    /// A first run takes no answer; one that should bring an answer but does not, counts as failed
    /// without using gas. After [`Step::Done`] there is nothing to run: the frame fails.
    pub fn run(&mut self, world: &mut dyn World, answer: Option<Answer>) -> Step {
        let step = self.advance(world, answer);
        if let Some(trace) = &mut self.store.data_mut().frame.trace {
            for record in trace.take() {
                world.trace(record);
            }
        }
        if matches!(step, Step::Done(_)) {
            world.pages().open = self.open_pages_at_entry;
        }
        step
    }

    fn advance(&mut self, world: &mut dyn World, answer: Option<Answer>) -> Step {
        let mut status = [Val::I32(0)];
        let mut ran = match std::mem::replace(&mut self.next, Next::Ended) {
            Next::Ended => return self.fail("run again after its end"),
            Next::Enter(entrypoint) => {
                let len = self.store.data().frame.calldata.len() as u32;
                let args = [Val::I32(len.cast_signed())];
                entrypoint.call_resumable(&mut self.store, &args, &mut status)
            }
            Next::Await(invocation, hostio, awaited) => {
                match self.settle(hostio, awaited, answer) {
                    Ok(value) => self.resume(*invocation, hostio, value, &mut status),
                    Err(escape) => return self.escape(escape),
                }
            }
        };
        loop {
            let invocation = match ran {
                Ok(ResumableCall::Finished) => return self.finish_with(&status),
                Ok(ResumableCall::HostTrap(invocation)) => invocation,
                Ok(ResumableCall::OutOfFuel(_)) => return self.fail("out of fuel"),
                Err(trap) => return self.trap(&trap),
            };
            let (hostio, args) = match self.store.data_mut().stopped.take() {
                Some(Stopped::Outside(hostio, args)) => (hostio, args),
                Some(Stopped::Escaped(escape)) => return self.escape(escape),
                None => return self.fail("stopped without a reason"),
            };
            let start_ink = self.ink_left();
            let served = with_host(&mut self.store, hostio, |host| match hostio.run {
                Run::Outside(run) => run(host, world, args),
                Run::Inline(run) => run(host, args).map(Flow::Resume),
            });
            match served {
                None => return self.fail("no access to the instance"),
                Some(Err(escape)) => return self.escape(escape),
                Some(Ok(Flow::Resume(value))) => {
                    ran = self.resume(invocation, hostio, value, &mut status);
                }
                Some(Ok(Flow::Call(request, pending))) => {
                    let awaited = Awaited::Call(pending, start_ink);
                    self.next = Next::Await(Box::new(invocation), hostio, awaited);
                    return Step::Call(request);
                }
                Some(Ok(Flow::Create(request, pending))) => {
                    let awaited = Awaited::Create(pending, start_ink);
                    self.next = Next::Await(Box::new(invocation), hostio, awaited);
                    return Step::Create(request);
                }
            }
        }
    }

    /// Settles a call or creation with the answer that the driver brought.
    fn settle(
        &mut self,
        hostio: &'static Hostio,
        awaited: Awaited,
        answer: Option<Answer>,
    ) -> Result<u64, Escape> {
        let answer = answer.ok_or(Escape::Failure("resumed without an answer"))?;
        let settled = with_frame(&mut self.store, |host| {
            let (settled, start_ink) = match awaited {
                Awaited::Call(call, start_ink) => (call.settle(host, answer), start_ink),
                Awaited::Create(create, start_ink) => (create.settle(host, answer), start_ink),
            };
            let end_ink = host.state.ink_left;
            if let Some(trace) = &mut host.state.trace
                && settled.is_ok()
            {
                trace.conclude(hostio.name, start_ink, end_ink);
            }
            settled
        });
        settled.unwrap_or(Err(Escape::Failure("no access to the instance")))
    }

    fn resume(
        &mut self,
        invocation: ResumableCallHostTrap,
        hostio: &Hostio,
        value: u64,
        status: &mut [Val; 1],
    ) -> Result<ResumableCall, wasmi::Error> {
        let value = [engine_value(hostio, value)];
        let results = if hostio.result.is_some() {
            &value[..]
        } else {
            &[]
        };
        invocation.resume(&mut self.store, results, status)
    }

    fn ink_left(&self) -> Ink {
        match self.handles.ink_left.get(&self.store) {
            Val::I64(ink) => Ink(ink.cast_unsigned()),
            _ => Ink(0),
        }
    }

    fn flag(&self, global: Global) -> i32 {
        match global.get(&self.store) {
            Val::I32(value) => value,
            _ => 0,
        }
    }

    fn finish_with(&mut self, status: &[Val; 1]) -> Step {
        match status {
            [Val::I32(status)] => self.finish(status.cast_unsigned()),
            _ => self.fail("entrypoint returned no status"),
        }
    }

    /// The program returned or left early: its result stands, zero is success.
    fn finish(&mut self, status: u32) -> Step {
        let initial_ink = self.initial_ink.0;
        if let Some(trace) = &mut self.store.data_mut().frame.trace {
            trace.push(HostioRecord {
                name: "user_returned",
                args: Bytes::new(),
                outs: status.to_be_bytes().into(),
                start_ink: initial_ink,
                end_ink: initial_ink,
            });
        }
        let kind = if status == 0 {
            OutcomeKind::Success
        } else {
            OutcomeKind::Revert
        };
        let output = std::mem::take(&mut self.store.data_mut().frame.result);
        self.conclude(kind, output)
    }

    /// A host function stopped the program.
    fn escape(&mut self, escape: Escape) -> Step {
        match escape {
            Escape::Exit(status) => self.finish(status),
            Escape::OutOfInk => Step::Done(out_of_gas()),
            Escape::Failure(reason) => self.fail(reason),
        }
    }

    /// The engine stopped the program: a meter's doing, or the program's own.
    fn trap(&mut self, trap: &wasmi::Error) -> Step {
        if self.flag(self.stack_left) == 0 {
            return Step::Done(Outcome {
                kind: OutcomeKind::OutOfStack,
                ..out_of_gas()
            });
        }
        if self.flag(self.ink_status) != 0 {
            return Step::Done(out_of_gas());
        }
        self.fail(&trap.to_string())
    }

    /// Reverts without data, keeping the gas.
    fn fail(&mut self, reason: &str) -> Step {
        tracing::debug!(target: "stylus", reason, "program failed");
        self.conclude(OutcomeKind::Revert, Bytes::new())
    }

    fn conclude(&mut self, kind: OutcomeKind, output: Bytes) -> Step {
        let frame = &self.store.data().frame;
        let gas_left = self.ink_left().to_gas(frame.params.ink_price);
        let outcome = match clamp_gas_left(self.gas_at_entry, gas_left, output.len()) {
            Some(gas_left) => Outcome {
                kind,
                gas_left,
                output,
                refund: frame.refund,
            },
            None => out_of_gas(),
        };
        Step::Done(outcome)
    }
}

fn out_of_gas() -> Outcome {
    Outcome {
        kind: OutcomeKind::OutOfGas,
        gas_left: 0,
        output: Bytes::new(),
        refund: 0,
    }
}
