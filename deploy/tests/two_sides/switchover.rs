//! The switch-over on two chains: what stands against it, what it does, and how a failed ticket is mended.

use std::time::Duration;

use alloy::primitives::{Address, B256, U256};
use confluence::{
    plan::{Contract, System},
    switchover::{Ahead, Following, Places, SwitchOverError, ahead, follow, start, started_in},
};
use confluence_abi::{IController, IL1SwitchOver, IL2SwitchOver, ILivepeerToken, IMinter};

use crate::chains::{Chains, ETHER};

const PATIENT: Following = Following {
    patience: Duration::from_secs(60),
    redeem: true,
};

fn places(system: &System) -> Places {
    Places::of(system).expect("both sides")
}

async fn looked(c: &Chains, system: &System, from: Address) -> Result<Ahead, SwitchOverError> {
    ahead(&c.l1, &c.l2, &places(system), from, c.on_l2).await
}

async fn paused(c: &Chains, system: &System) -> bool {
    let controller = system.l2.at(Contract::Controller).expect("deployed");
    let paused = c.l2.read(controller, &IController::pausedCall {}).await;
    paused.expect("an answer")
}

#[tokio::test]
async fn one_action_moves_everything_and_l2_starts_by_itself() {
    let c = Chains::start().await;
    let system = c.frozen().await;
    let here = looked(&c, &system, c.on_l1).await.expect("ready");
    assert_eq!(here.announced.eth, ETHER);
    let held = here.announced.lpt;
    let sent = start(&c.l1, &places(&system), &here).await.expect("starts");
    c.pair.sync().expect("in sync");
    let how = Following {
        redeem: false,
        ..PATIENT
    };
    let found = started_in(&c.l1, &places(&system), 0).await;
    assert_eq!(found.expect("found"), sent.hash);
    let followed = follow(&c.l1, &c.l2, &places(&system), sent.hash, how, |_| ()).await;
    let followed = followed.expect("arrives");
    assert!(followed.complete, "{followed:?}");
    assert!(followed.redeemed.is_empty());
    assert!(!paused(&c, &system).await);

    let at = |contract| system.l2.at(contract).expect("deployed");
    let owner =
        c.l2.read(at(Contract::Controller), &IController::ownerCall {});
    assert_eq!(owner.await.expect("an answer"), at(Contract::Governor));
    let call = ILivepeerToken::balanceOfCall {
        account: at(Contract::L2Migrator),
    };
    let arrived = c.l2.read(at(Contract::LivepeerToken), &call).await;
    assert_eq!(arrived.expect("an answer"), held);
    let ether = c.l2.balance(at(Contract::L2Migrator)).await;
    let ether = ether.expect("a balance");
    assert!(
        ether >= ETHER,
        "the ticket's own refund comes on top: {ether}"
    );
    let inflation = c.l2.read(at(Contract::Minter), &IMinter::inflationCall {});
    assert_eq!(
        inflation.await.expect("an answer"),
        here.announced.inflation
    );
    assert!(
        c.l1.balance(system.l1.bridge_minter)
            .await
            .expect("read")
            .is_zero()
    );

    let error = looked(&c, &system, c.on_l1).await.expect_err("once");
    assert!(matches!(error, SwitchOverError::Started), "{error}");
}

#[tokio::test]
async fn tickets_that_fail_wait_until_they_are_redeemed_and_then_l2_starts() {
    let c = Chains::start().await;
    let system = c.frozen().await;
    let here = looked(&c, &system, c.on_l1).await.expect("ready");
    // ether and LPT wait; supply and announcement run
    c.pair.follower().fail_auto_redeems(2);
    let sent = start(&c.l1, &places(&system), &here).await.expect("starts");
    c.pair.sync().expect("in sync");
    let look = Following {
        redeem: false,
        ..PATIENT
    };
    let followed = follow(&c.l1, &c.l2, &places(&system), sent.hash, look, |_| ()).await;
    let followed = followed.expect("looks");
    assert!(!followed.complete);
    assert!(paused(&c, &system).await);
    let at = system.l2.at(Contract::L2SwitchOver).expect("deployed");
    let missing = c.l2.read(at, &IL2SwitchOver::missingCall {}).await;
    assert!(missing.expect("an answer").ethAmount > U256::ZERO);

    let (mut told, places) = (Vec::new(), places(&system));
    let followed = follow(&c.l1, &c.l2, &places, sent.hash, PATIENT, |line| {
        told.push(line.to_owned());
    });
    let followed = followed.await.expect("mended");
    assert!(followed.complete, "{followed:?}");
    assert_eq!(followed.redeemed.len(), 2);
    assert!(!paused(&c, &system).await);
    let told = told.join("; ");
    assert!(told.contains("the LPT: FUNDS_DEPOSITED"), "{told}");
    assert!(told.contains("the LPT: REDEEMED"), "{told}");
}

#[tokio::test]
async fn whatever_stands_against_it_is_its_own_error_and_nothing_is_sent() {
    let c = Chains::start().await;
    let system = c.system(c.on_l1).await;
    let error = looked(&c, &system, c.on_l1).await.expect_err("not frozen");
    assert!(
        matches!(error, SwitchOverError::NotFrozen { freeze: 0, .. }),
        "{error}"
    );
    let round = c.legacy_round(&system).await;
    let later = round + 1_000;
    system.freeze(&c.l1, later).await.expect("set");
    let nonce = c.l1.nonce(c.on_l1).await.expect("a nonce");
    let error = looked(&c, &system, c.on_l1).await.expect_err("too early");
    assert!(
        matches!(error, SwitchOverError::NotFrozen { freeze, .. } if freeze == later),
        "{error}"
    );
    assert!(error.to_string().contains("wait for it"), "{error}");
    let stranger = Address::repeat_byte(9);
    let error = looked(&c, &system, stranger).await.expect_err("a stranger");
    assert!(
        matches!(error, SwitchOverError::NotOwner { owner, .. } if owner == c.on_l1),
        "{error}"
    );
    assert!(error.is_usage());
    let error = started_in(&c.l1, &places(&system), 0).await;
    assert!(matches!(error, Err(SwitchOverError::NotStarted)));
    assert_eq!(c.l1.nonce(c.on_l1).await.expect("a nonce"), nonce);
}

#[tokio::test]
async fn what_was_aborted_never_starts() {
    let c = Chains::start().await;
    let system = c.frozen().await;
    let abort = IL1SwitchOver::abortCall {};
    let aborted = c.l1.transact(system.l1.switch_over, &abort, U256::ZERO);
    aborted.await.expect("aborts");
    let error = looked(&c, &system, c.on_l1).await.expect_err("aborted");
    assert!(matches!(error, SwitchOverError::Aborted), "{error}");
}

#[tokio::test]
async fn another_l1_behind_l2_is_noticed() {
    let c = Chains::start().await;
    let first = c.frozen().await;
    let second = c.another_system(c.on_l1, B256::repeat_byte(2)).await;
    let mixed = System {
        l2: second.l2,
        ..first
    };
    let error = looked(&c, &mixed, c.on_l1).await.expect_err("another L1");
    assert!(
        matches!(
            error,
            SwitchOverError::OtherCounterpart {
                contract: "L2SwitchOver",
                ..
            }
        ),
        "{error}"
    );
}
