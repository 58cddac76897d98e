//! The node as a client sees it: every test starts one of its own and talks JSON-RPC to it.

#![allow(unreachable_pub, clippy::needless_pass_by_value)] // a client that reads well where it is called, and no outside

mod calls;
mod client;
mod errors;
mod filters;
mod http;
mod life;
mod mining;
mod namespaces;
mod sending;
mod signing;
mod sockets;
mod traces;
#[path = "../wire/mod.rs"]
mod wire;
mod world;
