//! The host's functions, by the names and signatures of Nitro's `vm_hooks` module.
//! On chain they are imports; natively the world in [`crate::sim`] answers them.

#[cfg(not(target_arch = "wasm32"))]
pub use crate::sim::hooks::*;
#[cfg(target_arch = "wasm32")]
pub use stylus_sdk::hostio::{
    account_balance, account_code_size, account_codehash, block_number, block_timestamp,
    call_contract, chainid, contract_address, create1, emit_log, msg_reentrant, msg_sender,
    msg_value, native_keccak256, pay_for_memory_grow, read_args, read_return_data,
    return_data_size, static_call_contract, storage_cache_bytes32, storage_flush_cache,
    storage_load_bytes32, write_result,
};

// Every Nitro with Stylus has these two; stylus-sdk 0.10.10 does not declare them.
#[cfg(target_arch = "wasm32")]
#[link(wasm_import_module = "vm_hooks")]
unsafe extern "C" {
    /// Divides the big-endian `value` by `divisor` in place; anything by 0 is 0.
    pub fn math_div(value: *mut u8, divisor: *const u8);
    /// Ends the call on the spot: 0 for success, else a revert with the result written so far.
    pub fn exit_early(status: u32) -> !;
}
