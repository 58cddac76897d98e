//! `confluence doctor`: a healthy deployment at each stage, and every kind of trouble made true, told with its remedy, and mended.

use alloy::{
    primitives::{Address, Bytes, FixedBytes, U256, b256},
    sol_types::SolCall as _,
};
use confluence::{
    plan::{Contract, govern},
    switchover::{Places, ahead, start},
};
use confluence_abi::{IBondingManager, IController, IL1Migrator, IL1SwitchOver, ILivepeerToken};
use serde_json::Value;

use crate::stage::{BROADCASTER, DELEGATOR, ORCHESTRATOR, OTHER, Stage, UNIT, set};

const DAY: u64 = 86_400;
const DOCTOR: &str = "doctor --manifest @deployment.json --json";

impl Stage {
    /// What the doctor says, with exit code 0 if there is nothing to mend and 1 otherwise.
    fn examined(&self) -> Value {
        let said = self.run(DOCTOR);
        let page: Value = serde_json::from_str(&said.out).expect(&said.err);
        assert_eq!(page["schema"], "confluence.doctor/1");
        let findings = page["findings"].as_array().expect("a list");
        assert_eq!(said.code, i32::from(!findings.is_empty()), "{page}");
        for finding in findings {
            assert_ne!(finding["remedy"], "", "{finding}");
        }
        page
    }

    fn is_healthy(&self, stage: &str) -> Value {
        let page = self.examined();
        assert_eq!(page["findings"], serde_json::json!([]), "{page}");
        assert_eq!(page["stage"], stage);
        page
    }

    /// Kinds of what is to mend, with what each is about.
    fn troubles(&self) -> Vec<(String, String)> {
        let page = self.examined();
        let findings = page["findings"].as_array().expect("a list");
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        findings
            .iter()
            .map(|it| (text(&it["kind"]), text(&it["what"])))
            .collect()
    }

    async fn decide_all(&self, calls: Vec<(Address, Bytes)>, nonce: u64) {
        let governor = self.at(Contract::Governor);
        let decided = govern(&self.l2, governor, calls, U256::from(nonce)).await;
        decided.expect("decided");
    }

    /// As whoever has this address on L2, which gets `ether` wei.
    async fn as_on_l2(&self, who: Address, ether: U256) -> confluence::client::L2 {
        let url = self.pair.l2_url();
        set(&url, "anvil_setBalance", (who, ether)).await;
        set(&url, "anvil_impersonateAccount", (who,)).await;
        self.l2.with_unlocked(who)
    }
}

/// The fund of a contract.
fn fund<'a>(page: &'a Value, holder: &str, asset: &str) -> &'a Value {
    let funds = page["funds"].as_array().expect("a list");
    let found = funds
        .iter()
        .find(|it| it["holder"] == holder && it["asset"] == asset);
    found.expect("that fund")
}

fn lpt(amount: u128) -> String {
    (amount * UNIT).to_string()
}

/// Whether there is one trouble of a kind, about something.
fn is_one(troubles: &[(String, String)], kind: &str, about: &str) {
    let of_kind: Vec<_> = troubles.iter().filter(|it| it.0 == kind).collect();
    assert_eq!(of_kind.len(), 1, "{kind} in {troubles:?}");
    assert!(of_kind[0].1.contains(about), "{about} in {troubles:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deployment_is_healthy_before_the_switch_over_after_it_and_while_stakes_move() {
    let stage = Stage::closed().await;
    stage.is_healthy("waiting");
    stage.switch_over().await;
    let page = stage.is_healthy("running");
    assert!(page["checks"].as_u64() > Some(80), "{}", page["checks"]);
    assert_eq!(page["tickets"]["REDEEMED"], 4);

    assert_eq!(stage.run_as(ORCHESTRATOR, "migrate delegator").code, 0);
    assert_eq!(stage.run_as(BROADCASTER, "migrate sender").code, 0);
    assert_eq!(stage.run_as(DELEGATOR, "migrate locks --ids 0,1").code, 0);
    stage.let_claims_begin().await;
    let claim = "claim --unpublished @list.json --network @network.toml";
    assert_eq!(stage.run_as(DELEGATOR, claim).code, 0);
    let bonding = stage.at(Contract::BondingManager);
    let unbond = IBondingManager::unbondCall {
        amount: U256::from(5 * UNIT),
    };
    let me = stage.as_on_l2(OTHER.address(), U256::from(UNIT)).await;
    assert_eq!(stage.run_as(OTHER, "migrate delegator").code, 0);
    stage.pass_round();
    stage.begin_round().await;
    let unbonded = me.transact(bonding, &unbond, U256::ZERO).await;
    unbonded.expect("unbonds");

    let page = stage.is_healthy("running");
    // the orchestrator's own, its pool, and the delegator's locks; five of them are in a lock now
    let minter = fund(&page, "Minter", "LPT");
    assert_eq!(minter["owed"], lpt(1_000 + 560 + 16));
    assert_eq!(minter["held"], minter["owed"]);
    let minter = fund(&page, "Minter", "ETH");
    assert_eq!(
        (&minter["held"], &minter["owed"]),
        (&lpt(5).into(), &lpt(5).into())
    );
    let migrator = fund(&page, "L2Migrator", "LPT");
    assert_eq!(migrator["held"], migrator["owed"]);
    let escrow = fund(&page, "L1Escrow", "LPT");
    assert_eq!(escrow["held"], escrow["owed"]);
    let text = stage.run("doctor --manifest @deployment.json");
    assert!(text.out.contains("healthy ("), "{}", text.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_paused_old_or_set_otherwise_is_told_until_it_is_mended() {
    let stage = Stage::open().await;
    let (l1, l2, system) = (&stage.l1, &stage.l2, &stage.system);
    let paused = confluence::pause::pause(l1, l2, system).await;
    paused.expect("pauses");
    let troubles = stage.troubles();
    assert_eq!(troubles.len(), 4, "{troubles:?}");
    assert!(
        troubles.iter().all(|(kind, _)| kind == "paused"),
        "{troubles:?}"
    );
    let opened = confluence::pause::unpause(l1, l2, system).await;
    opened.expect("opens");
    stage.is_healthy("running");

    let register = |at| IController::setContractInfoCall {
        id: Contract::MerkleSnapshot.id(),
        contractAddress: at,
        gitCommitHash: FixedBytes::ZERO,
    };
    let controller = stage.at(Contract::Controller);
    let elsewhere = register(stage.at(Contract::Minter)).abi_encode().into();
    stage.decide_all(vec![(controller, elsewhere)], 77).await;
    let troubles = stage.troubles();
    is_one(&troubles, "peer-out-of-sync", "L2Migrator's MerkleSnapshot");
    is_one(&troubles, "setting", "register MerkleSnapshot");
    let back = register(stage.at(Contract::MerkleSnapshot))
        .abi_encode()
        .into();
    stage.decide_all(vec![(controller, back)], 78).await;
    stage.is_healthy("running");

    let url = stage.pair.l2_url();
    let helper = stage.at(Contract::BlockHash);
    set(&url, "anvil_setCode", (helper, Bytes::from_static(&[0x00]))).await;
    // ERC-1967's slot of who may change what a proxy runs
    let admin = b256!("b53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103");
    let broker = stage.at(Contract::TicketBroker);
    let somebody = OTHER.address().into_word();
    set(&url, "anvil_setStorageAt", (broker, admin, somebody)).await;
    let troubles = stage.troubles();
    assert_eq!(troubles.len(), 2, "{troubles:?}");
    is_one(&troubles, "code", "BlockHash");
    is_one(&troubles, "proxy", "TicketBroker: proxy admin");
}

#[tokio::test(flavor = "multi_thread")]
async fn tickets_that_wait_or_are_lost_are_told_until_their_messages_have_arrived() {
    let stage = Stage::open().await;
    stage.pair.follower().fail_auto_redeems(1);
    let sent = stage.run_as(OTHER, "migrate delegator --json");
    assert_eq!(sent.code, 3, "{}", sent.err);
    let sent: Value = serde_json::from_str(&sent.out).expect("JSON");
    let id = sent["ticket"]["id"].as_str().expect("an id");
    let troubles = stage.troubles();
    assert_eq!(troubles.len(), 1, "{troubles:?}");
    is_one(&troubles, "ticket-waits", id);
    assert_eq!(
        stage.run(&format!("redeem {id} --key-file @key-51")).code,
        0
    );
    stage.is_healthy("running");

    stage.pair.follower().fail_auto_redeems(1);
    assert_eq!(stage.run_as(DELEGATOR, "migrate delegator").code, 3);
    stage.pair.follower().advance(8 * DAY, 1).expect("advanced");
    let troubles = stage.troubles();
    assert_eq!(troubles.len(), 1, "{troubles:?}");
    is_one(&troubles, "ticket-lost", "of L1Migrator is EXPIRED");
    let again = stage.run_as(DELEGATOR, "migrate delegator");
    assert_eq!(again.code, 0, "{}", again.err);
    let page = stage.is_healthy("running");
    assert_eq!(page["tickets"]["EXPIRED"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_that_expire_soon_are_told_and_then_that_they_cannot_be_called() {
    let stage = Stage::open().await;
    let follower = stage.pair.follower();
    follower.advance(330 * DAY, 1).expect("advanced");
    let page = stage.examined();
    let findings = page["findings"].as_array().expect("a list");
    assert_eq!(
        findings.len(),
        page["programs"].as_array().expect("a list").len()
    );
    for finding in findings {
        assert_eq!(finding["kind"], "program-expires");
        let remedy = finding["remedy"].as_str().expect("text");
        assert!(remedy.contains("codehashKeepalive(0x"), "{remedy}");
    }
    follower.advance(36 * DAY, 1).expect("advanced");
    let troubles = stage.troubles();
    let inactive = troubles.iter().filter(|it| it.0 == "program-inactive");
    assert_eq!(inactive.count(), findings.len(), "{troubles:?}");
    is_one(&troubles, "unreadable", "cannot be called");
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_is_gone_is_told_to_the_base_unit() {
    let stage = Stage::open().await;
    assert_eq!(stage.run_as(ORCHESTRATOR, "migrate delegator").code, 0);
    assert_eq!(stage.run_as(BROADCASTER, "migrate sender").code, 0);
    stage.is_healthy("running");

    let transfer = ILivepeerToken::transferCall {
        to: Address::repeat_byte(0xaa),
        amount: U256::from(3),
    };
    let (rich, lpt) = (U256::from(1_000 * UNIT), stage.at(Contract::LivepeerToken));
    let (minter, migrator) = (stage.at(Contract::Minter), stage.at(Contract::L2Migrator));
    let url = stage.pair.l2_url();
    for who in [minter, migrator] {
        let code = stage.l2.code(who).await.expect("code");
        // nobody who has code can send a transaction
        set(&url, "anvil_setCode", (who, Bytes::new())).await;
        let thief = stage.as_on_l2(who, rich).await;
        let taken = thief.transact(lpt, &transfer, U256::ZERO).await;
        taken.expect("taken");
        set(&url, "anvil_setCode", (who, code)).await;
    }
    let escrow = stage.system.l1.escrow;
    stage.on_l1("anvil_setBalance", (escrow, rich)).await;
    stage.on_l1("anvil_impersonateAccount", (escrow,)).await;
    let thief = stage.l1.with_unlocked(escrow);
    let taken = thief.transact(stage.system.livepeer.token, &transfer, U256::ZERO);
    taken.await.expect("taken");
    let troubles = stage.troubles();
    assert_eq!(troubles.len(), 3, "{troubles:?}");
    for (holder, (kind, what)) in ["L1Escrow", "L2Migrator", "Minter"].iter().zip(&troubles) {
        assert_eq!(kind, "short");
        assert!(what.starts_with(holder), "{what}");
        assert!(what.contains("0.000000000000000003 LPT less"), "{what}");
    }

    let page = stage.examined();
    for (holder, at) in [("Minter", minter), ("L2Migrator", migrator)] {
        let owed: U256 = fund(&page, holder, "ETH")["owed"]
            .as_str()
            .expect("wei")
            .parse()
            .expect("wei");
        set(&url, "anvil_setBalance", (at, owed - U256::from(1))).await;
    }
    let troubles = stage.troubles();
    let ether = troubles.iter().filter(|it| it.1.contains("ETH less"));
    assert_eq!(ether.count(), 2, "{troubles:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_switch_over_that_is_not_over_or_was_given_up_is_told() {
    let stage = Stage::closed().await;
    let owner = stage.l1_owner;
    let unpause = IL1Migrator::unpauseCall {};
    let migrator = stage.system.l1.migrator;
    let opened = stage.l1.transact(migrator, &unpause, U256::ZERO).await;
    opened.expect("opens");
    is_one(&stage.troubles(), "open", "L1Migrator");
    let pause = IL1Migrator::pauseCall {};
    let closed = stage.l1.transact(migrator, &pause, U256::ZERO).await;
    closed.expect("closes");
    stage.is_healthy("waiting");

    stage.pair.follower().fail_auto_redeems(1);
    let places = Places::of(&stage.system).expect("two sides");
    let ahead = ahead(&stage.l1, &stage.l2, &places, owner, owner).await;
    let started = start(&stage.l1, &places, &ahead.expect("can start")).await;
    started.expect("starts");
    stage.pair.sync().expect("in sync");
    let troubles = stage.troubles();
    assert_eq!(troubles.len(), 2, "{troubles:?}");
    is_one(&troubles, "switch-over", "has started on L1");
    is_one(&troubles, "ticket-waits", "of L1Migrator");

    let other = Stage::closed().await;
    let abort = IL1SwitchOver::abortCall {};
    let at = other.system.l1.switch_over;
    let aborted = other.l1.transact(at, &abort, U256::ZERO).await;
    aborted.expect("aborts");
    is_one(&other.troubles(), "switch-over", "was given up on L1");
}
