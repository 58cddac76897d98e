//! The EVM as Arbitrum has it: revm with ArbOS's environment, ArbOS's precompiles and Stylus programs as frames of their own.

pub mod trace;
