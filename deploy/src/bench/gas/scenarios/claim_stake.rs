//! Claims by a proof of 13 siblings, as the published snapshot's are.

use alloy::primitives::{Address, B256, U256, keccak256};
use confluence_abi::{
    IL2Migrator::{claimStakeCall, setClaimStakeEnabledCall},
    IMerkleSnapshot::setSnapshotCall,
};

use super::finalize::{FEES, l1_orchestrator};
use crate::{
    bench::gas::{
        GasError,
        population::{account, lpt},
        scenario::{Act, Group},
        stage::Stage,
    },
    plan::Contract::{L2Migrator, MerkleSnapshot},
    snapshot::{Leaf, climb},
};

/// Hashes on the way from a leaf to the root.
const SIBLINGS: usize = 13;
/// Nobody.
const NONE: Address = Address::ZERO;

pub(super) const GROUPS: &[Group] = &[
    Group {
        pools: &[10],
        prepare: |s| {
            s.with_migrated_orchestrator()?;
            s.take_claims()
        },
        acts: &[
            ("claimStake.pool", |s| {
                claim(s, "claimant", l1_orchestrator(), 1_000, U256::ZERO, NONE)
            }),
            ("claimStake.pool.fees", |s| {
                claim(s, "claimant", l1_orchestrator(), 1_000, FEES, NONE)
            }),
        ],
    },
    Group {
        pools: &[10],
        prepare: |s| {
            s.with_migrated_orchestrator()?;
            s.take_claims()?;
            let before = claim(s, "somebody", l1_orchestrator(), 1_000, U256::ZERO, NONE)?;
            s.perform(&before, "the first claim").map(drop)
        },
        acts: &[("claimStake.pool.second", |s| {
            claim(s, "claimant", l1_orchestrator(), 1_000, U256::ZERO, NONE)
        })],
    },
    Group {
        pools: &[10],
        prepare: Stage::take_claims,
        acts: &[
            ("claimStake.bond", |s| {
                claim(
                    s,
                    "claimant",
                    l1_orchestrator(),
                    1_000,
                    U256::ZERO,
                    s.o_mid(),
                )
            }),
            ("claimStake.bond.fees", |s| {
                claim(s, "claimant", l1_orchestrator(), 1_000, FEES, s.o_mid())
            }),
            ("claimStake.bond.unregistered", |s| {
                claim(s, "claimant", l1_orchestrator(), 1_000, U256::ZERO, NONE)
            }),
            ("claimStake.null.fees", |s| {
                claim(s, "claimant", NONE, 0, FEES, NONE)
            }),
        ],
    },
    Group {
        pools: &[100],
        prepare: Stage::take_claims,
        acts: &[("claimStake.bond.N100", |s| {
            claim(
                s,
                "claimant",
                l1_orchestrator(),
                1_000,
                U256::ZERO,
                s.o_mid(),
            )
        })],
    },
];

impl Stage {
    fn take_claims(&self) -> Result<(), GasError> {
        let call = setClaimStakeEnabledCall { enabled: true };
        self.send(self.owner(), L2Migrator, &call)
    }
}

/// Somebody's claim, in the snapshot that is published for it.
fn claim(
    s: &Stage,
    who: &str,
    delegate: Address,
    stake: u128,
    fees: U256,
    named: Address,
) -> Result<Act, GasError> {
    let (who, stake) = (account(who), lpt(stake));
    let proof: Vec<B256> = (0..SIBLINGS)
        .map(|i| keccak256(format!("sibling {i}")))
        .collect();
    let leaf = Leaf::new(who, delegate, stake, fees).hash();
    let publish = setSnapshotCall {
        id: keccak256("LIP-73"),
        root: climb(&proof, leaf),
    };
    s.send(s.owner(), MerkleSnapshot, &publish)?;
    let call = claimStakeCall {
        delegate,
        stake,
        fees,
        proof,
        newDelegate: named,
    };
    s.act(who, L2Migrator, &call)
}
