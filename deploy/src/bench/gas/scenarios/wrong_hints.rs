//! Hints that do not help, in a full pool of 100: `wronghint` names the first two, `strangers` somebody who is not in the pool.
//! Always holds: such a call does what it would do without hints, and costs at most a walk through the pool.

use alloy::primitives::U256;
use confluence_abi::IBondingManager::{rewardWithHintCall, transferBondCall, unbondWithHintCall};

use super::bond::hinted;
use crate::{
    bench::gas::{
        GasError,
        population::{Hint, lpt},
        scenario::{Act, Group},
        stage::Stage,
    },
    plan::Contract::BondingManager,
};

const FULL: &[usize] = &[100];

pub(super) const GROUPS: &[Group] = &[
    Group {
        pools: FULL,
        prepare: |_| Ok(()),
        acts: &[
            ("join.evict.N100.wronghint", |s| join(s, wrong(s))),
            ("join.evict.N100.strangers", |s| join(s, strangers(s))),
            ("bond.first.N100.rewarded.wronghint", |s| bond(s, wrong(s))),
            ("bond.first.N100.rewarded.strangers", |s| {
                bond(s, strangers(s))
            }),
            ("bond.move.N100.wronghint", |s| move_stake(s, wrong(s))),
            ("bond.move.N100.strangers", |s| move_stake(s, strangers(s))),
            ("unbond.partial.N100.wronghint", |s| unbond(s, wrong(s))),
            ("unbond.partial.N100.strangers", |s| unbond(s, strangers(s))),
            ("transferBond.existing.N100.wronghint", |s| {
                transfer(s, wrong(s))
            }),
            ("transferBond.existing.N100.strangers", |s| {
                transfer(s, strangers(s))
            }),
        ],
    },
    Group {
        pools: FULL,
        prepare: Stage::next_round,
        acts: &[
            ("reward.N100.mid.uninit.wronghint", |s| reward(s, wrong(s))),
            ("reward.N100.mid.uninit.strangers", |s| {
                reward(s, strangers(s))
            }),
        ],
    },
];

fn wrong(s: &Stage) -> Hint {
    (s.o(1), s.o(2))
}

fn strangers(s: &Stage) -> Hint {
    (s.x(), s.p())
}

/// Y displaces the last one, and is last itself.
fn join(s: &Stage, hint: Hint) -> Result<Act, GasError> {
    let call = hinted(lpt(62_000), s.y(), hint, hint);
    s.act(s.y(), BondingManager, &call)
}

/// X, for the first time.
fn bond(s: &Stage, hint: Hint) -> Result<Act, GasError> {
    let call = hinted(lpt(10), s.o_mid(), hint, hint);
    s.act(s.x(), BondingManager, &call)
}

/// To the third after its own.
fn move_stake(s: &Stage, hint: Hint) -> Result<Act, GasError> {
    let call = hinted(U256::ZERO, s.o(s.mid() + 3), hint, hint);
    s.act(s.d_mid(), BondingManager, &call)
}

fn unbond(s: &Stage, hint: Hint) -> Result<Act, GasError> {
    let call = unbondWithHintCall {
        amount: lpt(100),
        newPosPrev: hint.0,
        newPosNext: hint.1,
    };
    s.act(s.d_mid(), BondingManager, &call)
}

fn transfer(s: &Stage, hint: Hint) -> Result<Act, GasError> {
    let call = transferBondCall {
        delegator: s.d(s.mid() + 3),
        amount: lpt(100),
        oldDelegateNewPosPrev: hint.0,
        oldDelegateNewPosNext: hint.1,
        newDelegateNewPosPrev: hint.0,
        newDelegateNewPosNext: hint.1,
    };
    s.act(s.d_mid(), BondingManager, &call)
}

fn reward(s: &Stage, hint: Hint) -> Result<Act, GasError> {
    let call = rewardWithHintCall {
        newPosPrev: hint.0,
        newPosNext: hint.1,
    };
    s.act(s.o_mid(), BondingManager, &call)
}
