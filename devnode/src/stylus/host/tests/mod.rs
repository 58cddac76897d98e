//! The host functions, one by one.

mod answers;
mod ink;
mod list;
