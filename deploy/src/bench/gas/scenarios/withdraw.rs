//! Taking out stake and fees.

use alloy::primitives::{Address, U256};
use confluence_abi::IBondingManager::{withdrawFeesCall, withdrawStakeCall};

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
        prepare: |s| {
            s.unbond(s.d_mid(), 100)?;
            (0..7).try_for_each(|_| s.next_round())
        },
        acts: &[("withdrawStake.N*", |s| {
            let call = withdrawStakeCall {
                unbondingLockId: U256::ZERO,
            };
            s.act(s.d_mid(), BondingManager, &call)
        })],
    },
    Group {
        pools: &POOLS,
        prepare: earned,
        acts: &[
            ("withdrawFees.withClaim.N*", |s| part(s, s.d_mid(), 1)),
            ("withdrawFees.orchestrator.N*", |s| part(s, s.o_mid(), 1)),
        ],
    },
    Group {
        pools: &POOLS,
        prepare: |s| {
            earned(s)?;
            s.claim(s.d_mid())
        },
        acts: &[
            ("withdrawFees.claimed.N*", |s| part(s, s.d_mid(), 1)),
            ("withdrawFees.claimed.half.N*", |s| part(s, s.d_mid(), 2)),
        ],
    },
];

/// The orchestrator in the middle has redeemed a ticket, and a round with rewards has passed since.
fn earned(s: &Stage) -> Result<(), GasError> {
    s.bring_fees(s.o_mid())?;
    s.rewarded_round()
}

/// Takes one of so many parts of its fees, to itself.
fn part(s: &Stage, who: Address, parts: u64) -> Result<Act, GasError> {
    let call = withdrawFeesCall {
        recipient: who,
        amount: s.pending_fees(who)? / U256::from(parts),
    };
    s.act(who, BondingManager, &call)
}
