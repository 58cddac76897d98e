//! Random walks of programs and model side by side: every log, revert and view is compared after every transaction, and
//! the invariants are checked. `CONFLUENCE_LONG=1` makes them more and longer: 24 of 10,000 steps, a quarter of an hour on two cores.

use confluence_tests::twin::walk::Walk;

fn is_long() -> bool {
    std::env::var_os("CONFLUENCE_LONG").is_some()
}

/// Walks every `stride`-th seed from `first` on.
fn walk(first: u64, stride: usize) {
    let (seeds, steps) = if is_long() { (24, 10_000) } else { (4, 1_500) };
    for seed in (first..seeds).step_by(stride) {
        let mut walk = Walk::new(seed);
        for _ in 0..steps {
            walk.step();
        }
        let succeeded: usize = walk
            .ends
            .iter()
            .filter(|(end, _)| end.ends_with(": ok"))
            .map(|(_, n)| n)
            .sum();
        assert!(
            succeeded > steps / 4,
            "walk {seed}: only {succeeded} of {steps} went through"
        );
        println!("walk {seed}: {:#?}", walk.ends);
    }
}

// Two tests, so that two cores share the work.

#[test]
fn programs_and_model_agree_on_even_walks() {
    walk(0, 2);
}

#[test]
fn programs_and_model_agree_on_odd_walks() {
    walk(1, 2);
}
