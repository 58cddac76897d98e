//! What cannot work: each case is its own error that names what to do, with nothing sent on either chain.

use alloy::primitives::{Address, Bytes};

use crate::stage::{DELEGATOR, ORCHESTRATOR, PAYER, POOR, Stage, WALLET};

#[tokio::test(flavor = "multi_thread")]
async fn before_the_switch_over_migrations_are_closed_and_a_preview_says_so() {
    let stage = Stage::closed().await;
    let (code, said) = stage.refused(ORCHESTRATOR, "migrate delegator").await;
    assert_eq!(code, 1);
    assert!(said.contains("migrations are closed: L1Migrator"), "{said}");
    assert!(said.contains("run the same command again then"), "{said}");

    let preview = stage.run(&format!("preview {} --json", ORCHESTRATOR.address()));
    assert_eq!(preview.code, 1);
    let preview: serde_json::Value = serde_json::from_str(&preview.out).expect("JSON");
    assert_eq!(preview["moves"][0]["outcome"], "fails");
    assert_eq!(preview["holdings"]["stake"], "1000000000000000000000");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_signatures_and_receivers_that_cannot_work_are_refused() {
    let stage = Stage::open().await;
    let (owner, me) = (DELEGATOR.address(), PAYER.address());
    let of_owner = format!("migrate delegator --l1-addr {owner}");
    let (code, said) = stage.refused(PAYER, &of_owner).await;
    assert_eq!(code, 2);
    assert!(said.contains(&format!("the key is {me}'s")), "{said}");
    assert!(said.contains("run `confluence authorize`"), "{said}");

    // a good signature of somebody else
    let signed = stage.run(&format!(
        "authorize delegator --l1-addr {me} --l2-addr {me} --l1-migrator {} --network @network.toml --key-file @key-85 --json",
        stage.system.l1.migrator
    ));
    let signature = signed.json()["signature"].as_str().expect("hex").to_owned();
    let (code, said) = stage
        .refused(
            PAYER,
            &format!("{of_owner} --l2-addr {me} --signature {signature}"),
        )
        .await;
    assert_eq!(code, 2);
    assert!(said.contains(&format!("not {owner}'s")), "{said}");

    let of_wallet = format!("migrate delegator --l1-addr {WALLET}");
    let (code, said) = stage.refused(PAYER, &of_wallet).await;
    assert_eq!(code, 2);
    assert!(said.contains("--safe-json FILE"), "{said}");
    let (code, said) = stage
        .refused(PAYER, &format!("{of_wallet} --signature 0x12"))
        .await;
    assert_eq!(code, 2);
    assert!(said.contains("has no code on L2"), "{said}");

    let null = Address::ZERO;
    let (code, said) = stage
        .refused(DELEGATOR, &format!("migrate delegator --l2-addr {null}"))
        .await;
    assert_eq!(code, 2);
    assert!(said.contains("null address"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wallet_that_refuses_the_signature_is_named() {
    let stage = Stage::open().await;
    // answers nothing at all
    stage
        .on_l1("anvil_setCode", (WALLET, Bytes::from_static(&[0x00])))
        .await;
    let to = Address::repeat_byte(5);
    let signed = format!("migrate delegator --l1-addr {WALLET} --l2-addr {to} --signature 0x12");
    let (code, said) = stage.refused(PAYER, &signed).await;
    assert_eq!(code, 2);
    assert!(said.contains("isValidSignature"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_run_out_is_not_there_or_cannot_be_paid_is_refused() {
    let stage = Stage::open().await;
    let late = "migrate amount --lpt 1 --nonce 0 --deadline 1000";
    let (code, said) = stage.refused(DELEGATOR, late).await;
    assert_eq!(code, 2);
    assert!(
        said.contains("authorize again with a later --deadline"),
        "{said}"
    );

    let (code, said) = stage
        .refused(DELEGATOR, "migrate amount --lpt 1 --nonce 4")
        .await;
    assert_eq!(code, 2);
    assert!(said.contains("authorize again with --nonce 0"), "{said}");

    let (code, said) = stage.refused(DELEGATOR, "migrate locks --ids 0,7").await;
    assert_eq!(code, 2);
    assert!(said.contains("its locks are 0, 1"), "{said}");

    let (code, said) = stage.refused(DELEGATOR, "migrate sender").await;
    assert_eq!(code, 2);
    assert!(said.contains("neither deposit nor reserve"), "{said}");

    let (code, said) = stage.refused(POOR, "migrate delegator").await;
    assert_eq!(code, 1);
    assert!(said.contains("ETH first"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn other_chains_and_other_contracts_are_refused() {
    let stage = Stage::open().await;
    let (code, said) = stage
        .refused(
            DELEGATOR,
            "migrate delegator --network mainnet --l1-rpc http://127.0.0.1:1",
        )
        .await;
    assert_eq!(code, 1);
    assert!(said.contains("cannot reach the L1 node"), "{said}");
    let swapped = format!("migrate delegator --l1-rpc {}", stage.pair.l2_url());
    let (code, said) = stage.refused(DELEGATOR, &swapped).await;
    assert_eq!(code, 2);
    assert!(said.contains("check the RPC URL and the network"), "{said}");
    let token = stage.system.livepeer.token;
    let (code, said) = stage
        .refused(
            DELEGATOR,
            &format!("migrate delegator --l1-migrator {token}"),
        )
        .await;
    assert_eq!(code, 2);
    assert!(said.contains("is no L1Migrator on L1"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_that_nobody_has_begun_keeps_the_ticket_from_being_sent() {
    let stage = Stage::open().await;
    stage.pass_round();
    let (code, said) = stage.refused(DELEGATOR, "migrate delegator").await;
    assert_eq!(code, 1);
    assert!(said.contains("initializeRound()"), "{said}");
}
