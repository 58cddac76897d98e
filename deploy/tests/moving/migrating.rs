//! Moves that arrive: by the owner's own key, by a payer with an authorization, by a contract wallet's own transaction.

use alloy::primitives::{Address, Bytes, U256};
use confluence::{plan::Contract, ticket::bridge::alias};
use confluence_abi::{IBondingManager, IL2Migrator, ITicketBroker};

use crate::stage::{
    BROADCASTER, DELEGATOR, ORCHESTRATOR, OTHER, PAYER, Person, Stage, UNIT, WALLET,
};

impl Stage {
    async fn bonded(&self, who: Address) -> (U256, Address) {
        let call = IBondingManager::getDelegatorCall { delegator: who };
        let at = self.at(Contract::BondingManager);
        let found = self.l2.read(at, &call).await.expect("an answer");
        (found.bondedAmount, found.delegateAddress)
    }

    async fn pool_of(&self, who: Person) -> Address {
        let call = IL2Migrator::delegatorPoolsCall {
            l1Addr: who.address(),
        };
        let at = self.at(Contract::L2Migrator);
        self.l2.read(at, &call).await.expect("an answer")
    }
}

fn units(amount: u128) -> U256 {
    U256::from(amount * UNIT)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_orchestrators_stake_fees_and_pool_arrive_for_what_the_preview_said() {
    let stage = Stage::open().await;
    let me = ORCHESTRATOR.address();
    let preview = stage.run(&format!("preview {me} --json")).json();
    assert_eq!(preview["schema"], "confluence.preview/1");
    let costs = &preview["moves"][0];
    assert_eq!(costs["outcome"], "works", "{costs}");
    assert_eq!(costs["brings"]["stake"], (1_000 * UNIT).to_string());
    assert_eq!(costs["brings"]["pool"], (560 * UNIT).to_string());
    assert_eq!(preview["warnings"], serde_json::json!([]));

    let before = stage.l2.balance(me).await.expect("a balance");
    let done = stage
        .run_as(ORCHESTRATOR, "migrate delegator --json")
        .json();
    assert_eq!(done["ticket"]["state"], "REDEEMED");
    assert_eq!(done["brings"], costs["brings"]);
    assert_eq!(stage.bonded(me).await, (units(1_000), me));
    let pool = stage.pool_of(ORCHESTRATOR).await;
    assert_eq!(stage.bonded(pool).await, (units(560), me));
    let after = stage.l2.balance(me).await.expect("a balance");
    // its fees, and the refund: everything but what the ticket cost was sent back
    assert!(after - before > units(1), "{before} {after}");

    let (code, said) = stage.refused(ORCHESTRATOR, "migrate delegator").await;
    assert_eq!(code, 1);
    assert!(said.contains("has arrived on L2 already"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payer_moves_what_others_have_authorized() {
    let stage = Stage::open().await;
    let (owner, to) = (DELEGATOR.address(), Address::repeat_byte(0x99));
    let migrator = stage.system.l1.migrator;
    let authorize = format!(
        "authorize delegator --l1-addr {owner} --l2-addr {to} --l1-migrator {migrator} --network @network.toml --key-file @key-34 --out @move.json"
    );
    assert_eq!(stage.run(&authorize).code, 0);
    let spent = stage.l1.balance(owner).await.expect("a balance");
    let done = stage.run_as(PAYER, "migrate delegator --authorization @move.json --json");
    let done = done.json();
    assert_eq!(done["ticket"]["state"], "REDEEMED");
    assert_eq!(stage.bonded(to).await.0, units(300));
    assert_eq!(spent, stage.l1.balance(owner).await.expect("a balance"));

    // the signature alone, as a wallet shows it
    let signed = stage.run(&format!(
        "authorize locks --ids 0,1 --l1-addr {owner} --l2-addr {to} --l1-migrator {migrator} --network @network.toml --key-file @key-34 --json"
    ));
    let signature = signed.json()["signature"].as_str().expect("hex").to_owned();
    let locks = format!(
        "migrate locks --ids 0,1 --l1-addr {owner} --l2-addr {to} --signature {signature} --json"
    );
    assert_eq!(
        stage.run_as(PAYER, &locks).json()["ticket"]["state"],
        "REDEEMED"
    );
    assert_eq!(stage.bonded(to).await.0, units(316));
}

#[tokio::test(flavor = "multi_thread")]
async fn parts_of_a_stake_and_a_broadcasters_funds_arrive() {
    let stage = Stage::open().await;
    let who = OTHER.address();
    let part = "migrate amount --lpt 50 --json";
    assert_eq!(
        stage.run_as(OTHER, part).json()["ticket"]["state"],
        "REDEEMED"
    );
    assert_eq!(stage.bonded(who).await, (units(50), ORCHESTRATOR.address()));
    let (code, said) = stage.refused(OTHER, "migrate amount --lpt 151").await;
    assert_eq!(code, 2);
    assert!(said.contains("can still move 150"), "{said}");
    let rest = stage.run_as(OTHER, "migrate delegator --json").json();
    assert_eq!(rest["brings"]["stake"], (150 * UNIT).to_string());
    assert_eq!(stage.bonded(who).await.0, units(200));

    let funds = stage.run_as(BROADCASTER, "migrate sender --json").json();
    assert_eq!(funds["ticket"]["state"], "REDEEMED");
    let call = ITicketBroker::getSenderInfoCall {
        sender_: BROADCASTER.address(),
    };
    let broker = stage.at(Contract::TicketBroker);
    let found = stage.l2.read(broker, &call).await.expect("an answer");
    assert_eq!(found.sender.deposit, units(2));
    assert_eq!(found.reserve.fundsRemaining, units(3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ticket_that_is_on_its_way_is_gone_on_with_instead_of_sent_again() {
    let stage = Stage::open().await;
    stage.pair.follower().hold();
    let first = stage.run_as(OTHER, "migrate delegator --wait 0 --json");
    assert_eq!(first.code, 3, "{}", first.err);
    let first: serde_json::Value = serde_json::from_str(&first.out).expect("JSON");
    assert_eq!(first["ticket"]["state"], "NOT_CREATED");
    let (sent, id) = (&first["ticket"]["l1_transaction"], &first["ticket"]["id"]);

    let nonce = stage.l1.nonce(OTHER.address()).await.expect("a nonce");
    let again = stage.run_as(OTHER, "migrate delegator --wait 0 --json");
    assert_eq!(again.code, 3, "{}", again.err);
    let again: serde_json::Value = serde_json::from_str(&again.out).expect("JSON");
    assert_eq!(&again["ticket"]["l1_transaction"], sent);
    stage.pair.follower().release(None).expect("released");
    stage.pair.sync().expect("in sync");
    let done = stage.run(&format!("status {} --json", id.as_str().expect("an id")));
    assert_eq!(done.json()["tickets"][0]["state"], "REDEEMED");
    assert_eq!(
        nonce,
        stage.l1.nonce(OTHER.address()).await.expect("a nonce")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_wallet_sends_what_was_written_for_safe() {
    let stage = Stage::open().await;
    let to = Address::repeat_byte(0x98);
    let said = stage.run(&format!(
        "migrate delegator --l1-addr {WALLET} --l2-addr {to} --safe-json @batch.json --json"
    ));
    assert_eq!(said.json()["schema"], "confluence.migrate.safe/1");
    let batch = stage.read("batch.json");
    let sent = &batch["transactions"][0];
    assert_eq!(batch["meta"]["createdFromSafeAddress"], WALLET.to_string());
    assert_eq!(sent["contractMethod"]["name"], "migrateDelegator");
    assert_eq!(sent["contractInputsValues"]["l2Addr"], to.to_string());

    stage.on_l1("anvil_impersonateAccount", (WALLET,)).await;
    let data: Bytes = sent["data"].as_str().expect("hex").parse().expect("bytes");
    let value: U256 = sent["value"].as_str().expect("wei").parse().expect("wei");
    let target: Address = sent["to"]
        .as_str()
        .expect("hex")
        .parse()
        .expect("an address");
    let wallet = stage.l1.with_unlocked(WALLET);
    let mined = wallet.send("the batch", Some(target), data, value).await;
    let mined = mined.expect("is mined");
    stage.pair.sync().expect("in sync");
    let status = stage.run(&format!("status {} --json", mined.hash)).json();
    assert_eq!(status["tickets"][0]["state"], "REDEEMED");
    assert_eq!(stage.bonded(to).await.0, units(50));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_wallets_signature_is_good_for_a_payer_as_well() {
    let stage = Stage::open().await;
    let to = Address::repeat_byte(0x97);
    let signed =
        format!("migrate delegator --l1-addr {WALLET} --l2-addr {to} --signature 0x1234 --json");
    assert_eq!(
        stage.run_as(PAYER, &signed).json()["ticket"]["state"],
        "REDEEMED"
    );
    assert_eq!(stage.bonded(to).await.0, units(50));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_ticket_leaves_over_for_an_account_with_code_on_l1_is_said_to_go_to_its_alias_and_does()
 {
    let stage = Stage::open().await;
    let me = OTHER.address();
    let delegation = [&[0xef, 0x01, 0x00][..], WALLET.as_slice()].concat();
    let set = (me, Bytes::from(delegation));
    stage.on_l1("anvil_setCode", set).await;
    let at = alias(me);
    let preview = stage.run(&format!("preview {me} --json")).json();
    assert_eq!(preview["refunds_to"], serde_json::json!(at));
    let warnings = preview["warnings"].as_array().expect("a list");
    let named = |it: &&serde_json::Value| {
        it["warning"] == "refunds-at-alias" && it["alias"] == serde_json::json!(at)
    };
    assert!(warnings.iter().any(|it| named(&it)), "{warnings:?}");

    let before = stage.l2.balance(me).await.expect("a balance");
    let said = stage.run_as(OTHER, "migrate delegator");
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    let note = format!("puts its alias {at} on L2 in its place");
    assert!(said.err.contains(&note), "{}", said.err);
    assert_eq!(stage.bonded(me).await.0, units(200));
    // it has no fees, so that only a refund could have come
    assert_eq!(stage.l2.balance(me).await.expect("a balance"), before);
    let refund = stage.l2.balance(at).await.expect("a balance");
    assert!(!refund.is_zero());
}
