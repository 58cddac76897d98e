//! The node as a client sees it: every test starts one of its own and talks JSON-RPC to it.

mod calls;
mod client;
mod errors;
mod filters;
mod http;
mod life;
mod mining;
mod sending;
mod signing;
mod sockets;
mod traces;
mod world;
