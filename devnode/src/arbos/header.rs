//! What the chain and the EVM read of the ArbOS state, free of charge.

use alloy_primitives::{B256, U256};

use super::{
    Host,
    state::{State, block_hashes, fields, l2_pricing, programs, sends, version},
};
use crate::stylus::{ProgramRecord, StylusParams};

/// What a block's header says of the ArbOS state after the block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeaderFacts {
    /// Number of L2-to-L1 messages.
    pub send_count: u64,
    /// Root of their tree.
    pub send_root: B256,
    /// L1 block number.
    pub l1_number: u64,
    /// ArbOS version.
    pub version: u64,
    /// Whether tips are collected.
    pub collects_tips: bool,
    /// Base fee of the next block in wei.
    pub next_base_fee: U256,
}

/// Reads what the header of a block shows after its last transaction.
pub fn header_facts(host: &mut dyn Host) -> HeaderFacts {
    let mut state = State::free(host);
    let Ok((send_count, send_root, _)) = sends::export(&mut state);
    let Ok(l1_number) = block_hashes::l1_number(&mut state);
    let Ok(collects_tips) = state.get(fields::COLLECT_TIPS);
    let Ok(next_base_fee) = state.get(l2_pricing::BASE_FEE);
    HeaderFacts {
        send_count,
        send_root,
        l1_number,
        version: state.version(),
        collects_tips,
        next_base_fee,
    }
}

/// Sets the base fee of the next block alone: its own start makes the one after it from the backlog again.
pub fn set_base_fee(host: &mut dyn Host, base_fee: U256) {
    let Ok(()) = State::free(host).set(l2_pricing::BASE_FEE, base_fee);
}

/// What `NUMBER` shows.
pub fn l1_block_number(host: &mut dyn Host) -> u64 {
    let Ok(number) = block_hashes::l1_number(&mut State::free(host));
    number
}

/// What `BLOCKHASH` gives for a number; zero outside the last 256 L1 blocks.
pub fn l1_block_hash(host: &mut dyn Host, number: u64) -> B256 {
    let Ok(hash) = block_hashes::hash(&mut State::free(host), number);
    hash
}

/// Whether the EIP-7623 calldata floor applies.
pub fn has_calldata_floor(host: &mut dyn Host) -> bool {
    let Ok(on) = State::free(host).get(fields::CALLDATA_PRICE_INCREASE);
    on
}

/// ArbOS version in force.
pub fn arbos_version(host: &mut dyn Host) -> u64 {
    version(host)
}

/// The Stylus parameters.
pub fn stylus_params(host: &mut dyn Host) -> StylusParams {
    let Ok(params) = programs::params(&mut State::free(host));
    params
}

/// The module hash that a program's activation announced.
pub fn program_module_hash(host: &mut dyn Host, code_hash: B256) -> B256 {
    let Ok(hash) = State::free(host).get(programs::module_hash(code_hash));
    hash
}

/// The record of a program, as a call to it needs it.
pub fn program_record(host: &mut dyn Host, code_hash: B256) -> ProgramRecord {
    let Ok(record) = programs::record(&mut State::free(host), code_hash);
    record
}
