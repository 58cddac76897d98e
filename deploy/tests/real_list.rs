//! The published LIP-73 list has the published root, and what is known about it holds.
//! It is not part of the project: without it these tests use a synthetic list and say so, except in CI, which must have it.

use std::env;

use alloy::primitives::{Address, U256, address, b256};
use confluence::{
    network::{Migration, Network},
    snapshot::{Found, Leaf, List, Population, Proof, Provenance, Search, SnapshotError},
};

fn migration() -> Migration {
    let mainnet = Network::load("mainnet").expect("built in");
    mainnet.migration().expect("LIP-73").clone()
}

/// The real list, or a synthetic one where there is none (never in CI).
fn list() -> Found {
    let search = Search::new(&migration(), None);
    let found = if env::var_os("CI").is_some() {
        search.local()
    } else {
        search.local_or_synthetic(1)
    };
    let found = found.unwrap_or_else(|error| panic!("{error}"));
    eprintln!("this test ran on the {}", found.provenance);
    found
}

fn is_real(found: &Found) -> bool {
    matches!(found.provenance, Provenance::Published { .. })
}

#[test]
fn root_counts_and_sums_are_the_published_ones() {
    let found = list();
    let totals = found.list.totals();
    assert_eq!((totals.leaves, found.tree.depth()), (4759, 13));
    assert_eq!(totals.stake.to_string(), "10239676190427170097425142");
    assert_eq!(totals.fees.to_string(), "15493909235859321603");
    assert_eq!((totals.delegates, totals.without_delegate), (98, 1505));
    assert_eq!((totals.empty, totals.fees_only), (973, 531));
    if is_real(&found) {
        assert_eq!(found.root(), migration().snapshot_root);
    }
}

#[test]
fn every_account_has_a_proof_that_verifies() {
    assert_eq!(list().prove_all().expect("all verify"), 4759);
}

#[test]
fn a_known_account_has_the_known_leaf() {
    let found = list();
    if !is_real(&found) {
        return;
    }
    let account = address!("0x001e8aaecc9135d830905bb989d86ae298c87779");
    let proof = Proof::of(account, &found).expect("in the list");
    assert_eq!(
        proof.leaf,
        b256!("0xdf56b3b4e1c5d31902e53d14f8034779f1b197f3806833d93533494ed492fe85")
    );
    assert_eq!(proof.proof.len(), 11);
}

#[test]
fn a_changed_claim_does_not_verify() {
    let found = list();
    let account = found.list.leaves()[1000].delegator();
    let honest = Proof::of(account, &found).expect("in the list");
    honest.verify(found.root()).expect("as it is");

    let richer = Proof {
        stake: honest.stake + U256::ONE,
        ..honest.clone()
    };
    let elsewhere = Proof {
        delegate: Address::repeat_byte(1),
        ..honest.clone()
    };
    let mut other_way = honest.clone();
    other_way.proof.swap(0, 1);
    let shorter = Proof {
        proof: honest.proof[1..].to_vec(),
        ..honest.clone()
    };
    for forged in [richer, elsewhere, other_way, shorter] {
        let refused = forged.verify(found.root());
        assert!(
            matches!(refused, Err(SnapshotError::WrongProof { .. })),
            "{forged:?}"
        );
    }
}

#[test]
fn an_account_that_is_not_in_the_list_is_told_so() {
    let found = list();
    let nobody = address!("0x00000000000000000000000000000000deadbeef");
    let error = Proof::of(nobody, &found).expect_err("not in the list");
    assert!(error.is_usage());
    assert!(error.to_string().contains("is not in the"), "{error}");
}

#[test]
fn the_list_is_written_as_it_was_published() {
    let found = list();
    let back = List::parse(found.list.to_json().as_bytes()).expect("a list");
    assert_eq!(back, found.list);
}

#[test]
fn a_synthetic_list_differs_from_the_real_one_but_has_its_totals() {
    let made = Found::synthetic(Population::like_published(4759), 1).expect("possible");
    let found = list();
    assert_eq!(made.list.totals(), found.list.totals());
    if is_real(&found) {
        let shared = |leaf: &&Leaf| made.list.find(leaf.delegator()).is_some();
        // the zero address is in both; no real account is
        assert_eq!(found.list.leaves().iter().filter(shared).count(), 1);
    }
}
