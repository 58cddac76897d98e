//! How fast a snapshot's tree is, with `rs_merkle` on the same leaves in the same run.
//! `cargo bench -p confluence`; the list is synthetic (its statistics are the real one's), so that everybody measures the same.

use std::hint::black_box;

use alloy::primitives::{B256, keccak256};
use confluence::snapshot::{Leaf, List, Population, Tree, generate, root_of};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use rayon::prelude::*;
use rs_merkle::{Hasher, MerkleTree};

/// The published list's size.
const REAL: usize = 4_759;
const MILLION: usize = 1_000_000;

/// `rs_merkle` with our hash, and with pairs in ascending order as the published tree has them.
#[derive(Clone)]
struct SortedKeccak;

impl Hasher for SortedKeccak {
    type Hash = [u8; 32];

    fn hash(data: &[u8]) -> [u8; 32] {
        keccak256(data).0
    }

    fn concat_and_hash(left: &[u8; 32], right: Option<&[u8; 32]>) -> [u8; 32] {
        let Some(right) = right else { return *left };
        let (low, high) = if left <= right {
            (left, right)
        } else {
            (right, left)
        };
        Self::hash([*low, *high].as_flattened())
    }
}

fn leaves(count: usize) -> List {
    generate(Population::like_published(count), 1).expect("a possible population")
}

fn rs_merkle_tree(leaves: &[Leaf]) -> MerkleTree<SortedKeccak> {
    let mut hashes: Vec<[u8; 32]> = leaves.iter().map(|leaf| leaf.hash().0).collect();
    hashes.sort_unstable();
    MerkleTree::from_leaves(&hashes)
}

fn real_size(c: &mut Criterion) {
    let mut group = c.benchmark_group("real size");
    let list = leaves(REAL);
    let text = list.to_json().into_bytes();
    group.bench_function("parse + tree", |b| {
        b.iter(|| {
            let list = List::parse(black_box(&text)).expect("a list");
            Tree::of(list.leaves()).map(|tree| tree.root())
        });
    });
    group.bench_function("parse", |b| {
        b.iter(|| List::parse(black_box(&text)));
    });
    group.bench_function("tree", |b| b.iter(|| Tree::of(black_box(list.leaves()))));
    group.bench_function("tree, rs_merkle", |b| {
        b.iter(|| rs_merkle_tree(black_box(list.leaves())));
    });
    group.finish();
}

fn million(c: &mut Criterion) {
    let mut group = c.benchmark_group("a million leaves");
    group.sample_size(10);
    let list = leaves(MILLION);
    let tree = Tree::of(list.leaves()).expect("not empty");
    let other = rs_merkle_tree(list.leaves());
    assert_eq!(
        Some(tree.root().0),
        other.root(),
        "both must build the same tree"
    );

    group.bench_function(BenchmarkId::new("root", "confluence"), |b| {
        b.iter(|| root_of(black_box(list.leaves())));
    });
    group.bench_function(BenchmarkId::new("root", "rs_merkle"), |b| {
        b.iter(|| rs_merkle_tree(black_box(list.leaves())).root());
    });
    group.bench_function(BenchmarkId::new("all proofs", "confluence"), |b| {
        b.iter(|| {
            let proofs: Vec<Vec<B256>> = (0..MILLION)
                .into_par_iter()
                .map(|index| tree.siblings(index).collect())
                .collect();
            proofs
        });
    });
    // rs_merkle takes tens of microseconds a proof: a thousand of them say enough.
    group.bench_function(BenchmarkId::new("1,000 proofs", "confluence"), |b| {
        b.iter(|| -> Vec<Vec<B256>> {
            (0..1000)
                .map(|index| tree.siblings(index).collect())
                .collect()
        });
    });
    group.bench_function(BenchmarkId::new("1,000 proofs", "rs_merkle"), |b| {
        b.iter(|| -> Vec<_> { (0..1000).map(|index| other.proof(&[index])).collect() });
    });
    group.finish();
}

criterion_group!(benches, real_size, million);
criterion_main!(benches);
