//! Ties host functions to the engine: ink in and out of the program's counter, arguments, results.
//!
//! Always holds: around every host function the program's ink counter and the frame's agree.

use std::fmt;

use wasmi::{AsContextMut, Caller, FuncType, Global, Linker, Memory, Val, ValType};

use crate::stylus::host::{Args, Escape, FrameState, Host, Hostio, Run};

/// What the engine carries for the host.
#[derive(Debug)]
pub(super) struct EngineState {
    pub(super) frame: FrameState,
    /// Known once the program is instantiated.
    pub(super) handles: Option<Handles>,
    /// Why the engine was stopped.
    pub(super) stopped: Option<Stopped>,
}

/// What a host function needs of the instance.
#[derive(Debug, Clone, Copy)]
pub(super) struct Handles {
    pub(super) memory: Memory,
    pub(super) ink_left: Global,
}

/// Why a host function stopped the engine.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stopped {
    /// For good.
    Escaped(Escape),
    /// Until somebody outside has served this function.
    Outside(&'static Hostio, Args),
}

/// The engine's error while it is stopped.
#[derive(Debug)]
struct Stop;

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("stopped by a host function")
    }
}

impl wasmi::errors::HostError for Stop {}

impl EngineState {
    pub(super) fn new(frame: FrameState) -> Self {
        Self {
            frame,
            handles: None,
            stopped: None,
        }
    }
}

/// Makes a host function known to a program's linker; the second time is for nothing.
pub(super) fn define(linker: &mut Linker<EngineState>, hostio: &'static Hostio) {
    let params = hostio.params.iter().map(|ty| engine_type(*ty));
    let ty = FuncType::new(params, hostio.result.map(engine_type));
    let run = move |caller: Caller<'_, EngineState>, args: &[Val], results: &mut [Val]| {
        dispatch(hostio, caller, args, results)
    };
    // the only error is that it is known already
    let _ = linker.func_new(hostio.module, hostio.name, ty, run);
}

fn dispatch(
    hostio: &'static Hostio,
    mut caller: Caller<'_, EngineState>,
    args: &[Val],
    results: &mut [Val],
) -> Result<(), wasmi::Error> {
    let args = raw_args(args);
    let stopped = match hostio.run {
        Run::Outside(_) => Stopped::Outside(hostio, args),
        Run::Inline(run) => {
            let served = with_host(&mut caller, hostio, |host| run(host, args));
            match served.ok_or_else(|| wasmi::Error::new("host function before instantiation"))? {
                Ok(value) => {
                    if let Some(result) = results.first_mut() {
                        *result = engine_value(hostio, value);
                    }
                    return Ok(());
                }
                Err(escape) => Stopped::Escaped(escape),
            }
        }
    };
    caller.data_mut().stopped = Some(stopped);
    Err(wasmi::Error::host(Stop))
}

/// Serves a host function: base ink first, the frame's ink in step with the program's, a record if wanted.
pub(super) fn with_host<C, T>(
    mut context: C,
    hostio: &'static Hostio,
    serve: impl FnOnce(&mut Host<'_>) -> Result<T, Escape>,
) -> Option<Result<T, Escape>>
where
    C: AsContextMut<Data = EngineState>,
{
    with_frame(&mut context, |host| {
        let start_ink = host.state.ink_left;
        let served = host.buy_ink(hostio.base_ink).and_then(|()| serve(host));
        let end_ink = host.state.ink_left;
        if let Some(trace) = &mut host.state.trace
            && matches!(served, Ok(_) | Err(Escape::Exit(_)))
        {
            trace.conclude(hostio.name, start_ink, end_ink);
        }
        served
    })
}

/// Gives access to memory and frame, with the program's ink taken over before and set after.
pub(super) fn with_frame<C, T>(mut context: C, work: impl FnOnce(&mut Host<'_>) -> T) -> Option<T>
where
    C: AsContextMut<Data = EngineState>,
{
    let Handles { memory, ink_left } = context.as_context_mut().data_mut().handles?;
    let Val::I64(ink) = ink_left.get(&context) else {
        return None;
    };
    let (memory, state) = memory.data_and_store_mut(context.as_context_mut());
    state.frame.ink_left.0 = ink.cast_unsigned();
    let done = work(&mut Host {
        memory,
        state: &mut state.frame,
    });
    let left = state.frame.ink_left.0;
    ink_left
        .set(&mut context, Val::I64(left.cast_signed()))
        .ok()?;
    Some(done)
}

fn raw_args(values: &[Val]) -> Args {
    let mut args = Args::default();
    for (arg, value) in args.0.iter_mut().zip(values) {
        *arg = match value {
            Val::I32(value) => u64::from(value.cast_unsigned()),
            Val::I64(value) => value.cast_unsigned(),
            Val::F32(value) => u64::from(value.to_bits()),
            Val::F64(value) => value.to_bits(),
            _ => 0,
        };
    }
    args
}

/// A host function's result as the engine takes it.
pub(super) fn engine_value(hostio: &Hostio, value: u64) -> Val {
    match hostio.result {
        Some(wasmparser::ValType::I64) => Val::I64(value.cast_signed()),
        Some(wasmparser::ValType::F32) => Val::F32(wasmi::F32::from_bits(value as u32)),
        Some(wasmparser::ValType::F64) => Val::F64(wasmi::F64::from_bits(value)),
        _ => Val::I32((value as u32).cast_signed()),
    }
}

fn engine_type(ty: wasmparser::ValType) -> ValType {
    match ty {
        wasmparser::ValType::I64 => ValType::I64,
        wasmparser::ValType::F32 => ValType::F32,
        wasmparser::ValType::F64 => ValType::F64,
        _ => ValType::I32,
    }
}
