//! Messages of L1Migrator.

use alloy::{
    primitives::{Address, U256},
    sol_types::SolCall,
};
use confluence_abi::IL2Migrator::{
    MigrateDelegatorParams, MigrateSenderParams, MigrateUnbondingLocksParams,
    finalizeMigrateDelegatorCall, finalizeMigrateSenderCall, finalizeMigrateUnbondingLocksCall,
};

use crate::{
    bench::gas::{
        GasError,
        population::{account, lpt},
        scenario::{Act, Group},
        stage::{Stage, on_l1},
    },
    plan::Contract::L2Migrator,
    ticket::bridge::alias,
};

/// A tenth of an ether: the fees that somebody brings.
pub(super) const FEES: U256 = U256::from_limbs([100_000_000_000_000_000, 0, 0, 0]);

pub(super) const GROUPS: &[Group] = &[
    Group {
        pools: &[10],
        prepare: |_| Ok(()),
        acts: &[
            ("finalizeMigrateDelegator.orchestrator", |s| {
                orchestrator(s, U256::ZERO)
            }),
            ("finalizeMigrateDelegator.delegator.bond", |s| {
                delegator(s, s.o_mid(), U256::ZERO)
            }),
            ("finalizeMigrateUnbondingLocks.1", |s| locks(s, 1)),
            ("finalizeMigrateUnbondingLocks.5", |s| locks(s, 5)),
            ("finalizeMigrateSender", sender),
        ],
    },
    Group {
        pools: &[10],
        prepare: |s| s.give_ether(account("new orchestrator on L2")),
        acts: &[("finalizeMigrateDelegator.orchestrator.fees", |s| {
            orchestrator(s, FEES)
        })],
    },
    Group {
        pools: &[10],
        prepare: Stage::with_migrated_orchestrator,
        acts: &[("finalizeMigrateDelegator.delegator.pool", |s| {
            delegator(s, l1_orchestrator(), U256::ZERO)
        })],
    },
    Group {
        pools: &[10],
        prepare: |s| {
            s.with_migrated_orchestrator()?;
            s.give_ether(account("delegator on L2"))
        },
        acts: &[("finalizeMigrateDelegator.delegator.pool.fees", |s| {
            delegator(s, l1_orchestrator(), FEES)
        })],
    },
    Group {
        pools: &[100],
        prepare: |_| Ok(()),
        acts: &[("finalizeMigrateUnbondingLocks.1.N100", |s| locks(s, 1))],
    },
];

/// Whose pool delegators claim from.
pub(super) fn l1_orchestrator() -> Address {
    account("new orchestrator on L1")
}

impl Stage {
    /// An orchestrator has migrated, and in the round after it all eleven have called `reward`.
    pub(super) fn with_migrated_orchestrator(&self) -> Result<(), GasError> {
        self.perform(&orchestrator(self, U256::ZERO)?, "an orchestrator arrives")?;
        self.rewarded_round()?;
        self.reward(account("new orchestrator on L2"))
    }

    /// Somebody has ether.
    pub(super) fn give_ether(&self, to: Address) -> Result<(), GasError> {
        let gift = Act {
            from: self.owner(),
            to,
            data: Default::default(),
            value: U256::ONE,
        };
        self.perform(&gift, "a gift").map(drop)
    }
}

fn message<C: SolCall>(s: &Stage, call: &C) -> Result<Act, GasError> {
    s.act(alias(on_l1().side.migrator), L2Migrator, call)
}

fn orchestrator(s: &Stage, fees: U256) -> Result<Act, GasError> {
    let params = MigrateDelegatorParams {
        l1Addr: l1_orchestrator(),
        l2Addr: account("new orchestrator on L2"),
        stake: lpt(10_000),
        delegatedStake: lpt(60_000),
        fees,
        delegate: l1_orchestrator(),
    };
    message(s, &finalizeMigrateDelegatorCall { params })
}

fn delegator(s: &Stage, delegate: Address, fees: U256) -> Result<Act, GasError> {
    let params = MigrateDelegatorParams {
        l1Addr: account("delegator on L1"),
        l2Addr: account("delegator on L2"),
        stake: lpt(1_000),
        delegatedStake: U256::ZERO,
        fees,
        delegate,
    };
    message(s, &finalizeMigrateDelegatorCall { params })
}

/// Locks of 100 LPT each.
fn locks(s: &Stage, count: u64) -> Result<Act, GasError> {
    let params = MigrateUnbondingLocksParams {
        l1Addr: account("delegator on L1"),
        l2Addr: account("delegator on L2"),
        total: lpt(100 * u128::from(count)),
        unbondingLockIds: (0..count).map(U256::from).collect(),
        delegate: s.o_mid(),
    };
    message(s, &finalizeMigrateUnbondingLocksCall { params })
}

fn sender(s: &Stage) -> Result<Act, GasError> {
    let params = MigrateSenderParams {
        l1Addr: account("broadcaster on L1"),
        l2Addr: account("broadcaster on L2"),
        deposit: lpt(1),
        reserve: lpt(1),
    };
    message(s, &finalizeMigrateSenderCall { params })
}
