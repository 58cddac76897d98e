//! From a list to a claim: governance publishes, a week passes, claims begin, a delegator claims.

use alloy::primitives::U256;
use confluence::plan::Contract;
use confluence_abi::IBondingManager;

use crate::stage::{DELEGATOR, ORCHESTRATOR, OTHER, PAYER, POOR, Stage, UNIT};

/// Seconds.
const DAY: u64 = 86_400;

impl Stage {
    /// A decision by the Governor's owner.
    fn decide(&self, what: &str) -> crate::stage::Said {
        self.run(&format!(
            "snapshot {what} --unpublished @list.json --network @network.toml --unlocked {} --yes",
            self.on_l2
        ))
    }

    pub(crate) async fn let_claims_begin(&self) {
        assert_eq!(self.decide("publish --json").json()["state"], "executed");
        self.pair.follower().advance(8 * DAY, 1).expect("advanced");
        assert_eq!(self.decide("enable --json").json()["state"], "executed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn claims_begin_seven_days_after_the_root_was_published_and_not_before() {
    let stage = Stage::open().await;
    let early = stage.decide("enable");
    assert_eq!(early.code, 1, "{}", early.err);
    assert!(
        early.err.contains("L2 has the root 0x0000"),
        "{}",
        early.err
    );

    let published = stage.decide("publish --json").json();
    assert_eq!(published["state"], "executed");
    assert!(published["review"]["until"].as_u64() > Some(6 * DAY));
    assert_eq!(stage.decide("publish --json").json()["state"], "already");

    stage.pair.follower().advance(6 * DAY, 1).expect("advanced");
    let early = stage.decide("enable");
    assert_eq!(early.code, 3, "{}", early.err);
    assert!(early.err.contains("seven days of review"), "{}", early.err);
    let claim = "claim --unpublished @list.json --network @network.toml";
    let (code, said) = stage.refused(DELEGATOR, claim).await;
    assert_eq!(code, 3);
    assert!(said.contains("claims are not enabled"), "{said}");

    stage
        .pair
        .follower()
        .advance(DAY + 60, 1)
        .expect("advanced");
    assert_eq!(stage.decide("enable --json").json()["state"], "executed");
    assert_eq!(stage.decide("enable --json").json()["state"], "already");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_staged_decision_waits_for_its_delay_and_goes_on_where_it_stopped() {
    let stage = Stage::open().await;
    let staged = stage.decide("publish --delay 5 --json");
    assert_eq!(staged.code, 3, "{}", staged.err);
    let document: serde_json::Value = serde_json::from_str(&staged.out).expect("JSON");
    assert_eq!(document["state"], "staged");
    stage.pair.follower().advance(60, 6).expect("advanced");
    let done = stage.decide("publish --delay 5 --json").json();
    assert_eq!(done["state"], "executed");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_governors_owner_decides() {
    let stage = Stage::open().await;
    let publish = "snapshot publish --unpublished @list.json --network @network.toml";
    let (code, said) = stage.refused(PAYER, publish).await;
    assert_eq!(code, 2);
    assert!(said.contains("does not own the Governor"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delegator_gets_its_stake_out_of_the_pool_and_its_fees() {
    let stage = Stage::open().await;
    let migrated = stage.run_as(ORCHESTRATOR, "migrate delegator --json");
    assert_eq!(migrated.json()["ticket"]["state"], "REDEEMED");
    stage.let_claims_begin().await;

    let who = DELEGATOR.address();
    let proof = stage.run(&format!(
        "snapshot prove {who} --unpublished @list.json --json"
    ));
    stage.write("proof.json", &proof.out);
    let claim = "claim --proof @proof.json --network @network.toml";
    let (code, said) = stage.refused(OTHER, claim).await;
    assert_eq!(code, 2);
    assert!(said.contains("only"), "{said}");

    let done = stage.run_as(DELEGATOR, &format!("{claim} --json")).json();
    assert_eq!(done["schema"], "confluence.claim/1");
    assert_eq!(done["stake"], (300 * UNIT).to_string());
    let call = IBondingManager::getDelegatorCall { delegator: who };
    let bonding = stage.at(Contract::BondingManager);
    let found = stage.l2.read(bonding, &call).await.expect("an answer");
    assert_eq!(found.bondedAmount, U256::from(300 * UNIT));
    assert_eq!(found.delegateAddress, ORCHESTRATOR.address());
    let (code, said) = stage.refused(DELEGATOR, claim).await;
    assert_eq!(code, 1);
    assert!(said.contains("has got its stake on L2 already"), "{said}");

    // a delegate that the account chooses, straight from the list
    let chosen = DELEGATOR.address();
    let other = format!(
        "claim --unpublished @list.json --network @network.toml --new-delegate {chosen} --json"
    );
    assert_eq!(stage.run_as(OTHER, &other).code, 0);
    let call = IBondingManager::getDelegatorCall {
        delegator: OTHER.address(),
    };
    let found = stage.l2.read(bonding, &call).await.expect("an answer");
    assert_eq!(found.delegateAddress, chosen);
}

#[tokio::test(flavor = "multi_thread")]
async fn proofs_for_another_root_and_claims_without_ether_are_refused() {
    let stage = Stage::open().await;
    let claim = "claim --unpublished @list.json --network @network.toml";
    let (code, said) = stage.refused(DELEGATOR, claim).await;
    assert_eq!(code, 1);
    assert!(said.contains("no root of LIP-73 is published"), "{said}");
    stage.let_claims_begin().await;

    let who = DELEGATOR.address();
    let proof = stage.run(&format!(
        "snapshot prove {who} --unpublished @list.json --json"
    ));
    let mut proof = proof.json();
    proof["stake"] = format!("{:#x}", 301 * UNIT).into();
    stage.write("proof.json", &proof.to_string());
    let forged = "claim --proof @proof.json --network @network.toml";
    let (code, said) = stage.refused(DELEGATOR, forged).await;
    assert_eq!(code, 2);
    assert!(said.contains("it was made from another list"), "{said}");

    let (code, said) = stage.refused(POOR, claim).await;
    assert_eq!(code, 1);
    assert!(said.contains("ETH for gas; send it some first"), "{said}");
    let (code, said) = stage.refused(PAYER, claim).await;
    assert_eq!(code, 2);
    assert!(said.contains("is not in the"), "{said}");
}
