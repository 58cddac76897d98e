//! Every rule of the Governor: batches are staged by the owner, wait, and are executed whole by anybody.

use alloy_primitives::{Address, B256, Bytes, U256, keccak256};
use alloy_sol_types::{SolCall, SolValue};
use confluence_abi::IController;
use confluence_abi::IGovernor::{self, *};
use confluence_governor::PROGRAM;
use confluence_kit::deploy::STYLUS_DEPLOYER;
use confluence_kit::sim::{Receipt, Revert, World};
use std::cell::RefCell;
use std::rc::Rc;

/// A Governor that owns a Controller, at L1 block 1,000.
struct Stage {
    world: World,
    at: Address,
    controller: Address,
    owner: Address,
    stranger: Address,
}

fn stage() -> Stage {
    let world = World::new();
    world.set_block(1_000);
    let [owner, stranger] = std::array::from_fn(|_| world.account(100));
    let deployed = world.construct(&PROGRAM, (owner,));
    let events: Vec<OwnershipTransferred> = deployed.events();
    assert_eq!(
        events,
        [OwnershipTransferred {
            previousOwner: Address::ZERO,
            newOwner: owner
        }]
    );
    let at = deployed.unwrap();
    let controller = world
        .construct(&confluence_controller::PROGRAM, (at,))
        .unwrap();
    Stage {
        world,
        at,
        controller,
        owner,
        stranger,
    }
}

/// A batch of calls without ether.
fn batch(calls: &[(Address, Vec<u8>)], nonce: u64) -> Update {
    Update {
        target: calls.iter().map(|(to, _)| *to).collect(),
        value: vec![U256::ZERO; calls.len()],
        data: calls.iter().map(|(_, data)| data.clone().into()).collect(),
        nonce: U256::from(nonce),
    }
}

impl Stage {
    fn send<C: SolCall>(&self, from: Address, call: &C) -> Receipt<C::Return> {
        self.world.send(from, self.at, call)
    }
    #[track_caller]
    fn refused<C: SolCall>(&self, from: Address, call: &C, text: &str) {
        assert_eq!(self.send(from, call).reverted(), Revert::text(text));
    }
    fn stage(&self, update: &Update, delay: u64) -> Receipt<stageReturn> {
        let (update, delay) = (update.clone(), U256::from(delay));
        self.send(self.owner, &stageCall { update, delay })
    }
    fn execute(&self, update: &Update) -> Receipt<executeReturn> {
        self.send(
            self.stranger,
            &executeCall {
                update: update.clone(),
            },
        )
    }
    fn block_of(&self, update: &Update) -> U256 {
        let hash = keccak256(update.abi_encode());
        self.world.read(self.at, &updatesCall { updateHash: hash })
    }
    fn unpause(&self) -> Update {
        let call = IController::unpauseCall {}.abi_encode();
        batch(&[(self.controller, call)], 0)
    }
    fn is_paused(&self) -> bool {
        self.world
            .read(self.controller, &IController::pausedCall {})
    }
}

#[test]
fn batch_waits_for_its_block_and_is_then_executed_by_anybody() {
    let s = stage();
    let update = s.unpause();
    let event: UpdateStaged = s.stage(&update, 7).only();
    assert_eq!((&event.update, event.delay), (&update, U256::from(7)));
    assert_eq!(s.block_of(&update), U256::from(1_007));
    for early in [1_000, 1_006] {
        s.world.set_block(early);
        let text = "delay for update not expired";
        assert_eq!(s.execute(&update).reverted(), Revert::text(text));
    }
    s.world.set_block(1_007);
    let done = s.execute(&update);
    assert_eq!(done.logs.len(), 2, "Unpause, UpdateExecuted");
    assert_eq!(done.events::<UpdateExecuted>()[0].update, update);
    done.unwrap();
    assert!(!s.is_paused());
    assert_eq!(s.block_of(&update), U256::ZERO);
    assert_eq!(
        s.execute(&update).reverted(),
        Revert::text("update is not staged"),
        "once"
    );
}

#[test]
fn batch_without_delay_may_be_executed_in_its_block() {
    let s = stage();
    let update = s.unpause();
    s.stage(&update, 0).unwrap();
    s.execute(&update).unwrap();
}

#[test]
fn only_the_owner_stages_and_cancels() {
    let s = stage();
    let update = s.unpause();
    let not_owner = "unauthorized: msg.sender not owner";
    let stage = stageCall {
        update: update.clone(),
        delay: U256::ZERO,
    };
    let cancel = cancelCall {
        update: update.clone(),
    };
    s.refused(s.stranger, &stage, not_owner);
    s.send(s.owner, &stage).unwrap();
    s.refused(s.owner, &stage, "update already staged");
    s.refused(s.stranger, &cancel, not_owner);
    let event: UpdateCancelled = s.send(s.owner, &cancel).only();
    assert_eq!(event.update, update);
    s.refused(s.owner, &cancel, "update is not staged");
    assert_eq!(
        s.execute(&update).reverted(),
        Revert::text("update is not staged")
    );
    s.stage(&update, 1).unwrap();
}

#[test]
fn each_part_of_a_batch_tells_it_apart() {
    let s = stage();
    let update = s.unpause();
    s.stage(&update, 0).unwrap();
    let mut others = vec![update.clone(); 4];
    others[0].nonce = U256::from(1);
    others[1].value[0] = U256::from(1);
    others[2].data[0] = Bytes::new();
    others[3].target[0] = s.stranger;
    for other in others {
        let text = "update is not staged";
        assert_eq!(s.execute(&other).reverted(), Revert::text(text));
    }
}

#[test]
fn delay_beyond_all_blocks_panics() {
    let s = stage();
    let call = stageCall {
        update: s.unpause(),
        delay: U256::MAX,
    };
    assert_eq!(s.send(s.owner, &call).reverted(), Revert::panic(0x11));
}

#[test]
fn batch_is_executed_whole_or_not_at_all() {
    let s = stage();
    let unpause = IController::unpauseCall {}.abi_encode();
    let update = batch(
        &[
            (s.controller, unpause.clone()),
            (s.controller, unpause.clone()),
        ],
        0,
    );
    s.stage(&update, 0).unwrap();
    // The second call finds the system unpaused: without a message.
    assert_eq!(s.execute(&update).reverted(), Revert::text(""));
    assert!(s.is_paused());
    assert_eq!(s.block_of(&update), U256::from(1_000), "still staged");
}

#[test]
fn failed_calls_revert_data_is_the_text_of_the_error() {
    let s = stage();
    let inner = "unauthorized: msg.sender not owner";
    let call = stageCall {
        update: s.unpause(),
        delay: U256::ZERO,
    };
    let other = s.world.construct(&PROGRAM, (s.owner,)).unwrap();
    let update = batch(&[(other, call.abi_encode())], 0);
    s.stage(&update, 0).unwrap();
    let Revert(data) = s.execute(&update).reverted();
    // Error(string) around the bytes of an Error(string): not UTF-8, and not cut.
    let raw = Revert::text(inner).0;
    let mut expected = vec![0x08, 0xc3, 0x79, 0xa0];
    expected.extend((Bytes::from(raw),).abi_encode_params());
    assert_eq!(data, expected);
}

#[test]
fn batch_pays_what_it_says_from_what_the_caller_brings() {
    let s = stage();
    let (to, data) = (s.world.address(), vec![]);
    let mut update = batch(&[(to, data.clone()), (s.stranger, data)], 0);
    update.value = vec![U256::from(30), U256::from(12)];
    s.stage(&update, 0).unwrap();
    let call = executeCall {
        update: update.clone(),
    };
    let short = s.world.pay(s.stranger, s.at, U256::from(29), &call);
    assert_eq!(short.reverted(), Revert::text(""));
    s.world
        .pay(s.stranger, s.at, U256::from(45), &call)
        .unwrap();
    assert_eq!(s.world.balance(to), U256::from(30));
    assert_eq!(s.world.balance(s.stranger), U256::from(67));
    assert_eq!(s.world.balance(s.at), U256::from(3));
    let plain = s.world.transact(s.owner, s.at, U256::from(1), vec![]);
    assert_eq!(plain.reverted(), Revert::empty());
}

#[test]
fn fewer_values_or_calldatas_than_targets_panic() {
    let s = stage();
    let mut no_value = s.unpause();
    no_value.value.clear();
    let mut no_data = s.unpause();
    no_data.data.clear();
    for update in [no_value, no_data] {
        s.stage(&update, 0).unwrap();
        assert_eq!(s.execute(&update).reverted(), Revert::panic(0x32));
    }
    // More are not looked at.
    let mut more = s.unpause();
    more.value.push(U256::MAX);
    more.data.push(Bytes::new());
    s.stage(&more, 0).unwrap();
    s.execute(&more).unwrap();
}

#[test]
fn call_to_nobody_succeeds_and_so_does_an_empty_batch() {
    let s = stage();
    let nobody = batch(&[(s.world.address(), vec![1, 2, 3, 4])], 0);
    s.stage(&nobody, 0).unwrap();
    s.execute(&nobody).unwrap();
    let nothing = batch(&[], 7);
    s.stage(&nothing, 0).unwrap();
    let event: UpdateExecuted = s.execute(&nothing).only();
    assert_eq!(event.update, nothing);
}

#[test]
fn only_a_batch_makes_another_owner() {
    let s = stage();
    let to = |owner| IGovernor::transferOwnershipCall { newOwner: owner };
    for from in [s.owner, s.stranger] {
        s.refused(
            from,
            &to(s.stranger),
            "unauthorized: msg.sender not Governor",
        );
    }
    let nobody = batch(&[(s.at, to(Address::ZERO).abi_encode())], 0);
    s.stage(&nobody, 0).unwrap();
    let Revert(data) = s.execute(&nobody).reverted();
    let inner = Revert::text("newOwner is a null address").0;
    assert!(data.windows(inner.len()).any(|window| window == inner));

    let update = batch(&[(s.at, to(s.stranger).abi_encode())], 0);
    s.stage(&update, 0).unwrap();
    let done = s.execute(&update);
    let events: Vec<OwnershipTransferred> = done.events();
    assert_eq!(
        (events[0].previousOwner, events[0].newOwner),
        (s.owner, s.stranger)
    );
    done.unwrap();
    assert_eq!(s.world.read(s.at, &ownerCall {}), s.stranger);
    s.refused(
        s.owner,
        &stageCall {
            update,
            delay: U256::ZERO,
        },
        "unauthorized: msg.sender not owner",
    );
}

#[test]
fn batch_may_execute_another_batch_but_not_itself() {
    let s = stage();
    let inner = s.unpause();
    let execute = executeCall {
        update: inner.clone(),
    };
    let outer = batch(&[(s.at, execute.abi_encode())], 1);
    s.stage(&inner, 0).unwrap();
    s.stage(&outer, 0).unwrap();
    s.execute(&outer).unwrap();
    assert!(!s.is_paused());
    assert_eq!(
        (s.block_of(&inner), s.block_of(&outer)),
        (U256::ZERO, U256::ZERO)
    );
}

#[test]
fn recipient_that_calls_back_finds_the_batch_gone() {
    let s = stage();
    let (at, again) = (s.at, Rc::new(RefCell::new(vec![])));
    let seen = Rc::new(RefCell::new(None));
    let (calldata, answer) = (Rc::clone(&again), Rc::clone(&seen));
    let greedy = s.world.play(move |callee| {
        let calldata = calldata.borrow().clone();
        let twice = World::nested(callee.address, at, U256::ZERO, calldata);
        *answer.borrow_mut() = twice.err();
        Ok(vec![])
    });
    let update = batch(&[(greedy, vec![])], 0);
    let execute = executeCall {
        update: update.clone(),
    };
    *again.borrow_mut() = execute.abi_encode();
    s.stage(&update, 0).unwrap();
    s.execute(&update).unwrap();
    let refused = seen.borrow().clone();
    assert_eq!(refused, Some(Revert::text("update is not staged")));
}

#[test]
fn only_the_deployer_constructs_it_and_only_once() {
    let s = stage();
    let constructor = |to, from| {
        let mut data = keccak256("stylus_constructor()")[..4].to_vec();
        data.extend(s.stranger.into_word());
        s.world.transact(from, to, U256::ZERO, data).reverted()
    };
    assert_eq!(constructor(s.at, STYLUS_DEPLOYER), Revert::empty());
    let bare = s.world.install(&PROGRAM);
    assert_eq!(constructor(bare, s.stranger), Revert::empty());
    let unset = s.world.read(
        bare,
        &updatesCall {
            updateHash: B256::ZERO,
        },
    );
    assert_eq!(unset, U256::ZERO);
}
