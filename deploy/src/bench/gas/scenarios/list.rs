//! Joining the pool: where there is room, by displacing the last, and in vain.

use alloy::primitives::Address;
use confluence_abi::IBondingManager::bondCall;

use super::bond::hinted;
use crate::{
    bench::gas::{
        GasError,
        population::{NO_HINT, lpt},
        scenario::{Act, Group},
        stage::Stage,
    },
    plan::Contract::BondingManager,
};

pub(super) const GROUPS: &[Group] = &[
    Group {
        pools: &[10],
        prepare: |_| Ok(()),
        acts: &[
            ("join.notfull.N10.nohint", |s| join(s, 10_000)),
            ("join.notfull.N10.hint", |s| join_below(s, 10_000, 10)),
        ],
    },
    Group {
        pools: &[100],
        prepare: |s| s.unbond_all(s.o(100)),
        acts: &[
            ("join.notfull.N99.nohint", |s| join(s, 10_000)),
            ("join.notfull.N99.hint", |s| join_below(s, 10_000, 99)),
        ],
    },
    Group {
        pools: &[100],
        prepare: |_| Ok(()),
        acts: &[
            ("join.evict.N100.nohint", |s| join(s, 62_000)),
            ("join.evict.N100.hint", |s| join_below(s, 62_000, 99)),
            ("join.full.lose.N100", |s| join(s, 10_000)),
        ],
    },
];

/// Y bonds to itself.
fn join(s: &Stage, amount: u128) -> Result<Act, GasError> {
    let (amount, to) = (lpt(amount), s.y());
    s.act(s.y(), BondingManager, &bondCall { amount, to })
}

/// The same, naming the one that it will be below of.
fn join_below(s: &Stage, amount: u128, above: usize) -> Result<Act, GasError> {
    let hint = (s.o(above), Address::ZERO);
    let call = hinted(lpt(amount), s.y(), NO_HINT, hint);
    s.act(s.y(), BondingManager, &call)
}
