//! The edges of the program: calldata, value, peers that are not there, who may initialise and connect it.

use alloy_primitives::{Address, B256, FixedBytes, U256, keccak256};
use alloy_sol_types::SolCall;
use confluence_abi::{IBondingManager as B, IController};
use confluence_kit::sim::{Revert, World};
use confluence_tests::twin::{Action, LPT, Parameters, Twin};

fn stage() -> (Twin, Address) {
    let t = Twin::new(Parameters::default(), 2, 10_000 * LPT);
    let at = t.model.at.bonding_manager;
    (t, at)
}

#[track_caller]
fn reverts_empty(t: &Twin, at: Address, value: u64, data: Vec<u8>) {
    let who = t.accounts[0];
    let done = t.world.transact(who, at, U256::from(value), data);
    assert_eq!(done.reverted(), Revert::empty());
}

#[test]
fn malformed_calldata_reverts_without_data() {
    let (t, at) = stage();
    let who = t.accounts[0];
    let call = B::bondCall {
        amount: U256::from(LPT),
        to: who,
    }
    .abi_encode();
    reverts_empty(&t, at, 0, vec![]);
    reverts_empty(&t, at, 0, call[..3].to_vec());
    reverts_empty(&t, at, 0, call[..call.len() - 1].to_vec());
    reverts_empty(&t, at, 0, b"\xde\xad\xbe\xef".to_vec());
    let mut dirty = call.clone();
    dirty[4 + 32] = 1;
    reverts_empty(&t, at, 0, dirty);
    let mut too_wide = B::setUnbondingPeriodCall {
        unbondingPeriod_: 1,
    }
    .abi_encode();
    too_wide[4] = 1;
    reverts_empty(&t, at, 0, too_wide);
    // More than it needs is no harm.
    let mut longer = call;
    longer.extend([1; 40]);
    assert!(t.world.transact(who, at, U256::ZERO, longer).result.is_ok());
}

#[test]
fn no_entry_takes_ether() {
    let (mut t, at) = stage();
    let who = t.accounts[0];
    t.fund(who, 10);
    reverts_empty(
        &t,
        at,
        1,
        B::claimEarningsCall {
            endRound: U256::ZERO,
        }
        .abi_encode(),
    );
    reverts_empty(&t, at, 1, B::unbondingPeriodCall {}.abi_encode());
    reverts_empty(&t, at, 1, vec![]);
}

#[test]
fn peer_that_is_not_there_reverts_without_data() {
    let world = World::new();
    let owner = world.account(0);
    let controller = world
        .construct(&confluence_controller::PROGRAM, (owner,))
        .unwrap();
    let init = B::initializeCall {
        controller_: controller,
    };
    let at = world
        .behind_proxy(&confluence_bonding_manager::PROGRAM, owner, &init)
        .unwrap();
    world
        .send(owner, controller, &IController::unpauseCall {})
        .unwrap();

    // No RoundsManager is known.
    let bond = B::bondCall {
        amount: U256::from(1),
        to: owner,
    };
    assert_eq!(world.send(owner, at, &bond).reverted(), Revert::empty());
    let pending = B::pendingStakeCall {
        delegator: owner,
        endRound: U256::ZERO,
    };
    assert_eq!(world.view(at, &pending).reverted(), Revert::empty());
    // What asks nobody still answers.
    let zeros = world.read(at, &B::getDelegatorCall { delegator: owner });
    assert_eq!(zeros.bondedAmount, U256::ZERO);
}

#[test]
fn minter_without_code_is_not_paid_into() {
    let (mut t, at) = stage();
    let [who, nobody] = [t.accounts[0], t.world.address()];
    t.must(who, &Action::bond(LPT, who));
    t.next_round();
    t.must(who, &Action::unbond(LPT));
    for _ in 0..7 {
        t.next_round();
    }
    let register = IController::setContractInfoCall {
        id: keccak256("Minter"),
        contractAddress: nobody,
        gitCommitHash: FixedBytes::ZERO,
    };
    t.world.send(t.owner, t.controller, &register).unwrap();
    t.world
        .send(who, at, &B::syncControllerContractsCall {})
        .unwrap();
    reverts_empty(
        &t,
        at,
        0,
        B::withdrawStakeCall {
            unbondingLockId: U256::ZERO,
        }
        .abi_encode(),
    );
}

#[test]
fn sync_takes_over_what_changed_and_says_so() {
    let (t, at) = stage();
    let [stranger, verifier] = [t.accounts[1], t.world.address()];
    let sync = B::syncControllerContractsCall {};
    assert!(t.world.send(stranger, at, &sync).logs().is_empty());
    let id: B256 = keccak256("Verifier");
    let register = IController::setContractInfoCall {
        id,
        contractAddress: verifier,
        gitCommitHash: FixedBytes::ZERO,
    };
    t.world.send(t.owner, t.controller, &register).unwrap();
    let slash = B::slashTranscoderCall {
        transcoder: stranger,
        finder: stranger,
        slashAmount: U256::from(1),
        finderFee: U256::from(1),
    };
    let refused = Revert::text("caller must be Verifier");
    assert_eq!(t.world.send(verifier, at, &slash).reverted(), refused);
    let update: B::ControllerContractUpdate = t.world.send(stranger, at, &sync).only();
    assert_eq!((update.id, update.addr), (id, verifier));
    t.world.send(verifier, at, &slash).unwrap();
}

#[test]
fn it_is_initialised_once_and_an_implementation_never() {
    let (t, at) = stage();
    let stranger = t.accounts[0];
    let init = B::initializeCall {
        controller_: stranger,
    };
    assert_eq!(
        t.world.send(stranger, at, &init).reverted(),
        Revert::empty()
    );
    let bare = t.world.install(&confluence_bonding_manager::PROGRAM);
    assert_eq!(
        t.world.send(stranger, bare, &init).reverted(),
        Revert::empty()
    );
}

#[test]
fn only_the_controller_hands_over() {
    let (t, at) = stage();
    let hand_over = B::setControllerCall {
        newController: t.owner,
    };
    let refused = Revert::text("caller must be Controller");
    assert_eq!(t.world.send(t.owner, at, &hand_over).reverted(), refused);
    let event: B::SetController = t.world.send(t.controller, at, &hand_over).only();
    assert_eq!(event.controller, t.owner);
    assert_eq!(t.world.read(at, &B::controllerCall {}), t.owner);
}

#[test]
fn state_survives_an_upgrade() {
    let (mut t, at) = stage();
    let who = t.accounts[0];
    t.must(who, &Action::bond(LPT, who));
    let other = t.world.install(&confluence_bonding_manager::PROGRAM);
    t.world.upgrade(at, other);
    t.compare_views();
    t.must(who, &Action::bond(LPT, who));
    t.compare_views();
}
