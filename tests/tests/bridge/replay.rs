//! Replays recorded files one after the other and words what differs.

use alloy::primitives::{Address, U256, hex, keccak256};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::{
    client::Node,
    compare::Differences,
    fixture::{Balance, Block, Case, recording},
    tally::Tally,
    views,
};

pub(crate) const RETRYABLE_TX: &str = "0x000000000000000000000000000000000000006e";

/// Replays files of one chain in order.
pub(crate) fn replay(files: &[&str], arbos: u64, l1_price: u64, tally: &mut Tally) {
    let node = Node::start(arbos, l1_price);
    for file in files {
        let recording = recording(file, arbos);
        tally.take(file, "before", |found| {
            views::before(&node, &recording, found);
        });
        for (index, case) in recording.cases.iter().enumerate() {
            tally.take(file, &case.id, |found| {
                let rest = &recording.cases[index..];
                found.after_gap = fill(&node, case, rest);
                replay_case(&node, case, found);
                views::between(&node, &recording, case, found);
            });
        }
        views::after(&node, &recording, |part, compare| {
            tally.take(file, part, compare);
        });
    }
}

/// Replays one case.
pub(crate) fn replay_case(node: &Node, case: &Case, found: &mut Differences) {
    if let (Some(getters), Some(ticket)) = (&case.getters, &case.ticket_id) {
        getters_match(node, ticket, &getters.before, "getters before", found);
    }
    if let Some(call) = &case.call {
        let message = json!({
            "from": call.from,
            "to": call.to,
            "data": call.calldata,
            "value": format!("{:#x}", call.value.parse::<U256>().expect("wei")),
        });
        if let Some(expected) = &case.eth_call_before {
            let mut message = message.clone();
            // It was made with the gas of the transaction.
            message["gas"] = case.l2[0].transactions[1]["transaction"]["gas"].clone();
            let got = node.ask("eth_call", json!([message, "latest"]));
            found.json("ethCallBefore", &outcome(expected), &got, &[]);
        }
        if let Some(expected) = &case.estimate_gas {
            let got = node.ask("eth_estimateGas", json!([message]));
            found.json("estimateGas", &estimate(expected), &got, &[]);
        }
        let block = &case.l2[0];
        node.set_clocks(block.timestamp(), block.l1_number());
        let sent = node.ask("eth_sendRawTransaction", json!([call.raw_transaction]));
        found.equal("sent", &Value::Null, &sent["error"]);
    }
    for message in &case.messages {
        node.deliver(message);
    }
    for block in &case.l2 {
        block_matches(node, block, found);
    }
    if let (Some(getters), Some(ticket)) = (&case.getters, &case.ticket_id) {
        getters_match(node, ticket, &getters.after, "getters after", found);
    }
}

/// A call's outcome as our client words it.
pub(crate) fn outcome(recorded: &Value) -> Value {
    match recorded.get("result") {
        Some(result) => result.clone(),
        None => recorded.clone(),
    }
}

/// Estimates are recorded as numbers.
pub(crate) fn estimate(recorded: &Value) -> Value {
    recorded
        .as_u64()
        .map_or_else(|| recorded.clone(), |gas| json!(format!("{gas:#x}")))
}

fn getters_match(node: &Node, ticket: &str, recorded: &Value, when: &str, found: &mut Differences) {
    let block = recorded["block"].as_u64().expect("block");
    for (name, read) in [
        ("getTimeout", number as fn(&str) -> String),
        ("getBeneficiary", account),
    ] {
        let Some(expected) = recorded.get(name) else {
            continue;
        };
        let input = ticket_call(name, ticket);
        let got = node.view(RETRYABLE_TX, &input, block);
        let got = got
            .as_str()
            .map_or_else(|| got.clone(), |word| json!(read(word)));
        found.json(&format!("{when}: {name}"), expected, &got, &[]);
    }
}

/// Calldata of a getter of `ArbRetryableTx`.
pub(crate) fn ticket_call(name: &str, ticket: &str) -> String {
    let selector = &keccak256(format!("{name}(bytes32)"))[..4];
    format!(
        "0x{}{}",
        hex::encode(selector),
        ticket.trim_start_matches("0x")
    )
}

fn number(word: &str) -> String {
    word.parse::<U256>().expect("a word").to_string()
}

fn account(word: &str) -> String {
    format!("0x{}", &word[word.len() - 40..])
}

/// Logs of a receipt that show hashes of L2 blocks, which are not Nitro's.
fn hash_logs(receipt: &mut Value) -> Vec<&mut Value> {
    let topic = json!(keccak256("Hashes(bytes32,bytes32,bytes32,bytes32)"));
    let logs = receipt["logs"].as_array_mut();
    logs.into_iter()
        .flatten()
        .filter(|log| log["topics"][0] == topic)
        .collect()
}

fn shows_hashes(block: &Block) -> bool {
    block
        .transactions
        .iter()
        .any(|tx| !hash_logs(&mut tx["receipt"].clone()).is_empty())
}

/// Compares a block, what is in it, and the accounts involved.
pub(crate) fn block_matches(node: &Node, block: &Block, found: &mut Differences) {
    let tag = format!("{:#x}", block.number);
    let header = node.ask("eth_getBlockByNumber", json!([tag, false]));
    let mut skipped = vec!["hash"];
    if shows_hashes(block) {
        skipped.push("receiptsRoot");
    }
    let after_gap = std::mem::take(&mut found.after_gap);
    if after_gap {
        skipped.extend(["transactions", "transactionsRoot"]);
    }
    found.json("header", &block.header, &header, &skipped);
    // The first says how long ago the block before was, and that one was not recorded.
    for (index, expected) in block
        .transactions
        .iter()
        .enumerate()
        .skip(usize::from(after_gap))
    {
        let hash = &expected["transaction"]["hash"];
        let name = |part: &str| format!("transactions[{index}] {part}");
        let tx = node.ask("eth_getTransactionByHash", json!([hash]));
        found.json(&name("transaction"), &expected["transaction"], &tx, &[]);
        let mut receipt = node.ask("eth_getTransactionReceipt", json!([hash]));
        let mut wanted = expected["receipt"].clone();
        for log in [&mut wanted, &mut receipt].into_iter().flat_map(hash_logs) {
            log["data"] = Value::Null;
        }
        found.json(&name("receipt"), &wanted, &receipt, &[]);
        if let Some(raw) = expected.get("raw") {
            let got = node.ask("debug_getRawTransaction", json!([hash]));
            found.json(&name("raw"), raw, &got, &[]);
        }
    }
    for (who, expected) in &block.balances {
        let got = state_of(node, *who, block.number);
        let wanted = (expected.after.parse().expect("wei"), expected.nonce_after);
        let name = expected.name.as_deref().unwrap_or("a contract");
        found.equal(&format!("balance and nonce of {name} {who}"), &wanted, &got);
    }
}

fn state_of(node: &Node, who: Address, block: u64) -> (U256, u64) {
    let tag = format!("{block:#x}");
    let word = |method| {
        let answer = node.ask(method, json!([who, tag]));
        answer
            .as_str()
            .expect("a number")
            .parse::<U256>()
            .expect("a number")
    };
    (word("eth_getBalance"), word("eth_getTransactionCount").to())
}

/// Makes the blocks that were not recorded before a case, if there are any, all just before the case's; then takes over the
/// accounts that acted in them: each as it is shown where it is first involved again.
fn fill(node: &Node, case: &Case, rest: &[Case]) -> bool {
    let is_behind = |block: &&Block| block.number > node.head() + 1;
    let Some(next) = case.l2.first().filter(is_behind) else {
        return false;
    };
    let parent = node.node.chain().read().head().timestamp();
    let timestamp = next.timestamp().saturating_sub(1).max(parent);
    while node.head() + 1 < next.number {
        node.set_clocks(timestamp, next.l1_number());
        node.node.chain().write().mine();
    }
    let mut first: BTreeMap<Address, &Balance> = BTreeMap::new();
    for block in rest.iter().flat_map(|case| &case.l2) {
        for (who, balance) in &block.balances {
            first.entry(*who).or_insert(balance);
        }
    }
    let head = node.head();
    for (who, balance) in first {
        let (wei, nonce) = state_of(node, who, head);
        let before = balance.before.parse().expect("wei");
        let mut chain = node.node.chain().write();
        if wei != before {
            chain.set_balance(who, before);
        }
        if nonce != balance.nonce_before {
            chain.set_nonce(who, balance.nonce_before);
        }
    }
    true
}
