//! What was recorded beside the cases: prices, states of tickets, proofs, look-ups.

use alloy::primitives::{Address, B256, I256, U256, hex, keccak256};
use serde_json::{Value, json};

use super::{
    client::Node,
    compare::Differences,
    fixture::{Case, Recording, quantity},
    replay::{RETRYABLE_TX, estimate, outcome, ticket_call},
};

const GAS_INFO: &str = "0x000000000000000000000000000000000000006c";
const ARB_SYS: &str = "0x0000000000000000000000000000000000000064";
const NODE_INTERFACE: &str = "0x00000000000000000000000000000000000000c8";
/// The usual L2 sender of the recordings.
const BOB: &str = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";

/// What was looked up before the file's first case.
pub(crate) fn before(node: &Node, recording: &Recording, found: &mut Differences) {
    for name in ["gasInfoAsDeployed", "initialGasInfo"] {
        if let Some(info) = recording.more.get(name) {
            gas_info(node, name, info, found);
        }
    }
}

/// What was looked up after a certain case, and estimates, which make no block.
pub(crate) fn between(node: &Node, recording: &Recording, case: &Case, found: &mut Differences) {
    let asked_here = match case.id.as_str() {
        "p-set-price-50gwei" => "gasInfoBefore",
        // The last case of the file sets the price back.
        "p-contract-tx" => "gasInfoAfter",
        _ => "",
    };
    if let Some(info) = recording.more.get(asked_here) {
        gas_info(node, asked_here, info, found);
    }
    if let Some(state) = &case.state_after {
        tree_state(node, state, found);
    }
    if let Some(data) = &case.calldata {
        estimates(node, case, data, found);
    }
}

/// What was looked up after the file's last case, part by part.
pub(crate) fn after(
    node: &Node,
    recording: &Recording,
    mut take: impl FnMut(&str, &dyn Fn(&mut Differences)),
) {
    let list = |name: &str| {
        let value = recording.more.get(name).and_then(Value::as_array);
        value.into_iter().flatten()
    };
    for view in list("views").chain(list("views2")).chain(list("views3")) {
        let block = view["block"].as_u64().expect("block");
        for ticket in view["tickets"].as_array().into_iter().flatten() {
            let name = format!("{} of {}", view["tag"], ticket["name"]);
            take(&name, &|found| {
                ticket_state(node, block, ticket, &name, found);
            });
        }
    }
    for proof in list("proofs") {
        let name = format!("proof of {} in {}", proof["leaf"], proof["size"]);
        take(&name, &|found| outbox_proof(node, proof, &name, found));
    }
    if let Some(Value::Object(samples)) = recording.more.get("types") {
        for (kind, sample) in samples {
            take(kind, &|found| sample_matches(node, kind, sample, found));
        }
    }
    // File 12 has look-ups of batches, and this node has none.
    if recording.more.contains_key("lookups") && !recording.more.contains_key("batches") {
        for (index, lookup) in list("lookups").enumerate() {
            let name = format!("{index} {}", lookup["function"]);
            take(&name, &|found| look_up(node, lookup, found));
        }
    }
    for call in list("ethCallArbBlockNumber") {
        take(&format!("arbBlockNumber at {}", call["block"]), &|found| {
            let call_data = call_data("arbBlockNumber()", &[]);
            let message = json!({"to": ARB_SYS, "data": call_data});
            let got = node.ask("eth_call", json!([message, call["block"]]));
            let expected = &call["arbBlockNumber"]["result"];
            found.equal("arbBlockNumber", expected, &json!([decimal(&got, 0)]));
        });
    }
}

fn call_data(signature: &str, words: &[U256]) -> String {
    let mut data = keccak256(signature)[..4].to_vec();
    for word in words {
        data.extend_from_slice(&word.to_be_bytes::<32>());
    }
    hex::encode_prefixed(data)
}

/// The `index`-th word of an answer as a decimal number.
fn decimal(answer: &Value, index: usize) -> String {
    word(answer, index).map_or_else(|| answer.to_string(), |word| word.to_string())
}

/// The same, read as a signed number.
fn signed(answer: &Value, index: usize) -> String {
    word(answer, index).map_or_else(
        || answer.to_string(),
        |word| I256::from_raw(word).to_string(),
    )
}

fn word(answer: &Value, index: usize) -> Option<U256> {
    let text = answer.as_str()?.get(2 + 64 * index..2 + 64 * (index + 1))?;
    U256::from_str_radix(text, 16).ok()
}

/// Compares answers of ArbGasInfo.
pub(crate) fn gas_info(node: &Node, what: &str, info: &Value, found: &mut Differences) {
    for (name, expected) in info.as_object().into_iter().flatten() {
        let input = call_data(&format!("{name}()"), &[]);
        let got = node.view(GAS_INFO, &input, node.head());
        let values = expected.as_array().expect("results");
        for (index, expected) in values.iter().enumerate() {
            let expected = expected.as_str().expect("a value");
            let shown = if expected.starts_with("0x") {
                word(&got, index).map_or_else(String::new, |word| {
                    Address::from_word(B256::from(word)).to_string()
                })
            } else {
                signed(&got, index)
            };
            found.equal(
                &format!("{what}: {name}[{index}]"),
                &expected,
                &shown.as_str(),
            );
        }
    }
}

fn tree_state(node: &Node, state: &Value, found: &mut Differences) {
    let block = state["block"].as_u64().expect("block");
    let header = node.ask(
        "eth_getBlockByNumber",
        json!([format!("{block:#x}"), false]),
    );
    for name in ["sendRoot", "sendCount", "extraData", "mixHash"] {
        found.equal(name, &state["header"][name], &header[name]);
    }
    let input = call_data("sendMerkleTreeState()", &[]);
    let got = node.view(ARB_SYS, &input, block);
    let partials: Vec<_> = (0..)
        .map_while(|index| word(&got, 4 + index))
        .map(|word| json!(B256::from(word)))
        .collect();
    let root = word(&got, 1).map(B256::from);
    let got = json!([decimal(&got, 0), root, partials]);
    found.equal(
        "sendMerkleTreeState",
        &state["sendMerkleTreeState"]["result"],
        &got,
    );
}

fn estimates(node: &Node, case: &Case, data: &str, found: &mut Differences) {
    let message = json!({"to": NODE_INTERFACE, "data": data});
    if let Some(expected) = &case.estimate_gas {
        let got = node.ask("eth_estimateGas", json!([message]));
        found.json("estimateGas", &estimate(expected), &got, &[]);
    }
    if let Some(expected) = &case.estimate_gas_from_bob {
        let got = node.ask(
            "eth_estimateGas",
            json!([{"from": BOB, "to": NODE_INTERFACE, "data": data}]),
        );
        found.json("estimateGasFromBob", &estimate(expected), &got, &[]);
    }
    if let Some(expected) = &case.eth_call {
        let got = node.ask("eth_call", json!([message, "latest"]));
        found.json("ethCall", &outcome(expected), &got, &[]);
    }
}

fn ticket_state(node: &Node, block: u64, ticket: &Value, name: &str, found: &mut Differences) {
    let id = ticket["ticketId"].as_str().expect("ticket id");
    for (getter, is_number) in [("getTimeout", true), ("getBeneficiary", false)] {
        let got = node.view(RETRYABLE_TX, &ticket_call(getter, id), block);
        let got = match word(&got, 0) {
            Some(word) if is_number => json!(word.to_string()),
            Some(word) => json!(Address::from_word(B256::from(word)).to_string()),
            None => got,
        };
        found.json(&format!("{name}: {getter}"), &ticket[getter], &got, &[]);
    }
    let mut preimage = b"retryable escrow".to_vec();
    preimage.extend(hex::decode(id).expect("ticket id"));
    let escrow = Address::from_word(keccak256(preimage));
    let balance = |who: Value| {
        let answer = node.ask("eth_getBalance", json!([who, format!("{block:#x}")]));
        json!(
            answer
                .as_str()
                .expect("wei")
                .parse::<U256>()
                .expect("wei")
                .to_string()
        )
    };
    found.equal(
        &format!("{name}: escrow"),
        &ticket["escrowBalance"],
        &balance(json!(escrow)),
    );
    let beneficiary = balance(ticket["beneficiary"].clone());
    found.equal(
        &format!("{name}: beneficiary"),
        &ticket["beneficiaryBalance"],
        &beneficiary,
    );
}

fn outbox_proof(node: &Node, proof: &Value, name: &str, found: &mut Differences) {
    let (size, leaf) = (
        proof["size"].as_u64().unwrap(),
        proof["leaf"].as_u64().unwrap(),
    );
    let input = call_data(
        "constructOutboxProof(uint64,uint64)",
        &[size, leaf].map(U256::from),
    );
    let answer = node.ask(
        "eth_call",
        json!([{"to": NODE_INTERFACE, "data": input}, "latest"]),
    );
    let Some(expected) = proof.get("result") else {
        return found.json(name, &json!({"error": proof["error"]}), &answer, &[]);
    };
    let siblings: Vec<_> = (0..)
        .map_while(|index| word(&answer, 4 + index))
        .map(|word| json!(B256::from(word)))
        .collect();
    let got = json!([
        word(&answer, 0).map(B256::from),
        word(&answer, 1).map(B256::from),
        siblings
    ]);
    found.equal(name, expected, &got);
}

/// Block look-ups and estimates by component; those with byte strings are ABI-encoded by hand.
fn look_up(node: &Node, lookup: &Value, found: &mut Differences) {
    let function = lookup["function"].as_str().expect("function");
    let args = lookup["args"].as_array().expect("args");
    let number = |index: usize| match &args[index] {
        Value::Number(n) => U256::from(n.as_u64().expect("a number")),
        Value::Bool(flag) => U256::from(u8::from(*flag)),
        other => other.as_str().expect("a word").parse().expect("a word"),
    };
    let input = match function {
        "nitroGenesisBlock" => call_data("nitroGenesisBlock()", &[]),
        // The hash of a recorded block is of no block here.
        "getL1Confirmations" => call_data("getL1Confirmations(bytes32)", &[number(0)]),
        "gasEstimateComponents" | "gasEstimateL1Component" => {
            let data = hex::decode(args[2].as_str().expect("data")).expect("data");
            let length = U256::from(data.len());
            let head = [number(0), number(1), U256::from(96), length];
            let signature = format!("{function}(address,bool,bytes)");
            let padding = vec![0; data.len().next_multiple_of(32) - data.len()];
            call_data(&signature, &head) + &hex::encode([data, padding].concat())
        }
        name => call_data(&format!("{name}(uint64)"), &[number(0)]),
    };
    let head = node.head();
    let answer = node.view(NODE_INTERFACE, &input, head);
    let name = format!("{function}({:?})", args.first());
    match lookup.get("result").and_then(Value::as_array) {
        Some(expected) => {
            let got: Vec<_> = (0..expected.len())
                .map(|i| json!(decimal(&answer, i)))
                .collect();
            found.equal(&name, expected, &got);
        }
        None => found.json(&name, &json!({"error": lookup["error"]}), &answer, &[]),
    }
}

/// Everything a node says of one transaction, in every form.
fn sample_matches(node: &Node, kind: &str, sample: &Value, found: &mut Differences) {
    let tx = &sample["eth_getTransactionByHash"];
    let (hash, block) = (&tx["hash"], &tx["blockNumber"]);
    for (method, params) in [
        ("eth_getTransactionByHash", json!([hash])),
        ("eth_getTransactionReceipt", json!([hash])),
        ("debug_getRawTransaction", json!([hash])),
    ] {
        let got = node.ask(method, params);
        found.json(&format!("{kind} {method}"), &sample[method], &got, &[]);
    }
    let receipts = node.ask("debug_getRawReceipts", json!([block]));
    let index = usize::try_from(quantity(&tx["transactionIndex"])).expect("an index");
    found.equal(
        &format!("{kind} receipt"),
        &sample["rawReceipt"],
        &receipts[index],
    );
    let expected = &sample["eth_getBlockByNumber"];
    let full = expected["transactions"][0].is_object();
    let got = node.ask("eth_getBlockByNumber", json!([block, full]));
    // The block's own hash; those of its transactions are compared above.
    found.json(
        &format!("{kind} block"),
        &expected["transactions"],
        &got["transactions"],
        &[],
    );
    found.json(
        &format!("{kind} block"),
        expected,
        &got,
        &["hash", "transactions"],
    );
}
