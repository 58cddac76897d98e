//! What comes from L1, as `contracts/solidity/src/interfaces/IL2Migrator.sol` describes it.

use confluence_kit::abi::{Array, NO_HINT, Neighbours};
use confluence_kit::{Address, U256, tuple};

tuple! {
    /// An account's whole stake and fees.
    MigrateDelegatorParams of WholeArg {
        /// The account on L1.
        l1_addr: Address,
        /// Who gets it here.
        l2_addr: Address,
        /// LPT base units.
        stake: u128,
        /// LPT base units delegated to the account on L1, its own included.
        delegated_stake: u128,
        /// Wei.
        fees: u128,
        /// The account's delegate on L1; the account itself for an orchestrator.
        delegate: Address,
    }
    /// A part of an account's stake, and its fees.
    MigrateParams of PartArg {
        /// The account on L1.
        l1_addr: Address,
        /// Who gets it here.
        l2_addr: Address,
        /// The part, in LPT base units.
        amount: u128,
        /// The whole, in LPT base units.
        stake: u128,
        /// LPT base units delegated to the account on L1, its own included.
        delegated_stake: u128,
        /// All its fees, in wei.
        fees: u128,
        /// The account's delegate on L1; the account itself for an orchestrator.
        delegate: Address,
        /// Counts the account's messages on L1; nothing depends on it here.
        nonce: U256,
    }
    /// A broadcaster's funds.
    MigrateSenderParams of SenderArg {
        /// The account on L1.
        l1_addr: Address,
        /// Who gets them here.
        l2_addr: Address,
        /// Wei.
        deposit: u128,
        /// Wei.
        reserve: u128,
    }
    /// Neighbours among the candidates after the call, null where not known (X10).
    Hints of HintsArg {
        /// Above the delegate that gets the stake.
        self_prev: Address,
        /// Below it.
        self_next: Address,
        /// Above the orchestrator whose pool changes.
        pool_prev: Address,
        /// Below it.
        pool_next: Address,
    }
}
tuple! {
    /// The sum of an account's unbonding locks.
    dynamic MigrateUnbondingLocksParams of LocksArg {
        /// The account on L1.
        l1_addr: Address,
        /// Who gets it here.
        l2_addr: Address,
        /// LPT base units.
        total: u128,
        /// Which locks.
        unbonding_lock_ids: Array<U256>,
        /// The account's delegate on L1, null if it has no stake left.
        delegate: Address,
    }
}

/// [`Hints`] as a rule uses them.
#[derive(Clone, Copy, Debug)]
pub struct Places<'a> {
    /// Of the delegate that gets the stake.
    pub own: Neighbours<'a>,
    /// Of the orchestrator whose pool changes.
    pub pool: Neighbours<'a>,
}

/// No hints.
pub const NOWHERE: Places<'static> = Places {
    own: NO_HINT,
    pool: NO_HINT,
};

impl<'a> HintsArg<'a> {
    /// As pairs.
    pub fn places(self) -> Places<'a> {
        Places {
            own: Neighbours {
                above: self.self_prev,
                below: self.self_next,
            },
            pool: Neighbours {
                above: self.pool_prev,
                below: self.pool_next,
            },
        }
    }
}
