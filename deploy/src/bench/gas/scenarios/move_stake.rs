//! Giving bonded stake to somebody else.

use alloy::primitives::Address;
use confluence_abi::IBondingManager::transferBondCall;

use crate::{
    bench::gas::{
        GasError, POOLS,
        population::{Hint, NO_HINT, account, lpt},
        scenario::{Act, Group},
        stage::Stage,
    },
    plan::Contract::BondingManager,
};

pub(super) const GROUPS: &[Group] = &[Group {
    pools: &POOLS,
    prepare: |_| Ok(()),
    acts: &[
        ("transferBond.existing.N*.nohint", |s| {
            give(s, s.d(s.mid() + 3), NO_HINT, NO_HINT)
        }),
        ("transferBond.existing.N*.hint", |s| {
            let to = s.mid() + 3;
            give(s, s.d(to), s.beside(s.mid()), s.beside(to))
        }),
        ("transferBond.fresh.N*.nohint", |s| {
            give(s, account("fresh"), NO_HINT, NO_HINT)
        }),
        ("transferBond.fresh.N*.hint", |s| {
            let beside = s.beside(s.mid());
            give(s, account("fresh"), beside, beside)
        }),
    ],
}];

/// The delegator in the middle gives 100 LPT.
fn give(s: &Stage, to: Address, old: Hint, new: Hint) -> Result<Act, GasError> {
    let call = transferBondCall {
        delegator: to,
        amount: lpt(100),
        oldDelegateNewPosPrev: old.0,
        oldDelegateNewPosNext: old.1,
        newDelegateNewPosPrev: new.0,
        newDelegateNewPosNext: new.1,
    };
    s.act(s.d_mid(), BondingManager, &call)
}
