//! BondingManager's strings, those of its list, and Livepeer's Manager's, which all managers share.

use super::Case;
use super::stage::Stage;
use alloy_primitives::{Address, U256, keccak256};
use alloy_sol_types::SolCall;
use confluence_abi::IBondingManager::*;
use confluence_abi::{IController, ILivepeerToken, IRoundsManager};
use confluence_kit::sim::Revert;
use confluence_tests::native::{ONE, ROUND_BLOCKS};

const BM: &str = "bonding-manager";
const NOBODY: Address = Address::ZERO;

fn n(v: u128) -> U256 {
    U256::from(v)
}

fn refused<C: SolCall>(s: &Stage, from: Address, call: &C) -> Revert {
    s.refused(from, s.l2.bonding, call)
}

fn bond_for(s: &Stage, owner: Address, to: Address) -> Revert {
    let call = bondForWithHintCall {
        amount: n(ONE),
        owner,
        to,
        oldDelegateNewPosPrev: NOBODY,
        oldDelegateNewPosNext: NOBODY,
        currDelegateNewPosPrev: NOBODY,
        currDelegateNewPosNext: NOBODY,
    };
    refused(s, s.a, &call)
}

fn transfer(to: Address) -> transferBondCall {
    transferBondCall {
        delegator: to,
        amount: n(ONE),
        oldDelegateNewPosPrev: NOBODY,
        oldDelegateNewPosNext: NOBODY,
        newDelegateNewPosPrev: NOBODY,
        newDelegateNewPosNext: NOBODY,
    }
}

fn terms(s: &Stage, who: Address, cut: u128, share: u128) -> Revert {
    let call = transcoderCall {
        rewardCut: n(cut),
        feeShare: n(share),
    };
    refused(s, who, &call)
}

fn lock(id: u128) -> withdrawStakeCall {
    withdrawStakeCall {
        unbondingLockId: n(id),
    }
}

/// An orchestrator of a BondingManager whose owner has not said how many there can be.
fn joins_a_pool_without_places(s: &Stage) -> Revert {
    let (world, controller) = (&s.l2.world, s.l2.controller);
    let init = initializeCall {
        controller_: controller,
    };
    let other = world
        .behind_proxy(&confluence_bonding_manager::PROGRAM, s.l2.owner, &init)
        .unwrap();
    let register = IController::setContractInfoCall {
        id: keccak256("BondingManager"),
        contractAddress: other,
        gitCommitHash: Default::default(),
    };
    s.must(s.l2.owner, controller, &register);
    for manager in [other, s.l2.rounds, s.l2.minter] {
        s.must(s.a, manager, &syncControllerContractsCall {});
    }
    let approve = ILivepeerToken::approveCall {
        spender: other,
        amount: U256::MAX,
    };
    s.must(s.a, s.l2.token, &approve);
    let call = bondCall {
        amount: n(ONE),
        to: s.a,
    };
    s.refused(s.a, other, &call)
}

pub(crate) const CASES: &[Case] = &[
    ("manager", "caller must be Controller", |s| {
        refused(s, s.a, &setControllerCall { newController: s.a })
    }),
    ("manager", "caller must be Controller owner", |s| {
        refused(
            s,
            s.a,
            &setUnbondingPeriodCall {
                unbondingPeriod_: 1,
            },
        )
    }),
    ("manager", "system is paused", |s| {
        s.l2.set_paused(true);
        refused(s, s.d, &claimEarningsCall { endRound: n(0) })
    }),
    (BM, "current round is not initialized", |s| {
        s.l2.skip_round();
        refused(s, s.d, &claimEarningsCall { endRound: n(0) })
    }),
    (BM, "INVALID_DELEGATE", |s| bond_for(s, s.b, s.b)),
    (BM, "INVALID_DELEGATE_CHANGE", |s| {
        s.must(s.d, s.l2.bonding, &claimEarningsCall { endRound: n(0) });
        bond_for(s, s.d, s.b)
    }),
    (BM, "ILLEGAL_CLAIM_EARNINGS", |s| bond_for(s, s.d, s.o)),
    (BM, "INVALID_DELEGATOR", |s| {
        // d is with b, which has no stake of its own
        s.bond(s.d, 0, s.b);
        s.l2.next_round();
        refused(s, s.d, &transfer(s.b))
    }),
    (
        BM,
        "registered transcoders can't delegate towards other addresses",
        |s| {
            let call = bondCall {
                amount: n(ONE),
                to: s.a,
            };
            refused(s, s.o, &call)
        },
    ),
    (BM, "delegation amount must be greater than 0", |s| {
        let call = bondCall {
            amount: n(0),
            to: s.o,
        };
        refused(s, s.a, &call)
    }),
    (BM, "caller must be L2Migrator", |s| {
        let call = bondPoolWithHintCall {
            amount: n(ONE),
            pool: s.b,
            to: s.o,
            newPosPrev: NOBODY,
            newPosNext: NOBODY,
        };
        refused(s, s.a, &call)
    }),
    (BM, "caller must be bonded", |s| {
        refused(s, s.a, &unbondCall { amount: n(ONE) })
    }),
    (BM, "unbond amount must be greater than 0", |s| {
        refused(s, s.d, &unbondCall { amount: n(0) })
    }),
    (BM, "amount is greater than bonded amount", |s| {
        let amount = n(100 * ONE + 1);
        refused(s, s.d, &unbondCall { amount })
    }),
    (BM, "caller must be unbonded", |s| {
        let call = rebondFromUnbondedCall {
            to: s.o,
            unbondingLockId: n(0),
        };
        refused(s, s.d, &call)
    }),
    (BM, "invalid unbonding lock ID", |s| {
        refused(s, s.d, &lock(7))
    }),
    (
        BM,
        "withdraw round must be before or equal to the current round",
        |s| {
            s.must(s.d, s.l2.bonding, &unbondCall { amount: n(ONE) });
            refused(s, s.d, &lock(0))
        },
    ),
    (BM, "invalid recipient", |s| {
        let call = withdrawFeesCall {
            recipient: NOBODY,
            amount: n(0),
        };
        refused(s, s.d, &call)
    }),
    (BM, "insufficient fees to withdraw", |s| {
        let call = withdrawFeesCall {
            recipient: s.d,
            amount: n(1),
        };
        refused(s, s.d, &call)
    }),
    (
        BM,
        "can't update transcoder params, current round is locked",
        |s| {
            let lock = IRoundsManager::setRoundLockAmountCall {
                roundLockAmount_: n(1_000_000),
            };
            s.must(s.l2.owner, s.l2.rounds, &lock);
            terms(s, s.o, 1, 1)
        },
    ),
    (BM, "invalid rewardCut percentage", |s| {
        terms(s, s.o, 1_000_001, 1)
    }),
    (BM, "invalid feeShare percentage", |s| {
        terms(s, s.o, 1, 1_000_001)
    }),
    (BM, "transcoder must be registered", |s| terms(s, s.d, 1, 1)),
    (
        BM,
        "caller can't be active or must have already called reward for the current round",
        |s| terms(s, s.o, 1, 1),
    ),
    (BM, "caller must be an active transcoder", |s| {
        refused(s, s.d, &rewardCall {})
    }),
    (
        BM,
        "caller has already called reward for the current round",
        |s| {
            assert!(s.l2.reward(s.o));
            refused(s, s.o, &rewardCall {})
        },
    ),
    (BM, "caller must be TicketBroker", |s| {
        let call = updateTranscoderWithFeesCall {
            transcoder: s.o,
            fees: n(1),
            round: n(0),
        };
        refused(s, s.a, &call)
    }),
    (BM, "caller must be RoundsManager", |s| {
        refused(s, s.a, &setCurrentRoundTotalActiveStakeCall {})
    }),
    (BM, "caller must be Verifier", |s| {
        let call = slashTranscoderCall {
            transcoder: s.o,
            finder: s.a,
            slashAmount: n(1),
            finderFee: n(1),
        };
        refused(s, s.a, &call)
    }),
    (BM, "new max size must be greater than old max size", |s| {
        let call = setNumActiveTranscodersCall {
            numActiveTranscoders: n(10),
        };
        refused(s, s.l2.owner, &call)
    }),
    (BM, "node id is null", |s| {
        // only L2Migrator can try to make nobody an orchestrator
        let call = bondForWithHintCall {
            amount: n(ONE),
            owner: NOBODY,
            to: NOBODY,
            oldDelegateNewPosPrev: NOBODY,
            oldDelegateNewPosNext: NOBODY,
            currDelegateNewPosPrev: NOBODY,
            currDelegateNewPosNext: NOBODY,
        };
        refused(s, s.l2.migrator, &call)
    }),
    (BM, "node not in list", joins_a_pool_without_places),
];

// Rounds are long enough that none of the cases ends one by accident.
const _: () = assert!(ROUND_BLOCKS > 10);
