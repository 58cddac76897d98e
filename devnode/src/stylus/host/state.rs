//! What a program frame carries along while it runs.

use alloy_primitives::{Address, Bytes};

use super::{Ink, storage::StorageCache};
use crate::stylus::{frame::Environment, params::StylusParams, trace::FrameTrace};

/// The host's side of a program frame.
#[derive(Debug)]
pub struct FrameState {
    /// What the program may ask about its surroundings.
    pub env: Environment,
    /// The chain's parameters.
    pub params: StylusParams,
    /// The chain's ArbOS version.
    pub arbos_version: u64,
    /// The frame's input.
    pub calldata: Bytes,
    /// Ink left; the program's own counter is brought up to date around each host function.
    pub ink_left: Ink,
    /// What `write_result` was given last.
    pub result: Bytes,
    /// What the last call or creation returned.
    pub return_data: Bytes,
    /// EIP-3529 refund counter of the frame, in gas.
    pub refund: i64,
    /// Host functions called so far, if somebody wants to know.
    pub trace: Option<FrameTrace>,
    pub(crate) storage: StorageCache,
    pub(crate) last_code: Option<(Address, Bytes)>,
}

impl FrameState {
    /// A frame at its start.
    pub fn new(
        env: Environment,
        params: StylusParams,
        arbos_version: u64,
        calldata: Bytes,
        ink_left: Ink,
    ) -> Self {
        Self {
            env,
            params,
            arbos_version,
            calldata,
            ink_left,
            result: Bytes::new(),
            return_data: Bytes::new(),
            refund: 0,
            trace: None,
            storage: StorageCache::default(),
            last_code: None,
        }
    }
}
