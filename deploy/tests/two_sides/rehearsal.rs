//! The rehearsal with a small made-up population: everything that happens to the real one happens to it.

use std::path::Path;

use alloy::primitives::U256;
use confluence::{
    network::Network,
    progress::Progress,
    rehearse::{Class, Moved, Options, page, picture, run},
};

fn options(seed: u64) -> Options {
    let mainnet = Network::load("mainnet").expect("built in");
    Options {
        folder: Path::new(env!("CARGO_MANIFEST_DIR")).to_owned(),
        migration: mainnet.migration().expect("LIP-73").clone(),
        list: None,
        accounts: Some(150),
        seed,
        share: 50,
        rounds: 2,
        urls: None,
        chaos: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_moves_and_no_unit_is_missing() {
    let report = run(&options(3), &Progress::silent()).await;
    let report = report.expect("rehearsed");
    assert!(report.holds(), "{report}");
    assert_eq!(report.expired, 1);
    assert_eq!(report.redeemed, 4, "two of the switch-over's, two later");
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
        chaos: Some(2),
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
