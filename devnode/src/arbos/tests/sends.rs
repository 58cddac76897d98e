//! The send tree against its definition: a binary tree over all leaves, zero words for subtrees without leaves.

use alloy_primitives::hex;
use proptest::prelude::*;

use super::*;
use crate::arbos::{
    address::ARB_SYS, header_facts, outbox_proof, precompile::sys::SendMerkleUpdate, send_of,
};
use alloy_sol_types::SolEvent;

fn node(left: B256, right: B256) -> B256 {
    keccak256([left, right].concat())
}

/// Root of the tree of `height` over `leaves`.
fn root(leaves: &[B256], height: u32) -> B256 {
    match leaves {
        [] => B256::ZERO,
        [leaf] if height == 0 => *leaf,
        leaves => {
            let half = leaves.len().min(1 << (height - 1));
            node(
                root(&leaves[..half], height - 1),
                root(&leaves[half..], height - 1),
            )
        }
    }
}

fn height(size: usize) -> u32 {
    size.next_power_of_two().trailing_zeros()
}

fn send(memory: &mut Memory, n: u64) {
    let input = calldata("withdrawEth(address)", &[U256::from(n)]);
    gas_of(memory, ARB_SYS, &input);
}

#[test]
fn root_and_updates_follow_the_definition() {
    let mut memory = chain(60);
    let mut leaves = Vec::new();
    for n in 0..70 {
        memory.logs.clear();
        send(&mut memory, n);
        let logs = std::mem::take(&mut memory.logs);
        let sent = logs.last().and_then(send_of).unwrap();
        leaves.push(keccak256(sent));
        let facts = header_facts(&mut memory);
        assert_eq!(facts.send_count, leaves.len() as u64);
        assert_eq!(facts.send_root, root(&leaves, height(leaves.len())), "{n}");
        let updates: Vec<_> = logs
            .iter()
            .filter_map(|log| SendMerkleUpdate::decode_log_data(&log.data).ok())
            .collect();
        // one for each subtree that leaf n completes
        assert_eq!(updates.len() as u32, (n + 1).trailing_zeros());
        for (level, update) in (1_u32..).zip(updates) {
            assert_eq!(update.position, (U256::from(level) << 192) + U256::from(n));
            let first = leaves.len() - (1 << level);
            assert_eq!(update.hash, root(&leaves[first..], level));
        }
    }
}

#[test]
fn tree_state_is_for_the_zero_address_only() {
    let mut memory = chain(60);
    for n in 0..3 {
        send(&mut memory, n);
    }
    let input = calldata("sendMerkleTreeState()", &[]);
    assert!(!call_as(&mut memory, USER, ARB_SYS, &input, GAS).is_success());
    let state = output(&call_as(&mut memory, Address::ZERO, ARB_SYS, &input, GAS));
    let words: Vec<_> = state.chunks(32).map(U256::from_be_slice).collect();
    assert_eq!(words[0], U256::from(3));
    assert_eq!(B256::from(words[1]), header_facts(&mut memory).send_root);
    assert_eq!(words[3], U256::from(2), "a pending leaf and a pending pair");
}

#[test]
fn proofs_that_nitro_does_not_refuse_are_given() {
    let sends: Vec<B256> = (0..20).map(B256::with_last_byte).collect();
    let proof = |size, leaf| outbox_proof(&sends, size, leaf);
    assert_eq!(proof(0, 0).unwrap().root, keccak256(sends[0]));
    assert_eq!(proof(3, 3), proof(4, 3), "a leaf just beyond the size");
    assert_eq!(proof(3, 5), None, "a leaf beyond the tree");
    assert_eq!(proof(25, 22), None, "a leaf that does not exist");
    assert_eq!(proof(23, 1), proof(20, 1), "a size not reached");
    assert_eq!(proof(u64::MAX, u64::MAX), None);
    assert!(proof(u64::MAX, 0).is_some());
}

#[test]
fn hash_of_a_message_is_that_of_its_log() {
    let topics = [
        hex!("3e7aafa77dbf186b7fd488006beff893744caa3c4f6f299e8a709fa2087374fc"),
        [0; 32],
        [5; 32],
        [0; 32],
    ];
    let data = [0; 7 * 32].to_vec();
    let log = |address| {
        Log::new_unchecked(
            address,
            topics.map(B256::from).to_vec(),
            data.clone().into(),
        )
    };
    assert_eq!(send_of(&log(USER)), None);
    let mut with_offset = log(ARB_SYS);
    let mut words = data.clone();
    words[5 * 32 + 31] = 6 * 32;
    with_offset.data.data = words.into();
    assert_eq!(send_of(&with_offset), Some(B256::repeat_byte(5)));
}

proptest! {
    #[test]
    fn proofs_lead_from_the_leaf_to_the_root(size in 1..200_u64, leaf in 0..200_u64) {
        let sends: Vec<B256> = (0..200_u64).map(|n| U256::from(n).into()).collect();
        prop_assume!(leaf < size);
        let proof = outbox_proof(&sends, size, leaf).unwrap();
        let leaves: Vec<B256> = sends[..size as usize].iter().map(keccak256).collect();
        prop_assert_eq!(proof.root, root(&leaves, height(leaves.len())));
        let (mut hash, mut index) = (keccak256(proof.send), leaf);
        for sibling in &proof.siblings {
            hash = if index % 2 == 0 { node(hash, *sibling) } else { node(*sibling, hash) };
            index /= 2;
        }
        prop_assert_eq!(hash, proof.root);
    }
}
