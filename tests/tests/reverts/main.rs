//! Every revert string of Livepeer's L2 contracts is reached: with all programs wired, by a call that a user, an owner or another
//! contract makes.
//! Always holds: `tests/fixtures/revert-strings.tsv` is the original's list; what is missing from it is named here with the
//! reason, and so is what is ours. No program has a string that is in neither.

mod bonding;
mod broker;
mod others;
mod sources;
mod stage;
mod token;

use confluence_kit::sim::Revert;
use stage::Stage;
use std::collections::BTreeSet;

/// Program, string, and how it comes about from the stage's state.
type Case = (&'static str, &'static str, fn(&Stage) -> Revert);

/// Strings of the original that a call to our programs cannot end with.
const UNREACHABLE: [(&str, &str); 7] = [
    // Its proxy looks its target up in the registry; ours are ERC-1967's (deviation X9).
    ("manager-proxy", "target contract must be registered"),
    // No contract on L2 has a function for a paused system alone.
    ("manager", "system is not paused"),
    // The list's callers have looked before: its own tests have these (`contracts/bonding-manager/tests/reverts.rs`).
    ("bonding-manager", "list is full"),
    ("bonding-manager", "node already in list"),
    ("bonding-manager", "key is zero"),
    // A poll is EVM code, and this world runs none: `deploy/tests/payments.rs` reaches them on a devnode.
    ("poll", "poll is over"),
    ("poll", "poll is active"),
];

/// Strings that the original does not have (deviations X6, X11, ADR 0006).
const OURS: [(&str, &str); 3] = [
    ("bonding-manager", "ILLEGAL_CLAIM_EARNINGS"),
    ("bonding-manager", "caller must be L2Migrator"),
    ("ticket-broker", "ticket recipient is not active"),
];

fn cases() -> impl Iterator<Item = &'static Case> {
    [bonding::CASES, broker::CASES, others::CASES, token::CASES]
        .into_iter()
        .flatten()
}

/// The original's list.
fn listed() -> BTreeSet<(&'static str, &'static str)> {
    let rows = include_str!("../../fixtures/revert-strings.tsv").lines();
    rows.filter(|row| !row.starts_with('#'))
        .map(|row| row.split_once('\t').expect("two columns"))
        .collect()
}

/// Whether `text` is `pattern`, in which a `*` stands for anything.
fn is_like(text: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('*');
    let mut rest = parts.next().and_then(|first| text.strip_prefix(first));
    for part in parts {
        rest = rest.and_then(|rest| match part {
            "" => Some(""),
            part => Some(rest.split_once(part)?.1),
        });
    }
    rest == Some("")
}

#[test]
fn each_case_reverts_with_its_string() {
    for (program, text, case) in cases() {
        let revert = case(&Stage::new());
        let said = stage::text_of(&revert);
        assert!(
            said.as_deref().is_some_and(|said| is_like(said, text)),
            "{program} should say {text:?}, but reverted with {revert:?}"
        );
    }
}

#[test]
fn each_string_of_the_original_is_reached_or_said_to_be_unreachable() {
    let reached: BTreeSet<_> = cases()
        .map(|(program, text, _)| (*program, *text))
        .collect();
    let unreachable = BTreeSet::from(UNREACHABLE);
    let missing: Vec<_> = listed()
        .into_iter()
        .filter(|row| !reached.contains(row) && !unreachable.contains(row))
        .collect();
    assert_eq!(missing, [], "no case reaches these");
    let both: Vec<_> = reached.intersection(&unreachable).collect();
    assert_eq!(both, [] as [&(&str, &str); 0], "reached after all");
    let known = listed().into_iter().chain(OURS).collect();
    let invented: Vec<_> = reached.difference(&known).collect();
    assert_eq!(invented, [] as [&(&str, &str); 0], "nobody knows these");
}

#[test]
fn programs_have_no_string_but_these() {
    let known: BTreeSet<_> = listed().into_iter().chain(OURS).map(|row| row.1).collect();
    for (file, text) in sources::strings() {
        assert!(
            known.contains(text.as_str()),
            "{text:?} in {file} is no string of the original, nor listed as ours"
        );
    }
}

#[test]
fn a_star_stands_for_anything() {
    assert!(is_like(
        "account 0x12 is missing role 0x34",
        "account * is missing role *"
    ));
    assert!(is_like("plain", "plain"));
    assert!(!is_like("plainer", "plain"));
    assert!(!is_like(
        "account 0x12 has role 0x34",
        "account * is missing role *"
    ));
}
