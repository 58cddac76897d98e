//! Bonding: for the first time, more, and to somebody else.

use alloy::primitives::{Address, U256};
use confluence_abi::IBondingManager::{bondCall, bondWithHintCall};

use crate::{
    bench::gas::{
        GasError, POOLS,
        population::{Hint, NO_HINT, lpt},
        scenario::{Act, Group},
        stage::Stage,
    },
    plan::Contract::BondingManager,
};

pub(super) const GROUPS: &[Group] = &[
    Group {
        pools: &POOLS,
        prepare: |_| Ok(()),
        acts: &[
            ("bond.first.N*.rewarded.nohint", |s| to_mid(s, s.x())),
            ("bond.first.N*.rewarded.hint", |s| to_mid_hint(s, s.x())),
            ("bond.move.N*.nohint", |s| {
                let (amount, to) = (U256::ZERO, s.o(s.mid() + 3));
                s.act(s.d_mid(), BondingManager, &bondCall { amount, to })
            }),
            ("bond.move.N*.hint", |s| {
                let (from, to) = (s.mid(), s.mid() + 3);
                let call = hinted(U256::ZERO, s.o(to), s.beside(from), s.beside(to));
                s.act(s.d_mid(), BondingManager, &call)
            }),
        ],
    },
    Group {
        pools: &POOLS,
        prepare: Stage::next_round,
        acts: &[
            ("bond.first.N*.unrewarded.nohint", |s| to_mid(s, s.x())),
            ("bond.first.N*.unrewarded.hint", |s| to_mid_hint(s, s.x())),
        ],
    },
    Group {
        pools: &POOLS,
        prepare: |s| s.allow(s.x(), lpt(10)),
        acts: &[("bond.first.N*.exactAllowance.hint", |s| {
            to_mid_hint(s, s.x())
        })],
    },
    Group {
        pools: &POOLS,
        prepare: topped_up,
        acts: &[
            ("bond.topup.k0.N*.nohint", |s| to_mid(s, s.d_mid())),
            ("bond.topup.k0.N*.hint", |s| to_mid_hint(s, s.d_mid())),
        ],
    },
    Group {
        pools: &POOLS,
        prepare: |s| {
            topped_up(s)?;
            s.rewarded_round()
        },
        acts: &[
            ("bond.topup.k1.N*.nohint", |s| to_mid(s, s.d_mid())),
            ("bond.topup.k1.N*.hint", |s| to_mid_hint(s, s.d_mid())),
        ],
    },
    Group {
        pools: &POOLS,
        prepare: |s| {
            topped_up(s)?;
            s.next_round()
        },
        acts: &[
            ("bond.topup.k1unrewarded.N*.nohint", |s| {
                to_mid(s, s.d_mid())
            }),
            ("bond.topup.k1unrewarded.N*.hint", |s| {
                to_mid_hint(s, s.d_mid())
            }),
        ],
    },
    Group {
        pools: &POOLS,
        prepare: |s| {
            topped_up(s)?;
            s.rewarded_rounds(10)
        },
        acts: &[
            ("bond.topup.k10.N*.nohint", |s| to_mid(s, s.d_mid())),
            ("bond.topup.k10.N*.hint", |s| to_mid_hint(s, s.d_mid())),
        ],
    },
];

/// The delegator in the middle has bonded 10 more LPT in this round.
fn topped_up(s: &Stage) -> Result<(), GasError> {
    s.bond(s.d_mid(), 10, s.o_mid())
}

fn to_mid(s: &Stage, who: Address) -> Result<Act, GasError> {
    let (amount, to) = (lpt(10), s.o_mid());
    s.act(who, BondingManager, &bondCall { amount, to })
}

fn to_mid_hint(s: &Stage, who: Address) -> Result<Act, GasError> {
    let call = hinted(lpt(10), s.o_mid(), NO_HINT, s.beside(s.mid()));
    s.act(who, BondingManager, &call)
}

/// A bond with the places that the old and the new delegate will have.
pub(super) fn hinted(amount: U256, to: Address, old: Hint, new: Hint) -> bondWithHintCall {
    bondWithHintCall {
        amount,
        to,
        oldDelegateNewPosPrev: old.0,
        oldDelegateNewPosNext: old.1,
        currDelegateNewPosPrev: new.0,
        currDelegateNewPosNext: new.1,
    }
}
