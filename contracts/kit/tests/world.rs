//! The native world keeps the host's rules: reverts, caches, static calls, proxies, clones, precompiles.
#![allow(missing_docs, unreachable_pub)]

use alloy_primitives::{Address, B256, U256, address, b256, keccak256};
use alloy_sol_types::{SolCall, sol};
use confluence_kit::sim::{Revert, World};
use confluence_kit::{entries, events};

mod storage {
    use confluence_kit::storage::Blob;
    use confluence_kit::{Address, B256, storage};

    storage! {
        counts: Count[()] @ 1 { value: u128, _spare: [u8; 16] }
        names: Name[Address] @ 2 { text: Blob }
        pairs: Pair[(Address, Address)] @ 3 { value: u128, _spare: [u8; 16] }
        rounds: Round[(Address, u32)] @ 4 { value: u128, _spare: [u8; 16] }
        members: Member[(B256, Address)] @ 5 { value: u128, _spare: [u8; 16] }
        claims: Claim[(Address, u32, Address)] @ 6 { value: u128, _spare: [u8; 16] }
        wide: Wide[u32] @ 7 { first: B256, second: B256, third: B256 }
    }
}

events! {
    Counted(value: u128);
}

use confluence_kit::abi::{Bytes, Reply, Str};
use confluence_kit::{manager, roles};

entries! {
    exec {
        initialize(controller: Address) => manager::initialize;
        count() -> u128 => rules::count;
        countAndFail() => rules::count_and_fail;
        tell(other: Address) -> u128 => rules::tell;
        void(other: Address) => rules::void;
        forward(to: Address, data: Bytes) -> &'static [u8] => rules::forward;
        setName(name: Str) => rules::set_name;
        fill(a: Address, b: Address) => rules::fill;
        make(of: Address) -> Address => rules::make;
        syncControllerContracts() => rules::sync_controller_contracts;
        grantRole(role: B256_, account: Address) => roles::grant;
        renounceRole(role: B256_, account: Address) => roles::renounce;
        seed(account: Address) => rules::seed;
        guarded() => rules::guarded;
    }
    view {
        counted() -> u128 => rules::counted;
        nameOf(who: Address) -> &'static [u8] => rules::name_of;
        controller() -> Address => manager::address;
        peer() -> Address => rules::peer;
        signer(hash: B256_, v: u8, r: B256_, s: B256_) -> Address => rules::signer;
        here() -> Reply => rules::here;
        hasRole(role: B256_, account: Address) -> bool => roles::has_role;
        supportsInterface(id: FixedBytes4) -> bool => roles::supports;
    }
}
type B256_ = confluence_kit::B256;
type FixedBytes4 = confluence_kit::FixedBytes<4>;

mod rules {
    use super::{Counted, storage::State};
    use confluence_kit::abi::{Reply, reply};
    use confluence_kit::{
        Address, B256, Checked, Result, U256, block, call, crypto, emit, ensure, interface,
        manager, msg, peers, revert, roles, this,
    };

    interface! {
        Counter {
            exec count() -> u128;
            exec countAndFail();
            view counted() -> u128;
        }
        Void {
            exec poke();
        }
    }
    peers! {
        other: Counter = "Other";
        void_peer: Void = "Void";
    }

    pub fn count(s: &mut State) -> Result<u128> {
        let mut counts = s.counts.open();
        counts.value = counts.value.plus(1)?;
        let value = counts.value;
        counts.store();
        emit!(Counted { value });
        Ok(value)
    }
    pub fn count_and_fail(s: &mut State) -> Result {
        count(s)?;
        revert!("counted in vain")
    }
    /// Counts, lets another count and fail without taking notice, then reads what it counted so far.
    pub fn tell(s: &mut State, to: &Address) -> Result<u128> {
        count(s)?;
        let failing = call::raw(to, &U256::ZERO, &[0xde, 0xad, 0xbe, 0xef]);
        ensure!(failing.is_err(), "an unknown selector succeeded");
        Counter(*to).count()?;
        Counter(*to).counted()
    }
    pub fn void(_: &mut State, to: &Address) -> Result {
        Void(*to).poke()
    }
    pub fn forward(_: &mut State, to: &Address, data: &[u8]) -> Result<&'static [u8]> {
        match call::raw(to, &U256::ZERO, data) {
            Ok(answer) => Ok(answer),
            Err(data) => confluence_kit::fault::bubble(data),
        }
    }
    pub fn set_name(s: &mut State, name: &[u8]) -> Result {
        let mut entry = s.names.edit(&msg::sender());
        let old = entry.text;
        entry.text = entry.replace_blob(&old, name)?;
        entry.store();
        Ok(())
    }
    pub fn name_of(s: &State, who: &Address) -> Result<&'static [u8]> {
        Ok(s.names.blob(who, |name| &name.text))
    }
    pub fn fill(s: &mut State, a: &Address, b: &Address) -> Result {
        let role = B256::repeat_byte(9);
        let mut value = 0;
        for (x, y) in [(a, b), (b, a)] {
            value += 1;
            let mut pair = s.pairs.edit((x, y));
            ensure!(pair.value == 0, "pairs collide");
            pair.value = value;
            pair.store();
            for round in [1, 256] {
                let mut at = s.rounds.edit((x, round));
                ensure!(at.value == 0, "rounds collide");
                at.value = value;
                at.store();
                let mut claim = s.claims.edit((x, round, y));
                ensure!(claim.value == 0, "claims collide");
                claim.value = value;
                claim.store();
            }
            let mut member = s.members.edit((&role, x));
            ensure!(member.value == 0, "members collide");
            member.value = value;
            member.store();
        }
        for id in 0..2 {
            let mut wide = s.wide.edit(id);
            ensure!(
                wide.first.is_zero() && wide.third.is_zero(),
                "records overlap"
            );
            wide.first = B256::repeat_byte(1);
            wide.second = B256::repeat_byte(2);
            wide.third = B256::repeat_byte(3);
            wide.store();
        }
        Ok(())
    }
    pub fn make(_: &mut State, of: &Address) -> Result<Address> {
        call::clone(of)
    }
    pub fn counted(s: &State) -> Result<u128> {
        Ok(s.counts.load().value)
    }
    pub fn peer(_: &State) -> Result<Address> {
        Ok(other().0)
    }
    pub fn signer(_: &State, hash: &B256, v: u8, r: &B256, s: &B256) -> Result<Address> {
        crypto::recover(hash, v, r, s)
    }
    pub fn here(_: &State) -> Result<Reply> {
        let me = this::address();
        Ok(reply()
            .address(&me)
            .wide(&this::balance())
            .number(block::number().into())
            .number(block::timestamp().into())
            .number(block::chain_id().into()))
    }
    pub fn seed(_: &mut State, account: &Address) -> Result {
        roles::give(&roles::DEFAULT_ADMIN, account);
        Ok(())
    }
    pub fn guarded(_: &mut State) -> Result {
        manager::not_paused()?;
        manager::only_owner()
    }
}

mod api {
    alloy_sol_types::sol! {
        event Counted(uint256 value);
        event ControllerContractUpdate(bytes32 id, address addr);
        event RoleGranted(bytes32 indexed role, address indexed account, address indexed sender);
        event RoleRevoked(bytes32 indexed role, address indexed account, address indexed sender);
        interface IProgram {
            function initialize(address controller);
            function count() returns (uint256);
            function countAndFail();
            function tell(address other) returns (uint256);
            function void(address other);
            function forward(address to, bytes data) returns (bytes);
            function setName(string name);
            function fill(address a, address b);
            function make(address of) returns (address);
            function syncControllerContracts();
            function grantRole(bytes32 role, address account);
            function renounceRole(bytes32 role, address account);
            function seed(address account);
            function guarded();
            function counted() view returns (uint256);
            function nameOf(address who) view returns (string);
            function controller() view returns (address);
            function peer() view returns (address);
            function signer(bytes32 hash, uint8 v, bytes32 r, bytes32 s) view returns (address);
            function here() view returns (address, uint256, uint256, uint256, uint256);
            function hasRole(bytes32 role, address account) view returns (bool);
            function supportsInterface(bytes4 id) view returns (bool);
        }
    }
}
use api::IProgram::*;
sol! { function getContract(bytes32 id) view returns (address); }

/// Two instances behind proxies, and somebody to call them.
fn two() -> (World, Address, Address, Address) {
    let world = World::new();
    let (who, controller) = (world.account(100), world.address());
    let init = initializeCall { controller };
    let a = world.behind_proxy(&PROGRAM, who, &init).unwrap();
    let b = world.behind_proxy(&PROGRAM, who, &init).unwrap();
    (world, a, b, who)
}

#[test]
fn nested_calls_keep_what_succeeded_and_drop_what_failed() {
    let (world, a, b, who) = two();
    let done = world.send(who, a, &tellCall { other: b });
    let values: Vec<_> = done
        .events::<api::Counted>()
        .iter()
        .map(|event| event.value.to::<u64>())
        .collect();
    assert_eq!(values, [1, 1]);
    assert_eq!(
        done.logs.iter().map(|log| log.address).collect::<Vec<_>>(),
        [a, b]
    );
    assert_eq!(done.unwrap(), U256::from(1));
    let failed = world.send(
        who,
        a,
        &forwardCall {
            to: b,
            data: countAndFailCall {}.abi_encode().into(),
        },
    );
    assert!(failed.logs.is_empty());
    assert_eq!(failed.reverted(), Revert::text("counted in vain"));
    assert_eq!(world.read(b, &countedCall {}), U256::from(1));
}

#[test]
fn an_answer_of_any_length_comes_back() {
    let (world, a, _, who) = two();
    for len in [0usize, 1, 31, 32, 640, 641, 5_000] {
        let echo = world.play(|call| Ok(call.data.to_vec()));
        let data = vec![7; len];
        let answer = world
            .send(
                who,
                a,
                &forwardCall {
                    to: echo,
                    data: data.clone().into(),
                },
            )
            .unwrap();
        assert_eq!(answer, data);
        let refuse = world.play(|call| Err(call.data.to_vec()));
        let revert = world
            .send(
                who,
                a,
                &forwardCall {
                    to: refuse,
                    data: data.clone().into(),
                },
            )
            .reverted();
        assert_eq!(revert, Revert(data));
    }
}

#[test]
fn a_call_without_an_answer_needs_code_at_the_callee() {
    let (world, a, _, who) = two();
    let nobody = world.account(1);
    assert_eq!(
        world.send(who, a, &voidCall { other: nobody }).reverted(),
        Revert::empty()
    );
    assert_eq!(
        world
            .send(
                who,
                a,
                &voidCall {
                    other: world.address()
                }
            )
            .reverted(),
        Revert::empty()
    );
    world
        .send(
            who,
            a,
            &voidCall {
                other: world.play(|_| Ok(vec![])),
            },
        )
        .unwrap();
}

#[test]
fn a_preview_changes_nothing() {
    let (world, a, _, who) = two();
    assert_eq!(world.preview(who, a, &countCall {}).unwrap(), U256::from(1));
    assert_eq!(world.read(a, &countedCall {}), U256::ZERO);
    let before = world.remember();
    world.send(who, a, &countCall {}).unwrap();
    world.go_back(&before);
    assert_eq!(world.read(a, &countedCall {}), U256::ZERO);
}

#[test]
fn an_implementation_is_never_initialised_and_a_proxy_once() {
    let (world, a, _, who) = two();
    let init = initializeCall { controller: who };
    let bare = world.install(&PROGRAM);
    assert_eq!(world.send(who, bare, &init).reverted(), Revert::empty());
    assert_eq!(world.send(who, a, &init).reverted(), Revert::empty());
    assert_ne!(world.read(a, &controllerCall {}), who);
    // State survives an upgrade, and so does being initialised.
    world.send(who, a, &countCall {}).unwrap();
    world.upgrade(a, world.install(&PROGRAM));
    assert_eq!(world.read(a, &countedCall {}), U256::from(1));
    assert_eq!(world.send(who, a, &init).reverted(), Revert::empty());
}

#[test]
fn a_clone_runs_the_program_on_storage_of_its_own() {
    let (world, a, _, who) = two();
    let implementation = world.install(&PROGRAM);
    let make = makeCall { of: implementation };
    let (one, two) = (
        world.send(who, a, &make).unwrap(),
        world.send(who, a, &make).unwrap(),
    );
    world.send(who, one, &countCall {}).unwrap();
    assert_eq!(world.read(one, &countedCall {}), U256::from(1));
    assert_eq!(world.read(two, &countedCall {}), U256::ZERO);
    assert_eq!(world.read(implementation, &countedCall {}), U256::ZERO);
}

#[test]
fn no_two_records_share_a_slot() {
    let (world, a, b, who) = two();
    let before = world.slots_in_use(a);
    world.send(who, a, &fillCall { a, b }).unwrap();
    assert_eq!(world.slots_in_use(a) - before, 2 + 4 + 4 + 2 + 6);
}

#[test]
fn a_blob_of_any_length_is_kept_and_leaves_no_slot_behind() {
    let (world, a, _, who) = two();
    let empty = world.slots_in_use(a);
    for len in [0usize, 1, 28, 29, 32, 33, 100, 640, 1_000, 33, 28, 29, 0] {
        let name: String = (0..len)
            .map(|i| char::from(b'a' + (i % 26) as u8))
            .collect();
        world
            .send(who, a, &setNameCall { name: name.clone() })
            .unwrap();
        assert_eq!(world.read(a, &nameOfCall { who }), name);
        let parts = if len <= 28 {
            0
        } else {
            (len - 28).div_ceil(32)
        };
        let head = usize::from(len > 0);
        assert_eq!(world.slots_in_use(a) - empty, head + parts, "{len} bytes");
    }
    let other = world.address();
    world
        .send(
            other,
            a,
            &setNameCall {
                name: "x".repeat(50),
            },
        )
        .unwrap();
    assert_eq!(world.read(a, &nameOfCall { who }), "");
}

#[test]
fn peers_are_what_the_registry_said_last() {
    let (world, a, b, who) = two();
    assert_eq!(world.read(a, &peerCall {}), Address::ZERO);
    let registry = move |call: &confluence_kit::sim::Callee<'_>| {
        let id = getContractCall::abi_decode(call.data)
            .map_err(|_| vec![])?
            .id;
        Ok(if id == keccak256("Other") {
            b
        } else {
            Address::ZERO
        }
        .into_word()
        .to_vec())
    };
    world.play_at(world.read(a, &controllerCall {}), registry);
    let event = world
        .send(who, a, &syncControllerContractsCall {})
        .only::<api::ControllerContractUpdate>();
    assert_eq!((event.id, event.addr), (keccak256("Other"), b));
    assert_eq!(world.read(a, &peerCall {}), b);
    assert!(
        world
            .send(who, a, &syncControllerContractsCall {})
            .logs()
            .is_empty(),
        "nothing changed"
    );
}

#[test]
fn guards_ask_the_controller_in_their_order() {
    let (world, a, _, who) = two();
    let controller = world.read(a, &controllerCall {});
    assert_eq!(
        world.send(who, a, &guardedCall {}).reverted(),
        Revert::empty(),
        "no Controller there"
    );
    let answers = |paused: u8, owner: Address| {
        world.play_at(controller, move |call| match call.data {
            [0x5c, 0x97, 0x5a, 0xbb] => Ok(B256::with_last_byte(paused).to_vec()),
            _ => Ok(owner.into_word().to_vec()),
        });
    };
    answers(1, who);
    assert_eq!(
        world.send(who, a, &guardedCall {}).reverted(),
        Revert::text("system is paused")
    );
    answers(2, who);
    assert_eq!(
        world.send(who, a, &guardedCall {}).reverted(),
        Revert::empty(),
        "2 is no bool"
    );
    answers(0, Address::ZERO);
    assert_eq!(
        world.send(who, a, &guardedCall {}).reverted(),
        Revert::text("caller must be Controller owner")
    );
    answers(0, who);
    world.send(who, a, &guardedCall {}).unwrap();
}

#[test]
fn roles_answer_as_openzeppelins_do() {
    let (world, a, _, admin) = two();
    let (role, account) = (keccak256("MINTER_ROLE"), world.address());
    let grant = grantRoleCall { role, account };
    let zeros = "0".repeat(64);
    let message = format!("AccessControl: account {admin:#x} is missing role 0x{zeros}");
    assert_eq!(
        world.send(admin, a, &grant).reverted(),
        Revert::text(&message)
    );
    world.send(admin, a, &seedCall { account: admin }).unwrap();
    let event = world.send(admin, a, &grant).only::<api::RoleGranted>();
    assert_eq!(
        (event.role, event.account, event.sender),
        (role, account, admin)
    );
    assert!(
        world.send(admin, a, &grant).logs().is_empty(),
        "granted already"
    );
    assert!(world.read(a, &hasRoleCall { role, account }));
    let renounce = renounceRoleCall { role, account };
    let refusal = Revert::text("AccessControl: can only renounce roles for self");
    assert_eq!(world.send(admin, a, &renounce).reverted(), refusal);
    let event = world.send(account, a, &renounce).only::<api::RoleRevoked>();
    assert_eq!(
        (event.role, event.account, event.sender),
        (role, account, account)
    );
    assert!(!world.read(a, &hasRoleCall { role, account }));
    for (id, known) in [
        ([0x79, 0x65, 0xdb, 0x0b], true),
        ([0x01, 0xff, 0xc9, 0xa7], true),
        ([0xff; 4], false),
    ] {
        assert_eq!(
            world.read(a, &supportsInterfaceCall { id: id.into() }),
            known
        );
    }
}

/// Livepeer's ticket vector, which go-livepeer signs and recovers alike: the signature is over the eth-signed-message
/// hash of the ticket's.
#[test]
fn a_signature_names_its_signer_or_says_what_is_wrong() {
    let (world, a, _, _) = two();
    let ticket = b256!("50a698dc7ccaabddc14045a433986d249a465eeff10127759d229036656a88b9");
    let hash = keccak256(
        [
            b"\x19Ethereum Signed Message:\n32".as_slice(),
            ticket.as_slice(),
        ]
        .concat(),
    );
    let r = b256!("e129b0312310fb606fb8f3a71943e779f11537a27010fbc12251802d294b1f97");
    let s = b256!("3b0673407bdad3e53ab5082d620f1583207ec6f19292e55da49ef22f9a57090b");
    let signer = |v, r, s| world.view(a, &signerCall { hash, v, r, s });
    assert_eq!(
        signer(27, r, s).unwrap(),
        address!("19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A")
    );
    assert_ne!(
        signer(28, r, s).unwrap(),
        address!("19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A")
    );
    let order = U256::from_str_radix(
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
        16,
    )
    .unwrap_or_default();
    let high = B256::from(order - U256::from_be_bytes(s.0));
    for (v, r, s, message) in [
        (28, r, high, "ECDSA: invalid signature 's' value"),
        (1, r, s, "ECDSA: invalid signature 'v' value"),
        (27, B256::ZERO, s, "ECDSA: invalid signature"),
        (27, r, B256::ZERO, "ECDSA: invalid signature"),
    ] {
        assert_eq!(signer(v, r, s).reverted(), Revert::text(message));
    }
}

#[test]
fn a_program_knows_where_and_when_it_is() {
    let (world, a, _, _) = two();
    world.set_block(19_000_000);
    world.set_time(1_700_000_000);
    world.set_chain(42_161);
    world.fund(a, U256::from(77));
    let here = world.read(a, &hereCall {});
    let numbers = [here._1, here._2, here._3, here._4].map(|n| n.to::<u64>());
    assert_eq!(
        (here._0, numbers),
        (a, [77, 19_000_000, 1_700_000_000, 42_161])
    );
}
