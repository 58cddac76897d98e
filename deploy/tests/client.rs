//! The chain clients against a devnode: what is checked before anything is sent, what errors say, how programs get on chain.

use std::num::NonZeroU64;

use alloy::{
    primitives::{Address, Bytes, U256, keccak256},
    sol,
    sol_types::{Revert as ErrorString, SolError as _},
};
use confluence::{
    client::{ClientError, L1, L2, Revert},
    l2::{self, STYLUS_DEPLOYER, creation_code},
};
use confluence_devnode::{DevNode, Options};

sol! {
    function anything() external returns (uint256);
}

/// The smallest Stylus program: one entry point that succeeds.
const PROGRAM: &[u8] =
    b"\0asm\x01\0\0\0\x01\x06\x01\x60\x01\x7f\x01\x7f\x03\x02\x01\0\x05\x04\x01\x01\0\0\
    \x07\x1c\x02\x06memory\x02\0\x0fuser_entrypoint\0\0\x0a\x06\x01\x04\0\x41\0\x0b";

fn devnode() -> DevNode {
    DevNode::start(Options::default()).expect("a free port")
}

async fn client(node: &DevNode) -> L2 {
    let l2 = L2::connect(&node.http_url(), None, None)
        .await
        .expect("it answers");
    let account = l2.unlocked().await.expect("a list")[0];
    l2.with_unlocked(account)
}

/// A contract that answers every call with these bytes, by RETURN (0xf3) or REVERT (0xfd).
fn answering(opcode: u8, data: &[u8]) -> Bytes {
    let len = u8::try_from(data.len()).expect("short");
    let mut code = vec![
        0x60, len, 0x60, 12, 0x60, 0, 0x39, 0x60, len, 0x60, 0, opcode,
    ];
    code.extend(data);
    creation_code(&code)
}

async fn deployed(l2: &L2, creation: Bytes) -> Address {
    let mined = l2
        .send("deploying a test contract", None, creation, U256::ZERO)
        .await;
    mined.expect("deploys").created.expect("an address")
}

#[tokio::test]
async fn another_chain_than_expected_is_refused_with_both_ids() {
    let node = devnode();
    let error = L1::connect(&node.http_url(), NonZeroU64::new(1), None).await;
    let error = error.expect_err("it is not mainnet");
    assert!(error.is_usage());
    assert_eq!(
        error.to_string(),
        "the L1 node is on chain 412346, expected chain 1; check the RPC URL and the network"
    );
}

#[tokio::test]
async fn a_node_that_does_not_answer_is_told() {
    // a port that was just free
    let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr());
    let url = format!("http://{}", port.expect("a port"));
    let error = L2::connect(&url, None, None)
        .await
        .expect_err("nobody there");
    assert!(
        matches!(error, ClientError::Unreachable { side: "L2", .. }),
        "{error}"
    );
}

#[tokio::test]
async fn what_is_no_http_url_is_a_usage_error() {
    for url in ["", "localhost:8547", "ftp://localhost", "8547"] {
        let error = L2::connect(url, None, None).await.expect_err("no URL");
        assert!(
            matches!(error, ClientError::Url { .. }) && error.is_usage(),
            "{url}: {error}"
        );
    }
}

#[tokio::test]
async fn a_contracts_reason_reaches_the_user_and_nothing_is_sent() {
    let node = devnode();
    let l2 = client(&node).await;
    let reason = ErrorString::from("system is paused").abi_encode();
    let paused = deployed(&l2, answering(0xfd, &reason)).await;
    let before = l2
        .balance(l2.from().expect("an account"))
        .await
        .expect("a balance");

    for error in [
        l2.read(paused, &anythingCall {})
            .await
            .map(drop)
            .expect_err("reverts"),
        l2.transact(paused, &anythingCall {}, U256::ZERO)
            .await
            .map(drop)
            .expect_err("reverts"),
    ] {
        let ClientError::Reverted { reason, .. } = &error else {
            panic!("{error}")
        };
        assert_eq!(*reason, Revert::Message("system is paused".to_owned()));
        assert_eq!(
            error.to_string(),
            "anything would fail on L2: system is paused; it can be sent again once the system runs: `confluence doctor` says why it does not"
        );
    }
    let after = l2
        .balance(l2.from().expect("an account"))
        .await
        .expect("a balance");
    assert_eq!(before, after);

    // what was refused used up no nonce
    let to = Some(Address::repeat_byte(7));
    l2.send("a transfer", to, Bytes::new(), U256::ZERO)
        .await
        .expect("is mined");
}

#[tokio::test]
async fn an_answer_is_decoded() {
    let node = devnode();
    let l2 = client(&node).await;
    let seven = deployed(&l2, answering(0xf3, &U256::from(7).to_be_bytes::<32>())).await;
    assert_eq!(
        l2.read(seven, &anythingCall {}).await.expect("answers"),
        U256::from(7)
    );
    let sent = l2
        .transact(seven, &anythingCall {}, U256::ZERO)
        .await
        .expect("is mined");
    assert!(sent.gas > 21_000 && sent.block > 0);
}

#[tokio::test]
async fn an_address_without_a_contract_is_told_so() {
    let node = devnode();
    let l2 = client(&node).await;
    let error = l2
        .read(Address::repeat_byte(7), &anythingCall {})
        .await
        .expect_err("no code");
    assert!(
        error.to_string().contains("is there a contract?"),
        "{error}"
    );
}

#[tokio::test]
async fn a_client_without_an_account_does_not_send() {
    let node = devnode();
    let l2 = L2::connect(&node.http_url(), None, None)
        .await
        .expect("it answers");
    let error = l2
        .transact(Address::ZERO, &anythingCall {}, U256::ZERO)
        .await;
    let error = error.expect_err("who should pay?");
    assert!(
        matches!(error, ClientError::NoAccount { .. }) && error.is_usage(),
        "{error}"
    );
}

#[tokio::test]
async fn a_key_signs_on_this_side_and_the_node_needs_none() {
    let node = devnode();
    let folder = tempfile::tempdir().expect("a folder");
    let (address, key) = node.wallet().keys().last().expect("an account");
    let file = folder.path().join("key");
    std::fs::write(&file, key.to_string()).expect("written");
    let source = confluence::keys::Source::File(file);
    let account = source.account(412_346, Some(address)).await.expect("a key");
    let l2 = L2::connect(&node.http_url(), None, Some(&account))
        .await
        .expect("it answers");
    let to = Address::repeat_byte(9);
    l2.send("a gift", Some(to), Bytes::new(), U256::from(5))
        .await
        .expect("is mined");
    assert_eq!(l2.balance(to).await.expect("a balance"), U256::from(5));
}

#[tokio::test]
async fn a_program_is_created_activated_and_constructed_in_one_transaction() {
    let node = devnode();
    let l2 = client(&node).await;
    assert!(l2::ensure_deployer(&l2).await.expect("is put there"));
    assert!(!l2::ensure_deployer(&l2).await.expect("is there"));
    assert!(!l2.code(STYLUS_DEPLOYER).await.expect("code").is_empty());

    let code = confluence_devnode::stylus::format::wrap_classic(PROGRAM);
    let fee = l2::activation_fee(&l2, &code)
        .await
        .expect("would be accepted");
    assert!(!fee.is_zero());
    let program = l2::deploy(&l2, &code, &[]).await.expect("deploys");
    assert_eq!(l2.code(program.address).await.expect("code")[..], code[..]);
    assert_eq!(
        (program.code_hash, program.activation_fee),
        (keccak256(&code), fee)
    );

    // the same code once more is active already and costs no fee
    assert_eq!(
        l2::activation_fee(&l2, &code).await.expect("is active"),
        U256::ZERO
    );
    let twin = l2::deploy(&l2, &code, &[]).await.expect("deploys");
    assert_ne!(twin.address, program.address);
    assert_eq!(twin.activation_fee, U256::ZERO);
}

#[tokio::test]
async fn a_program_that_arbos_refuses_is_not_sent() {
    let node = devnode();
    let l2 = client(&node).await;
    l2::ensure_deployer(&l2).await.expect("is put there");
    let code = confluence_devnode::stylus::format::wrap_classic(b"\0asm\x01\0\0\0");
    let error = l2::deploy(&l2, &code, &[]).await.expect_err("no memory");
    assert!(error.to_string().contains("activateProgram"), "{error}");
}
