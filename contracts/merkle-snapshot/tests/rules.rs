//! Every rule of MerkleSnapshot, in the native world, under a real Controller.

use alloy_primitives::{Address, B256, U256, b256, keccak256};
use alloy_sol_types::SolCall;
use confluence_abi::IMerkleSnapshot::*;
use confluence_kit::sim::{Revert, World};
use confluence_merkle_snapshot::{PROGRAM, proof};
use proptest::prelude::*;
use rs_merkle::{Hasher, MerkleTree};

struct Setup {
    world: World,
    snapshot: Address,
    controller: Address,
    owner: Address,
}

/// A Controller whose owner is `owner`: all that MerkleSnapshot asks it.
fn setup() -> Setup {
    let world = World::new();
    let owner = world.account(0);
    let controller = world.play(move |call| match call.data {
        [0x8d, 0xa5, 0xcb, 0x5b] if call.is_static => Ok(owner.into_word().to_vec()),
        _ => Err(vec![]),
    });
    let snapshot = world.construct(&PROGRAM, (controller,)).unwrap();
    Setup {
        world,
        snapshot,
        controller,
        owner,
    }
}

/// The same tree by somebody else's library.
#[derive(Clone)]
struct SortedPairs;

impl Hasher for SortedPairs {
    type Hash = [u8; 32];
    fn hash(data: &[u8]) -> [u8; 32] {
        keccak256(data).0
    }
    fn concat_and_hash(left: &[u8; 32], right: Option<&[u8; 32]>) -> [u8; 32] {
        match right {
            None => *left,
            Some(right) => Self::hash(&[left.min(right).as_slice(), left.max(right)].concat()),
        }
    }
}

#[test]
fn a_root_is_published_by_the_controllers_owner_and_can_be_replaced() {
    let s = setup();
    let id = keccak256("LIP-73");
    assert_eq!(s.world.read(s.snapshot, &snapshotCall { id }), B256::ZERO);
    for root in [B256::repeat_byte(1), B256::repeat_byte(2), B256::ZERO] {
        let done = s
            .world
            .send(s.owner, s.snapshot, &setSnapshotCall { id, root });
        assert!(done.logs().is_empty(), "publishing logs nothing");
        assert_eq!(s.world.read(s.snapshot, &snapshotCall { id }), root);
    }
}

#[test]
fn nobody_else_publishes() {
    let s = setup();
    let call = setSnapshotCall {
        id: B256::ZERO,
        root: B256::repeat_byte(1),
    };
    let refusal = Revert::text("caller must be Controller owner");
    assert_eq!(
        s.world
            .send(s.world.address(), s.snapshot, &call)
            .reverted(),
        refusal
    );
    assert_eq!(
        s.world.send(s.controller, s.snapshot, &call).reverted(),
        refusal
    );
}

#[test]
fn only_the_controller_hands_over_to_another() {
    let s = setup();
    let call = setControllerCall {
        newController: s.owner,
    };
    let refusal = Revert::text("caller must be Controller");
    assert_eq!(s.world.send(s.owner, s.snapshot, &call).reverted(), refusal);
    let event = s
        .world
        .send(s.controller, s.snapshot, &call)
        .only::<SetController>();
    assert_eq!(event.controller, s.owner);
    assert_eq!(s.world.read(s.snapshot, &controllerCall {}), s.owner);
    // An account without code cannot be asked who the owner is.
    let publish = setSnapshotCall {
        id: B256::ZERO,
        root: B256::ZERO,
    };
    assert_eq!(
        s.world.send(s.owner, s.snapshot, &publish).reverted(),
        Revert::empty()
    );
}

#[test]
fn the_controllers_own_failure_is_passed_on() {
    let s = setup();
    s.world
        .play_at(s.controller, |_| Err(Revert::panic(0x12).0));
    let publish = setSnapshotCall {
        id: B256::ZERO,
        root: B256::ZERO,
    };
    assert_eq!(
        s.world.send(s.owner, s.snapshot, &publish).reverted(),
        Revert::panic(0x12)
    );
    s.world.play_at(s.controller, |_| Ok(vec![0; 31]));
    assert_eq!(
        s.world.send(s.owner, s.snapshot, &publish).reverted(),
        Revert::empty()
    );
    s.world.play_at(s.controller, |_| Ok(vec![0xff; 32]));
    assert_eq!(
        s.world.send(s.owner, s.snapshot, &publish).reverted(),
        Revert::empty()
    );
}

#[test]
fn the_empty_proof_holds_for_the_root_alone() {
    let s = setup();
    let (id, root) = (keccak256("LIP-73"), keccak256("root"));
    s.world
        .send(s.owner, s.snapshot, &setSnapshotCall { id, root })
        .unwrap();
    let verify = |leaf| {
        s.world.read(
            s.snapshot,
            &verifyCall {
                id,
                proof: vec![],
                leaf,
            },
        )
    };
    assert!(verify(root));
    assert!(!verify(keccak256("leaf")));
}

#[test]
fn nothing_is_in_a_tree_that_was_not_published() {
    let s = setup();
    let call = verifyCall {
        id: keccak256("LIP-52"),
        proof: vec![B256::ZERO],
        leaf: B256::ZERO,
    };
    assert!(!s.world.read(s.snapshot, &call));
}

#[test]
fn a_cut_proof_reverts_without_data() {
    let s = setup();
    let data = verifyCall {
        id: B256::ZERO,
        proof: vec![B256::ZERO; 3],
        leaf: B256::ZERO,
    }
    .abi_encode();
    for len in 4..data.len() {
        let cut = s
            .world
            .transact(s.owner, s.snapshot, U256::ZERO, data[..len].to_vec());
        assert_eq!(cut.reverted(), Revert::empty(), "{len} bytes");
    }
    for (offset, bytes) in [(4 + 32, [0xff; 32]), (4 + 3 * 32, [0xff; 32])] {
        let mut wild = data.clone();
        wild[offset..offset + 32].copy_from_slice(&bytes);
        assert_eq!(
            s.world
                .transact(s.owner, s.snapshot, U256::ZERO, wild)
                .reverted(),
            Revert::empty()
        );
    }
}

#[test]
fn the_leaf_is_livepeers() {
    let delegator = "19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A"
        .parse()
        .unwrap_or_default();
    let hash = proof::leaf(
        &delegator,
        &Address::with_last_byte(0xaa),
        &U256::from(100),
        &U256::from(7),
    );
    assert_eq!(
        hash,
        b256!("579cdfe5d422fbfe5c2bda756275409f4a68601872a41b599e3423aa98ddf43d")
    );
}

proptest! {
    #[test]
    fn a_proof_holds_for_its_leaf_in_its_place_and_for_nothing_else(
        leaves in prop::collection::btree_set(any::<[u8; 32]>(), 1..40),
        pick in any::<prop::sample::Index>(),
        tamper in any::<prop::sample::Index>(),
        bit in 0..256usize,
    ) {
        let leaves: Vec<_> = leaves.into_iter().collect();
        let tree = MerkleTree::<SortedPairs>::from_leaves(&leaves);
        let root = B256::new(tree.root().unwrap_or_default());
        let place = pick.index(leaves.len());
        let path: Vec<B256> = tree.proof(&[place]).proof_hashes().iter().map(|hash| B256::new(*hash)).collect();

        let s = setup();
        let id = keccak256("LIP-73");
        s.world.send(s.owner, s.snapshot, &setSnapshotCall { id, root }).unwrap();
        let verify = |path: &[B256], leaf: [u8; 32]| {
            let call = verifyCall { id, proof: path.to_vec(), leaf: leaf.into() };
            let answer = s.world.read(s.snapshot, &call);
            assert_eq!(answer, proof::holds(&root, &leaf.into(), path.iter()), "on chain as natively");
            answer
        };
        prop_assert!(verify(&path, leaves[place]));

        let mut other = leaves[place];
        other[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(!verify(&path, other));
        if !path.is_empty() {
            let mut bent = path.clone();
            bent[tamper.index(path.len())].0[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(!verify(&bent, leaves[place]));
            prop_assert!(!verify(&path[1..], leaves[place]));
        }
    }
}
