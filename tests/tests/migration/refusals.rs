//! What every message must pass, failures that pass by themselves, and settings.

use crate::*;
use alloy_sol_types::SolCall;
use confluence_abi::{IController, IL2Migrator::*, ILivepeerToken};
use confluence_kit::bridge::alias;
use confluence_kit::sim::Revert;
use confluence_tests::native::L2;
use confluence_tests::native::snapshot::{Entry, Tree};

/// One message of each kind, of which none moves any stake.
fn messages(l2: &L2) -> Vec<(&'static str, Vec<u8>)> {
    let (from, to) = (l2.world.address(), l2.world.address());
    let whole = with_fees(delegator(from, to, 0, Address::ZERO), 2);
    let part = part(&whole, 0, 0);
    vec![
        (
            "migrate",
            finalizeMigrateCall {
                params: part,
                hints: no_hints(),
            }
            .abi_encode(),
        ),
        (
            "migrateDelegator",
            finalizeMigrateDelegatorCall {
                params: Whole {
                    l1Addr: to,
                    ..whole
                },
            }
            .abi_encode(),
        ),
        (
            "migrateUnbondingLocks",
            finalizeMigrateUnbondingLocksCall {
                params: MigrateUnbondingLocksParams {
                    l1Addr: from,
                    l2Addr: to,
                    total: U256::ZERO,
                    unbondingLockIds: vec![U256::ZERO],
                    delegate: to,
                },
            }
            .abi_encode(),
        ),
        (
            "migrateSender",
            finalizeMigrateSenderCall {
                params: MigrateSenderParams {
                    l1Addr: from,
                    l2Addr: to,
                    deposit: U256::ONE,
                    reserve: U256::ONE,
                },
            }
            .abi_encode(),
        ),
    ]
}

#[test]
fn only_l1_migrator_sends_messages() {
    let l2 = L2::running(10, 1_000_000);
    let refused = Revert::text("ONLY_COUNTERPART_GATEWAY");
    for (name, data) in messages(&l2) {
        for sender in [l2.l1.migrator, l2.owner, alias(&l2.l1.gateway)] {
            let done = l2
                .world
                .transact(sender, l2.migrator, U256::ZERO, data.clone());
            assert_eq!(done.reverted(), refused, "{name}");
        }
    }
}

#[test]
fn nothing_leaves_while_the_system_is_paused_and_everything_arrives_afterwards() {
    let l2 = L2::running(10, 1_000_000);
    l2.set_paused(true);
    let refused = Revert::text("system is paused");
    let sender = alias(&l2.l1.migrator);
    let all = messages(&l2);
    let send = |data: &Vec<u8>| {
        l2.world
            .transact(sender, l2.migrator, U256::ZERO, data.clone())
    };
    for (name, data) in &all {
        assert_eq!(send(data).reverted(), refused, "{name}");
    }
    let entry = Entry {
        delegator: l2.world.address(),
        delegate: Address::ZERO,
        stake: 0,
        fees: 5,
    };
    let tree = Tree::new(&[entry]);
    l2.publish(&tree);
    let claim = l2.claim(&tree, &entry, Address::ZERO);
    assert_eq!(claim.reverted(), refused, "claimStake");
    l2.set_paused(false);
    for (_, data) in &all {
        send(data).unwrap();
    }
    l2.claim(&tree, &entry, Address::ZERO).unwrap();
}

#[test]
fn a_message_in_a_round_that_nobody_has_initialised_arrives_once_somebody_has() {
    let l2 = L2::running(10, 1_000_000);
    let (from, to) = (l2.world.address(), l2.world.address());
    let message = orchestrator(from, to, 100, 400);
    l2.skip_round();
    let refused = l2.whole(message.clone()).reverted();
    assert_eq!(refused, Revert::text("current round is not initialized"));
    l2.initialize_round();
    l2.whole(message).unwrap();
}

#[test]
fn a_message_ahead_of_its_funds_arrives_once_they_have() {
    let l2 = L2::running(10, 0);
    let (from, to) = (l2.world.address(), l2.world.address());
    let message = with_fees(orchestrator(from, to, 100, 400), 6);
    let no_lpt = Revert::text("ERC20: transfer amount exceeds balance");
    assert_eq!(l2.whole(message.clone()).reverted(), no_lpt);
    l2.deposit(l2.migrator, one(499));
    assert_eq!(l2.whole(message.clone()).reverted(), no_lpt);
    l2.deposit(l2.migrator, one(1));
    let no_eth = Revert::text("FINALIZE_DELEGATOR:FAIL_FEE");
    assert_eq!(l2.whole(message.clone()).reverted(), no_eth);
    l2.deposit_eth(l2.migrator, 6);
    l2.whole(message).unwrap();
    assert_eq!((l2.lpt(l2.migrator), l2.eth(l2.migrator)), (0, 0));
}

#[test]
fn numbers_beyond_what_l1_can_have_are_refused_and_not_cut() {
    let l2 = L2::running(10, 1_000_000);
    for stake in [U256::ONE << 88, U256::ONE << 128, U256::MAX] {
        let message = Whole {
            stake,
            ..delegator(l2.world.address(), l2.world.address(), 0, l2.owner)
        };
        assert_eq!(l2.whole(message).reverted(), Revert::panic(0x11));
    }
    let sender = finalizeMigrateSenderCall {
        params: MigrateSenderParams {
            l1Addr: l2.owner,
            l2Addr: l2.owner,
            deposit: U256::MAX,
            reserve: U256::ONE,
        },
    };
    assert_eq!(l2.message(&sender).reverted(), Revert::panic(0x11));
}

#[test]
fn settings_are_the_controller_owners() {
    let l2 = L2::running(10, 0);
    let (other, at) = (l2.world.address(), l2.world.address());
    let refused = Revert::text("caller must be Controller owner");
    macro_rules! guarded {
        ($call:expr => $event:ident) => {{
            let call = $call;
            let done = l2.world.send(other, l2.migrator, &call);
            assert_eq!(done.reverted(), refused);
            l2.world.send(l2.owner, l2.migrator, &call).only::<$event>()
        }};
    }
    let set = guarded!(setL1MigratorCall { l1Migrator_: at } => L1MigratorUpdate);
    assert_eq!(set._l1MigratorAddr, at);
    let set =
        guarded!(setDelegatorPoolImplCall { delegatorPoolImpl_: at } => DelegatorPoolImplUpdate);
    assert_eq!(set._delegatorPoolImpl, at);
    let set = guarded!(setClaimStakeEnabledCall { enabled: false } => ClaimStakeEnabled);
    assert!(!set._enabled);
    assert_eq!(l2.world.read(l2.migrator, &l1MigratorAddrCall {}), at);
    assert_eq!(l2.world.read(l2.migrator, &delegatorPoolImplCall {}), at);
    assert!(!l2.world.read(l2.migrator, &claimStakeEnabledCall {}));
    let both = initialize_0Call {
        l1Migrator_: other,
        delegatorPoolImpl_: other,
    };
    assert_eq!(l2.world.send(other, l2.migrator, &both).reverted(), refused);
    l2.world.send(l2.owner, l2.migrator, &both).unwrap();
    assert_eq!(l2.world.read(l2.migrator, &l1MigratorAddrCall {}), other);
    assert_eq!(l2.world.read(l2.migrator, &delegatorPoolImplCall {}), other);
}

#[test]
fn the_other_contracts_are_the_registrys_and_only_bonding_manager_may_take_lpt() {
    let l2 = L2::running(10, 0);
    let (world, at) = (&l2.world, l2.migrator);
    assert_eq!(world.read(at, &bondingManagerAddrCall {}), l2.bonding);
    assert_eq!(world.read(at, &ticketBrokerAddrCall {}), l2.broker);
    assert_eq!(world.read(at, &merkleSnapshotAddrCall {}), l2.snapshot);
    assert_eq!(world.read(at, &tokenAddrCall {}), l2.token);
    let allowed = |spender| {
        let owner = l2.migrator;
        world.read(l2.token, &ILivepeerToken::allowanceCall { owner, spender })
    };
    assert_eq!(allowed(l2.bonding), U256::MAX);
    assert_eq!(
        world
            .send(l2.owner, at, &syncControllerContractsCall {})
            .logs(),
        [],
        "nothing changed"
    );

    let next = world.play(|_| Ok(vec![]));
    let register = IController::setContractInfoCall {
        id: alloy_primitives::keccak256("BondingManager"),
        contractAddress: next,
        gitCommitHash: Default::default(),
    };
    world.send(l2.owner, l2.controller, &register).unwrap();
    let anyone = world.address();
    let done = world.send(anyone, at, &syncControllerContractsCall {});
    assert_eq!(done.events::<ControllerContractUpdate>()[0].addr, next);
    done.unwrap();
    assert_eq!(allowed(l2.bonding), U256::ZERO);
    assert_eq!(allowed(next), U256::MAX);
}

#[test]
fn it_takes_plain_ether_and_no_other() {
    let l2 = L2::running(10, 0);
    l2.deposit_eth(l2.migrator, 5);
    assert_eq!(l2.eth(l2.migrator), 5);
    let from = l2.world.account(5);
    let call = syncControllerContractsCall {};
    let with_value = l2.world.pay(from, l2.migrator, U256::ONE, &call);
    assert_eq!(with_value.reverted(), Revert::empty());
}
