//! The host functions, one by one.

mod ink;
mod list;
