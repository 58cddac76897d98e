//! Tests across crates: end to end, history, invariants, golden vectors, CLI; and what they stand on: a model of the staking
//! protocol, and the programs beside it.

pub mod model;
pub mod native;
pub mod twin;
