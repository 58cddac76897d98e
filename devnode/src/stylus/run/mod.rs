//! Runs a metered program as a frame that can stand still while other frames run.

mod compiled;
mod link;
mod program;
#[cfg(test)]
mod tests;

pub use compiled::{CompiledProgram, EngineError};
pub use program::{Entry, Program};
