//! What the verbs about payments and polls say, word for word, and that they refuse what cannot be meant before anything is sent.
//! Renewed on purpose with `SNAPSHOTS=overwrite cargo test --workspace --test cli_payments`.

mod command;

use snapbox::str;

use command::confluence;

const SOMEBODY: &str = "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A";

#[test]
fn the_forums_example_is_the_default() {
    let output = confluence(&["reserve"])
        .assert()
        .success()
        .stderr_eq("")
        .get_output()
        .stdout
        .clone();
    let text = String::from_utf8(output).expect("text");
    let rows: Vec<Vec<&str>> = text
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(
        rows[1][..6],
        ["gas", "of", "a", "redemption", "250000", "250000"]
    );
    assert_eq!(rows[2][..6], ["gas", "price", "100", "gwei", "2", "gwei"]);
    assert_eq!(
        rows[3][..8],
        [
            "cost",
            "of",
            "a",
            "redemption",
            "0.025",
            "ETH",
            "0.0005",
            "ETH"
        ]
    );
    assert_eq!(
        rows[4][..8],
        ["overhead", "at", "0.18", "ETH", "13.89", "%", "0.28", "%"]
    );
    assert_eq!(
        rows[5][..9],
        [
            "face", "value", "for", "1.00", "%", "2.5", "ETH", "0.05", "ETH"
        ]
    );
    assert_eq!(
        rows[6][..8],
        [
            "reserve",
            "for",
            "100",
            "orchestrators",
            "250",
            "ETH",
            "5",
            "ETH"
        ]
    );
}

#[test]
fn the_comparison_is_one_json_document() {
    let output = confluence(&["reserve", "--json"])
        .assert()
        .success()
        .get_output()
        .stdout
        .clone();
    let json: serde_json::Value = serde_json::from_slice(&output).expect("JSON");
    assert_eq!(json["schema"], "confluence.reserve/1");
    assert_eq!(
        json["chains"][1]["face_value_at_target"],
        "50000000000000000"
    );
    assert_eq!(
        json["chains"][1]["reserve_at_target"],
        "5000000000000000000"
    );
}

#[test]
fn senseless_numbers_are_refused_with_what_was_expected() {
    confluence(&["reserve", "--face-value", "0"])
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq("error: the face value is 0; a ticket has to be worth something\n");
    confluence(&["reserve", "--target", "101"])
        .assert()
        .code(2)
        .stderr_eq(
            "error: the target is 1010000 millionths; expected more than 0 and at most 100 %\n",
        );
    confluence(&["reserve", "--face-value", "much"]).assert().code(2).stderr_eq(str![[r#"
error: invalid value 'much' for '--face-value <ETH>': expected an amount of ETH such as 0.5: invalid digit: m

For more information, try '--help'.

"#]]);
}

#[test]
fn a_system_has_to_be_named() {
    confluence(&["orchestrator", SOMEBODY])
        .assert()
        .code(2)
        .stdout_eq("");
    confluence(&["broadcaster", "show", SOMEBODY])
        .assert()
        .code(2)
        .stdout_eq("");
    confluence(&["poll", "show"]).assert().code(2).stdout_eq("");
}

#[test]
fn a_network_without_a_node_asks_for_one() {
    confluence(&[
        "orchestrator",
        SOMEBODY,
        "--controller",
        SOMEBODY,
        "--network",
        "nowhere",
    ])
    .assert()
    .code(2)
    .stdout_eq("");
}

#[test]
fn a_key_is_needed_before_anything_is_sent() {
    let unlock = ["broadcaster", "unlock", "--controller", SOMEBODY];
    confluence(&unlock).assert().code(2).stdout_eq("").stderr_eq(
        "error: no key was given: use --keystore FILE, --key-file FILE, --ledger, or the variable CONFLUENCE_PRIVATE_KEY (--unlocked ADDRESS on a development chain)\n",
    );
    confluence(&unlock)
        .env("CONFLUENCE_PRIVATE_KEY", "0x12")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq("error: CONFLUENCE_PRIVATE_KEY does not hold a private key: expected 64 hex digits, with or without 0x\n");
}
