//! The way between the two chains: L1 is a real one (anvil, or any other by URL) with Arbitrum's own contracts, and the
//! chain in this process follows their delayed inbox and posts its roots to their outbox.
//!
//! Always holds: messages arrive in the order of the inbox, each once, whatever restarts or reorganisations happen; the
//! L2's header counts them, so the chain itself is the record of what has arrived.

mod abi;
mod anvil;
mod confirm;
mod contracts;
mod control;
mod deploy;
mod error;
mod follow;
mod inbox;
mod l1;
mod npm;
mod pair;
mod running;
mod status;

pub use anvil::Anvil;
pub use contracts::Contracts;
pub use deploy::ROLLUP_KEY;
pub use error::BridgeError;
pub use npm::anvil_program;
pub use pair::TwoChains;
pub(crate) use running::Accounts;
pub use running::{Bridge, L1Options, SharedFollower};
pub use status::{Status, WaitingMessage};
