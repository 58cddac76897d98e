//! Who is on L1 when it stands still, and what L1Migrator says about them.

use alloy_primitives::Address;
use confluence_tests::native::{ONE, snapshot::Entry};
use proptest::prelude::*;

/// An account as it is drawn: own stake, fees, delegate, locks, broadcaster's funds, and whether its L2 address is another.
#[derive(Clone, Debug)]
pub(crate) struct Drawn {
    stake: u128,
    fees: u128,
    delegate: u8,
    locks: Vec<u128>,
    funds: (u128, u128),
    moves: bool,
    in_snapshot: bool,
}

/// Orchestrators and others, and by how much L1's sums are off: rounding there, for better or worse.
#[derive(Clone, Debug)]
pub(crate) struct Population {
    orchestrators: Vec<Drawn>,
    others: Vec<Drawn>,
    rounding: Vec<i8>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let amount = || prop_oneof![1 => Just(0), 1 => 1..1_000u128, 6 => 1..1_000 * ONE];
    (
        amount(),
        prop_oneof![Just(0), 1..ONE],
        any::<u8>(),
        prop::collection::vec(amount(), 0..4),
        prop_oneof![Just((0, 0)), (0..ONE, 0..ONE)],
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            |(stake, fees, delegate, locks, funds, moves, in_snapshot)| Drawn {
                stake,
                fees,
                delegate,
                locks,
                funds,
                moves,
                in_snapshot,
            },
        )
}

/// One to four orchestrators and up to eight others.
pub(crate) fn population() -> impl Strategy<Value = Population> {
    (
        prop::collection::vec(drawn(), 1..5),
        prop::collection::vec(drawn(), 0..9),
        prop::collection::vec(-3..=3i8, 4),
    )
        .prop_map(|(orchestrators, others, rounding)| Population {
            orchestrators,
            others,
            rounding,
        })
}

/// An account on L1.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    /// Its address, which is also its key on L2.
    pub(crate) l1: Address,
    /// Where its messages go.
    pub(crate) l2: Address,
    /// LPT base units.
    pub(crate) stake: u128,
    /// Of what is delegated to it, its own included.
    pub(crate) delegated: u128,
    /// Wei.
    pub(crate) fees: u128,
    /// Itself for an orchestrator.
    pub(crate) delegate: Address,
    /// LPT base units of each unbonding lock.
    pub(crate) locks: Vec<u128>,
    /// A broadcaster's wei.
    pub(crate) deposit: u128,
    /// A broadcaster's wei.
    pub(crate) reserve: u128,
    /// What the snapshot has of it.
    pub(crate) entry: Option<Entry>,
    /// The nonce of its next message.
    pub(crate) nonce: u64,
}

impl Account {
    /// Whether it is an orchestrator.
    pub(crate) fn is_orchestrator(&self) -> bool {
        self.l1 == self.delegate
    }
}

impl Population {
    /// The accounts, with addresses from `address`.
    pub(crate) fn settle(&self, mut address: impl FnMut() -> Address) -> Vec<Account> {
        let mut make = |drawn: &Drawn, delegate: Option<Address>| {
            let l1 = address();
            let l2 = if drawn.moves { address() } else { l1 };
            let delegate = delegate.unwrap_or(l1);
            let entry = Entry {
                delegator: l1,
                delegate,
                stake: drawn.stake,
                fees: drawn.fees,
            };
            Account {
                l1,
                l2,
                stake: drawn.stake,
                delegated: 0,
                fees: drawn.fees,
                delegate,
                locks: drawn.locks.clone(),
                deposit: drawn.funds.0,
                reserve: drawn.funds.1,
                entry: (drawn.in_snapshot && delegate != l1).then_some(entry),
                nonce: 0,
            }
        };
        let mut all: Vec<Account> = self
            .orchestrators
            .iter()
            .map(|drawn| make(drawn, None))
            .collect();
        let leaders: Vec<Address> = all.iter().map(|account| account.l1).collect();
        // Some are with nobody.
        let others: Vec<Account> = self
            .others
            .iter()
            .map(|drawn| {
                let at = drawn.delegate as usize % (leaders.len() + 1);
                make(drawn, Some(leaders.get(at).copied().unwrap_or_default()))
            })
            .collect();
        all.extend(others);
        for (i, leader) in leaders.iter().enumerate() {
            let foreign: u128 = all
                .iter()
                .filter(|other| other.delegate == *leader && other.l1 != *leader)
                .map(|other| other.stake)
                .sum();
            let rounding = i128::from(self.rounding.get(i).copied().unwrap_or_default());
            let exact = all[i].stake + foreign;
            all[i].delegated = exact.saturating_add_signed(rounding).max(all[i].stake);
        }
        all
    }
}
