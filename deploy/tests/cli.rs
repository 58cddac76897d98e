//! What the command says: help, results, errors and exit codes, word for word.
//! Renewed on purpose with `SNAPSHOTS=overwrite cargo test -p confluence --test cli`.

mod command;

use std::path::Path;

use clap::CommandFactory as _;
use confluence::cli::Cli;
use snapbox::{Data, str};

use command::confluence;

fn file_with(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), text).expect("written");
    file
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// Every verb, with the words that lead to it.
fn verbs(command: &clap::Command, words: &[String], found: &mut Vec<Vec<String>>) {
    // the devnode's help is the devnode's own
    let ours = |verb: &&clap::Command| verb.get_name() != "devnode";
    for verb in command.get_subcommands().filter(ours) {
        let words = [words, &[verb.get_name().to_owned()]].concat();
        verbs(verb, &words, found);
        found.push(words);
    }
}

#[test]
fn help_of_every_verb_is_as_reviewed() {
    let mut all = vec![Vec::new()];
    verbs(&Cli::command(), &[], &mut all);
    assert!(all.len() > 40, "{all:?}");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    for words in all {
        let name = match words.is_empty() {
            true => "help".to_owned(),
            false => words.join("-"),
        };
        let expected = Data::read_from(&folder.join(name).with_extension("txt"), None);
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        words.push("--help");
        let said = confluence(&words).assert().success().stdout_eq(expected);
        let said = said.stderr_eq("").get_output().stdout.clone();
        let said = String::from_utf8(said).expect("text");
        for part in ["Exit codes:\n  0  done\n  1  failed", "--json"] {
            assert!(said.contains(part), "{words:?} says nothing of {part:?}");
        }
    }
}

/// Every text of a folder's Rust files.
fn sources(folder: &Path, all: &mut String) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => sources(&path, all),
            false => *all += &std::fs::read_to_string(&path).expect("text"),
        }
    }
}

#[test]
fn the_page_about_the_command_has_every_schema_and_exit_code() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(here.join("../docs/guide/command.md")).expect("the page");
    let mut code = String::new();
    for folder in ["src/cli", "../devnode/src/cli"] {
        sources(&here.join(folder), &mut code);
    }
    let mut schemas: Vec<&str> = code
        .split(['"', '`'])
        .filter(|text| text.starts_with("confluence.") && text.ends_with("/1"))
        .collect();
    schemas.sort_unstable();
    schemas.dedup();
    assert!(schemas.len() > 40, "{schemas:?}");
    for schema in schemas {
        assert!(page.contains(&format!("`{schema}`")), "{schema} is missing");
    }
    for code in 0..4 {
        assert!(page.contains(&format!("\n| {code} | ")), "{code}");
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

/// An id that no ticket has.
const NO_TICKET: &str = "0x1111111111111111111111111111111111111111111111111111111111111111";

#[test]
fn what_is_neither_hash_nor_address_is_a_usage_error() {
    confluence(&["status", "0x12"]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: invalid value '0x12' for '<HASH|ID|ADDRESS>': expected a hash or ticket id (0x and 64 hex digits) or an address (0x and 40)

For more information, try '--help'.

"#]]);
}

#[test]
fn a_chain_without_endpoint_names_the_option_that_gives_one() {
    confluence(&["status", NO_TICKET, "--network", "mainnet"])
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: no RPC endpoint of L1 is known: give --l1-rpc URL, or name a network file that has one

"#]]);
}

#[test]
fn a_verb_that_sends_asks_for_a_key_and_says_how_to_give_one() {
    confluence(&["redeem", NO_TICKET]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: no key was given: use --keystore FILE, --key-file FILE, --ledger, or the variable CONFLUENCE_PRIVATE_KEY (--unlocked ADDRESS on a development chain)

"#]]);
}

#[test]
fn two_keys_at_once_are_a_usage_error() {
    confluence(&["redeem", NO_TICKET, "--key-file", "a", "--keystore", "b"])
        .assert()
        .code(2)
        .stdout_eq("");
}

/// The key of 32 times 0x11, and its account.
const ALICE_KEY: &str = "0x1111111111111111111111111111111111111111111111111111111111111111";
const ALICE: &str = "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A";
const BOB: &str = "0x00000000000000000000000000000000000000AA";

#[test]
fn an_authorization_has_the_digest_of_livepeers_contract_and_needs_no_node() {
    let key = file_with(ALICE_KEY);
    let folder = tempfile::tempdir().expect("a folder");
    let written = folder.path().join("move.json");
    let mut arguments = vec!["authorize", "delegator", "--network", "mainnet"];
    arguments.extend(["--l1-addr", ALICE, "--l2-addr", BOB, "--json"]);
    arguments.extend(["--key-file", text(key.path()), "--out", text(&written)]);
    let output = confluence(&arguments)
        .assert()
        .success()
        .stderr_eq("")
        .get_output()
        .stdout
        .clone();
    let document: serde_json::Value = serde_json::from_slice(&output).expect("one document");
    assert_eq!(
        document["hashes"]["digest"],
        "0x0c992803337ac8408f27481e7a43b778c218009a9baf97daccc5d160f5649ce2"
    );
    assert_eq!(document["typed_data"]["primaryType"], "MigrateDelegator");
    let file = std::fs::read_to_string(written).expect("a file");
    assert!(file.contains(document["signature"].as_str().expect("a signature")));
    assert!(!file.contains("1111111111"), "the key is nowhere");
}

#[test]
fn without_a_key_the_message_is_printed_for_a_wallet() {
    let mut arguments = vec!["authorize", "sender", "--network", "mainnet"];
    arguments.extend(["--l1-addr", ALICE, "--l2-addr", BOB]);
    confluence(&arguments)
        .assert()
        .success()
        .stdout_eq(str![[r#"
...
account    0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A
contract   0x21146B872D3A95d2cF9afeD03eE5a783DaE9A89A on chain 1
domain     0x529b62adc1b67852955895ca21e462956a9397cef353012828b13214f3030111
message    0x[..]
digest     0x[..]
signature  none: no key was given; have a wallet sign the message above

"#]]);
}

#[test]
fn a_key_that_is_not_the_accounts_signs_nothing() {
    let key = file_with(ALICE_KEY);
    let mut arguments = vec!["authorize", "sender", "--network", "mainnet"];
    arguments.extend([
        "--l1-addr",
        BOB,
        "--l2-addr",
        BOB,
        "--key-file",
        text(key.path()),
    ]);
    confluence(&arguments).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: the signature is 0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A's, not 0x00000000000000000000000000000000000000AA's; sign with that account[..]

"#]]);
}

#[test]
fn the_null_address_gets_nothing() {
    let null = "0x0000000000000000000000000000000000000000";
    let mut arguments = vec!["authorize", "sender", "--network", "mainnet"];
    arguments.extend(["--l1-addr", ALICE, "--l2-addr", null]);
    confluence(&arguments).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: the account on L2 is the null address; give the address that is to get what is moved with --l2-addr

"#]]);
}

#[test]
fn a_cost_without_its_unit_is_a_usage_error() {
    for (arguments, said) in [
        (
            ["--gas-price", "20"],
            "the unit is missing: write 20gwei or 20wei",
        ),
        (
            ["--l1-fee", "0.1eth"],
            "\"eth\" is no unit of gas prices: use gwei or wei",
        ),
        (
            ["--l1-gas-price", "0gwei"],
            "0gwei is not a price: expected more than 0",
        ),
        (
            ["--eth-usd", "2500usd"],
            "expected a number of US dollars, like 2500",
        ),
        (["--lpt-usd", "-1"], "-1"),
        (
            ["--week", "2022-02-30"],
            "\"2022-02-30\" is not a date: expected YYYY-MM-DD",
        ),
    ] {
        let [option, value] = arguments;
        let output = confluence(&["bench", "cost", &format!("{option}={value}")]);
        let output = output.assert().code(2).stdout_eq("").get_output().clone();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(stderr.contains(said), "{option} {value}: {stderr}");
    }
}

#[test]
fn a_week_that_the_price_tables_do_not_have_is_a_usage_error() {
    confluence(&["bench", "cost", "--week", "2022-02-15"])
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: the price tables have no week 2022-02-15; weeks are named by their Monday, 2021-05-31 to 2026-11-16

"#]]);
}

#[test]
fn gas_from_a_file_that_bench_gas_did_not_write_is_an_error_that_names_it() {
    let other = file_with("{}");
    confluence(&["bench", "cost", "--gas", text(other.path())])
        .assert()
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: [..] is not what `confluence bench gas --write` writes
  because: missing field `runs` at line 1 column 2

"#]]);
}

#[test]
fn own_prices_are_said_to_be_given_and_have_no_history() {
    let own = [
        "bench",
        "cost",
        "--gas-price",
        "0.02gwei",
        "--l1-fee",
        "0.05gwei",
        "--eth-usd",
        "2500",
    ];
    let output = confluence(&own)
        .assert()
        .success()
        .stderr_eq("")
        .get_output()
        .clone();
    let stdout = String::from_utf8(output.stdout).expect("text");
    assert!(
        stdout.contains("a gas on Arbitrum 0.02 gwei (given)"),
        "{stdout}"
    );
    assert!(stdout.contains("the week of 2026-02-09"), "{stdout}");
    assert!(
        stdout.contains("SYNTHETIC list made from seed 1, not real accounts"),
        "{stdout}"
    );
    assert!(!stdout.contains("A role's year"), "{stdout}");

    let json = confluence(&[&own[..], &["--json"]].concat());
    let json = json.assert().success().get_output().stdout.clone();
    let document: serde_json::Value = serde_json::from_slice(&json).expect("one document");
    assert_eq!(document["schema"], "confluence.bench.cost/1");
    assert_eq!(document["rates"]["eth_usd"]["basis"], "own");
    assert_eq!(document["rates"]["l1_gas_wei"]["basis"], "mean");
    assert_eq!(document["weeks"].as_array().map(Vec::len), Some(286));
}
