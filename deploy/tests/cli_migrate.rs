//! What the verbs that move stake say, word for word, and what they refuse before any node is asked.
//! Renewed on purpose with `SNAPSHOTS=overwrite cargo test --workspace --test cli_migrate`.

mod command;

use std::path::{Path, PathBuf};

use snapbox::str;
use tempfile::TempDir;

use command::confluence;

/// The key of 32 times 0x11, and its account.
const ALICE_KEY: &str = "0x1111111111111111111111111111111111111111111111111111111111111111";
const ALICE: &str = "0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A";
const BOB: &str = "0x00000000000000000000000000000000000000AA";
/// Some contract.
const MIGRATOR: &str = "0x1100000000000000000000000000000000000011";

/// A folder with Alice's key and what she signed.
struct Signed {
    folder: TempDir,
}

impl Signed {
    fn new(what: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let it = Self { folder };
        std::fs::write(it.key(), ALICE_KEY).expect("written");
        let (key, out) = (it.key(), it.authorization());
        let mut arguments = vec!["authorize"];
        arguments.extend(what);
        arguments.extend(["--l1-addr", ALICE, "--l2-addr", BOB]);
        arguments.extend(["--l1-migrator", MIGRATOR]);
        arguments.extend(["--key-file", text(&key), "--out", text(&out)]);
        confluence(&arguments).assert().success();
        it
    }

    fn key(&self) -> PathBuf {
        self.folder.path().join("key")
    }

    fn authorization(&self) -> PathBuf {
        self.folder.path().join("move.json")
    }

    /// `migrate` with the authorization, and what it says.
    fn refused(&self, kind: &[&str]) -> String {
        let (key, file) = (self.key(), self.authorization());
        let mut arguments = vec!["migrate"];
        arguments.extend(kind);
        arguments.extend(["--authorization", text(&file), "--key-file", text(&key)]);
        let output = confluence(&arguments).assert().code(2).stdout_eq("");
        String::from_utf8(output.get_output().stderr.clone()).expect("text")
    }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

#[test]
fn a_network_without_l1_migrator_names_the_option() {
    for verb in [&["migrate", "delegator"][..], &["preview", ALICE]] {
        confluence(verb).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: network devnet names no L1Migrator: give --l1-migrator ADDRESS, or a network file with l1.migrator

"#]]);
    }
}

#[test]
fn a_key_is_asked_for_before_any_node() {
    confluence(&["migrate", "sender", "--l1-migrator", MIGRATOR]).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: no key was given: use --keystore FILE, --key-file FILE, --ledger, or the variable CONFLUENCE_PRIVATE_KEY (--unlocked ADDRESS on a development chain)

"#]]);
}

#[test]
fn an_authorization_for_another_contract_is_refused_with_both() {
    let signed = Signed::new(&["delegator"]);
    let said = signed.refused(&["delegator", "--l1-migrator", BOB]);
    snapbox::assert_data_eq!(
        said,
        str![[r#"
error: the authorization is for L1Migrator 0x1100000000000000000000000000000000000011 on chain 31337, not for 0x00000000000000000000000000000000000000AA on chain 31337; authorize again with --network and --l1-migrator as here

"#]]
    );
}

#[test]
fn an_authorization_of_another_kind_names_the_command_that_takes_it() {
    let signed = Signed::new(&["locks", "--ids", "1,2"]);
    let said = signed.refused(&["delegator", "--l1-migrator", MIGRATOR]);
    assert_eq!(
        said,
        "error: the authorization moves locks; run `confluence migrate locks --authorization FILE`\n"
    );
}

#[test]
fn options_that_contradict_the_authorization_are_named() {
    let signed = Signed::new(&["locks", "--ids", "1,2"]);
    let said = signed.refused(&["locks", "--ids", "1,3", "--l1-migrator", MIGRATOR]);
    assert!(
        said.contains("says --ids 1,2, the command line says 1,3"),
        "{said}"
    );
    let said = signed.refused(&["locks", "--l2-addr", ALICE, "--l1-migrator", MIGRATOR]);
    assert!(said.contains("says --l2-addr"), "{said}");

    let amount = [
        "amount",
        "--lpt",
        "5",
        "--nonce",
        "0",
        "--deadline",
        "1800000000",
    ];
    let signed = Signed::new(&amount);
    let said = signed.refused(&["amount", "--lpt", "6", "--l1-migrator", MIGRATOR]);
    assert!(said.contains("says --lpt 5.000000000000000000"), "{said}");
}

#[test]
fn an_authorization_that_was_changed_is_refused() {
    let signed = Signed::new(&["delegator"]);
    let file = signed.authorization();
    let written = std::fs::read_to_string(&file).expect("written");
    let changed = written.replace(&BOB.to_lowercase(), &ALICE.to_lowercase());
    assert_ne!(written, changed);
    std::fs::write(&file, changed).expect("written");
    let said = signed.refused(&["delegator", "--l1-migrator", MIGRATOR]);
    assert!(
        said.contains("the file was changed; authorize again"),
        "{said}"
    );
}

#[test]
fn an_authorization_without_signature_says_who_must_sign_what() {
    let folder = tempfile::tempdir().expect("a folder");
    let (key, file) = (folder.path().join("key"), folder.path().join("move.json"));
    std::fs::write(&key, ALICE_KEY).expect("written");
    let mut arguments = vec!["authorize", "sender", "--l1-addr", BOB, "--l2-addr", BOB];
    arguments.extend(["--l1-migrator", MIGRATOR, "--out", text(&file)]);
    confluence(&arguments).assert().success();
    let mut arguments = vec!["migrate", "sender", "--l1-migrator", MIGRATOR];
    arguments.extend(["--authorization", text(&file), "--key-file", text(&key)]);
    confluence(&arguments).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: the authorization has no signature yet; have 0x00000000000000000000000000000000000000AA sign its digest 0x[..] and give the result with --signature

"#]]);
}

#[test]
fn what_must_be_named_is_asked_for() {
    confluence(&["migrate", "locks"])
        .assert()
        .code(2)
        .stdout_eq("");
    confluence(&["migrate", "amount"])
        .assert()
        .code(2)
        .stdout_eq("");
    confluence(&["migrate", "delegator", "--safe-json", "x"])
        .assert()
        .code(2)
        .stdout_eq("");
    confluence(&["claim"]).assert().code(2).stdout_eq("");
}

#[test]
fn a_proof_file_that_is_none_is_refused_before_any_node() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("proof.json");
    std::fs::write(&file, "{}").expect("written");
    let arguments = ["claim", "--controller", BOB, "--network", "mainnet"];
    let mut arguments = arguments.to_vec();
    arguments.extend(["--proof", text(&file), "--unlocked", ALICE]);
    confluence(&arguments).assert().code(2).stdout_eq("").stderr_eq(str![[r#"
error: [..]proof.json is not a proof as `confluence snapshot prove --json` prints it: missing field `delegator` at line 1 column 2

"#]]);
}

#[test]
fn completions_and_manual_pages_know_the_verbs() {
    for shell in ["bash", "zsh", "fish"] {
        let output = confluence(&["completions", shell]).assert().success();
        let script = String::from_utf8(output.get_output().stdout.clone()).expect("text");
        for verb in ["migrate", "preview", "watch", "keepalive"] {
            assert!(script.contains(verb), "{shell}: {verb}");
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let pages = folder.path().join("man1");
    let output = confluence(&["man", text(&pages), "--json"])
        .assert()
        .success();
    let document: serde_json::Value =
        serde_json::from_slice(&output.get_output().stdout).expect("one document");
    assert_eq!(document["schema"], "confluence.man/1");
    for page in [
        "confluence.1",
        "confluence-migrate-delegator.1",
        "confluence-claim.1",
    ] {
        let page = std::fs::read_to_string(pages.join(page)).expect(page);
        assert!(page.contains(".SH NAME"), "{page}");
    }
}

#[test]
fn a_configuration_gives_defaults_that_options_override() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("config.toml");
    std::fs::write(&file, "network = \"sepolia\"\n").expect("written");
    let run = |arguments: &[&str]| {
        let output = confluence(arguments).env("CONFLUENCE_CONFIG", &file);
        let output = output.assert().code(2).stdout_eq("");
        String::from_utf8(output.get_output().stderr.clone()).expect("text")
    };
    let preview = ["preview", ALICE];
    let said = run(&preview);
    assert!(
        said.contains("network sepolia names no L1Migrator"),
        "{said}"
    );
    let said = run(&["preview", ALICE, "--network", "devnet"]);
    assert!(
        said.contains("network devnet names no L1Migrator"),
        "{said}"
    );

    std::fs::write(&file, "private_key = \"0x11\"\n").expect("written");
    let said = run(&preview);
    assert!(said.contains("it may set network, l1_rpc"), "{said}");
    assert!(said.contains("unknown field `private_key`"), "{said}");
}
