//! The host functions a program imports, each with Nitro's exact ink.
//!
//! A function sees the program's memory and frame; the ones that touch the EVM's state are served
//! outside the engine, where the [`World`] is at hand. Always holds: a function charges its base ink
//! first, in one step, and every check comes in Nitro's order, since the order decides how a frame ends.

mod account;
mod block;
mod call;
mod console;
mod create;
mod growth;
mod ink;
mod log;
mod math;
mod memory;
mod message;
mod result;
mod state;
mod storage;
mod table;
#[cfg(test)]
mod tests;
mod transient;

use wasmparser::ValType;

use super::{
    frame::{CallRequest, CreateRequest},
    world::World,
};

pub use call::PendingCall;
pub use create::PendingCreate;
pub use ink::Ink;
pub use state::FrameState;
pub use table::HOSTIOS;

/// Most parameters a host function has.
pub const MAX_PARAMS: usize = 6;

/// One host function.
#[derive(Debug, Clone, Copy)]
pub struct Hostio {
    /// Module it is imported from.
    pub module: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Parameter types.
    pub params: &'static [ValType],
    /// Result type.
    pub result: Option<ValType>,
    /// Ink charged before anything else.
    pub base_ink: Ink,
    /// What it does.
    pub run: Run,
}

/// The two kinds of host functions.
#[derive(Debug, Clone, Copy)]
pub enum Run {
    /// Needs only the frame: served while the program runs.
    Inline(fn(&mut Host<'_>, Args) -> Result<u64, Escape>),
    /// Needs the state around the frame: the program stands still meanwhile.
    Outside(fn(&mut Host<'_>, &mut dyn World, Args) -> Result<Flow, Escape>),
}

/// What a host function served outside leads to.
#[derive(Debug)]
pub enum Flow {
    /// Back into the program with this result (ignored if the function has none).
    Resume(u64),
    /// Another frame first.
    Call(CallRequest, PendingCall),
    /// Another frame first, and maybe a contract.
    Create(CreateRequest, PendingCreate),
}

/// Why a program stops inside a host function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// The ink is used up.
    OutOfInk,
    /// `exit_early` with this status.
    Exit(u32),
    /// A pointer outside memory, a write in a read-only frame, bad arguments: reverts, keeps the gas.
    Failure(&'static str),
}

/// The raw arguments of a call to a host function; 32-bit ones zero-extended.
#[derive(Debug, Clone, Copy, Default)]
pub struct Args(pub [u64; MAX_PARAMS]);

impl Args {
    /// The 32-bit argument at this position.
    pub fn u32(&self, at: usize) -> u32 {
        self.0[at] as u32
    }

    /// The 64-bit argument at this position.
    pub fn u64(&self, at: usize) -> u64 {
        self.0[at]
    }
}

/// What a host function works on.
#[derive(Debug)]
pub struct Host<'a> {
    /// The program's memory.
    pub memory: &'a mut [u8],
    /// The program's frame.
    pub state: &'a mut FrameState,
}

impl Hostio {
    /// Only there on chains made for debugging.
    pub fn is_debug_only(&self) -> bool {
        self.module == table::CONSOLE
    }
}

/// Looks up a host function.
pub fn find(module: &str, name: &str) -> Option<&'static Hostio> {
    HOSTIOS
        .iter()
        .find(|hostio| hostio.module == module && hostio.name == name)
}
