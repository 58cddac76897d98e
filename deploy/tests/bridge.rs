//! Tickets on two chains: every state, what brings a ticket there, and that fees are what was computed.

use alloy::{
    primitives::{Address, B256, Bytes, U256},
    sol,
};
use confluence::{
    client::{L1, L2, Mined},
    l2::creation_code,
    ticket::{
        self, Buffers, Draft, Fees, State, TicketError,
        bridge::{ARB_RETRYABLE_TX, ArbRetryableTx, Inbox},
    },
};
use confluence_devnode::bridge::TwoChains;

sol! {
    interface UnsafeInbox {
        function unsafeCreateRetryableTicket(address to, uint256 l2CallValue, uint256 maxSubmissionCost, address excessFeeRefundAddress, address callValueRefundAddress, uint256 gasLimit, uint256 maxFeePerGas, bytes data) external payable returns (uint256);
    }
}

struct Chains {
    pair: TwoChains,
    l1: L1,
    l2: L2,
    me: Address,
}

impl Chains {
    async fn start() -> Self {
        let pair = TwoChains::start().expect("both chains");
        let l1 = L1::connect(&pair.l1_url(), None, None).await.expect("L1");
        let l2 = L2::connect(&pair.l2_url(), None, None).await.expect("L2");
        let me = l1.unlocked().await.expect("a list")[0];
        let rich = l2.unlocked().await.expect("a list")[0];
        let (l1, l2) = (l1.with_unlocked(me), l2.with_unlocked(rich));
        // the L1 account pays on L2 as well
        let ether = U256::from(10).pow(U256::from(18));
        l2.send("a gift", Some(me), Bytes::new(), ether)
            .await
            .expect("is mined");
        let l2 = l2.with_unlocked(me);
        Self { pair, l1, l2, me }
    }

    fn inbox(&self) -> Address {
        self.pair.contracts().inbox
    }

    fn draft(&self, to: Address, data: Bytes) -> Draft {
        Draft {
            sender: self.me,
            to,
            call_value: U256::from(1_000),
            refund_to: self.me,
            data,
            overrides: None,
        }
    }

    async fn fees(&self, draft: &Draft) -> Fees {
        let buffers = Buffers::default();
        ticket::estimate(&self.l1, &self.l2, self.inbox(), draft, buffers)
            .await
            .expect("an estimate")
    }

    /// Sends a ticket with these fees, and lets L2 see it.
    async fn send(&self, draft: &Draft, fees: &Fees) -> Mined {
        let call = Inbox::createRetryableTicketCall {
            to: draft.to,
            l2CallValue: draft.call_value,
            maxSubmissionCost: fees.max_submission_cost,
            excessFeeRefundAddress: draft.refund_to,
            callValueRefundAddress: draft.refund_to,
            gasLimit: U256::from(fees.gas_limit),
            maxFeePerGas: fees.max_fee_per_gas,
            data: draft.data.clone(),
        };
        let mined = self.l1.transact(self.inbox(), &call, fees.value()).await;
        let mined = mined.expect("is mined");
        self.pair.sync().expect("in sync");
        mined
    }

    /// Id and state of the one ticket that an L1 transaction sent.
    async fn state(&self, sent: &Mined) -> (B256, State) {
        let found = ticket::by_hash(Some(&self.l1), &self.l2, sent.hash).await;
        let mut found = found.expect("found");
        assert_eq!(found.len(), 1);
        let status = found.remove(0);
        (status.id, status.state)
    }

    /// A ticket that waits on L2.
    async fn waiting(&self) -> (B256, Mined) {
        let draft = self.draft(Address::repeat_byte(7), Bytes::new());
        let fees = self.fees(&draft).await;
        self.pair.follower().fail_auto_redeems(1);
        let sent = self.send(&draft, &fees).await;
        let (id, state) = self.state(&sent).await;
        assert!(matches!(state, State::FundsDeposited { .. }), "{state:?}");
        (id, sent)
    }
}

#[tokio::test]
async fn an_estimated_ticket_runs_at_once_and_can_be_found_by_id_too() {
    let c = Chains::start().await;
    let draft = c.draft(Address::repeat_byte(7), Bytes::from(vec![1; 100]));
    let fees = c.fees(&draft).await;
    let sent = c.send(&draft, &fees).await;
    let (id, state) = c.state(&sent).await;
    assert!(state.is_redeemed(), "{state:?}");
    assert_eq!(
        c.l2.balance(draft.to).await.expect("a balance"),
        U256::from(1_000)
    );
    let by_id = ticket::by_hash(Some(&c.l1), &c.l2, id)
        .await
        .expect("found");
    assert_eq!(by_id[0].state, state);
}

#[tokio::test]
async fn fees_computed_are_fees_charged_for_a_hundred_tickets() {
    let c = Chains::start().await;
    let mut seed = 1_u64;
    for _ in 0..100 {
        // a linear congruence is random enough for lengths
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let length = (seed >> 33) % 700;
        let draft = c.draft(Address::repeat_byte(7), vec![3; length as usize].into());
        let fees = c.fees(&draft).await;
        let sent = c.send(&draft, &fees).await;
        let tickets = ticket::tickets(&sent.logs).expect("tickets");
        let id = tickets[0].id(c.l2.chain_id());
        let created = c.l2.receipt(id).await.expect("read").expect("created");
        let scheduled = created
            .mined
            .event::<ArbRetryableTx::RedeemScheduled>(ARB_RETRYABLE_TX)
            .expect("a redeem");
        assert_eq!(scheduled.submissionFeeRefund, tickets[0].submission_fee());
        assert_eq!(
            tickets[0].deposit,
            tickets[0].needed(),
            "nothing is left over"
        );
        let (_, state) = c.state(&sent).await;
        assert!(state.is_redeemed(), "{state:?}");
    }
}

#[tokio::test]
async fn a_ticket_that_l2_has_not_seen_is_not_created() {
    let c = Chains::start().await;
    let draft = c.draft(Address::repeat_byte(7), Bytes::new());
    let fees = c.fees(&draft).await;
    c.pair.follower().hold();
    let sent = c.send(&draft, &fees).await;
    let (id, state) = c.state(&sent).await;
    assert_eq!(state, State::NotCreated);
    let error = ticket::redeem(&c.l2, id).await.expect_err("not there");
    assert!(matches!(error, TicketError::Unknown { .. }), "{error}");
    c.pair.follower().release(None).expect("released");
    let (_, state) = c.state(&sent).await;
    assert!(state.is_redeemed(), "{state:?}");
}

#[tokio::test]
async fn a_waiting_ticket_is_redeemed_once() {
    let c = Chains::start().await;
    let (id, sent) = c.waiting().await;
    let redeemed = ticket::redeem(&c.l2, id).await.expect("redeems");
    let (_, state) = c.state(&sent).await;
    assert_eq!(
        state,
        State::Redeemed {
            transaction: redeemed.attempt
        }
    );
    let error = ticket::redeem(&c.l2, id).await.expect_err("is done");
    assert!(error.to_string().contains("REDEEMED"), "{error}");
}

#[tokio::test]
async fn a_ticket_whose_call_fails_says_why_and_stays() {
    let c = Chains::start().await;
    // answers every call with Error("no")
    let revert = alloy::sol_types::SolError::abi_encode(&alloy::sol_types::Revert::from("no"));
    let length = u8::try_from(revert.len()).expect("short");
    let mut code = vec![
        0x60, length, 0x60, 12, 0x60, 0, 0x39, 0x60, length, 0x60, 0, 0xfd,
    ];
    code.extend(revert);
    let made =
        c.l2.send("a contract", None, creation_code(&code), U256::ZERO);
    let to = made.await.expect("is mined").created.expect("an address");
    let good = c.draft(Address::repeat_byte(7), Bytes::new());
    let fees = c.fees(&good).await;
    let sent = c.send(&c.draft(to, Bytes::new()), &fees).await;
    let (id, state) = c.state(&sent).await;
    let State::FundsDeposited { why, .. } = &state else {
        panic!("{state:?}")
    };
    let gas = format!(" of its {} units of gas, and would now: no", fees.gas_limit);
    assert!(why.starts_with("its first run failed after "), "{why}");
    assert!(why.ends_with(&gas), "{why}");
    let error = ticket::redeem(&c.l2, id).await.expect_err("fails again");
    assert!(matches!(error, TicketError::StillFails { .. }), "{error}");
    let bad = c.draft(to, Bytes::new());
    let estimate = ticket::estimate(&c.l1, &c.l2, c.inbox(), &bad, Buffers::default()).await;
    let error = estimate.expect_err("would fail").to_string();
    assert!(error.contains("no"), "{error}");
}

#[tokio::test]
async fn a_waiting_ticket_lives_a_week_and_another_when_it_is_kept() {
    let c = Chains::start().await;
    let (kept, _) = c.waiting().await;
    let (left, sent) = c.waiting().await;
    let (until, _) = ticket::keepalive(&c.l2, kept).await.expect("extends");
    let now = c.l2.head().await.expect("a block").timestamp;
    assert!(until > now + 13 * 86_400, "{until} {now}");
    let error = ticket::keepalive(&c.l2, kept).await.expect_err("too early");
    assert!(matches!(error, TicketError::TooEarly { .. }), "{error}");

    c.pair.follower().advance(8 * 86_400, 1).expect("advanced");
    // blocks in which the queue of tickets is looked at
    for _ in 0..3 {
        let mined =
            c.l2.send("a transfer", Some(c.me), Bytes::new(), U256::ZERO);
        mined.await.expect("is mined");
    }
    let (_, state) = c.state(&sent).await;
    assert_eq!(state, State::Expired { cancelled: false }, "{left}");
    ticket::redeem(&c.l2, kept)
        .await
        .expect("the kept one runs");
}

#[tokio::test]
async fn only_its_beneficiary_cancels_a_ticket() {
    let c = Chains::start().await;
    let (id, sent) = c.waiting().await;
    let accounts = c.l2.unlocked().await.expect("a list");
    let stranger = accounts.into_iter().find(|it| *it != c.me);
    let stranger = stranger.expect("another account");
    let error = ticket::cancel(&c.l2.with_unlocked(stranger), id).await;
    let error = error.expect_err("a stranger");
    assert!(
        matches!(error, TicketError::NotBeneficiary { .. }),
        "{error}"
    );
    ticket::cancel(&c.l2, id).await.expect("cancels");
    let (_, state) = c.state(&sent).await;
    assert_eq!(state, State::Expired { cancelled: true });
}

#[tokio::test]
async fn ether_that_does_not_pay_for_keeping_a_ticket_fails_its_creation() {
    let c = Chains::start().await;
    let call = UnsafeInbox::unsafeCreateRetryableTicketCall {
        to: c.me,
        l2CallValue: U256::ZERO,
        maxSubmissionCost: U256::from(10).pow(U256::from(18)),
        excessFeeRefundAddress: c.me,
        callValueRefundAddress: c.me,
        gasLimit: U256::ZERO,
        maxFeePerGas: U256::ZERO,
        data: Bytes::new(),
    };
    let sent = c.l1.transact(c.inbox(), &call, U256::ZERO).await;
    c.pair.sync().expect("in sync");
    let (_, state) = c.state(&sent.expect("is mined")).await;
    assert_eq!(state, State::CreationFailed);
}

#[tokio::test]
async fn hashes_that_are_no_tickets_say_what_they_are_and_where_they_were_looked_for() {
    let c = Chains::start().await;
    let plain =
        c.l1.send("a transfer", Some(c.me), Bytes::new(), U256::ZERO)
            .await;
    let plain = plain.expect("is mined").hash;
    let error = ticket::by_hash(Some(&c.l1), &c.l2, plain)
        .await
        .expect_err("no ticket");
    assert!(
        error.to_string().contains("sent no ticket to L2"),
        "{error}"
    );

    let on_l2 =
        c.l2.send("a transfer", Some(c.me), Bytes::new(), U256::ZERO)
            .await;
    let on_l2 = on_l2.expect("is mined").hash;
    let error = ticket::by_hash(Some(&c.l1), &c.l2, on_l2)
        .await
        .expect_err("no ticket");
    assert!(
        matches!(error, TicketError::NotATicket { side: "L2", .. }),
        "{error}"
    );

    let nowhere = B256::repeat_byte(5);
    let error = ticket::by_hash(Some(&c.l1), &c.l2, nowhere)
        .await
        .expect_err("nowhere");
    let (l1, l2) = (c.l1.chain_id(), c.l2.chain_id());
    let expected = format!("looked on L1 (chain {l1}) and L2 (chain {l2})");
    assert!(error.to_string().contains(&expected), "{error}");
}
