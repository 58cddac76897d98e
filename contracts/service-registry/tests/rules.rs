//! Every rule of the ServiceRegistry: an entry each, of any length, whatever the Controller says.

use alloy_primitives::{Address, U256};
use alloy_sol_types::SolCall;
use confluence_abi::IServiceRegistry::*;
use confluence_kit::sim::{Revert, World};
use confluence_service_registry::PROGRAM;

/// A registry under a Controller that is paused, as it starts.
struct Stage {
    world: World,
    at: Address,
    controller: Address,
    alice: Address,
    bob: Address,
}

fn stage() -> Stage {
    let world = World::new();
    let [owner, alice, bob] = std::array::from_fn(|_| world.account(0));
    let controller = world
        .construct(&confluence_controller::PROGRAM, (owner,))
        .unwrap();
    let init = initializeCall {
        controller_: controller,
    };
    Stage {
        at: world.behind_proxy(&PROGRAM, owner, &init).unwrap(),
        world,
        controller,
        alice,
        bob,
    }
}

impl Stage {
    /// Sets it and gives what was logged.
    fn set(&self, who: Address, uri: &str) -> ServiceURIUpdate {
        let call = setServiceURICall {
            serviceURI: uri.into(),
        };
        self.world.send(who, self.at, &call).only()
    }
    fn get(&self, addr: Address) -> String {
        self.world.read(self.at, &getServiceURICall { addr })
    }
}

#[test]
fn each_account_says_where_it_serves() {
    let s = stage();
    assert_eq!(s.get(s.alice), "");
    let event = s.set(s.alice, "https://alice.example:8935");
    assert_eq!(event.addr, s.alice);
    assert_eq!(event.serviceURI, "https://alice.example:8935");
    assert_eq!(s.get(s.alice), "https://alice.example:8935");
    assert_eq!(s.get(s.bob), "");
}

#[test]
fn text_of_any_length_replaces_text_of_any_length() {
    let s = stage();
    let text = |len: usize| "0123456789abcdef".repeat(20)[..len].to_owned();
    let lengths = [0, 1, 27, 28, 29, 31, 32, 33, 59, 60, 61, 92, 93, 200, 300];
    for before in lengths {
        for after in lengths {
            s.set(s.alice, &text(before));
            let event = s.set(s.alice, &text(after));
            assert_eq!(event.serviceURI, text(after));
            assert_eq!(s.get(s.alice), text(after), "{before}, then {after}");
        }
    }
}

#[test]
fn shorter_text_leaves_nothing_behind() {
    let s = stage();
    let unused = s.world.slots_in_use(s.at);
    s.set(s.bob, "bob");
    let with_bob = s.world.slots_in_use(s.at);
    assert_eq!(with_bob, unused + 1);
    s.set(s.alice, &"x".repeat(300));
    s.set(s.alice, "x");
    assert_eq!(s.world.slots_in_use(s.at), with_bob + 1);
    s.set(s.alice, "");
    assert_eq!(s.world.slots_in_use(s.at), with_bob);
    assert_eq!(s.get(s.bob), "bob");
}

#[test]
fn text_that_is_not_all_there_is_refused() {
    let s = stage();
    let call = setServiceURICall {
        serviceURI: "https://alice.example".into(),
    }
    .abi_encode();
    let send = |data: Vec<u8>| s.world.transact(s.alice, s.at, U256::ZERO, data);
    assert_eq!(send(call[..70].to_vec()).reverted(), Revert::empty());
    let mut far = call.clone();
    far[4..36].fill(0xff);
    assert_eq!(send(far).reverted(), Revert::empty());
    let mut long = call;
    long[36..68].fill(0xff);
    assert_eq!(send(long).reverted(), Revert::empty());
    assert_eq!(s.get(s.alice), "");
}

#[test]
fn it_is_initialised_once_and_an_implementation_never() {
    let s = stage();
    let init = initializeCall {
        controller_: s.alice,
    };
    let bare = s.world.install(&PROGRAM);
    for at in [s.at, bare] {
        let again = s.world.send(s.alice, at, &init);
        assert_eq!(again.reverted(), Revert::empty());
    }
    assert_eq!(s.world.read(s.at, &controllerCall {}), s.controller);
}

#[test]
fn only_the_controller_hands_over() {
    let s = stage();
    let hand_over = setControllerCall {
        newController: s.bob,
    };
    let refused = Revert::text("caller must be Controller");
    assert_eq!(s.world.send(s.alice, s.at, &hand_over).reverted(), refused);
    let event: SetController = s.world.send(s.controller, s.at, &hand_over).only();
    assert_eq!(event.controller, s.bob);
}
