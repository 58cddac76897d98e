//! JSON-RPC over HTTP and WebSocket on one port, answering as a Nitro dev node does, plus the namespaces of hardhat and
//! anvil for tests. One file per namespace (`eth` is a folder); every method is a function from parameters to an answer.

mod arb;
mod args;
mod batch;
mod blockid;
mod bridge;
mod confluence;
mod context;
mod debug;
mod dispatch;
mod error;
mod eth;
mod evm;
mod filters;
mod front;
mod json;
mod limits;
mod net;
mod overrides;
mod pace;
mod read;
mod request;
mod revert;
mod serve;
mod socket;
mod subscribe;
mod txpool;
mod wallet;
mod web3;

pub use error::RpcError;
pub use serve::{ServeError, Server, serve};
pub use wallet::{DEV_KEY, MnemonicError, TEST_MNEMONIC, Wallet};
