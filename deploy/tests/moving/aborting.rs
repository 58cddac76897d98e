//! `confluence switchover abort`: the owner gives it up, nobody else, once, and before it starts.

use crate::stage::{OTHER, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_gives_the_switch_over_up_and_then_it_never_starts() {
    let stage = Stage::closed().await;
    let verb = |verb: &str| format!("switchover {verb} --manifest @deployment.json");
    let (code, said) = stage.refused(OTHER, &verb("abort")).await;
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("sign with that account"), "{said}");
    let owner = format!("--unlocked {}", stage.l1_owner);
    let unasked = stage.run(&format!("{} {owner}", verb("abort")));
    assert_eq!(unasked.code, 2);
    assert!(unasked.err.contains("give --yes"), "{}", unasked.err);
    let nothing = stage.run(&verb("follow"));
    assert_eq!(nothing.code, 2, "{}", nothing.err);
    assert!(nothing.err.contains("has not started"), "{}", nothing.err);

    let aborted = stage
        .run(&format!("{} {owner} --yes --json", verb("abort")))
        .json();
    assert_eq!(aborted["schema"], "confluence.switchover.abort/1");
    assert_eq!(
        aborted["switch_over"],
        serde_json::to_value(stage.system.l1.switch_over).expect("JSON")
    );
    for again in ["abort", "start"] {
        let refused = stage.run(&format!("{} {owner} --yes", verb(again)));
        assert_eq!(refused.code, 1, "{}", refused.err);
        assert!(
            refused.err.contains("was aborted and never starts"),
            "{}",
            refused.err
        );
    }
    let verified = stage.run("deploy verify --manifest @deployment.json");
    assert_eq!(verified.code, 0, "{}", verified.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_started_cannot_be_given_up() {
    let stage = Stage::open().await;
    let owner = format!("--unlocked {} --yes", stage.l1_owner);
    let refused = stage.run(&format!(
        "switchover abort --manifest @deployment.json {owner}"
    ));
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert!(
        refused.err.contains("has started already"),
        "{}",
        refused.err
    );
}
