//! Payments and polls with the real programs on a devnode: what the verbs' library does, what it costs.

mod system;

use alloy::{
    primitives::{Address, U256},
    signers::local::PrivateKeySigner,
    sol_types::SolEvent as _,
};
use confluence::{
    client::Mined,
    payments::{Action, Broadcaster, Orchestrator, PaymentError, Standing, System as Payments},
    poll::{Choice, Poll, PollError, count},
    progress::Progress,
};
use confluence_abi::{IBondingManager, IPoll, IPollCreator, ITicketBroker};
use system::{ETH, LPT, System};

async fn payments(s: &System) -> Payments {
    Payments::find(&s.l2, s.controller)
        .await
        .expect("registered")
}

#[tokio::test(flavor = "multi_thread")]
async fn tickets_are_paid_one_by_one_in_batches_and_from_the_reserve() {
    let s = System::at_work().await;
    let signer = PrivateKeySigner::random();
    let to = s.accounts[3];
    s.fund(signer.address(), 12 * ETH, 60 * ETH).await;
    let paid = |done: &Mined| -> Vec<u128> {
        let transfers = done.logs.iter().filter_map(|log| {
            ITicketBroker::WinningTicketTransfer::decode_log_data(&log.data).ok()
        });
        transfers.map(|it| it.amount.to()).collect()
    };

    let one = s.ticket(&signer, to, ETH, 1).await;
    let done = s.send_from(to, s.broker, &one, 0).await;
    assert_eq!(paid(&done), [ETH]);
    let again = s.refusal(to, s.broker, &one).await;
    assert!(again.contains("ticket is used"), "{again}");

    // Ten that are good, and the used one in the middle of them.
    let mut batch = ITicketBroker::batchRedeemWinningTicketsCall {
        tickets: vec![],
        sigs: vec![],
        recipientRands: vec![],
    };
    for nonce in [10, 11, 12, 13, 14, 1, 15, 16, 17, 18, 19] {
        let it = s.ticket(&signer, to, ETH, nonce).await;
        batch.tickets.push(it.ticket);
        batch.sigs.push(it.sig);
        batch.recipientRands.push(it.recipientRand);
    }
    let done = s.send_from(to, s.broker, &batch, 0).await;
    assert_eq!(paid(&done), [ETH; 10]);

    // One ETH is left of the deposit; a sixth of the reserve is this orchestrator's, and no more.
    let large = s.ticket(&signer, to, 90 * ETH, 30).await;
    let done = s.send_from(to, s.broker, &large, 0).await;
    assert_eq!(paid(&done), [11 * ETH]);
    let more = s.ticket(&signer, to, ETH, 31).await;
    let done = s.send_from(to, s.broker, &more, 0).await;
    assert_eq!(paid(&done), [0; 0], "used up, and worth nothing");
    let other = s.ticket(&signer, s.accounts[4], ETH, 32).await;
    let done = s.send_from(to, s.broker, &other, 0).await;
    assert_eq!(paid(&done), [ETH]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poll_is_opened_voted_on_and_counted_at_its_end() {
    let s = System::at_work().await;
    let (one, two, delegator) = (s.accounts[1], s.accounts[2], s.accounts[8]);
    s.bond(delegator, one, 500).await;
    let poor = Poll::open(&s.l2.with_unlocked(s.accounts[9]), s.creator, "Qm").await;
    let poor = poor.expect_err("no stake").to_string();
    assert!(
        poor.contains("PollCreator#createPoll: INSUFFICIENT_STAKE"),
        "{poor}"
    );

    let (poll, _) = Poll::open(&s.l2.with_unlocked(one), s.creator, "QmProposal")
        .await
        .expect("opens");
    assert_eq!(
        (poll.proposal.as_str(), poll.quorum_ppm, poll.quota_ppm),
        ("QmProposal", 333_300, 500_000)
    );
    assert_eq!(
        Poll::find(&s.l2, s.creator, poll.address)
            .await
            .expect("is found"),
        poll
    );
    assert_eq!(
        Poll::all(&s.l2, s.creator).await.expect("a list"),
        std::slice::from_ref(&poll)
    );
    let unknown = Poll::find(&s.l2, s.creator, one)
        .await
        .expect_err("no poll");
    assert!(matches!(unknown, PollError::NoPoll { .. }) && unknown.is_usage());

    let vote = async |who: Address, choice| {
        poll.vote(&s.l2.with_unlocked(who), choice)
            .await
            .expect("votes")
    };
    let voted = vote(one, Choice::Yes).await;
    let event: IPoll::Vote = voted.event(poll.address).expect("logged");
    assert_eq!((event.voter, event.choiceID), (one, U256::ZERO));
    vote(two, Choice::Yes).await;
    vote(two, Choice::No).await;
    vote(delegator, Choice::No).await;
    vote(s.accounts[9], Choice::No).await;

    let end = poll.end_block;
    let early = s.refusal(one, poll.address, &IPoll::destroyCall {}).await;
    assert!(early.contains("poll is active"), "{early}");
    let open = count(&s.l2, s.bonding, poll.clone(), &Progress::silent())
        .await
        .expect("counts");
    assert!(open.is_open && !open.is_destroyed);
    assert_eq!((open.votes_cast, open.tally.votes.len()), (5, 4));

    // To the end's own block, in which votes still count, and past it.
    let now = s.node.chain().read().l1_block();
    s.pass_l1_blocks(end - now);
    vote(s.accounts[3], Choice::Yes).await;
    s.pass_l1_blocks(1);
    let late = poll.may_vote(&s.l2).await.expect_err("over");
    assert!(matches!(late, PollError::Over { .. }), "{late}");
    let late = s
        .refusal(
            one,
            poll.address,
            &IPoll::voteCall {
                choiceID: U256::ZERO,
            },
        )
        .await;
    assert!(late.contains("poll is over"), "{late}");

    let at_end = count(&s.l2, s.bonding, poll.clone(), &Progress::silent())
        .await
        .expect("counts");
    assert!(!at_end.is_open);
    let weight = |who: Address| {
        at_end
            .tally
            .votes
            .iter()
            .find(|side| side.voter == who)
            .expect("voted")
            .weight
    };
    assert_eq!(weight(delegator), U256::from(500 * LPT));
    assert_eq!(weight(s.accounts[9]), U256::ZERO);
    assert!(
        weight(one) > U256::from(9000 * LPT),
        "its own stake and reward, not its delegator's"
    );
    assert!(weight(one) < U256::from(9500 * LPT));
    assert_eq!(at_end.tally.yes, weight(one) + weight(s.accounts[3]));
    assert_eq!(at_end.tally.no, weight(two) + weight(delegator));
    assert!(at_end.tally.passed);
    assert_eq!(at_end.to_string().lines().last(), Some("result     passed"));

    // What happens later changes nothing: not a stake, not closing it.
    s.next_round().await;
    s.bond(delegator, one, 100_000).await;
    s.send(poll.address, &IPoll::destroyCall {}).await;
    s.send(poll.address, &IPoll::destroyCall {}).await;
    let later = count(&s.l2, s.bonding, poll.clone(), &Progress::silent())
        .await
        .expect("counts");
    assert!(later.is_destroyed);
    assert_eq!(
        (later.tally, later.counted_at),
        (at_end.tally, at_end.counted_at)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poll_refuses_what_it_does_not_know() {
    let s = System::deployed().await;
    let poll = system::create(&s.l2, &confluence_poll::poll::init_code(5000)[9..]).await;
    let end =
        s.l2.read(poll, &IPoll::endBlockCall {})
            .await
            .expect("answers");
    assert_eq!(end, U256::from(5000));
    assert!(
        !s.l2
            .read(poll, &IPoll::destroyedCall {})
            .await
            .expect("answers")
    );
    let empty = "it reverts without saying why";
    let stranger = s
        .refusal(s.accounts[0], poll, &IPollCreator::QUORUMCall {})
        .await;
    assert!(stranger.contains(empty), "{stranger}");
    for (data, value) in [
        (vec![], 0),
        (vec![1, 0x21], 0),
        (vec![0x01, 0x21, 0xb9, 0x3f], 0),
        (vec![], 1),
    ] {
        let sent =
            s.l2.send("a bad call", Some(poll), data.into(), U256::from(value))
                .await;
        assert!(sent.expect_err("refused").to_string().contains(empty));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broadcaster_funds_unlocks_waits_and_withdraws() {
    let s = System::at_work().await;
    let system = payments(&s).await;
    assert_eq!(
        (system.broker, system.bonding, system.rounds),
        (s.broker, s.bonding, s.rounds)
    );
    let me = s.accounts[7];
    let l2 = s.l2.with_unlocked(me);
    let look = async || Broadcaster::look(&l2, &system, me).await.expect("a record");
    let fund = |deposit, reserve| Action::Fund {
        of: me,
        deposit: U256::from(deposit),
        reserve: U256::from(reserve),
    };

    let it = look().await;
    assert!(matches!(
        it.may(&fund(0u128, 0)),
        Err(PaymentError::Nothing)
    ));
    assert!(matches!(
        it.may(&Action::Withdraw),
        Err(PaymentError::NoFunds { .. })
    ));
    let done = it
        .act(&l2, &system, &fund(ETH, 2 * ETH))
        .await
        .expect("funds");
    assert_eq!(
        (done.broadcaster.deposit, done.broadcaster.reserve),
        (U256::from(ETH), U256::from(2 * ETH))
    );
    let it = look().await;
    assert!(matches!(
        it.may(&Action::Withdraw),
        Err(PaymentError::Locked { .. })
    ));
    it.act(&l2, &system, &Action::Unlock)
        .await
        .expect("unlocks");
    let it = look().await;
    assert_eq!(it.withdraw_round, Some(it.round + 2));
    assert!(
        it.may(&Action::Withdraw)
            .expect_err("too early")
            .is_pending()
    );
    assert!(matches!(
        it.may(&Action::Unlock),
        Err(PaymentError::Unlocking { .. })
    ));
    it.act(&l2, &system, &Action::CancelUnlock)
        .await
        .expect("stays");
    it.act(&l2, &system, &Action::Unlock)
        .await
        .expect("unlocks");
    s.next_round().await;
    s.next_round().await;
    let it = look().await;
    it.may(&Action::Withdraw).expect("now");
    let before = s.l2.balance(me).await.expect("a balance");
    let done = it
        .act(&l2, &system, &Action::Withdraw)
        .await
        .expect("withdraws");
    assert!(done.broadcaster.deposit.is_zero() && done.broadcaster.reserve.is_zero());
    assert!(s.l2.balance(me).await.expect("a balance") > before + U256::from(2 * ETH));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_orchestrator_that_waits_is_told_its_rounds_and_can_redeem_todays_tickets_then() {
    let s = System::at_work().await;
    let system = payments(&s).await;
    let (new, nobody) = (s.accounts[8], s.accounts[9]);
    let look = async |who| {
        Orchestrator::look(&s.l2, &system, who)
            .await
            .expect("a record")
            .standing
    };
    s.bond(new, new, 1000).await;
    let round = s.round().await;
    let expected = Standing::Pending {
        from_round: round + 1,
        may_take_tickets: true,
        redeem_until: round + 1,
    };
    assert_eq!(look(new).await, expected);
    assert_eq!(
        look(s.accounts[1]).await,
        Standing::Active {
            last_round: None,
            redeem_until: round + 1
        }
    );
    assert_eq!(look(nobody).await, Standing::NotRegistered);

    // The round's active set does not change while the round lasts.
    let active = async |round: u64| {
        let set = IBondingManager::activeSetCall {
            transcoder: new,
            round: U256::from(round),
        };
        let set = s.l2.read(s.bonding, &set).await.expect("answers");
        (set.isActive, set.size.to::<u64>())
    };
    assert_eq!(
        (active(round).await, active(round + 1).await),
        ((false, 6), (true, 6))
    );

    // And so it is: a ticket of today is refused today and paid in the round that was named.
    let signer = PrivateKeySigner::random();
    s.fund(signer.address(), ETH, 0).await;
    let redeem = s.ticket(&signer, new, ETH, 1).await;
    let refused = s.refusal(new, s.broker, &redeem).await;
    assert!(
        refused.contains("ticket recipient is not active"),
        "{refused}"
    );
    s.next_round().await;
    assert_eq!(active(round + 1).await, (true, 7));
    s.reward(new).await;
    let paid = s.send_from(new, s.broker, &redeem, 0).await;
    let event: ITicketBroker::WinningTicketTransfer = paid.event(s.broker).expect("paid");
    assert_eq!((event.recipient, event.amount), (new, U256::from(ETH)));
}

/// What the command says, as JSON.
fn said(s: &System, arguments: &[&str]) -> serde_json::Value {
    let (url, controller) = (s.node.http_url(), s.controller.to_string());
    let output = snapbox::cmd::Command::new(snapbox::cmd::cargo_bin!("confluence"))
        .args(arguments)
        .args([
            "--json",
            "--quiet",
            "--l2-rpc",
            &url,
            "--controller",
            &controller,
        ])
        .assert()
        .success()
        .get_output()
        .stdout
        .clone();
    serde_json::from_slice(&output).expect("one JSON document")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_verbs_do_what_their_library_does() {
    let s = System::at_work().await;
    let (one, me) = (s.accounts[1].to_string(), s.accounts[7].to_string());
    let signing = |who| ["--unlocked", who, "--yes"];

    let funded = said(
        &s,
        &[
            &["broadcaster", "fund", "--deposit", "0.5", "--reserve", "2"],
            &signing(&me)[..],
        ]
        .concat(),
    );
    assert_eq!(funded["schema"], "confluence.broadcaster.done/1");
    assert_eq!(funded["broadcaster"]["deposit"], "500000000000000000");
    let unlocked = said(
        &s,
        &[&["broadcaster", "unlock"], &signing(&me)[..]].concat(),
    );
    assert_eq!(unlocked["action"], "unlock");
    let shown = said(&s, &["broadcaster", "show", &me]);
    assert_eq!(
        shown["withdraw_round"],
        unlocked["broadcaster"]["withdraw_round"]
    );

    let orchestrator = said(&s, &["orchestrator", &one]);
    assert_eq!(orchestrator["state"], "active");

    // The registry does not have it, as Livepeer's does not.
    let creator = s.creator.to_string();
    let poll_verb = |verb: &[&str]| {
        let at = ["--poll-creator", creator.as_str()];
        said(&s, &[&["poll"], verb, &at[..]].concat())
    };
    let opened = poll_verb(&[&["create", "QmProposal"], &signing(&one)[..]].concat());
    let poll = opened["poll"]["address"]
        .as_str()
        .expect("an address")
        .to_owned();
    let voted = poll_verb(&[&["vote", &poll, "yes"], &signing(&one)[..]].concat());
    assert_eq!(voted["choice"], "yes");
    assert_eq!(
        poll_verb(&["show"])["polls"][0]["address"],
        opened["poll"]["address"]
    );
    let tally = poll_verb(&["tally", &poll]);
    assert_eq!(tally["tally"]["votes"][0]["choice"], "yes");
    assert_eq!(tally["is_open"], true);

    // Too early is not failed and not done yet.
    let (url, controller) = (s.node.http_url(), s.controller.to_string());
    let early = [
        "broadcaster",
        "withdraw",
        "--unlocked",
        &me,
        "--yes",
        "--l2-rpc",
        &url,
        "--controller",
        &controller,
    ];
    snapbox::cmd::Command::new(snapbox::cmd::cargo_bin!("confluence"))
        .args(early)
        .assert()
        .code(3)
        .stdout_eq("");
    // And nobody is asked where nobody can answer.
    let unasked = [
        "broadcaster",
        "unlock",
        "--cancel",
        "--unlocked",
        &me,
        "--l2-rpc",
        &url,
        "--controller",
        &controller,
    ];
    snapbox::cmd::Command::new(snapbox::cmd::cargo_bin!("confluence"))
        .args(unasked)
        .assert()
        .code(2)
        .stdout_eq("");
}
