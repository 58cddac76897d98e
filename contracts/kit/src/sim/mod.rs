//! A small world for native programs: accounts with storage, balance and code, several programs that call each other, proxies and
//! clones in front of them, contracts that a test writes as closures, logs, block number and time, and what each call did to
//! storage. Gas is not modelled. Each thread has a world of its own, so tests run side by side.
//!
//! ```no_run
//! # use confluence_kit::{sim::*, Address, entries::Program};
//! # alloy_sol_types::sol! { function bond(uint256 amount, address to); function unbondingPeriod() returns (uint64); }
//! # let (program, alice, bob): (&'static Program, Address, Address) = todo!();
//! let world = World::new();
//! let bonding = world.construct(program, (alice,)).unwrap();
//! world.send(alice, bonding, &bondCall { amount: alloy_primitives::U256::from(1), to: bob }).unwrap();
//! let done = world.send(bob, bonding, &bondCall { amount: alloy_primitives::U256::ZERO, to: bob });
//! assert_eq!(done.reverted(), Revert::text("delegation amount must be greater than 0"));
//! assert_eq!(world.read(bonding, &unbondingPeriodCall {}), 0);
//! ```
//!
//! Always holds: a frame's storage cache, flushes, reverts, static calls and return data behave as Nitro's do, so that a program
//! that forgets to flush, or reads what a nested call changed, fails here as well.

pub(crate) mod hooks;
mod receipt;
mod state;
mod world;

pub use receipt::{Log, Receipt, Revert, SlotCount};
pub use state::Callee;
pub use world::{Moment, World};
