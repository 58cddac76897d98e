//! What tests ask.

use super::L2;
use alloy_primitives::{Address, U256};
use confluence_abi::{IBondingManager, IDelegatorPool, IL2Migrator, ILivepeerToken};

/// An account's stake, as BondingManager stores it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delegator {
    /// LPT base units.
    pub bonded: u128,
    /// Wei.
    pub fees: u128,
    /// Whom it is with.
    pub delegate: Address,
    /// LPT base units delegated to it.
    pub delegated: u128,
    /// From which round on it works.
    pub start_round: u128,
}

/// Numbers of the protocol fit 128 bits.
fn narrow(v: U256) -> u128 {
    v.try_into().expect("fits 128 bits")
}

impl L2 {
    /// An account's LPT.
    pub fn lpt(&self, account: Address) -> u128 {
        narrow(
            self.world
                .read(self.token, &ILivepeerToken::balanceOfCall { account }),
        )
    }

    /// An account's wei.
    pub fn eth(&self, account: Address) -> u128 {
        narrow(self.world.balance(account))
    }

    /// An account's stake.
    pub fn delegator(&self, delegator: Address) -> Delegator {
        let call = IBondingManager::getDelegatorCall { delegator };
        let it = self.world.read(self.bonding, &call);
        Delegator {
            bonded: narrow(it.bondedAmount),
            fees: narrow(it.fees),
            delegate: it.delegateAddress,
            delegated: narrow(it.delegatedAmount),
            start_round: narrow(it.startRound),
        }
    }

    /// An account's stake with everything earned.
    pub fn pending_stake(&self, delegator: Address) -> u128 {
        let call = IBondingManager::pendingStakeCall {
            delegator,
            endRound: U256::ZERO,
        };
        narrow(self.world.read(self.bonding, &call))
    }

    /// An account's fees with everything earned.
    pub fn pending_fees(&self, delegator: Address) -> u128 {
        let call = IBondingManager::pendingFeesCall {
            delegator,
            endRound: U256::ZERO,
        };
        narrow(self.world.read(self.bonding, &call))
    }

    /// The running round.
    pub fn round(&self) -> u128 {
        let call = confluence_abi::IRoundsManager::currentRoundCall {};
        narrow(self.world.read(self.rounds, &call))
    }

    /// The pool of an orchestrator's delegators, null if there is none.
    pub fn pool(&self, l1_addr: Address) -> Address {
        let call = IL2Migrator::delegatorPoolsCall { l1Addr: l1_addr };
        self.world.read(self.migrator, &call)
    }

    /// Of what a pool began with: all, and what was claimed.
    pub fn pool_stake(&self, pool: Address) -> (u128, u128) {
        let all = IDelegatorPool::initialStakeCall {};
        let claimed = IDelegatorPool::claimedInitialStakeCall {};
        (
            narrow(self.world.read(pool, &all)),
            narrow(self.world.read(pool, &claimed)),
        )
    }

    /// Whether all of an L1 account has arrived.
    pub fn is_migrated(&self, addr: Address) -> bool {
        let call = IL2Migrator::migratedDelegatorsCall { addr };
        self.world.read(self.migrator, &call)
    }

    /// How much of an L1 account's stake has arrived, and whether its fees have.
    pub fn migrated_parts(&self, l1_addr: Address) -> (u128, bool) {
        let call = IL2Migrator::migratedPartsCall { l1Addr: l1_addr };
        let it = self.world.read(self.migrator, &call);
        (narrow(it.stake), it.fees)
    }
}
