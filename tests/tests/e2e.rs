//! The migration end to end: both chains over JSON-RPC, the real bridge contracts between them, everything deployed as a deployment does it.
//!
//! Scenarios that need no moved time run on any pair of chains: `CONFLUENCE_L1_RPC`, `CONFLUENCE_L2_RPC`, a funded `CONFLUENCE_PRIVATE_KEY` and,
//! where the chain is not a known one, `CONFLUENCE_INBOX` (`scripts/test --live`). Without these, on two chains of their own.
//! Always holds: a scenario has accounts that no other has, and leaves both chains running, so that the next one can have them.

#[path = "e2e/act.rs"]
mod act;
#[path = "e2e/cast.rs"]
mod cast;
#[path = "e2e/chains.rs"]
mod chains;
#[path = "e2e/claim.rs"]
mod claim;
#[path = "e2e/delegate.rs"]
mod delegate;
#[path = "e2e/freeze.rs"]
mod freeze;
#[path = "e2e/gateway.rs"]
mod gateway;
#[path = "e2e/locks.rs"]
mod locks;
#[path = "e2e/look.rs"]
mod look;
#[path = "e2e/orchestrator.rs"]
mod orchestrator;
#[path = "e2e/parts.rs"]
mod parts;
#[path = "e2e/paused.rs"]
mod paused;
#[path = "e2e/pool.rs"]
mod pool;
#[path = "e2e/random.rs"]
mod random;
#[path = "e2e/refusals.rs"]
mod refusals;
#[path = "e2e/sender.rs"]
mod sender;
#[path = "e2e/stage.rs"]
mod stage;
#[path = "e2e/supply.rs"]
mod supply;
#[path = "e2e/tickets.rs"]
mod tickets;
#[path = "e2e/wallet.rs"]
mod wallet;

/// One LPT in base units.
const LPT: u128 = 1_000_000_000_000_000_000;
/// Wei of a gwei: the unit of all ether here, so that one funded key can pay for everything on a live chain.
const GWEI: u128 = 1_000_000_000;
