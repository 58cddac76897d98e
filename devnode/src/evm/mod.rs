//! The EVM as Arbitrum has it: revm with ArbOS's environment, ArbOS's precompiles and Stylus programs as frames of their own.

mod arbos_host;
mod close;
mod code;
mod context;
mod execute;
mod failure;
mod fork;
mod frame;
mod instructions;
pub(crate) mod intrinsic;
pub(crate) mod job;
mod machine;
mod open;
mod precompiles;
mod program;
mod quiet;
pub(crate) mod stand_in;
mod steps;
#[cfg(test)]
pub(crate) mod tests;
pub mod trace;
pub(crate) mod transact;
mod world;

pub(crate) use execute::{change, execute};
pub(crate) use transact::machine;
