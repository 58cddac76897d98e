//! What the first transaction of a block does, and the batch posting report: type 0x6a.
//!
//! Always holds: nobody pays for it and it cannot fail. Order as in Nitro: parent hash, L1 block number, two
//! tickets off the queue, base fee of the next block, upgrade.

use alloy_primitives::B256;
use alloy_sol_types::SolCall;

use super::{
    Host, genesis, l1_report,
    state::{State, block_hashes, l2_pricing, tickets},
    tx::{InternalTx, batchPostingReportCall, batchPostingReportV2Call, startBlockCall},
};

/// Tickets looked at in each block.
const REAPED_PER_BLOCK: u32 = 2;

/// Executes an internal transaction. Data that is none of its calls has no effect.
pub fn run_internal(host: &mut dyn Host, tx: &InternalTx) {
    let data = &tx.data;
    if let Ok(call) = startBlockCall::abi_decode(data) {
        start_block(host, call.l1BlockNumber, call.timePassed);
    } else if let Ok(call) = batchPostingReportCall::abi_decode(data) {
        l1_report::report(host, &call.into());
    } else if let Ok(call) = batchPostingReportV2Call::abi_decode(data) {
        l1_report::report_v2(host, &call);
    }
}

fn start_block(host: &mut dyn Host, l1_number: u64, seconds: u64) {
    let block = host.block();
    let parent = match block.number.checked_sub(1) {
        Some(number) => host.block_hash(number),
        None => B256::ZERO,
    };
    genesis::remember_parent(host, block.number, parent);
    let mut state = State::free(host);
    let Ok(()) = block_hashes::advance(&mut state, l1_number, parent);
    for _ in 0..REAPED_PER_BLOCK {
        let Ok(()) = tickets::reap_one(&mut state, block.timestamp);
    }
    let Ok(()) = l2_pricing::update(&mut state, seconds);
    genesis::upgrade_if_due(host, block.timestamp);
}
