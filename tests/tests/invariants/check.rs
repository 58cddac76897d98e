//! The invariants of docs/security/invariants.md, by number.

use crate::run::{Run, SURPLUS};
use alloy_primitives::{Address, U256};
use confluence_abi::{IBondingManager, ILivepeerToken};

impl Run {
    /// All that must hold after every step.
    pub(crate) fn check(&self) {
        let accounts = self.addresses();
        self.check_stakes(&accounts);
        self.check_lpt(&accounts);
        self.check_eth(&accounts);
        self.check_arrivals();
    }

    /// 1: what is delegated to somebody covers the stakes with it, and what they have earned.
    fn check_stakes(&self, accounts: &[Address]) {
        for to in accounts {
            let delegated = self.l2.delegator(*to).delegated;
            let owed: u128 = accounts
                .iter()
                .filter(|who| self.l2.delegator(**who).delegate == *to)
                .map(|who| self.l2.pending_stake(*who))
                .sum();
            assert!(
                owed <= delegated,
                "{to} has {delegated}, and {owed} is owed\n{}",
                self.story()
            );
        }
    }

    /// 2: LPT. What is delegated and locked is in the Minter, to the wei; what has not arrived at its owner is in L2Migrator and in pools, to the wei.
    fn check_lpt(&self, accounts: &[Address]) {
        let delegated: u128 = accounts
            .iter()
            .map(|who| self.l2.delegator(*who).delegated)
            .sum();
        assert_eq!(
            self.l2.lpt(self.l2.minter),
            delegated + self.locked(),
            "the Minter's LPT\n{}",
            self.story()
        );
        let gone: u128 = self.arrived_stake() + self.arrived_locks();
        let unclaimed: u128 = self
            .pools()
            .into_iter()
            .map(|pool| self.l2.pool_stake(pool))
            .map(|(all, claimed)| all - claimed)
            .sum();
        assert_eq!(
            self.l2.lpt(self.l2.migrator) + unclaimed + gone,
            self.lpt_arrived,
            "L2Migrator's LPT\n{}",
            self.story()
        );
        let supply = self
            .l2
            .world
            .read(self.l2.token, &ILivepeerToken::totalSupplyCall {});
        let held: u128 = accounts
            .iter()
            .chain([&self.l2.minter, &self.l2.migrator])
            .map(|who| self.l2.lpt(*who))
            .sum();
        assert_eq!(supply, U256::from(held), "all LPT\n{}", self.story());
    }

    /// 3: ether, likewise.
    fn check_eth(&self, accounts: &[Address]) {
        let owed: u128 = accounts.iter().map(|who| self.l2.pending_fees(*who)).sum();
        let fees: u128 = self
            .accounts
            .iter()
            .enumerate()
            .filter(|(i, _)| self.arrived(*i).1)
            .map(|(_, it)| it.fees)
            .sum();
        let funds: u128 = self
            .accounts
            .iter()
            .enumerate()
            .filter(|(i, _)| self.has_sender(*i))
            .map(|(_, it)| it.deposit + it.reserve)
            .sum();
        let held = self.l2.eth(self.l2.minter);
        assert!(owed + funds <= held, "the Minter's ether\n{}", self.story());
        let everybody = accounts.iter().map(|who| self.l2.eth(*who)).sum::<u128>();
        let all = held + self.l2.eth(self.l2.migrator) + everybody;
        let came = self.eth_arrived + self.earned;
        assert_eq!(all, came, "all ether\n{}", self.story());
        let paid = fees + funds;
        assert_eq!(
            self.l2.eth(self.l2.migrator) + paid,
            self.eth_arrived,
            "L2Migrator's ether\n{}",
            self.story()
        );
    }

    /// 4 and 6: no account brings more than it had, and no orchestrator's own stake is in a pool.
    fn check_arrivals(&self) {
        for (i, account) in self.accounts.iter().enumerate() {
            let (stake, _) = self.arrived(i);
            assert!(stake <= account.stake, "more than there was");
            let pool = self.l2.pool(account.l1);
            if !pool.is_zero() {
                let (all, claimed) = self.l2.pool_stake(pool);
                assert!(claimed <= all);
                assert!(
                    all <= account.delegated - account.stake,
                    "own stake in a pool"
                );
            }
        }
    }

    /// LPT in unbonding locks on L2.
    pub(crate) fn locked(&self) -> u128 {
        self.locks
            .iter()
            .map(|(delegator, id)| {
                let call = IBondingManager::getDelegatorUnbondingLockCall {
                    delegator: *delegator,
                    unbondingLockId: U256::from(*id),
                };
                let lock = self.l2.world.read(self.l2.bonding, &call);
                lock.amount.to::<u128>()
            })
            .sum()
    }

    fn arrived_stake(&self) -> u128 {
        (0..self.accounts.len()).map(|i| self.arrived(i).0).sum()
    }

    fn arrived_locks(&self) -> u128 {
        self.accounts
            .iter()
            .enumerate()
            .flat_map(|(i, account)| account.locks.iter().enumerate().map(move |lock| (i, lock)))
            .filter(|(i, (id, _))| self.has_lock(*i, *id))
            .map(|(_, (_, amount))| amount)
            .sum()
    }

    /// What L1's rounding may leave over in the end.
    pub(crate) fn may_remain(&self) -> u128 {
        SURPLUS + 3 * self.accounts.len() as u128
    }
}
