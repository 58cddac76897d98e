//! Tests across crates: end to end, history, invariants, golden vectors, CLI.

pub mod model;
