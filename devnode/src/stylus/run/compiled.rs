//! A metered program, translated for the engine.
//!
//! Always holds: nothing but the injected depth meter bounds recursion. The engine keeps WASM frames on
//! a heap of its own, so its limits are set beyond what the meter lets through.

use std::fmt;

use thiserror::Error;
use wasmi::{Config, Engine, Func, Global, Linker, Module, Store, Val};

use super::link::{self, EngineState, Handles};
use crate::stylus::{
    host::{self, FrameState},
    meter::{INK_LEFT, INK_STATUS, STACK_LEFT},
    module::{ENTRYPOINT, MEMORY},
};

/// A frame has at least 6 words, so 2^32 words (the parameter's limit) bound this; 262,144 are 43,690.
const MAX_FRAMES: usize = 1 << 20;
/// Room for 262,144 words of locals and operands, and as many of parameters, several times over.
const MAX_STACK_BYTES: usize = 64 << 20;
/// Stacks that the engine of one program keeps for its next frames.
const KEPT_STACKS: usize = 4;

/// The engine does not take a program that was accepted: a bug of this node.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("engine: {0}")]
pub struct EngineError(pub String);

impl From<wasmi::Error> for EngineError {
    fn from(error: wasmi::Error) -> Self {
        Self(error.to_string())
    }
}

/// A program ready to be run any number of times, by any thread.
pub struct CompiledProgram {
    engine: Engine,
    module: Module,
    linker: Linker<EngineState>,
}

impl fmt::Debug for CompiledProgram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CompiledProgram").finish_non_exhaustive()
    }
}

/// A program's instance: the exports that the host works with.
pub(super) struct Instance {
    pub(super) store: Store<EngineState>,
    pub(super) entrypoint: Func,
    pub(super) handles: Handles,
    pub(super) ink_status: Global,
    pub(super) stack_left: Global,
}

impl CompiledProgram {
    /// Translates metered WASM.
    ///
    /// # Errors
    /// The engine does not take it, which no accepted program is known to cause.
    pub fn new(metered_wasm: &[u8]) -> Result<Self, EngineError> {
        let mut config = Config::default();
        config
            .set_max_recursion_depth(MAX_FRAMES)
            .set_max_stack_height(MAX_STACK_BYTES)
            .set_max_cached_stacks(KEPT_STACKS)
            .compilation_mode(wasmi::CompilationMode::Eager)
            .ignore_custom_sections(true)
            .allow_start_fn(false);
        let engine = Engine::new(&config);
        let module = Module::new(&engine, metered_wasm)?;
        let mut linker = Linker::new(&engine);
        for import in module.imports() {
            let hostio = host::find(import.module(), import.name())
                .ok_or_else(|| EngineError(format!("no host function {}", import.name())))?;
            link::define(&mut linker, hostio);
        }
        Ok(Self {
            engine,
            module,
            linker,
        })
    }

    /// A fresh instance with its ink and full stack.
    pub(super) fn instantiate(&self, frame: FrameState) -> Result<Instance, EngineError> {
        let (ink, stack) = (frame.ink_left, frame.params.max_stack_depth);
        let mut store = Store::new(&self.engine, EngineState::new(frame));
        let instance = self
            .linker
            .instantiate_and_start(&mut store, &self.module)?;
        let missing = |name: &str| EngineError(format!("no export {name}"));
        let global = |store: &Store<EngineState>, name: &str| {
            instance
                .get_global(store, name)
                .ok_or_else(|| missing(name))
        };
        let ink_left = global(&store, INK_LEFT)?;
        let ink_status = global(&store, INK_STATUS)?;
        let stack_left = global(&store, STACK_LEFT)?;
        let memory = instance
            .get_memory(&store, MEMORY)
            .ok_or_else(|| missing(MEMORY))?;
        let entrypoint = instance
            .get_func(&store, ENTRYPOINT)
            .ok_or_else(|| missing(ENTRYPOINT))?;
        let global_error = |error: wasmi::errors::GlobalError| EngineError(error.to_string());
        ink_left
            .set(&mut store, Val::I64(ink.0.cast_signed()))
            .map_err(global_error)?;
        stack_left
            .set(&mut store, Val::I32(stack.cast_signed()))
            .map_err(global_error)?;
        let handles = Handles { memory, ink_left };
        store.data_mut().handles = Some(handles);
        Ok(Instance {
            store,
            entrypoint,
            handles,
            ink_status,
            stack_left,
        })
    }
}
