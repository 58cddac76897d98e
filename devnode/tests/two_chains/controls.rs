//! Every order in which messages and redeems can come, made by the controls instead of waiting for it.

use serde_json::{Value, json};

use crate::{
    pair::{ALICE, Inbox, Pair, ether, number, word},
    retryables::{COUNTER, LIFETIME, Ticket, count, exists, redeem, set_target},
};

fn deposit(pair: &Pair, amount: u64) {
    pair.post(ether(amount), &Inbox::depositEthCall {});
}

#[test]
fn held_messages_arrive_one_by_one_as_they_are_released() {
    let pair = Pair::start();
    let before = pair.l2.balance(ALICE);
    pair.l2.ask("confluence_holdMessages", json!([]));
    for amount in [1, 2, 4] {
        deposit(&pair, amount);
    }
    let status = pair.sync();
    assert!(status.held);
    assert_eq!(status.waiting.len(), 3);
    assert_eq!(pair.l2.balance(ALICE), before);
    let status = pair.l2.ask("confluence_releaseMessages", json!([2]));
    assert_eq!(status["waiting"].as_array().map(Vec::len), Some(1));
    assert_eq!(pair.l2.balance(ALICE), before + ether(3));
    // Still held: what comes now waits as well.
    deposit(&pair, 8);
    assert_eq!(pair.sync().waiting.len(), 2);
    pair.l2.ask("confluence_releaseMessages", json!([]));
    assert_eq!(pair.l2.balance(ALICE), before + ether(15));
    deposit(&pair, 16);
    pair.sync();
    assert_eq!(pair.l2.balance(ALICE), before + ether(31));
}

#[test]
fn delayed_messages_arrive_when_their_time_has_come() {
    let pair = Pair::start();
    let before = pair.l2.balance(ALICE);
    pair.l2.ask("confluence_delayMessages", json!([600]));
    deposit(&pair, 1);
    assert_eq!(pair.sync().waiting.len(), 1);
    pair.l2.ask("confluence_advanceTime", json!([300]));
    assert_eq!(pair.l2.balance(ALICE), before);
    deposit(&pair, 2);
    pair.l2.ask("confluence_advanceTime", json!([300]));
    assert_eq!(pair.l2.balance(ALICE), before + ether(1));
    pair.l2.ask("confluence_advanceTime", json!([300]));
    assert_eq!(pair.l2.balance(ALICE), before + ether(3));
}

#[test]
fn a_ticket_told_to_fail_is_created_without_a_try() {
    let pair = Pair::start();
    set_target(&pair, COUNTER);
    pair.l2.ask("confluence_failAutoRedeems", json!([]));
    let sent = Ticket::default().send(&pair);
    assert_eq!(sent.submission["status"], "0x1");
    assert!(sent.redeem.is_none());
    assert!(exists(&pair, sent.id));
    // As in a burst of traffic: its block has a base fee above the ticket's fee cap, the next has the usual one.
    let block = pair.l2.latest();
    assert_eq!(number(&block["baseFeePerGas"]), 1_000_000_001);
    let (_, retry) = redeem(&pair, sent.id);
    assert_eq!(
        retry.map(|receipt| receipt["status"].clone()),
        Some(json!("0x1"))
    );
    assert_eq!(pair.l2.latest()["baseFeePerGas"], "0x5f5e100");
    // The next ticket is not concerned.
    assert!(Ticket::default().send(&pair).redeem.is_some());
    assert_eq!(count(&pair), 2);
}

/// Calls of the target, by the number of the ticket that made them.
fn calls(pair: &Pair) -> Vec<u64> {
    let last = pair.l2.block_number();
    let retries = (1..=last).flat_map(|number| {
        let block = pair.l2.ask(
            "eth_getBlockByNumber",
            json!([format!("{number:#x}"), true]),
        );
        let transactions = block["transactions"].as_array().cloned();
        transactions.unwrap_or_default().into_iter()
    });
    retries
        .filter(|tx: &Value| tx["type"] == "0x68")
        .map(|tx| word(&tx["value"]).to())
        .collect()
}

fn numbered(number: u64) -> Ticket {
    Ticket {
        call_value: alloy_primitives::U256::from(number),
        ..Ticket::default()
    }
}

#[test]
fn a_late_ticket_is_overtaken_by_those_behind_it() {
    let pair = Pair::start();
    set_target(&pair, COUNTER);
    pair.l2.ask("confluence_delayAutoRedeems", json!([1, 3600]));
    for number in 1..=3 {
        numbered(number).send(&pair);
    }
    assert_eq!(calls(&pair), [2, 3]);
    pair.l2.ask("confluence_advanceTime", json!([3600]));
    pair.sync();
    assert_eq!(calls(&pair), [2, 3, 1]);
}

#[test]
fn three_tickets_can_be_redeemed_in_any_order() {
    for order in [
        [1, 2, 3],
        [1, 3, 2],
        [2, 1, 3],
        [2, 3, 1],
        [3, 1, 2],
        [3, 2, 1],
    ] {
        let pair = Pair::start();
        set_target(&pair, COUNTER);
        pair.l2.ask("confluence_failAutoRedeems", json!([3]));
        let sent = [1, 2, 3].map(|number| numbered(number).send(&pair));
        for number in order {
            redeem(&pair, sent[number - 1].id);
        }
        assert_eq!(calls(&pair), order.map(|number| number as u64));
    }
}

#[test]
fn a_late_redeem_can_be_called_for_at_once() {
    let pair = Pair::start();
    set_target(&pair, COUNTER);
    pair.l2
        .ask("confluence_delayAutoRedeems", json!([2, 1_000_000]));
    let sent = [1, 2].map(|number| numbered(number).send(&pair));
    let waiting = pair.sync().tickets_to_redeem;
    assert_eq!(waiting, sent.map(|ticket| ticket.id));
    pair.l2.ask("confluence_redeemDelayed", json!([]));
    assert_eq!(calls(&pair), [1, 2]);
}

#[test]
fn time_passes_on_both_chains_together() {
    let pair = Pair::start();
    let clocks = || [&pair.l1, &pair.l2].map(|chain| number(&chain.latest()["timestamp"]));
    pair.l2.ask("confluence_advanceTime", json!([0]));
    let before = clocks();
    let blocks = pair.l1.block_number();
    pair.l2.ask("confluence_advanceTime", json!([LIFETIME, 5]));
    let after = clocks();
    for (before, after) in before.into_iter().zip(after) {
        let passed = after - before;
        assert!((LIFETIME..LIFETIME + 600).contains(&passed), "{passed}");
    }
    assert_eq!(pair.l1.block_number(), blocks + 5);
}

#[test]
fn controls_without_an_l1_say_so() {
    let node = confluence_devnode::DevNode::start(confluence_devnode::Options::default());
    let node = node.expect("the node starts");
    let rpc = crate::pair::Rpc::new(&node.http_url());
    let refused = rpc
        .try_ask("confluence_holdMessages", json!([]))
        .expect_err("no L1");
    assert!(refused.contains("--l2-only"), "{refused}");
}
