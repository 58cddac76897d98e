//! What the command says: help, results, errors and exit codes, word for word.
//! Renewed on purpose with `SNAPSHOTS=overwrite cargo test -p confluence --test cli`.

use std::path::Path;

use snapbox::{cmd::Command, file, str};

/// The command, with nothing of the user's environment that would change what it says.
fn confluence(arguments: &[&str]) -> Command {
    Command::new(snapbox::cmd::cargo_bin!("confluence"))
        .args(arguments)
        .env_remove("CONFLUENCE_SNAPSHOT")
        .env_remove("CONFLUENCE_LOG")
        .env("HOME", "/nonexistent")
        .env_remove("XDG_CACHE_HOME")
        .current_dir("/")
}

fn file_with(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), text).expect("written");
    file
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

#[test]
fn help_of_every_verb_is_as_reviewed() {
    confluence(&["--help"])
        .assert()
        .success()
        .stdout_eq(file!["cli/help.txt"])
        .stderr_eq("");
    for (arguments, expected) in [
        (
            &["bench", "devnode", "--help"][..],
            file!["cli/bench-devnode.txt"],
        ),
        (&["build", "--help"], file!["cli/build.txt"]),
        (&["demo", "--help"], file!["cli/demo.txt"]),
        (&["snapshot", "--help"], file!["cli/snapshot.txt"]),
        (
            &["snapshot", "get", "--help"],
            file!["cli/snapshot-get.txt"],
        ),
        (
            &["snapshot", "root", "--help"],
            file!["cli/snapshot-root.txt"],
        ),
        (
            &["snapshot", "prove", "--help"],
            file!["cli/snapshot-prove.txt"],
        ),
        (
            &["snapshot", "verify", "--help"],
            file!["cli/snapshot-verify.txt"],
        ),
        (
            &["snapshot", "build", "--help"],
            file!["cli/snapshot-build.txt"],
        ),
        (
            &["snapshot", "diff", "--help"],
            file!["cli/snapshot-diff.txt"],
        ),
        (
            &["snapshot", "generate", "--help"],
            file!["cli/snapshot-generate.txt"],
        ),
    ] {
        confluence(arguments)
            .assert()
            .success()
            .stdout_eq(expected)
            .stderr_eq("");
    }
}

#[test]
fn a_misspelt_verb_is_a_usage_error_and_stdout_stays_empty() {
    confluence(&["snapshto"])
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: unrecognized subcommand 'snapshto'

  tip: a similar subcommand exists: 'snapshot'

Usage: confluence [OPTIONS] <COMMAND>

For more information, try '--help'.

"#]]);
}

#[test]
fn root_of_a_synthetic_list_says_that_it_is_synthetic() {
    confluence(&["snapshot", "root", "--synthetic", "1"])
        .assert()
        .success()
        .stderr_eq("")
        .stdout_eq(str![[r#"
root      0x2e03220bd70b4c1c941fcefe6bfdbb5ab94470df3ebe01de5cb4bfaf9205776e
list      SYNTHETIC list made from seed 1, not real accounts
leaves    4759 in a tree of depth 13
accounts  3255 with stake, 531 with fees only, 973 empty
delegates 98; 1505 accounts have none
stake     10239676.190427170097425142 LPT
fees      15.493909235859321603 ETH

"#]]);
}

#[test]
fn json_is_one_document_with_its_schema_and_verbose_does_not_change_it() {
    let plain = confluence(&["snapshot", "root", "--synthetic", "1", "--json"]);
    let plain = plain.assert().success().get_output().stdout.clone();
    let document: serde_json::Value = serde_json::from_slice(&plain).expect("one document");
    assert_eq!(document["schema"], "confluence.snapshot/1");
    assert_eq!(document["leaves"], 4759);
    assert_eq!(document["list"]["synthetic"]["seed"], 1);
    confluence(&["snapshot", "root", "--synthetic", "1", "--json", "-vvv"])
        .assert()
        .success()
        .stdout_eq(String::from_utf8(plain).expect("text"));
}

#[test]
fn a_proof_that_was_printed_verifies_and_a_changed_one_does_not() {
    let generate = tempfile::tempdir().expect("a folder");
    let list = generate.path().join("list.json");
    let list = text(&list);
    confluence(&[
        "snapshot", "generate", "--seed", "1", "--leaves", "20", "--out", list,
    ])
    .assert()
    .success();
    let made = std::fs::read_to_string(list).expect("a list");
    let (_, entry) = made
        .lines()
        .nth(3)
        .expect("an entry")
        .split_once('"')
        .expect("quoted");
    let account = &entry[..42];

    let proof = confluence(&[
        "snapshot",
        "prove",
        account,
        "--unpublished",
        list,
        "--json",
    ]);
    let proof = String::from_utf8(proof.assert().success().get_output().stdout.clone());
    let proof = proof.expect("text");
    let document: serde_json::Value = serde_json::from_str(&proof).expect("one document");
    let root = document["root"].as_str().expect("a root");

    let good = file_with(&proof);
    confluence(&["snapshot", "verify", text(good.path()), "--root", root])
        .assert()
        .success();
    // against the published root, which this list does not have
    confluence(&["snapshot", "verify", text(good.path())])
        .assert()
        .code(1);

    let stake = document["stake"].as_str().expect("a number");
    let bad = file_with(&proof.replace(stake, "0x1"));
    confluence(&["snapshot", "verify", text(bad.path()), "--root", root])
        .assert()
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: the proof for 0x[..] leads to 0x[..], not to 0x[..]: it was made for another list or was changed

"#]]);
}

#[test]
fn a_malformed_entry_is_named_with_its_position() {
    let broken = file_with("[\n  \"0x00\"\n]");
    confluence(&["snapshot", "root", "--unpublished", text(broken.path())])
        .assert()
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: [..] is not a snapshot list
  because: entry 0 (line 2) is malformed: expected 208 hex digits (delegator, delegate, stake, fees), found 2

"#]]);
}

#[test]
fn a_list_that_is_not_the_published_one_is_refused_with_both_roots() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("list.json");
    let list = text(&list);
    confluence(&["snapshot", "generate", "--seed", "1", "--out", list])
        .assert()
        .success();
    confluence(&["snapshot", "root", "--list", list]).assert().code(1).stderr_eq(str![[r#"
error: [..] is not the published LIP-73 list: its root is 0x2e03220bd70b4c1c941fcefe6bfdbb5ab94470df3ebe01de5cb4bfaf9205776e, the published root is 0xe8a38536befba9f758950f09fbe609fbeee1cf85c8bf6932f1b4f832d49de3cc

"#]]);
}

#[test]
fn an_account_outside_the_list_is_a_usage_error() {
    let nobody = "0x00000000000000000000000000000000DeaDBeef";
    confluence(&["snapshot", "prove", nobody, "--synthetic", "1"]).assert().code(2).stderr_eq(str![[
        r#"
error: 0x00000000000000000000000000000000DeaDBeef is not in the SYNTHETIC list made from seed 1, not real accounts: it had no stake to move by snapshot; orchestrators and contract wallets migrate from Ethereum instead

"#
    ]]);
}

#[test]
fn a_list_that_is_nowhere_is_an_error_that_says_how_to_get_it() {
    confluence(&["snapshot", "root"]).assert().code(1).stdout_eq("").stderr_eq(str![[r#"
error: the published LIP-73 list was not found (looked in: [..]); give it with --list FILE or CONFLUENCE_SNAPSHOT=FILE, fetch it with `confluence snapshot get`, or use a stand-in with --synthetic SEED

"#]]);
}

#[test]
fn an_impossible_population_is_a_usage_error() {
    confluence(&[
        "snapshot", "generate", "--seed", "1", "--leaves", "0", "--out", "x",
    ])
    .assert()
    .code(2)
    .stderr_eq(str![[r#"
error: cannot make a list of 0 leaves and 1 delegates: a list has at least one leaf

"#]]);
}

#[test]
fn a_network_without_migration_is_a_usage_error() {
    confluence(&["snapshot", "root", "--network", "sepolia"])
        .assert()
        .code(2)
        .stderr_eq(str![[r#"
error: network sepolia has no [migration]; a network file that has one is needed

"#]]);
}

#[test]
fn building_outside_a_checkout_is_a_usage_error() {
    confluence(&["build"])
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: no workspace with a `contracts` folder at or above .; run this inside a checkout

"#]]);
}
