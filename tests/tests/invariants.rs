//! What must hold after every step, whatever happens in whichever order: a random population migrates by messages, parts and proofs, while
//! tickets are held, fail, overtake each other, expire and are redeemed, rounds pass, rewards and fees come, and the system is paused.
//!
//! L2 is every program of ours in the native world; L1 and the bridge are modelled by their rules (two live chains take seconds a run, this takes
//! milliseconds). 256 runs, 10,000 with `CONFLUENCE_LONG=1`; failing seeds are kept in `invariants.proptest-regressions`.

#[path = "invariants/check.rs"]
mod check;
#[path = "invariants/finish.rs"]
mod finish;
#[path = "invariants/l1.rs"]
mod l1;
#[path = "invariants/rewards.rs"]
mod rewards;
#[path = "invariants/run.rs"]
mod run;
#[path = "invariants/steps.rs"]
mod steps;
#[path = "invariants/tickets.rs"]
mod tickets;

use proptest::prelude::*;
use run::Run;

fn cases() -> u32 {
    if std::env::var_os("CONFLUENCE_LONG").is_some() {
        10_000
    } else {
        256
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(proptest::test_runner::FileFailurePersistence::WithSource("proptest-regressions"))),
        max_shrink_iters: 2_000,
        ..ProptestConfig::with_cases(cases())
    })]
    #[test]
    fn every_wei_is_where_it_belongs_after_every_step(
        population in l1::population(),
        steps in prop::collection::vec(any::<(u8, u16, u16)>(), 0..120),
    ) {
        let mut run = Run::new(&population);
        run.check();
        for (kind, a, b) in steps {
            let step = run.step(kind, a as usize, b as usize);
            run.trace(step);
            run.check();
        }
        run.finish();
    }
}
