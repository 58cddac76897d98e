//! Measurements that can be repeated on any machine, each against what it should be compared with.
//! Always holds: both sides of a comparison do the same work in the same run, and its outcome is checked before its time counts.

pub mod devnode;
pub mod gas;
