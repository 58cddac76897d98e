//! How fast a snapshot's tree is, with `rs_merkle` on the same leaves in the same run.
//! `cargo bench -p confluence`; the list is synthetic (its statistics are the real one's), so that everybody measures the same.

use std::hint::black_box;

use alloy::primitives::B256;
use confluence::{
    bench::snapshot::rs_merkle_tree,
    snapshot::{List, Population, Tree, generate, root_of},
};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use rayon::prelude::*;

/// The published list's size.
const REAL: usize = 4_759;
const MILLION: usize = 1_000_000;

fn leaves(count: usize) -> List {
    generate(Population::like_published(count), 1).expect("a possible population")
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
