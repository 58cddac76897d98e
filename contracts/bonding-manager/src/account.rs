//! What an account's record says about it.

use crate::storage::Delegator;
use confluence_kit::Address;

/// Where a stake stands; the numbers are the ABI's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Works from a later round on, and cannot be unbonded until then.
    Pending = 0,
    /// Works.
    Bonded = 1,
    /// There is none.
    Unbonded = 2,
}

impl Delegator {
    /// An orchestrator is bonded to itself.
    pub fn is_registered(&self, me: &Address) -> bool {
        self.delegate == *me && !self.bonded.is_zero()
    }

    /// Where its stake stands in `round`.
    pub fn status(&self, round: u32) -> Status {
        if self.bonded.is_zero() {
            Status::Unbonded
        } else if self.start_round > round {
            Status::Pending
        } else {
            Status::Bonded
        }
    }

    /// Whether L2Migrator opened it as a pool. Every other stake begins in the round after some round.
    pub fn is_migration_pool(&self) -> bool {
        self.start_round == 0 && !self.bonded.is_zero()
    }
}
