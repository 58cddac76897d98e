//! The verifier in plain JavaScript, which shares no code with this crate, comes to the same roots and proofs.

use std::{path::Path, process::Command};

use confluence::snapshot::{Found, Population, Proof};

fn verifier(arguments: &[&str]) -> (i32, String) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/verifier/verifier.mjs");
    let run = Command::new("node")
        .arg(script)
        .args(arguments)
        .output()
        .expect("node, which scripts/setup asks for");
    let text = String::from_utf8([run.stdout, run.stderr].concat()).expect("UTF-8");
    (run.status.code().expect("not killed"), text)
}

fn written(found: &Found, folder: &tempfile::TempDir) -> String {
    let path = folder.path().join("list.json");
    std::fs::write(&path, found.list.to_json()).expect("written");
    path.to_str().expect("UTF-8").to_owned()
}

#[test]
fn it_finds_our_root_and_our_proof() {
    // odd sizes move a last node up on several levels
    for leaves in [1, 2, 3, 117, 1001] {
        let found = Found::synthetic(Population::like_published(leaves), 5).expect("a list");
        let folder = tempfile::tempdir().expect("a folder");
        let list = written(&found, &folder);
        let someone = found.list.leaves()[leaves / 2].delegator();
        let proof = Proof::of(someone, &found).expect("in the list");
        let root = found.root().to_string();
        let (code, text) = verifier(&[&list, &someone.to_string(), &root]);
        assert_eq!(code, 0, "{text}");
        assert!(text.contains(&format!("root    {root}")), "{text}");
        let tail: String = proof
            .proof
            .iter()
            .map(|hash| format!("        {hash}\n"))
            .collect();
        let expected = format!(
            "proof   {} hashes, leads to the root\n{tail}",
            proof.proof.len()
        );
        assert!(text.ends_with(&expected), "{text}\n{expected}");
    }
}

#[test]
fn it_fails_on_another_root_and_on_an_account_that_is_not_there() {
    let found = Found::synthetic(Population::like_published(20), 5).expect("a list");
    let folder = tempfile::tempdir().expect("a folder");
    let list = written(&found, &folder);
    let (code, text) = verifier(&[&list, &format!("0x{}", "11".repeat(32))]);
    assert_eq!(code, 1);
    assert!(text.contains("NOT the expected root"), "{text}");
    let (code, text) = verifier(&[&list, &format!("0x{}", "22".repeat(20))]);
    assert_eq!(code, 1);
    assert!(text.contains("is NOT in the list"), "{text}");
}

#[test]
fn what_is_no_list_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("list.json");
    for (text, expected) in [
        ("[]", "expected a JSON array with entries"),
        ("[\"0x12\"]", "entry 0 is not 0x and 208 hex digits"),
    ] {
        std::fs::write(&path, text).expect("written");
        let (code, said) = verifier(&[path.to_str().expect("UTF-8")]);
        assert_eq!(code, 2);
        assert!(said.contains(expected), "{said}");
    }
}
