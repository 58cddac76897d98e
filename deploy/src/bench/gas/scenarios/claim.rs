//! Claiming what a stake has earned.

use alloy::primitives::{Address, U256};
use confluence_abi::IBondingManager::claimEarningsCall;

use crate::{
    bench::gas::{
        GasError, POOLS,
        scenario::{Act, Group},
        stage::Stage,
    },
    plan::Contract::BondingManager,
};

pub(super) const GROUPS: &[Group] = &[
    Group {
        pools: &POOLS,
        prepare: |s| s.claim(s.d_mid()),
        acts: &[("claimEarnings.noop.N*", |s| claim(s, s.d_mid()))],
    },
    Group {
        pools: &POOLS,
        prepare: |s| {
            s.claim(s.d_mid())?;
            s.rewarded_round()
        },
        acts: &[("claimEarnings.k1.N*", |s| claim(s, s.d_mid()))],
    },
    Group {
        pools: &POOLS,
        prepare: |s| {
            s.claim(s.d_mid())?;
            s.next_round()
        },
        acts: &[("claimEarnings.k1.unrewarded.N*", |s| claim(s, s.d_mid()))],
    },
    Group {
        pools: &POOLS,
        prepare: |s| {
            s.claim(s.d_mid())?;
            s.rewarded_rounds(10)
        },
        acts: &[("claimEarnings.k10.N*", |s| claim(s, s.d_mid()))],
    },
    Group {
        pools: &POOLS,
        prepare: |s| rounds_with_fees(s, 10),
        acts: &[("claimEarnings.k10.fees.N*", |s| claim(s, s.d_mid()))],
    },
    Group {
        pools: &POOLS,
        prepare: |s| rounds_with_fees(s, 1),
        acts: &[("claimEarnings.k1.fees.N*", |s| claim(s, s.d_mid()))],
    },
    Group {
        pools: &POOLS,
        prepare: |s| {
            s.claim(s.o_mid())?;
            s.rewarded_round()
        },
        acts: &[("claimEarnings.k1.orchestrator.N*", |s| claim(s, s.o_mid()))],
    },
];

/// After a claim, rounds in which everybody calls `reward` and the orchestrator in the middle redeems a ticket.
fn rounds_with_fees(s: &Stage, count: usize) -> Result<(), GasError> {
    s.claim(s.d_mid())?;
    (0..count).try_for_each(|_| {
        s.rewarded_round()?;
        s.bring_fees(s.o_mid())
    })
}

fn claim(s: &Stage, who: Address) -> Result<Act, GasError> {
    let call = claimEarningsCall {
        endRound: U256::ZERO,
    };
    s.act(who, BondingManager, &call)
}
