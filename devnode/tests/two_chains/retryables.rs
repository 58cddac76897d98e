//! Retryable tickets from the real Inbox: creation, auto-redeem, failure, redeem by hand, cancel, keepalive, expiry; and
//! every wei of their fees.

use alloy_primitives::{Address, B256, Bytes, U256, address, hex, keccak256};
use alloy_sol_types::SolCall as _;
use serde_json::{Value, json};

use crate::pair::{ALICE, ArbRetryableTx, BOB, GWEI, Inbox, Pair, RETRYABLES, ether, number, word};

/// Counts its calls in slot 0.
pub(crate) const COUNTER: &str = "0x5f546001015f5500";
/// Refuses everything.
pub(crate) const REFUSER: &str = "0x5f5ffd";
/// What an account has as code that lets a contract act for it (EIP-7702).
pub(crate) const DELEGATED: &str = "0xef010000000000000000000000000000000000c0ffee03";
/// A contract of ours on L2.
pub(crate) const TARGET: Address = address!("00000000000000000000000000000000c0ffee01");
/// Who gets the fees of a dev chain.
const NETWORK: Address = Address::ZERO;
/// L2 base fee in wei.
const BASE_FEE: u64 = 100_000_000;
/// Seconds a ticket lives.
pub(crate) const LIFETIME: u64 = 604_800;

/// What Arbitrum makes of an L1 sender.
pub(crate) fn alias(who: Address) -> Address {
    let offset = U256::from_be_slice(&hex!("1111000000000000000000000000000000001111"));
    let sum = U256::from_be_slice(who.as_slice()).wrapping_add(offset);
    Address::from_word(B256::from(sum))
}

/// A ticket that calls [`TARGET`].
#[derive(Clone, Debug)]
pub(crate) struct Ticket {
    pub(crate) call_value: U256,
    pub(crate) submission: U256,
    pub(crate) gas: u64,
    pub(crate) fee_cap: u64,
    pub(crate) fee_refund: Address,
    pub(crate) value_refund: Address,
    pub(crate) data: Bytes,
    pub(crate) excess: U256,
}

impl Default for Ticket {
    fn default() -> Self {
        Self {
            call_value: U256::ZERO,
            submission: U256::from(10_000_000) * U256::from(GWEI),
            gas: 200_000,
            fee_cap: GWEI,
            fee_refund: ALICE,
            value_refund: ALICE,
            data: Bytes::new(),
            excess: U256::ZERO,
        }
    }
}

impl Ticket {
    pub(crate) fn call(&self) -> Inbox::createRetryableTicketCall {
        Inbox::createRetryableTicketCall {
            to: TARGET,
            l2CallValue: self.call_value,
            maxSubmissionCost: self.submission,
            excessFeeRefundAddress: self.fee_refund,
            callValueRefundAddress: self.value_refund,
            gasLimit: U256::from(self.gas),
            maxFeePerGas: U256::from(self.fee_cap),
            data: self.data.clone(),
        }
    }

    pub(crate) fn deposit(&self) -> U256 {
        let gas = U256::from(self.gas) * U256::from(self.fee_cap);
        self.call_value + self.submission + gas + self.excess
    }

    /// Sends it as Alice and lets it arrive; the receipts of submission and auto-redeem.
    pub(crate) fn send(&self, pair: &Pair) -> Sent {
        pair.inbox(self.deposit(), &self.call());
        Sent::newest(pair)
    }
}

/// A ticket on L2.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) id: B256,
    pub(crate) submission: Value,
    pub(crate) redeem: Option<Value>,
}

impl Sent {
    /// The ticket of the newest L2 block.
    pub(crate) fn newest(pair: &Pair) -> Self {
        let block = pair.l2.latest();
        let hash = |index: usize| -> Option<B256> {
            serde_json::from_value(block["transactions"][index]["hash"].clone()).ok()
        };
        let id = hash(1).expect("a ticket in the newest block");
        Self {
            id,
            submission: pair.l2.receipt(id),
            redeem: hash(2).map(|hash| pair.l2.receipt(hash)),
        }
    }
}

pub(crate) fn count(pair: &Pair) -> u64 {
    let slot = pair
        .l2
        .ask("eth_getStorageAt", json!([TARGET, "0x0", "latest"]));
    word(&slot).to()
}

pub(crate) fn set_target(pair: &Pair, code: &str) {
    pair.l2.ask("hardhat_setCode", json!([TARGET, code]));
}

/// Redeems as Bob, with gas to spare; the receipt of his transaction and of the redeem, if one ran.
pub(crate) fn redeem(pair: &Pair, id: B256) -> (Value, Option<Value>) {
    let call = ArbRetryableTx::redeemCall { ticketId: id }.abi_encode();
    let data = Bytes::from(call);
    let tx = json!([{"from": BOB, "to": RETRYABLES, "data": data, "gas": "0x1e8480"}]);
    let hash = pair.l2.ask("eth_sendTransaction", tx);
    let receipt = pair.l2.ask("eth_getTransactionReceipt", json!([hash]));
    let block = pair.l2.latest();
    let retry = block["transactions"][2].get("hash").cloned();
    let retry = retry.map(|hash| pair.l2.ask("eth_getTransactionReceipt", json!([hash])));
    (receipt, retry)
}

#[test]
fn redeeming_is_estimated_without_a_price_as_wallets_ask() {
    let pair = Pair::start();
    set_target(&pair, COUNTER);
    pair.chains.follower().fail_auto_redeems(1);
    let sent = Ticket::default().send(&pair);
    let call = ArbRetryableTx::redeemCall { ticketId: sent.id }.abi_encode();
    let mut tx = json!({"from": BOB, "to": RETRYABLES, "data": Bytes::from(call)});
    tx["gas"] = pair.l2.ask("eth_estimateGas", json!([tx]));
    pair.l2.ask("eth_sendTransaction", json!([tx]));
    assert_eq!(count(&pair), 1, "that much gas redeems it");
}

pub(crate) fn exists(pair: &Pair, id: B256) -> bool {
    let call = ArbRetryableTx::getTimeoutCall { ticketId: id }.abi_encode();
    let call = json!([{"to": RETRYABLES, "data": Bytes::from(call)}, "latest"]);
    pair.l2.try_ask("eth_call", call).is_ok()
}

fn escrow(id: B256) -> Address {
    Address::from_word(keccak256(
        [&b"retryable escrow"[..], id.as_slice()].concat(),
    ))
}

#[test]
fn a_ticket_redeems_itself_as_the_alias_of_its_sender() {
    let pair = Pair::start();
    set_target(&pair, COUNTER);
    let sent = Ticket {
        call_value: ether(1),
        ..Ticket::default()
    }
    .send(&pair);
    let redeem = sent.redeem.expect("an auto-redeem");
    assert_eq!(
        (&redeem["status"], &redeem["type"]),
        (&json!("0x1"), &json!("0x68"))
    );
    assert_eq!(redeem["from"], json!(format!("{:#x}", alias(ALICE))));
    assert_eq!(sent.submission["type"], "0x69");
    assert_eq!(count(&pair), 1);
    assert_eq!(pair.l2.balance(TARGET), ether(1));
    assert!(!exists(&pair, sent.id));
}

#[test]
fn a_failed_ticket_stays_and_anybody_redeems_it() {
    let pair = Pair::start();
    set_target(&pair, REFUSER);
    let ticket = Ticket {
        call_value: ether(1),
        ..Ticket::default()
    };
    let sent = ticket.send(&pair);
    assert_eq!(
        sent.redeem.map(|receipt| receipt["status"].clone()),
        Some(json!("0x0"))
    );
    assert!(exists(&pair, sent.id));
    assert_eq!(pair.l2.balance(escrow(sent.id)), ether(1));
    // Once more in vain, then with the target in order.
    let (_, retry) = redeem(&pair, sent.id);
    assert_eq!(
        retry.map(|receipt| receipt["status"].clone()),
        Some(json!("0x0"))
    );
    set_target(&pair, COUNTER);
    let (_, retry) = redeem(&pair, sent.id);
    assert_eq!(
        retry.map(|receipt| receipt["status"].clone()),
        Some(json!("0x1"))
    );
    assert_eq!(count(&pair), 1);
    assert!(!exists(&pair, sent.id));
    // Twice is once too often.
    let (receipt, retry) = redeem(&pair, sent.id);
    assert_eq!(receipt["status"], "0x0");
    assert!(retry.is_none());
    assert_eq!(count(&pair), 1);
}

#[test]
fn a_fee_cap_below_the_base_fee_leaves_a_ticket_without_a_try() {
    let pair = Pair::start();
    set_target(&pair, COUNTER);
    let sent = Ticket {
        fee_cap: BASE_FEE - 1,
        ..Ticket::default()
    }
    .send(&pair);
    assert_eq!(sent.submission["status"], "0x1");
    assert!(sent.redeem.is_none());
    assert!(exists(&pair, sent.id));
    assert_eq!(count(&pair), 0);
}

#[test]
fn too_little_submission_cost_is_refused_on_l1() {
    let pair = Pair::start();
    let ticket = Ticket {
        submission: U256::from(1),
        ..Ticket::default()
    };
    let inbox = pair.chains.contracts().inbox;
    let call = json!([{
        "from": ALICE, "to": inbox, "value": ticket.deposit(),
        "data": Bytes::from(ticket.call().abi_encode()),
    }, "latest"]);
    let refused = pair.l1.try_ask("eth_call", call).expect_err("refused");
    // InsufficientSubmissionCost(uint256,uint256)
    assert!(refused.contains("fadf238a"), "{refused}");
    assert_eq!(pair.sync().messages_read, 1);
}

#[test]
fn refund_addresses_with_code_on_l1_are_aliased_unless_the_sender_says_otherwise() {
    let pair = Pair::start();
    set_target(&pair, COUNTER);
    let wallet = address!("00000000000000000000000000000000c0ffee02");
    let ticket = Ticket {
        fee_refund: wallet,
        value_refund: wallet,
        fee_cap: 1000,
        ..Ticket::default()
    };
    for code in ["0x00", DELEGATED] {
        pair.l1.ask("anvil_setCode", json!([wallet, code]));
        let had = pair.l2.balance(alias(wallet));
        let sent = ticket.send(&pair);
        let call = ArbRetryableTx::getBeneficiaryCall { ticketId: sent.id };
        assert_eq!(pair.l2.call(RETRYABLES, &call), alias(wallet), "{code}");
        assert_ne!(pair.l2.balance(alias(wallet)), had, "{code}");
        assert_eq!(pair.l2.balance(wallet), U256::ZERO);
    }
    // The unsafe form takes addresses as they are.
    let Inbox::createRetryableTicketCall {
        to,
        l2CallValue,
        maxSubmissionCost,
        excessFeeRefundAddress,
        callValueRefundAddress,
        gasLimit,
        maxFeePerGas,
        data,
    } = ticket.call();
    let unaltered = Inbox::unsafeCreateRetryableTicketCall {
        to,
        l2CallValue,
        maxSubmissionCost,
        excessFeeRefundAddress,
        callValueRefundAddress,
        gasLimit,
        maxFeePerGas,
        data,
    };
    pair.inbox(ticket.deposit(), &unaltered);
    let sent = Sent::newest(&pair);
    let call = ArbRetryableTx::getBeneficiaryCall { ticketId: sent.id };
    assert_eq!(pair.l2.call(RETRYABLES, &call), wallet);
}

#[test]
fn a_beneficiary_cancels_and_gets_the_call_value() {
    let pair = Pair::start();
    set_target(&pair, REFUSER);
    let sent = Ticket {
        call_value: ether(3),
        value_refund: BOB,
        ..Ticket::default()
    }
    .send(&pair);
    let before = pair.l2.balance(BOB);
    let call = ArbRetryableTx::cancelCall { ticketId: sent.id };
    let refused = pair
        .l2
        .try_send(ALICE, RETRYABLES, U256::ZERO, call.abi_encode());
    assert!(refused.is_err() || refused.is_ok_and(|receipt| receipt["status"] == "0x0"));
    let receipt = pair.l2.send(BOB, RETRYABLES, U256::ZERO, call.abi_encode());
    let paid = word(&receipt["gasUsed"]) * U256::from(BASE_FEE);
    assert_eq!(pair.l2.balance(BOB), before + ether(3) - paid);
    assert!(!exists(&pair, sent.id));
}

#[test]
fn a_ticket_expires_after_a_week_and_its_value_goes_to_the_beneficiary() {
    let pair = Pair::start();
    set_target(&pair, REFUSER);
    let heir = Address::repeat_byte(0x99);
    let sent = Ticket {
        call_value: ether(2),
        value_refund: heir,
        ..Ticket::default()
    }
    .send(&pair);
    let follower = pair.chains.follower();
    follower.advance(LIFETIME - 60, 1).expect("time moves");
    assert!(exists(&pair, sent.id));
    assert_eq!(pair.l2.balance(heir), U256::ZERO);
    follower.advance(120, 1).expect("time moves");
    assert!(!exists(&pair, sent.id));
    assert_eq!(pair.l2.balance(heir), ether(2));
}

#[test]
fn keepalive_buys_another_week() {
    let pair = Pair::start();
    set_target(&pair, REFUSER);
    let sent = Ticket::default().send(&pair);
    let timeout = ArbRetryableTx::getTimeoutCall { ticketId: sent.id };
    let first = pair.l2.call(RETRYABLES, &timeout);
    let call = ArbRetryableTx::keepaliveCall { ticketId: sent.id };
    pair.l2.send(BOB, RETRYABLES, U256::ZERO, call.abi_encode());
    assert_eq!(
        pair.l2.call(RETRYABLES, &timeout),
        first + U256::from(LIFETIME)
    );
    let follower = pair.chains.follower();
    follower.advance(LIFETIME + 60, 1).expect("time moves");
    set_target(&pair, COUNTER);
    let (_, retry) = redeem(&pair, sent.id);
    assert_eq!(
        retry.map(|receipt| receipt["status"].clone()),
        Some(json!("0x1"))
    );
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn ticket(&mut self, round: u64, submission_fee: U256, data: Bytes) -> Ticket {
        let gas = [0, 20_999, 21_000, 21_500, 40_000, 100_000, 3_000_000];
        let cap = [
            0,
            1,
            BASE_FEE - 1,
            BASE_FEE,
            BASE_FEE + 1,
            3 * BASE_FEE,
            GWEI,
        ];
        let pick = |dice: &mut Self, list: &[u64]| {
            list[usize::try_from(dice.throw(list.len() as u64)).expect("an index")]
        };
        let (gas, fee_cap) = (pick(self, &gas), pick(self, &cap));
        let fresh =
            |tag: u8| Address::from_word(keccak256([&round.to_be_bytes()[..], &[tag]].concat()));
        let wei = |dice: &mut Self| match dice.throw(3) {
            0 => U256::ZERO,
            _ => U256::from(dice.throw(1_000_000_000_000_000)),
        };
        // 1 is what callers put there who only want an estimate; the Inbox refuses it.
        let not_magic = |number: u64| if number == 1 { 2 } else { number };
        Ticket {
            call_value: wei(self),
            submission: submission_fee + wei(self),
            gas,
            fee_cap: not_magic(fee_cap),
            fee_refund: if self.throw(4) == 0 {
                alias(ALICE)
            } else {
                fresh(1)
            },
            value_refund: if self.throw(4) == 0 {
                alias(ALICE)
            } else {
                fresh(2)
            },
            data,
            excess: wei(self),
        }
    }
}

/// Balances as the rules of Nitro's fee handling have them, step by step.
#[derive(Default)]
struct Books(std::collections::BTreeMap<Address, i128>);

impl Books {
    fn mint(&mut self, to: Address, wei: i128) {
        *self.0.entry(to).or_default() += wei;
    }

    fn transfer(&mut self, from: Address, to: Address, wei: i128) {
        self.mint(from, -wei);
        self.mint(to, wei);
    }

    /// What the ticket does to everybody, with `sender_had` on the alias before.
    fn apply(&mut self, ticket: &Ticket, sent: &Sent, fee: i128, sender_had: i128) {
        let small = |wei: U256| i128::try_from(wei.to::<u128>()).expect("wei");
        let take = |pool: &mut i128, wei: i128| {
            let taken = wei.min(*pool);
            *pool -= taken;
            taken
        };
        let (sender, refund) = (alias(ALICE), ticket.fee_refund);
        let (gas, cap) = (i128::from(ticket.gas), i128::from(ticket.fee_cap));
        let base = i128::from(BASE_FEE);
        let (value, most) = (small(ticket.call_value), small(ticket.submission));
        let mut left = small(ticket.deposit());
        self.mint(sender, left);
        take(&mut left, value);
        self.transfer(sender, NETWORK, fee);
        let mut refundable = take(&mut left, fee);
        let excess_fee = take(&mut left, most - fee);
        self.transfer(sender, refund, excess_fee);
        self.transfer(sender, escrow(sent.id), value);
        let has = sender_had + self.0.get(&sender).copied().unwrap_or_default();
        if has < cap * gas || ticket.gas < 21_000 || cap < base {
            let unused = take(&mut left, cap * gas);
            self.transfer(sender, refund, unused);
            assert!(sent.redeem.is_none(), "no try without money: {ticket:?}");
            return;
        }
        self.transfer(sender, NETWORK, base * gas);
        refundable += take(&mut left, base * gas);
        let saved = take(&mut left, (cap - base) * gas);
        self.transfer(sender, refund, saved);
        refundable += left;
        let Some(receipt) = &sent.redeem else {
            // Gas below the intrinsic gas of the call: paid, and never run.
            assert!(ticket.gas < 60_000, "{ticket:?}");
            return;
        };
        let used = i128::from(number(&receipt["gasUsed"]));
        let give_back = |books: &mut Self, pool: &mut i128, wei: i128| {
            let to_refund = take(pool, wei);
            books.transfer(NETWORK, refund, to_refund);
            books.transfer(NETWORK, sender, wei - to_refund);
        };
        if receipt["status"] == "0x1" {
            self.transfer(escrow(sent.id), TARGET, value);
            give_back(self, &mut refundable, fee);
        } else {
            take(&mut refundable, fee);
        }
        take(&mut refundable, base * used);
        give_back(self, &mut refundable, base * (gas - used));
    }
}

#[test]
fn a_hundred_random_tickets_are_charged_to_the_wei() {
    let pair = Pair::start();
    let mut dice = Dice(5);
    let (mut tried, mut failed) = (0, 0);
    for round in 0..100 {
        set_target(&pair, if dice.throw(3) == 0 { REFUSER } else { COUNTER });
        let l1_base_fee = 1 + dice.throw(20_000_000_000);
        pair.l1.ask(
            "anvil_setNextBlockBaseFeePerGas",
            json!([U256::from(l1_base_fee)]),
        );
        let data = Bytes::from(vec![
            round as u8;
            usize::try_from(dice.throw(300)).expect("length")
        ]);
        // Computed as clients do, from the length of the data and L1's base fee.
        let fee = u128::from(l1_base_fee) * (1400 + 6 * data.len() as u128);
        let ticket = dice.ticket(round, U256::from(fee), data);
        let (sender, known) = (
            alias(ALICE),
            [NETWORK, TARGET, ticket.fee_refund, ticket.value_refund],
        );
        let balances = |who: &[Address]| -> Vec<U256> {
            who.iter().map(|who| pair.l2.balance(*who)).collect()
        };
        let watched = [&[sender][..], &known].concat();
        let before = balances(&watched);
        let sent = ticket.send(&pair);
        let mut books = Books::default();
        let had = i128::try_from(before[0].to::<u128>()).expect("wei");
        books.apply(&ticket, &sent, i128::try_from(fee).expect("wei"), had);
        let after = balances(&watched);
        for ((who, before), after) in watched.iter().zip(before).zip(after) {
            let charged = after.to::<u128>() as i128 - before.to::<u128>() as i128;
            let computed = books.0.get(who).copied().unwrap_or_default();
            assert_eq!(charged, computed, "round {round}: {who} of {ticket:?}");
        }
        let held = pair.l2.balance(escrow(sent.id)).to::<u128>() as i128;
        assert_eq!(held, books.0[&escrow(sent.id)], "round {round}: escrow");
        tried += usize::from(sent.redeem.is_some());
        failed += usize::from(
            sent.redeem
                .is_some_and(|receipt| receipt["status"] == "0x0"),
        );
    }
    // Some of every kind were among them.
    assert!(
        tried > 20 && failed > 5 && tried < 90,
        "{tried} tried, {failed} failed"
    );
}
