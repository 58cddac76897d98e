//! The rehearsal with a small made-up population: everything that happens to the real one happens to it.

use std::path::Path;

use alloy::primitives::U256;
use confluence::{
    client::L2,
    progress::Progress,
    rehearse::{Chaos, Class, Moved, On, Options, Remedy, Report, Urls, page, picture, run},
};
use confluence_devnode::bridge::TwoChains;

fn options(seed: u64) -> Options {
    Options {
        folder: Path::new(env!("CARGO_MANIFEST_DIR")).to_owned(),
        network: "mainnet".to_owned(),
        list: None,
        accounts: Some(150),
        seed,
        share: 50,
        rounds: 2,
        on: On::New,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_moves_and_no_unit_is_missing() {
    let report = run(&options(3), &Progress::silent()).await;
    let report = report.expect("rehearsed");
    assert!(report.holds(), "{report}");
    assert_eq!(report.expired, 1);
    assert_eq!(report.redeemed, 4, "two of the switch-over's, two later");
    let mended = |how| {
        report
            .repairs
            .iter()
            .filter(move |it| it.how == how)
            .count()
    };
    assert_eq!(mended(Remedy::Redeemed), 4, "{:?}", report.repairs);
    assert_eq!(mended(Remedy::SentAgain), 1, "{:?}", report.repairs);
    assert_eq!(
        (report.proofs.accepted, report.proofs.refused.len()),
        (100, 3)
    );
    assert!(report.rewards > 0 && report.winning_tickets > 0, "{report}");
    let classes: Vec<_> = report.classes.iter().map(|it| it.class).collect();
    for class in [
        Class::Orchestrators,
        Class::SignedOrchestrators,
        Class::Wallets,
        Class::Locks,
        Class::Broadcasters,
        Class::Delegators,
    ] {
        assert!(classes.contains(&class), "{class:?} in {classes:?}");
    }
    let claimed = report.classes.iter();
    let claimed = claimed.filter(|it| it.class == Class::Delegators);
    let claimed: u64 = claimed.map(|it| it.accounts).sum();
    assert_eq!(claimed as usize, report.leaves - report.empty);

    assert_eq!(report.dust.stake, U256::ZERO, "the last one takes the rest");
    let document = serde_json::to_value(&report).expect("a document");
    for asset in ["lpt", "eth"] {
        assert_eq!(document[asset]["difference"], "0", "{document}");
        assert_eq!(document[asset]["unowned"], "0", "{document}");
    }
    assert!(picture(&report).starts_with("<svg"));
    let page = page(&report);
    assert!(page.contains("Every unit is accounted for."));
    assert!(
        !page.contains("<script") && !page.contains("http"),
        "it fetches nothing"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_arrives_although_command_node_and_connections_break_on_the_way() {
    let options = Options {
        on: On::Breaking(Chaos {
            seed: 2,
            command: env!("CARGO_BIN_EXE_confluence").into(),
        }),
        ..options(4)
    };
    let report = run(&options, &Progress::silent()).await;
    let report = report.expect("rehearsed");
    assert!(report.holds(), "{report}");
    let faults = report.faults.expect("things broke");
    assert!(
        faults.killed > 0 && faults.restarted > 0 && faults.cut > 0,
        "{faults:?}"
    );
    let claimed = |it: &&Moved| it.class == Class::Delegators;
    let claimed = report.classes.iter().find(claimed).expect("claims");
    assert_eq!(claimed.accounts as usize, report.leaves - report.empty);
}

#[tokio::test(flavor = "multi_thread")]
async fn begun_again_with_its_diary_on_chains_that_run_it_does_nothing_twice() {
    let pair = TwoChains::start().expect("both chains");
    let diary = tempfile::tempdir().expect("a folder");
    let there = |seed| Options {
        on: On::There {
            urls: Urls {
                l1: pair.l1_url(),
                l2: pair.l2_url(),
            },
            state: Some(diary.path().to_owned()),
        },
        ..options(seed)
    };
    let first = run(&there(5), &Progress::silent())
        .await
        .expect("rehearsed");
    assert!(first.holds(), "{first}");
    let l2 = L2::connect(&pair.l2_url(), None, None).await.expect("L2");
    let head = l2.head().await.expect("a block").number;

    let again = run(&there(5), &Progress::silent()).await.expect("told");
    assert_eq!(l2.head().await.expect("a block").number, head);
    let to_fail = pair.follower().status().failing_redeems;
    assert_eq!(to_fail, 0, "nobody else's tickets are made to fail");
    let told = |it: &Report| {
        let sums = [&it.lpt, &it.eth].map(|it| (it.before, it.owned, it.paid, it.owed));
        let moved = it
            .classes
            .iter()
            .map(|it| (it.accounts, it.gas_l1, it.gas_l2));
        (sums, moved.collect::<Vec<_>>(), it.repairs.clone())
    };
    assert_eq!(told(&again), told(&first));

    let other = run(&there(6), &Progress::silent()).await;
    let other = other.expect_err("another rehearsal");
    assert!(other.is_usage(), "{other}");
    assert!(other.to_string().contains("another list, seed"), "{other}");
}
