//! Calling `reward`: first, in the middle and last in the pool.

use confluence_abi::IBondingManager::{rewardCall, rewardWithHintCall};

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
        prepare: Stage::next_round,
        acts: &[
            ("reward.N*.head.uninit.nohint", |s| reward(s, 1)),
            ("reward.N*.head.uninit.hint", |s| reward_hint(s, 1)),
            ("reward.N*.mid.uninit.nohint", |s| reward(s, s.mid())),
            ("reward.N*.mid.uninit.hint", |s| reward_hint(s, s.mid())),
            ("reward.N*.tail.uninit.nohint", |s| reward(s, s.pool())),
            ("reward.N*.tail.uninit.hint", |s| reward_hint(s, s.pool())),
        ],
    },
    Group {
        pools: &POOLS,
        prepare: |s| {
            s.next_round()?;
            s.bond(s.p(), 10, s.o_mid())
        },
        acts: &[
            ("reward.N*.mid.init.nohint", |s| reward(s, s.mid())),
            ("reward.N*.mid.init.hint", |s| reward_hint(s, s.mid())),
        ],
    },
];

fn reward(s: &Stage, of: usize) -> Result<Act, GasError> {
    s.act(s.o(of), BondingManager, &rewardCall {})
}

fn reward_hint(s: &Stage, of: usize) -> Result<Act, GasError> {
    let (above, below) = s.beside(of);
    let call = rewardWithHintCall {
        newPosPrev: above,
        newPosNext: below,
    };
    s.act(s.o(of), BondingManager, &call)
}
