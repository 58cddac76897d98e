//! The translated programs of this process, by module hash.
//!
//! A pure accelerator shared by all chains in the process: a module hash names one program and one
//! stylus version, whatever chain it is on. Always holds: no more than [`CAPACITY`] programs.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use alloy_primitives::B256;
use parking_lot::Mutex;
use thiserror::Error;

use super::{
    accept::{self, ParseError, StylusRules},
    format::FormatError,
    run::{CompiledProgram, EngineError},
};

/// Most programs kept; the largest take a few megabytes each.
pub const CAPACITY: usize = 256;

static PROGRAMS: LazyLock<Mutex<Programs>> = LazyLock::new(Mutex::default);

#[derive(Default)]
struct Programs {
    by_hash: HashMap<B256, Kept>,
    clock: u64,
}

struct Kept {
    program: Arc<CompiledProgram>,
    used: u64,
}

impl Programs {
    fn get(&mut self, module_hash: &B256) -> Option<Arc<CompiledProgram>> {
        self.clock += 1;
        let kept = self.by_hash.get_mut(module_hash)?;
        kept.used = self.clock;
        Some(kept.program.clone())
    }

    fn insert(&mut self, module_hash: B256, program: Arc<CompiledProgram>) {
        self.clock += 1;
        self.by_hash.insert(
            module_hash,
            Kept {
                program,
                used: self.clock,
            },
        );
        if self.by_hash.len() > CAPACITY {
            let oldest = self.by_hash.iter().min_by_key(|(_, kept)| kept.used);
            if let Some(hash) = oldest.map(|(hash, _)| *hash) {
                self.by_hash.remove(&hash);
            }
        }
    }
}

/// Why an activated program cannot be made ready.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LoadError {
    /// Its code cannot be unwrapped.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// Its WASM is not acceptable.
    #[error(transparent)]
    Parse(#[from] ParseError),
    /// The engine does not take it.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// The program of a module hash, translated from what `unwrap` gives if it is not at hand.
///
/// # Errors
/// [`LoadError`]; none for a program that was activated on this node's chain.
pub fn load(
    module_hash: B256,
    stylus_version: u16,
    unwrap: impl FnOnce() -> Result<Vec<u8>, FormatError>,
) -> Result<Arc<CompiledProgram>, LoadError> {
    if let Some(program) = PROGRAMS.lock().get(&module_hash) {
        return Ok(program);
    }
    let wasm = unwrap()?;
    // what the chain allows was judged at activation
    let rules = StylusRules {
        stylus_version,
        debug_chain: true,
        page_limit: u16::MAX,
    };
    let (module, metered) = accept::parse(&wasm, &rules)?;
    let program = Arc::new(CompiledProgram::new(
        &metered.to_wasm(&module, stylus_version),
    )?);
    insert(module_hash, program.clone());
    Ok(program)
}

pub(super) fn insert(module_hash: B256, program: Arc<CompiledProgram>) {
    PROGRAMS.lock().insert(module_hash, program);
}

#[cfg(test)]
mod tests;
