//! How a program frame talks to the loop that drives it.
//!
//! A program runs until it is done or wants another frame. It then stands still, without a native
//! stack of its own, until the driver has run that frame (EVM, precompile or program) and resumes it
//! with the answer. So 1,024 levels of calls need no recursion on the host.

use alloy_primitives::{Address, B256, Bytes, U256};

/// Everything a program may ask about its frame, its transaction and its block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Environment {
    /// The account whose storage and balance the frame acts on.
    pub acting: Address,
    /// As the CALLER opcode would answer, delegatecall included.
    pub caller: Address,
    /// Wei, as the CALLVALUE opcode would answer, delegatecall included.
    pub value: U256,
    /// True when state must not change (STATICCALL here or above).
    pub read_only: bool,
    /// True when another open frame acts on the same account; delegatecall frames do not count.
    pub reentrant: bool,
    /// Signer of the transaction.
    pub origin: Address,
    /// Wei per gas: min(max fee, base fee + priority fee); the tip is not removed here.
    pub gas_price: U256,
    /// Wei per gas of the L2 block; 0 in a call without gas price.
    pub base_fee: U256,
    /// Coinbase of the block.
    pub coinbase: Address,
    /// The L1 block number as the EVM's NUMBER answers it.
    pub block_number: u64,
    /// Seconds.
    pub block_timestamp: u64,
    /// Chain id.
    pub chain_id: u64,
    /// Bytes a contract's code may have on this chain, 24,576 unless configured otherwise.
    pub max_code_size: u64,
}

/// Which of the three call host functions asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallKind {
    /// `call_contract`: the program's account is the caller.
    Call,
    /// `delegate_call_contract`: the frame's own caller, value and acting account carry over.
    Delegate,
    /// `static_call_contract`: a read-only frame.
    Static,
}

/// A call the program wants to be run, already priced on the program's side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRequest {
    /// Kind of call.
    pub kind: CallKind,
    /// Whose code to run.
    pub target: Address,
    /// Wei to transfer; zero unless `kind` is [`CallKind::Call`].
    pub value: U256,
    /// Calldata.
    pub input: Bytes,
    /// Gas of the new frame, stipend included.
    pub gas_limit: u64,
}

/// A contract the program wants to be created, already priced on the program's side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateRequest {
    /// Init code.
    pub init_code: Bytes,
    /// Wei to transfer.
    pub value: U256,
    /// `Some` for `create2`.
    pub salt: Option<B256>,
    /// Gas of the new frame.
    pub gas_limit: u64,
}

/// How a frame that the program asked for ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// How it ended.
    pub result: AnswerKind,
    /// Gas the frame gave back.
    pub gas_left: u64,
    /// Return or revert data. For a successful creation: ignored.
    pub output: Bytes,
    /// EIP-3529 refund counter the frame ended with, in gas; ignored unless it succeeded.
    pub refund: i64,
}

/// The three ways a frame can end, as a program can tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    /// Success; the new contract's address if it was a creation.
    Success(Option<Address>),
    /// Reverted, output is its data.
    Revert,
    /// Any other failure, also when the frame was never opened (depth, balance).
    Failure,
}

/// What a program frame does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Run this call, then resume with its [`Answer`].
    Call(CallRequest),
    /// Run this creation, then resume with its [`Answer`].
    Create(CreateRequest),
    /// The frame has ended.
    Done(Outcome),
}

/// How a program frame ended (Nitro's mapping of WASM results to EVM results).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// EVM meaning.
    pub kind: OutcomeKind,
    /// Gas to give back to the caller.
    pub gas_left: u64,
    /// Return or revert data.
    pub output: Bytes,
    /// EIP-3529 refund counter, in gas; counts only if the frame succeeded.
    pub refund: i64,
}

/// The EVM meaning of a program's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutcomeKind {
    /// The entrypoint returned 0.
    Success,
    /// The entrypoint returned another status, trapped, or a host function failed: unused gas is kept.
    Revert,
    /// Ink ran out: no gas left, no data.
    OutOfGas,
    /// The WASM stack limit was reached (an EVM depth error): no gas left, no data.
    OutOfStack,
}
