//! One run: L2, the accounts of L1, the tickets between, and what is known to have happened.

use crate::l1::{Account, Population};
use crate::tickets::Ticket;
use alloy_primitives::{Address, U256};
use confluence_tests::native::snapshot::{Entry, Tree};
use confluence_tests::native::{L2, ONE};
use std::cell::RefCell;

/// LPT that can round away, for the books of L1 need not be exact.
pub(crate) const SURPLUS: u128 = 1_000;

/// Everything in a run.
#[derive(Debug)]
pub(crate) struct Run {
    /// The chain under test.
    pub(crate) l2: L2,
    /// Who was on L1.
    pub(crate) accounts: Vec<Account>,
    /// The published snapshot.
    pub(crate) tree: Tree,
    /// Everything that was sent.
    pub(crate) tickets: Vec<Ticket>,
    /// LPT that has arrived in L2Migrator.
    pub(crate) lpt_arrived: u128,
    /// Wei that has arrived there.
    pub(crate) eth_arrived: u128,
    /// What must arrive: LPT, wei.
    pub(crate) announced: (u128, u128),
    /// Unbonding locks on L2: owner, id.
    pub(crate) locks: Vec<(Address, u64)>,
    /// Wei that orchestrators earned on L2.
    pub(crate) earned: u128,
    /// LPT minted as rewards that is nobody's: see `rewards.rs`.
    pub(crate) forfeited: u128,
    /// LPT that orchestrators get if they come back: likewise.
    pub(crate) waiting: u128,
    /// Rewards called.
    pub(crate) rewards: u128,
    /// The steps, for the message of a failure.
    pub(crate) trace: RefCell<Vec<String>>,
}

impl Run {
    /// L2 waits for the switch-over, whose four tickets are on their way.
    pub(crate) fn new(population: &Population) -> Run {
        let l2 = L2::paused(3);
        let accounts = population.settle(|| l2.world.address());
        let entries: Vec<Entry> = accounts
            .iter()
            .filter_map(|account| account.entry)
            .collect();
        let nobody = Entry {
            delegator: Address::ZERO,
            delegate: Address::ZERO,
            stake: 0,
            fees: 0,
        };
        let tree = Tree::new(&[vec![nobody], entries].concat());
        l2.publish(&tree);
        l2.set_claims(true);
        l2.hand_to_switch_over();

        let lpt = accounts
            .iter()
            .map(|a| a.stake + a.locks.iter().sum::<u128>())
            .sum::<u128>()
            + SURPLUS;
        let eth = accounts
            .iter()
            .map(|a| a.fees + a.deposit + a.reserve)
            .sum();
        let mut run = Run {
            l2,
            accounts,
            tree,
            tickets: vec![],
            lpt_arrived: 0,
            eth_arrived: 0,
            announced: (lpt, eth),
            locks: vec![],
            earned: 0,
            forfeited: 0,
            waiting: 0,
            rewards: 0,
            trace: RefCell::default(),
        };
        run.switch_over(20_000_000 * ONE);
        run
    }

    /// Every address that can have something on L2.
    pub(crate) fn addresses(&self) -> Vec<Address> {
        let mut all: Vec<Address> = self
            .accounts
            .iter()
            .flat_map(|a| [a.l1, a.l2, self.l2.pool(a.l1)])
            .chain([Address::ZERO])
            .collect();
        all.sort();
        all.dedup();
        all
    }

    /// The pools that there are.
    pub(crate) fn pools(&self) -> Vec<Address> {
        self.accounts
            .iter()
            .map(|a| self.l2.pool(a.l1))
            .filter(|pool| !pool.is_zero())
            .collect()
    }

    /// Whether the protocol runs.
    pub(crate) fn is_paused(&self) -> bool {
        let call = confluence_abi::IController::pausedCall {};
        self.l2.world.read(self.l2.controller, &call)
    }

    /// Whether somebody has initialised the round.
    pub(crate) fn is_initialized(&self) -> bool {
        let call = confluence_abi::IRoundsManager::currentRoundInitializedCall {};
        self.l2.world.read(self.l2.rounds, &call)
    }

    /// Whether L2 was started.
    pub(crate) fn has_started(&self) -> bool {
        let call = confluence_abi::IL2SwitchOver::statusCall {};
        self.l2.world.read(self.l2.switch_over, &call) == 2
    }

    /// Remembers a step for the message of a failure.
    pub(crate) fn trace(&self, step: String) {
        self.trace.borrow_mut().push(step);
    }

    /// The steps so far.
    pub(crate) fn story(&self) -> String {
        self.trace.borrow().join("\n")
    }
}

/// A number as the ABI has it.
pub(crate) fn word(v: u128) -> U256 {
    U256::from(v)
}
