//! The switch-over on two chains: what stands against it, what it does, and how a failed ticket is mended.

use std::time::Duration;

use alloy::{
    primitives::{Address, B256, U256},
    sol_types::SolCall as _,
};
use confluence::{
    plan::{Contract, L1Side, System, govern},
    switchover::{Ahead, Following, Places, SwitchOverError, ahead, follow, start, started_in},
};
use confluence_abi::{
    IController, IL1Migrator, IL1SwitchOver, IL2SwitchOver, ILivepeerToken, IMinter,
};

use crate::chains::{Chains, ETHER, set};

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

#[tokio::test]
async fn counterparts_that_listen_to_another_l1_are_each_named() {
    let c = Chains::start().await;
    let first = c.frozen().await;
    let second = c.another_system(c.on_l1, B256::repeat_byte(2)).await;
    let (here, there) = (first.l1, second.l1);
    let migrator = L1Side {
        migrator: there.migrator,
        ..here
    };
    let gateway = L1Side {
        gateway: there.gateway,
        ..here
    };
    for (l1, named) in [(migrator, "L2Migrator"), (gateway, "L2LPTGateway")] {
        let mixed = System {
            l1,
            ..first.clone()
        };
        let error = looked(&c, &mixed, c.on_l1).await.expect_err("another L1");
        assert!(
            matches!(error, SwitchOverError::OtherCounterpart { contract, .. } if contract == named),
            "{error}"
        );
        assert!(error.to_string().contains("nothing was sent"), "{error}");
    }
}

#[tokio::test]
async fn funds_a_switch_an_owner_or_ether_that_is_not_as_it_must_be_is_told_before_anything_is_sent()
 {
    let c = Chains::start().await;
    let system = c.frozen().await;
    let unpause = IL1Migrator::unpauseCall {};
    let migrator = system.l1.migrator;
    let opened = c.l1.transact(migrator, &unpause, U256::ZERO).await;
    opened.expect("opens");
    let error = looked(&c, &system, c.on_l1).await.expect_err("open");
    assert!(matches!(error, SwitchOverError::MigratorOpen), "{error}");
    let pause = IL1Migrator::pauseCall {};
    let closed = c.l1.transact(migrator, &pause, U256::ZERO).await;
    closed.expect("closes");

    let url = c.pair.l1_url();
    let rich = c.l1.balance(c.on_l1).await.expect("a balance");
    set(&url, "anvil_setBalance", (c.on_l1, U256::from(5))).await;
    let error = looked(&c, &system, c.on_l1).await.expect_err("poor");
    assert!(
        matches!(error, SwitchOverError::TooLittleEther { has, .. } if has == U256::from(5)),
        "{error}"
    );
    assert!(error.to_string().contains("send it ether first"), "{error}");
    set(&url, "anvil_setBalance", (c.on_l1, rich)).await;
    looked(&c, &system, c.on_l1).await.expect("ready again");

    let (minter, token) = (system.l1.bridge_minter, system.livepeer.token);
    let held = ILivepeerToken::balanceOfCall { account: minter };
    let transfer = ILivepeerToken::transferCall {
        to: c.on_l2,
        amount: c.l1.read(token, &held).await.expect("a balance"),
    };
    set(&url, "anvil_setBalance", (minter, ETHER)).await;
    set(&url, "anvil_impersonateAccount", (minter,)).await;
    let gone = c.l1.with_unlocked(minter);
    let gone = gone.transact(token, &transfer, U256::ZERO).await;
    gone.expect("goes");
    let error = looked(&c, &system, c.on_l1).await.expect_err("nothing");
    assert!(matches!(error, SwitchOverError::NothingToMove), "{error}");

    let (governor, switch_over) = (
        system.l2.at(Contract::Governor).expect("deployed"),
        system.l2.at(Contract::L2SwitchOver).expect("deployed"),
    );
    let abort = IL2SwitchOver::abortCall {}.abi_encode().into();
    let decided = govern(&c.l2, governor, vec![(switch_over, abort)], U256::ZERO).await;
    decided.expect("the Governor takes over");
    let error = looked(&c, &system, c.on_l1).await.expect_err("no power");
    assert!(
        matches!(error, SwitchOverError::NotInCharge { owner, .. } if owner == governor),
        "{error}"
    );
}

#[tokio::test]
async fn a_ticket_that_nobody_redeemed_in_time_is_told_with_its_remedy() {
    let c = Chains::start().await;
    let system = c.frozen().await;
    let here = looked(&c, &system, c.on_l1).await.expect("ready");
    c.pair.follower().fail_auto_redeems(2);
    let sent = start(&c.l1, &places(&system), &here).await.expect("starts");
    c.pair.sync().expect("in sync");
    let over = c.pair.follower().advance(8 * 86_400, 1);
    over.expect("eight days");
    let followed = follow(&c.l1, &c.l2, &places(&system), sent.hash, PATIENT, |_| ()).await;
    let error = followed.expect_err("the LPT is lost");
    assert!(
        matches!(
            error,
            SwitchOverError::Lost {
                leg: "the LPT",
                state: "EXPIRED",
                ..
            }
        ),
        "{error}"
    );
    assert!(error.to_string().contains("still in L1Escrow"), "{error}");
}
