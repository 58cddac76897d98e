//! Every rule of the Controller, in the native world.

use alloy_primitives::{Address, B256, FixedBytes, U256, keccak256};
use alloy_sol_types::SolCall;
use confluence_abi::IController::*;
use confluence_abi::IMerkleSnapshot;
use confluence_controller::PROGRAM;
use confluence_kit::deploy::STYLUS_DEPLOYER;
use confluence_kit::sim::{Revert, World};
use std::cell::RefCell;
use std::rc::Rc;

struct Setup {
    world: World,
    controller: Address,
    owner: Address,
    stranger: Address,
}

fn setup() -> Setup {
    let world = World::new();
    let (owner, stranger) = (world.account(0), world.account(0));
    let deployed = world.construct(&PROGRAM, (owner,));
    assert!(deployed.logs.is_empty(), "the constructor logs nothing");
    Setup {
        controller: deployed.unwrap(),
        world,
        owner,
        stranger,
    }
}

fn id(name: &str) -> B256 {
    keccak256(name)
}

#[test]
fn it_starts_paused_with_the_owner_that_the_constructor_names() {
    let s = setup();
    assert_eq!(s.world.read(s.controller, &ownerCall {}), s.owner);
    assert!(s.world.read(s.controller, &pausedCall {}));
}

#[test]
fn only_the_deployer_constructs_it_and_only_once() {
    let s = setup();
    let constructor = |to: Address, from: Address| {
        let mut data = keccak256("stylus_constructor()")[..4].to_vec();
        data.extend(s.stranger.into_word());
        s.world.transact(from, to, U256::ZERO, data)
    };
    assert_eq!(
        constructor(s.controller, STYLUS_DEPLOYER).reverted(),
        Revert::empty()
    );
    // Deployed by hand and not constructed in the same transaction: nobody ever owns it.
    let bare = s.world.install(&PROGRAM);
    assert_eq!(constructor(bare, s.stranger).reverted(), Revert::empty());
    assert_eq!(constructor(bare, s.owner).reverted(), Revert::empty());
    assert_eq!(s.world.read(bare, &ownerCall {}), Address::ZERO);
}

#[test]
fn an_owner_is_needed() {
    let world = World::new();
    assert_eq!(
        world.construct(&PROGRAM, (Address::ZERO,)).reverted(),
        Revert::empty()
    );
}

#[test]
fn ownership_goes_to_whom_the_owner_says() {
    let s = setup();
    let to = s.world.address();
    let event = s.world.send(
        s.owner,
        s.controller,
        &transferOwnershipCall { newOwner: to },
    );
    assert_eq!(
        event.only::<OwnershipTransferred>(),
        OwnershipTransferred {
            previousOwner: s.owner,
            newOwner: to
        }
    );
    assert_eq!(s.world.read(s.controller, &ownerCall {}), to);
    assert!(
        s.world.read(s.controller, &pausedCall {}),
        "which shares the slot"
    );
    let back = transferOwnershipCall { newOwner: s.owner };
    assert_eq!(
        s.world.send(s.owner, s.controller, &back).reverted(),
        Revert::empty()
    );
    s.world.send(to, s.controller, &back).unwrap();
}

#[test]
fn nobody_is_no_owner() {
    let s = setup();
    let call = transferOwnershipCall {
        newOwner: Address::ZERO,
    };
    assert_eq!(
        s.world.send(s.owner, s.controller, &call).reverted(),
        Revert::empty()
    );
}

#[test]
fn pausing_and_unpausing_alternate() {
    let s = setup();
    assert_eq!(
        s.world
            .send(s.owner, s.controller, &pauseCall {})
            .reverted(),
        Revert::empty()
    );
    let _: Unpause = s.world.send(s.owner, s.controller, &unpauseCall {}).only();
    assert!(!s.world.read(s.controller, &pausedCall {}));
    assert_eq!(
        s.world
            .send(s.owner, s.controller, &unpauseCall {})
            .reverted(),
        Revert::empty()
    );
    let _: Pause = s.world.send(s.owner, s.controller, &pauseCall {}).only();
    assert!(s.world.read(s.controller, &pausedCall {}));
    assert_eq!(
        s.world.read(s.controller, &ownerCall {}),
        s.owner,
        "which shares the slot"
    );
}

#[test]
fn a_contract_is_registered_and_registered_anew() {
    let s = setup();
    let bonding = id("BondingManager");
    assert_eq!(
        s.world.read(s.controller, &getContractCall { id: bonding }),
        Address::ZERO
    );
    for round in 1..3u8 {
        let (at, commit) = (s.world.address(), FixedBytes::<20>::repeat_byte(round));
        let call = setContractInfoCall {
            id: bonding,
            contractAddress: at,
            gitCommitHash: commit,
        };
        let event = s
            .world
            .send(s.owner, s.controller, &call)
            .only::<SetContractInfo>();
        assert_eq!(
            (event.id, event.contractAddress, event.gitCommitHash),
            (bonding, at, commit)
        );
        assert_eq!(
            s.world.read(s.controller, &getContractCall { id: bonding }),
            at
        );
        let info = s
            .world
            .read(s.controller, &getContractInfoCall { id: bonding });
        assert_eq!((info._0, info._1), (at, commit));
    }
    // Null unregisters.
    let call = setContractInfoCall {
        id: bonding,
        contractAddress: Address::ZERO,
        gitCommitHash: FixedBytes::ZERO,
    };
    s.world.send(s.owner, s.controller, &call).unwrap();
    assert_eq!(
        s.world.read(s.controller, &getContractCall { id: bonding }),
        Address::ZERO
    );
}

#[test]
fn ids_do_not_touch_each_other() {
    let s = setup();
    let ids: Vec<_> = (0..20).map(|i| id(&format!("contract {i}"))).collect();
    let at: Vec<_> = ids.iter().map(|_| s.world.address()).collect();
    for (id, at) in ids.iter().zip(&at) {
        let call = setContractInfoCall {
            id: *id,
            contractAddress: *at,
            gitCommitHash: FixedBytes::ZERO,
        };
        s.world.send(s.owner, s.controller, &call).unwrap();
    }
    for (id, at) in ids.iter().zip(&at) {
        assert_eq!(
            s.world.read(s.controller, &getContractCall { id: *id }),
            *at
        );
    }
}

#[test]
fn update_controller_reaches_the_registered_contract() {
    let s = setup();
    let heard = Rc::new(RefCell::new(vec![]));
    let hears = heard.clone();
    let managed = s.world.play(move |call| {
        hears.borrow_mut().push((call.sender, call.data.to_vec()));
        Ok(vec![])
    });
    let next = s.world.address();
    let register = setContractInfoCall {
        id: id("Minter"),
        contractAddress: managed,
        gitCommitHash: FixedBytes::ZERO,
    };
    s.world.send(s.owner, s.controller, &register).unwrap();
    s.world
        .send(
            s.owner,
            s.controller,
            &updateControllerCall {
                id: id("Minter"),
                controller: next,
            },
        )
        .unwrap();
    let expected = IMerkleSnapshot::setControllerCall {
        newController: next,
    }
    .abi_encode();
    assert_eq!(*heard.borrow(), vec![(s.controller, expected)]);
}

#[test]
fn update_controller_of_nothing_reverts_and_passes_a_refusal_on() {
    let s = setup();
    let call = updateControllerCall {
        id: id("Minter"),
        controller: s.owner,
    };
    assert_eq!(
        s.world.send(s.owner, s.controller, &call).reverted(),
        Revert::empty()
    );
    let refusing = s
        .world
        .play(|_| Err(Revert::text("caller must be Controller").0));
    let register = setContractInfoCall {
        id: id("Minter"),
        contractAddress: refusing,
        gitCommitHash: FixedBytes::ZERO,
    };
    s.world.send(s.owner, s.controller, &register).unwrap();
    assert_eq!(
        s.world.send(s.owner, s.controller, &call).reverted(),
        Revert::text("caller must be Controller")
    );
}

#[test]
fn whoever_is_not_the_owner_changes_nothing() {
    let s = setup();
    let refused = |data: Vec<u8>| {
        let done = s.world.transact(s.stranger, s.controller, U256::ZERO, data);
        assert!(done.slots_of(s.controller).set + done.slots_of(s.controller).rewritten == 0);
        assert_eq!(done.reverted(), Revert::empty());
    };
    refused(pauseCall {}.abi_encode());
    refused(unpauseCall {}.abi_encode());
    refused(
        transferOwnershipCall {
            newOwner: s.stranger,
        }
        .abi_encode(),
    );
    refused(
        setContractInfoCall {
            id: id("x"),
            contractAddress: s.stranger,
            gitCommitHash: FixedBytes::ZERO,
        }
        .abi_encode(),
    );
    refused(
        updateControllerCall {
            id: id("x"),
            controller: s.stranger,
        }
        .abi_encode(),
    );
}

#[test]
fn wei_is_refused_with_and_without_a_call() {
    let s = setup();
    s.world.fund(s.owner, U256::from(10));
    assert_eq!(
        s.world
            .pay(s.owner, s.controller, U256::from(1), &unpauseCall {})
            .reverted(),
        Revert::empty()
    );
    assert_eq!(
        s.world
            .transact(s.owner, s.controller, U256::from(1), vec![])
            .reverted(),
        Revert::empty()
    );
}

#[test]
fn each_call_touches_the_slots_it_needs_and_no_more() {
    let s = setup();
    let register = setContractInfoCall {
        id: id("x"),
        contractAddress: s.owner,
        gitCommitHash: FixedBytes::repeat_byte(1),
    };
    let done = s
        .world
        .send(s.owner, s.controller, &register)
        .slots_of(s.controller);
    assert_eq!(
        (done.loaded, done.set, done.rewritten, done.cleared),
        (3, 2, 0, 0)
    );
    let done = s
        .world
        .send(s.owner, s.controller, &unpauseCall {})
        .slots_of(s.controller);
    assert_eq!(
        (done.loaded, done.set, done.rewritten, done.cleared),
        (1, 0, 1, 0)
    );
    assert_eq!(
        s.world
            .view(s.controller, &getContractCall { id: id("x") })
            .slots_of(s.controller)
            .loaded,
        1
    );
    assert_eq!(
        s.world
            .view(s.controller, &pausedCall {})
            .slots_of(s.controller)
            .loaded,
        1
    );
}
