//! What an execution lets others watch: frames opening and closing, EVM steps, Stylus host calls, logs.
//!
//! Calls come in order of execution. Every [`Tracer::enter`] is followed by its [`Tracer::exit`], for EVM and Stylus frames,
//! precompiles and accounts without code alike. A tracer sees, it cannot change anything.

use alloy_primitives::{Address, Bytes, Log, U256};

/// How a frame came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FrameKind {
    /// CALL, and the outermost call of a transaction.
    Call,
    /// CALLCODE.
    CallCode,
    /// DELEGATECALL.
    DelegateCall,
    /// STATICCALL.
    StaticCall,
    /// CREATE, and a creation transaction.
    Create,
    /// CREATE2.
    Create2,
    /// SELFDESTRUCT: a transfer of the whole balance that runs nothing.
    SelfDestruct,
}

/// What runs in a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Runs {
    /// EVM bytecode.
    Evm,
    /// A Stylus program.
    Stylus,
    /// A precompile of Ethereum or ArbOS.
    Precompile,
    /// Nothing: no code, or the frame was refused.
    Nothing,
}

/// A frame that opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameStart {
    /// How it came about.
    pub kind: FrameKind,
    /// What runs in it.
    pub runs: Runs,
    /// Frames around it: 0 for the outermost.
    pub depth: usize,
    /// `CALLER`.
    pub from: Address,
    /// Acting address; for creations the new address.
    pub to: Address,
    /// Where the code comes from; differs from `to` in DELEGATECALL and CALLCODE.
    pub code_address: Address,
    /// Value in wei, as `CALLVALUE` shows it.
    pub value: U256,
    /// Gas given.
    pub gas: u64,
    /// Calldata or init code.
    pub input: Bytes,
}

/// A frame that closes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameEnd {
    /// Frames around it.
    pub depth: usize,
    /// Gas used of what was given.
    pub gas_used: u64,
    /// Return or revert data; for creations the code.
    pub output: Bytes,
    /// Error in Nitro's words, "execution reverted" for reverts; none on success.
    pub error: Option<String>,
}

/// An EVM instruction about to run.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// Frames around this one.
    pub depth: usize,
    /// Program counter.
    pub pc: usize,
    /// Instruction.
    pub opcode: u8,
    /// Gas left before it.
    pub gas: u64,
    /// Refund counter of the frame.
    pub refund: i64,
    /// Stack, top last.
    pub stack: &'a [U256],
    /// Memory of the frame.
    pub memory: &'a [u8],
    /// Data the last call returned.
    pub return_data: &'a [u8],
    /// Acting address.
    pub address: Address,
}

/// A host call a Stylus program made.
#[derive(Clone, Copy, Debug)]
pub struct HostCall<'a> {
    /// Frames around this one.
    pub depth: usize,
    /// Name in `vm_hooks`, or `user_entrypoint` and `user_returned`.
    pub name: &'a str,
    /// Arguments as the Stylus tracer encodes them.
    pub args: &'a [u8],
    /// Results as the Stylus tracer encodes them.
    pub outs: &'a [u8],
    /// Ink before it.
    pub start_ink: u64,
    /// Ink after it.
    pub end_ink: u64,
}

/// Watches an execution. See the head of this file.
pub trait Tracer {
    /// Whether [`step`](Self::step) is wanted; it is expensive.
    fn wants_steps(&self) -> bool {
        false
    }

    /// Whether [`host_call`](Self::host_call) is wanted.
    fn wants_host_calls(&self) -> bool {
        false
    }

    /// A frame opens.
    fn enter(&mut self, _frame: &FrameStart) {}

    /// The innermost open frame closes.
    fn exit(&mut self, _frame: &FrameEnd) {}

    /// An EVM instruction is about to run.
    fn step(&mut self, _step: &Step<'_>) {}

    /// The instruction of the last [`step`](Self::step) has run (calls: has opened its frame).
    ///
    /// # Arguments
    /// * `cost` - gas it took, with what it passes on to a frame it opens.
    /// * `error` - why it ended the frame, in Nitro's words; none for STOP, RETURN and REVERT.
    fn step_end(&mut self, _cost: u64, _error: Option<&str>) {}

    /// A Stylus program has made a host call. For calls and creations this comes after the frame they opened has closed.
    fn host_call(&mut self, _call: &HostCall<'_>) {}

    /// A log was written; it may still be reverted.
    fn log(&mut self, _log: &Log) {}
}

/// Watches nothing.
impl Tracer for () {}
