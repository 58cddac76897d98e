//! Measurements that can be repeated on any machine, each against what it should be compared with; results are in
//! `docs/benchmarks`.
//! Always holds: both sides of a comparison do the same work in the same run, and its outcome is checked before its time
//! counts; no time decides whether a test passes.

pub mod cost;
pub mod devnode;
pub mod gas;
pub mod size;
pub mod snapshot;
mod table;

pub use table::Table;
pub(crate) use table::thousands;
