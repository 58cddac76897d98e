//! Beginning a round, and an orchestrator's terms.

use alloy::primitives::U256;
use confluence_abi::{IBondingManager::transcoderCall, IRoundsManager::initializeRoundCall};

use crate::{
    bench::gas::{
        GasError, POOLS,
        scenario::{Act, Group},
        stage::Stage,
    },
    plan::Contract::{BondingManager, RoundsManager},
};

pub(super) const GROUPS: &[Group] = &[
    Group {
        pools: &POOLS,
        prepare: |s| {
            s.enter_round(s.round()? + 1);
            Ok(())
        },
        acts: &[("initializeRound.N*", |s| {
            s.act(s.x(), RoundsManager, &initializeRoundCall {})
        })],
    },
    Group {
        pools: &POOLS,
        prepare: |_| Ok(()),
        acts: &[
            ("transcoder.existing.N*", |s| terms(s, 150_000, 600_000)),
            ("transcoder.same.N*", |s| terms(s, 100_000, 500_000)),
        ],
    },
];

fn terms(s: &Stage, cut: u64, share: u64) -> Result<Act, GasError> {
    let call = transcoderCall {
        rewardCut: U256::from(cut),
        feeShare: U256::from(share),
    };
    s.act(s.o_mid(), BondingManager, &call)
}
