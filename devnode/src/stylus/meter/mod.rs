//! Writes Nitro's meters into a program: ink, bulk memory, stack depth, memory growth.
//!
//! Each pass rewrites whole function bodies, in Nitro's order; later passes see the operators that
//! earlier ones added. Always holds: the operators added are exactly Nitro's, one for one, because the
//! activation fee counts them and the depth limit is computed over them.

mod bulk;
mod depth;
mod emit;
mod heap;
mod ink;
mod native;
mod op;
mod price;
mod quirk;

use super::module::ParsedModule;

pub use depth::{DepthError, MAX_CONTENTION_WORDS, MAX_FRAME_WORDS};
pub use op::Op;
pub use price::{BLOCK_HEADER_INK, operator_ink};

/// Exported name of the ink counter.
pub const INK_LEFT: &str = "stylus_ink_left";
/// Exported name of the flag that tells exhausted ink from a trap.
pub const INK_STATUS: &str = "stylus_ink_status";
/// Exported name of the stack counter.
pub const STACK_LEFT: &str = "stylus_stack_left";
/// Globals the passes add.
pub const ADDED_GLOBALS: u32 = 4;

/// The indices of the globals that the passes add, in Nitro's order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Globals {
    pub(crate) ink_left: u32,
    pub(crate) ink_status: u32,
    pub(crate) scratch: u32,
    pub(crate) stack_left: u32,
}

impl Globals {
    fn after(existing: u32) -> Self {
        Self {
            ink_left: existing,
            ink_status: existing + 1,
            scratch: existing + 2,
            stack_left: existing + 3,
        }
    }
}

/// A function with its meters.
#[derive(Debug)]
pub struct MeteredFunction<'a> {
    /// All operators, the added ones included.
    pub ops: Vec<Op<'a>>,
    /// Stack words charged while the function runs.
    pub frame_words: u32,
}

/// A program with its meters, before it is written out.
#[derive(Debug)]
pub struct MeteredModule<'a> {
    functions: Vec<MeteredFunction<'a>>,
    globals: Globals,
}

/// Runs all passes over a program.
///
/// # Errors
/// [`DepthError`]: a function's stack frame is too large to be metered.
pub fn meter<'a>(module: &ParsedModule<'a>) -> Result<MeteredModule<'a>, DepthError> {
    let globals = Globals::after(module.globals);
    let pay_for_growth = module.pay_for_growth_import();
    let functions = module
        .bodies
        .iter()
        .map(|body| {
            let ops = ink::charge_blocks(&body.ops, globals, module);
            let ops = bulk::charge_bytes(ops, globals);
            let frame_words = depth::frame_words(&ops, body.locals_count(), module)?;
            let ops = depth::limit(ops, frame_words, globals);
            let ops = heap::charge_growth(ops, globals, pay_for_growth);
            Ok(MeteredFunction { ops, frame_words })
        })
        .collect::<Result<_, DepthError>>()?;
    Ok(MeteredModule { functions, globals })
}

impl MeteredModule<'_> {
    /// The metered functions, in the module's order.
    pub fn functions(&self) -> &[MeteredFunction<'_>] {
        &self.functions
    }

    /// Operators of all functions.
    pub fn operators(&self) -> u64 {
        self.functions
            .iter()
            .map(|function| function.ops.len() as u64)
            .sum()
    }

    /// Writes the metered program: the original sections, the added globals, the new bodies, and as
    /// exports only what a host needs. Before stylus version 3 nodes have a native stack that can end first; from
    /// then on their engine has a quirk.
    pub fn to_wasm(&self, module: &ParsedModule<'_>, stylus_version: u16) -> Vec<u8> {
        emit::module(module, &self.functions, self.globals, stylus_version < 3)
    }
}
