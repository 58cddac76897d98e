//! What scenarios ask both chains.

use alloy::{
    primitives::{Address, U256},
    sol_types::SolCall,
};
use confluence::plan::Contract;
use confluence_abi::{IBondingManager, IDelegatorPool, IL2Migrator, ILivepeerToken};

use crate::stage::Stage;

/// Somebody's stake on L2, with what it has earned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stake {
    /// LPT base units.
    pub(crate) amount: u128,
    pub(crate) delegate: Address,
    /// LPT base units with it.
    pub(crate) delegated: u128,
}

impl Stage {
    /// Asks a contract on L2.
    pub(crate) fn l2<C: SolCall>(&self, contract: Contract, call: &C) -> C::Return {
        self.l2_at(self.at(contract), call)
    }

    /// Asks whatever is at an address on L2.
    pub(crate) fn l2_at<C: SolCall>(&self, at: Address, call: &C) -> C::Return {
        let answer = self.runtime.block_on(self.l2.read(at, call));
        answer.expect("L2 answers")
    }

    /// Asks whatever is at an address on L1.
    pub(crate) fn l1_at<C: SolCall>(&self, at: Address, call: &C) -> C::Return {
        let answer = self.runtime.block_on(self.l1.read(at, call));
        answer.expect("L1 answers")
    }

    /// Somebody's stake on L2.
    pub(crate) fn stake(&self, delegator: Address) -> Stake {
        let it = self.l2(
            Contract::BondingManager,
            &IBondingManager::getDelegatorCall { delegator },
        );
        let call = IBondingManager::pendingStakeCall {
            delegator,
            endRound: U256::ZERO,
        };
        Stake {
            amount: self.l2(Contract::BondingManager, &call).to(),
            delegate: it.delegateAddress,
            delegated: it.delegatedAmount.to(),
        }
    }

    /// Somebody's wei on L2.
    pub(crate) fn eth(&self, of: Address) -> u128 {
        let balance = self.runtime.block_on(self.l2.balance(of));
        balance.expect("a balance").to()
    }

    /// LPT of somebody, on L2.
    pub(crate) fn lpt(&self, account: Address) -> u128 {
        let call = ILivepeerToken::balanceOfCall { account };
        self.l2(Contract::LivepeerToken, &call).to()
    }

    /// LPT of somebody, on L1.
    pub(crate) fn l1_lpt(&self, account: Address) -> u128 {
        let call = ILivepeerToken::balanceOfCall { account };
        self.l1_at(self.system.livepeer.token, &call).to()
    }

    /// Wei in L2Migrator: what has not arrived at its owners. Refunds of tickets do not touch it.
    pub(crate) fn ether_to_come(&self) -> u128 {
        self.eth(self.at(Contract::L2Migrator))
    }

    /// The pool of an orchestrator's delegators.
    pub(crate) fn pool(&self, l1: Address) -> Address {
        let call = IL2Migrator::delegatorPoolsCall { l1Addr: l1 };
        self.l2(Contract::L2Migrator, &call)
    }

    /// Of what a pool began with: all, and what was claimed.
    pub(crate) fn pool_stake(&self, pool: Address) -> (u128, u128) {
        let all = self.l2_at(pool, &IDelegatorPool::initialStakeCall {});
        let claimed = self.l2_at(pool, &IDelegatorPool::claimedInitialStakeCall {});
        (all.to(), claimed.to())
    }

    /// Whether all of an L1 account has arrived.
    pub(crate) fn is_migrated(&self, addr: Address) -> bool {
        let call = IL2Migrator::migratedDelegatorsCall { addr };
        self.l2(Contract::L2Migrator, &call)
    }
}
