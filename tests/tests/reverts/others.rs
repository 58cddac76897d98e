//! The strings of Minter, RoundsManager, Governor and PollCreator.

use super::Case;
use super::stage::Stage;
use alloy_primitives::{Address, U256, keccak256};
use alloy_sol_types::SolCall;
use confluence_abi::IController::setContractInfoCall;
use confluence_abi::IGovernor::{Update, executeCall, stageCall, transferOwnershipCall};
use confluence_abi::IMinter::*;
use confluence_abi::IPollCreator::createPollCall;
use confluence_abi::IRoundsManager::{
    blockHashCall, initializeRoundCall, setLIPUpgradeRoundCall, setRoundLengthCall,
    setRoundLockAmountCall,
};
use confluence_kit::sim::Revert;

const MINTER: &str = "minter";
const ROUNDS: &str = "rounds-manager";
const GOVERNOR: &str = "governor";

/// One more than all, of 10^9.
const TOO_MUCH: u64 = 1_000_000_001;

fn n(v: u64) -> U256 {
    U256::from(v)
}

/// How a Minter fails to begin with these rates.
fn minter_with(s: &Stage, rates: [u64; 3]) -> Revert {
    let [inflation, change, target] = rates.map(n);
    let arguments = (s.l2.controller, inflation, change, target);
    let done = s.l2.world.construct(&confluence_minter::PROGRAM, arguments);
    done.reverted()
}

/// Another Minter, of that Controller.
fn minter_of(s: &Stage, controller: Address) -> Address {
    let arguments = (controller, n(0), n(0), n(0));
    let done = s.l2.world.construct(&confluence_minter::PROGRAM, arguments);
    done.unwrap()
}

fn migrate(s: &Stage, to: Address) -> Revert {
    let call = migrateToNewMinterCall { newMinter: to };
    s.refused(s.l2.owner, s.l2.minter, &call)
}

fn to_rounds<C: SolCall>(s: &Stage, call: &C) -> Revert {
    s.refused(s.l2.owner, s.l2.rounds, call)
}

/// A Governor of the owner's.
fn governor(s: &Stage) -> Address {
    let done =
        s.l2.world
            .construct(&confluence_governor::PROGRAM, (s.l2.owner,));
    done.unwrap()
}

fn nothing() -> Update {
    Update {
        target: vec![],
        value: vec![],
        data: vec![],
        nonce: n(0),
    }
}

fn stage_in(delay: u64) -> stageCall {
    stageCall {
        update: nothing(),
        delay: n(delay),
    }
}

pub(crate) const CASES: &[Case] = &[
    (MINTER, "_inflation is invalid percentage", |s| {
        minter_with(s, [TOO_MUCH, 0, 0])
    }),
    (MINTER, "_inflationChange is invalid percentage", |s| {
        minter_with(s, [0, TOO_MUCH, 0])
    }),
    (MINTER, "_targetBondingRate is invalid percentage", |s| {
        minter_with(s, [0, 0, TOO_MUCH])
    }),
    (MINTER, "msg.sender not BondingManager", |s| {
        let call = createRewardCall {
            fracNum: n(1),
            fracDenom: n(1),
        };
        s.refused(s.a, s.l2.minter, &call)
    }),
    (MINTER, "msg.sender not RoundsManager", |s| {
        s.refused(s.a, s.l2.minter, &setCurrentRewardTokensCall {})
    }),
    (
        MINTER,
        "msg.sender not BondingManager or JobsManager",
        |s| {
            let call = trustedWithdrawETHCall {
                to: s.a,
                amount: n(0),
            };
            s.refused(s.a, s.l2.minter, &call)
        },
    ),
    (MINTER, "msg.sender not Minter or JobsManager", |s| {
        s.refused(s.a, s.l2.minter, &depositETHCall {})
    }),
    (MINTER, "minted tokens cannot exceed mintable tokens", |s| {
        let call = createRewardCall {
            fracNum: n(2),
            fracDenom: n(1),
        };
        s.refused(s.l2.bonding, s.l2.minter, &call)
    }),
    (MINTER, "new Minter cannot be current Minter", |s| {
        migrate(s, s.l2.minter)
    }),
    (MINTER, "new Minter cannot be null address", |s| {
        migrate(s, Address::ZERO)
    }),
    (
        MINTER,
        "new Minter Controller must be current Controller",
        |s| migrate(s, minter_of(s, s.a)),
    ),
    (MINTER, "new Minter must be registered", |s| {
        let register = setContractInfoCall {
            id: keccak256("Minter"),
            contractAddress: s.a,
            gitCommitHash: Default::default(),
        };
        s.must(s.l2.owner, s.l2.controller, &register);
        migrate(s, minter_of(s, s.l2.controller))
    }),
    (ROUNDS, "round length cannot be 0", |s| {
        to_rounds(s, &setRoundLengthCall { roundLength_: n(0) })
    }),
    (
        ROUNDS,
        "round lock amount must be a valid percentage",
        |s| {
            let call = setRoundLockAmountCall {
                roundLockAmount_: n(1_000_001),
            };
            to_rounds(s, &call)
        },
    ),
    (ROUNDS, "round already initialized", |s| {
        to_rounds(s, &initializeRoundCall {})
    }),
    (ROUNDS, "LIP upgrade round already set", |s| {
        let call = || setLIPUpgradeRoundCall {
            lip: n(36),
            round: n(9),
        };
        s.must(s.l2.owner, s.l2.rounds, &call());
        to_rounds(s, &call())
    }),
    (ROUNDS, "can only retrieve past block hashes", |s| {
        let block = n(s.l2.world.block());
        to_rounds(s, &blockHashCall { blockNumber: block })
    }),
    (
        ROUNDS,
        "can only retrieve hashes for last 256 blocks",
        |s| {
            let block = n(s.l2.world.block() - 257);
            to_rounds(s, &blockHashCall { blockNumber: block })
        },
    ),
    (GOVERNOR, "unauthorized: msg.sender not owner", |s| {
        s.refused(s.a, governor(s), &stage_in(0))
    }),
    (GOVERNOR, "unauthorized: msg.sender not Governor", |s| {
        let call = transferOwnershipCall { newOwner: s.a };
        s.refused(s.l2.owner, governor(s), &call)
    }),
    (GOVERNOR, "newOwner is a null address", |s| {
        let itself = governor(s);
        let call = transferOwnershipCall {
            newOwner: Address::ZERO,
        };
        s.refused(itself, itself, &call)
    }),
    (GOVERNOR, "update already staged", |s| {
        let governor = governor(s);
        s.must(s.l2.owner, governor, &stage_in(0));
        s.refused(s.l2.owner, governor, &stage_in(0))
    }),
    (GOVERNOR, "update is not staged", |s| {
        s.refused(s.a, governor(s), &executeCall { update: nothing() })
    }),
    (GOVERNOR, "delay for update not expired", |s| {
        let governor = governor(s);
        s.must(s.l2.owner, governor, &stage_in(1));
        s.refused(s.a, governor, &executeCall { update: nothing() })
    }),
    ("poll", "PollCreator#createPoll: INSUFFICIENT_STAKE", |s| {
        let creator =
            s.l2.world
                .construct(&confluence_poll::PROGRAM, (s.l2.bonding,))
                .unwrap();
        let proposal = b"Qm".into();
        s.refused(s.a, creator, &createPollCall { proposal })
    }),
];
