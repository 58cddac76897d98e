//! What L2SwitchOver stores, besides the Controller's address in slot 0.
//!
//! Bounds, checked where they are written and answered with `Panic(0x11)`: LPT and wei below 2^128. L1 has neither that many.

use confluence_kit::{Address, storage};

/// How far the switch-over is; the numbers are the ABI's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Status {
    /// Nothing was heard from L1.
    Waiting = 0,
    /// Announced; not all of it has arrived.
    Announced = 1,
    /// L2 runs.
    Complete = 2,
    /// The Governor took the Controller back.
    Aborted = 3,
}

storage! {
    /// Who speaks for L1, and how far it is.
    origin: Origin[()] @ 1 {
        /// L1SwitchOver, on L1. Set by the constructor.
        l1_switch_over: Address,
        /// A [`Status`].
        status: u8,
        _spare: [u8; 11],
    }
    /// Who gets the Controller. Set by the constructor.
    heir: Heir[()] @ 2 { governor: Address, _spare: [u8; 12] }
    /// What L1 announced. Written once.
    announced: Announced[()] @ 3 {
        /// LPT base units on their way to L2Migrator.
        lpt: u128,
        /// Wei on their way to L2Migrator.
        eth: u128,
        /// L1's last inflation, parts of 10^9.
        inflation: u128,
        /// LPT on L1, base units.
        l1_supply: u128,
    }
}

impl Origin {
    /// Whether it is this far.
    pub fn is(&self, status: Status) -> bool {
        self.status == status as u8
    }
}
