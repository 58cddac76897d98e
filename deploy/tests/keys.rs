//! Where keys come from, what is refused, and that none of them can be read in an error.

use std::{fs, path::PathBuf};

use alloy::primitives::{Address, address};
use confluence::keys::{KeyError, Source};
use tempfile::TempDir;

const KEY: &str = "1111111111111111111111111111111111111111111111111111111111111111";
const OWNER: Address = address!("0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A");

fn file(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).expect("written");
    path
}

/// A geth keystore of the key above, with password "correct horse" and a work factor that is quick to open.
fn keystore() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/keystore.json"
    ))
}

#[tokio::test]
async fn a_key_file_is_read_with_and_without_0x() {
    let folder = tempfile::tempdir().expect("a folder");
    for text in [KEY.to_owned(), format!("0x{KEY}\n")] {
        let source = Source::File(file(&folder, "key", &text));
        assert_eq!(
            source.account(1, None).await.expect("a key").address(),
            OWNER
        );
    }
}

#[tokio::test]
async fn a_file_without_a_key_is_refused_without_repeating_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let almost = &KEY[..62];
    let error = Source::File(file(&folder, "key", almost))
        .account(1, None)
        .await;
    let error = error.expect_err("two digits short");
    assert!(error.is_usage());
    assert!(!format!("{error} {error:?}").contains(almost), "{error:?}");
}

#[tokio::test]
async fn a_keystore_opens_with_its_password_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let password = Some(file(&folder, "password", "correct horse\n"));
    let source = Source::Keystore {
        file: keystore(),
        password,
    };
    assert_eq!(
        source.account(1, None).await.expect("opens").address(),
        OWNER
    );
}

#[tokio::test]
async fn a_wrong_password_is_told_and_not_repeated() {
    let folder = tempfile::tempdir().expect("a folder");
    let password = Some(file(&folder, "password", "wrong horse"));
    let error = Source::Keystore {
        file: keystore(),
        password,
    }
    .account(1, None)
    .await;
    let error = error.expect_err("wrong password");
    assert!(matches!(error, KeyError::Keystore { .. }), "{error}");
    assert!(
        !format!("{error} {error:?}").contains("wrong horse"),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_file_that_is_no_keystore_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let password = Some(file(&folder, "password", "x"));
    let source = Source::Keystore {
        file: file(&folder, "key", "{}"),
        password,
    };
    assert!(matches!(
        source.account(1, None).await,
        Err(KeyError::Keystore { .. })
    ));
}

#[tokio::test]
async fn a_missing_file_is_named() {
    let source = Source::File(PathBuf::from("/nonexistent/key"));
    let error = source
        .account(1, None)
        .await
        .expect_err("missing")
        .to_string();
    assert_eq!(error, "cannot read /nonexistent/key");
}

#[tokio::test]
async fn a_key_of_another_account_than_expected_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = Source::File(file(&folder, "key", KEY));
    let expected = Address::repeat_byte(1);
    let error = source
        .account(1, Some(expected))
        .await
        .expect_err("another account");
    assert!(
        matches!(error, KeyError::WrongAccount { expected: e, found: OWNER } if e == expected),
        "{error}"
    );
}

#[tokio::test]
async fn an_accounts_debug_output_is_its_address_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let account = Source::File(file(&folder, "key", KEY))
        .account(1, None)
        .await
        .expect("a key");
    assert_eq!(format!("{account:?}"), format!("Account({OWNER:?})"));
}

// needs a machine to which no open Ledger is connected
#[tokio::test]
async fn a_ledger_that_is_not_there_is_an_error_that_says_what_to_do() {
    let error = Source::Ledger(0)
        .account(1, None)
        .await
        .expect_err("no device");
    assert!(!error.is_usage(), "{error}");
    let said = error.to_string();
    assert!(said.starts_with("cannot use the Ledger: "), "{said}");
    assert!(
        said.ends_with("unlock it and open its Ethereum app"),
        "{said}"
    );
}
