//! What every L2 program shares: the entry table, calldata words, packed records, calls, events, errors, math, roles.
//! Always holds: nothing here knows what a bond or a round is, and one source serves two targets. On chain (`wasm32`)
//! it talks to Nitro's host functions; natively to [`sim`], a small world of accounts with the same rules.
//!
#![doc = include_str!("../README.md")]
#![cfg_attr(target_arch = "wasm32", no_std)]
#![cfg_attr(not(target_arch = "wasm32"), warn(missing_docs))]

extern crate alloc;
#[cfg(not(target_arch = "wasm32"))]
extern crate std;

#[cfg(target_endian = "big")]
compile_error!("records are stored as they lie in memory, little-endian");

pub mod abi;
pub mod bridge;
pub mod buffer;
pub mod call;
pub mod chain;
pub mod crypto;
pub mod deploy;
pub mod entries;
pub mod event;
#[cfg(not(target_arch = "wasm32"))]
pub mod export;
pub mod fault;
pub mod host;
pub mod manager;
pub mod math;
pub mod pausable;
pub mod peers;
pub mod roles;
#[cfg(not(target_arch = "wasm32"))]
pub mod sim;
pub mod storage;

pub use alloy_primitives::{Address, B256, FixedBytes, U256, address, b256};
pub use chain::{balance_of, block, msg, this};
pub use fault::{Fault, Result};
pub use math::Checked;
pub use storage::{Edit, Narrow, Table};
