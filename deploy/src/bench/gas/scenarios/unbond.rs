//! Unbonding, and bonding again what is on its way out.

use alloy::primitives::{Address, U256};
use confluence_abi::IBondingManager::{
    rebondCall, rebondFromUnbondedCall, rebondFromUnbondedWithHintCall, rebondWithHintCall,
    unbondCall, unbondWithHintCall,
};

use crate::{
    bench::gas::{
        GasError, POOLS,
        population::lpt,
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
            ("unbond.partial.N*.nohint", |s| part(s, s.d_mid())),
            ("unbond.partial.N*.hint", |s| part_hint(s, s.d_mid())),
            ("unbond.all.N*.nohint", |s| all(s, s.d_mid())),
            ("unbond.all.N*.hint", |s| {
                let amount = s.pending_stake(s.d_mid())?;
                hinted(s, s.d_mid(), amount)
            }),
            ("unbond.all.orchestrator.N*", |s| all(s, s.o_mid())),
            ("unbond.partial.orchestrator.N*.nohint", |s| {
                part(s, s.o_mid())
            }),
            ("unbond.partial.orchestrator.N*.hint", |s| {
                part_hint(s, s.o_mid())
            }),
        ],
    },
    Group {
        pools: &POOLS,
        prepare: |s| s.claim(s.d_mid()),
        acts: &[
            ("unbond.partial.claimed.N*.nohint", |s| part(s, s.d_mid())),
            ("unbond.partial.claimed.N*.hint", |s| {
                part_hint(s, s.d_mid())
            }),
        ],
    },
    Group {
        pools: &POOLS,
        prepare: |s| s.unbond(s.d_mid(), 50),
        acts: &[
            ("unbond.partial.second.N*.nohint", |s| part(s, s.d_mid())),
            ("unbond.partial.second.N*.hint", |s| part_hint(s, s.d_mid())),
        ],
    },
    Group {
        pools: &POOLS,
        prepare: |s| s.unbond(s.d_mid(), 100),
        acts: &[
            ("rebond.sameRound.N*.nohint", rebond),
            ("rebond.sameRound.N*.hint", rebond_hint),
        ],
    },
    Group {
        pools: &POOLS,
        prepare: |s| {
            s.unbond(s.d_mid(), 100)?;
            s.rewarded_round()
        },
        acts: &[
            ("rebond.N*.nohint", rebond),
            ("rebond.N*.hint", rebond_hint),
        ],
    },
    Group {
        pools: &POOLS,
        prepare: |s| {
            s.unbond_all(s.d_mid())?;
            s.rewarded_round()
        },
        acts: &[
            ("rebondFromUnbonded.N*.nohint", |s| {
                let call = rebondFromUnbondedCall {
                    to: s.o_mid(),
                    unbondingLockId: U256::ZERO,
                };
                s.act(s.d_mid(), BondingManager, &call)
            }),
            ("rebondFromUnbonded.N*.hint", |s| {
                let (above, below) = s.beside(s.mid());
                let call = rebondFromUnbondedWithHintCall {
                    to: s.o_mid(),
                    unbondingLockId: U256::ZERO,
                    newPosPrev: above,
                    newPosNext: below,
                };
                s.act(s.d_mid(), BondingManager, &call)
            }),
        ],
    },
];

fn part(s: &Stage, who: Address) -> Result<Act, GasError> {
    let amount = lpt(100);
    s.act(who, BondingManager, &unbondCall { amount })
}

fn part_hint(s: &Stage, who: Address) -> Result<Act, GasError> {
    hinted(s, who, lpt(100))
}

fn all(s: &Stage, who: Address) -> Result<Act, GasError> {
    let amount = s.pending_stake(who)?;
    s.act(who, BondingManager, &unbondCall { amount })
}

fn hinted(s: &Stage, who: Address, amount: U256) -> Result<Act, GasError> {
    let (above, below) = s.beside(s.mid());
    let call = unbondWithHintCall {
        amount,
        newPosPrev: above,
        newPosNext: below,
    };
    s.act(who, BondingManager, &call)
}

fn rebond(s: &Stage) -> Result<Act, GasError> {
    let call = rebondCall {
        unbondingLockId: U256::ZERO,
    };
    s.act(s.d_mid(), BondingManager, &call)
}

fn rebond_hint(s: &Stage) -> Result<Act, GasError> {
    let (above, below) = s.beside(s.mid());
    let call = rebondWithHintCall {
        unbondingLockId: U256::ZERO,
        newPosPrev: above,
        newPosNext: below,
    };
    s.act(s.d_mid(), BondingManager, &call)
}
