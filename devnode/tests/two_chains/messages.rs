//! The other messages of the Inbox: transactions signed on L1 by being sent there, and signed L2 transactions by way of L1.

use alloy_primitives::{Bytes, U256};
use alloy_sol_types::SolCall as _;
use serde_json::{Value, json};

use crate::{
    pair::{ALICE, GWEI, Inbox, Pair, ether},
    retryables::{COUNTER, TARGET, alias, count, set_target},
};

/// Kind of a signed transaction within an L2 message.
const SIGNED: u8 = 4;

#[test]
fn a_contract_transaction_runs_as_the_alias_of_its_sender() {
    let pair = Pair::start();
    set_target(&pair, COUNTER);
    pair.l2
        .ask("hardhat_setBalance", json!([alias(ALICE), ether(1)]));
    let call = Inbox::sendContractTransactionCall {
        gasLimit: U256::from(100_000),
        maxFeePerGas: U256::from(1_000_000_000),
        to: TARGET,
        value: U256::from(5),
        data: Bytes::new(),
    };
    pair.inbox(U256::ZERO, &call);
    let block = pair.l2.latest();
    let tx = &block["transactions"][1];
    assert_eq!(
        (&tx["type"], &tx["from"]),
        (&json!("0x66"), &json!(alias(ALICE)))
    );
    assert_eq!(count(&pair), 1);
}

/// Types of the transactions of the newest L2 block, without its start.
fn types(pair: &Pair) -> Vec<String> {
    let block = pair.l2.latest();
    let transactions = block["transactions"].as_array().expect("transactions");
    let types = transactions.iter().skip(1);
    types
        .map(|tx| tx["type"].as_str().expect("a type").to_owned())
        .collect()
}

#[test]
fn an_unsigned_transaction_runs_once_with_the_nonce_of_the_alias() {
    let pair = Pair::start();
    set_target(&pair, COUNTER);
    pair.l2
        .ask("hardhat_setBalance", json!([alias(ALICE), ether(1)]));
    let call = Inbox::sendUnsignedTransactionCall {
        gasLimit: U256::from(100_000),
        maxFeePerGas: U256::from(GWEI),
        nonce: U256::ZERO,
        to: TARGET,
        value: U256::from(5),
        data: Bytes::new(),
    };
    pair.inbox(U256::ZERO, &call);
    assert_eq!(types(&pair), ["0x65"]);
    assert_eq!(count(&pair), 1);
    let nonce = json!([alias(ALICE), "latest"]);
    assert_eq!(pair.l2.ask("eth_getTransactionCount", nonce), "0x1");
    // The same again has a nonce that is used up, and leaves no trace.
    pair.inbox(U256::ZERO, &call);
    assert!(types(&pair).is_empty());
    assert_eq!(count(&pair), 1);
}

#[test]
fn ether_that_comes_along_is_the_value_of_the_call_and_not_its_gas() {
    let pair = Pair::start();
    set_target(&pair, COUNTER);
    let (gas, price) = (U256::from(100_000), U256::from(GWEI));
    let unsigned = Inbox::sendL1FundedUnsignedTransactionCall {
        gasLimit: gas,
        maxFeePerGas: price,
        nonce: U256::ZERO,
        to: TARGET,
        data: Bytes::new(),
    };
    // Nobody has money for gas at the alias: the ether arrives and nothing runs.
    pair.inbox(ether(1), &unsigned);
    assert_eq!(types(&pair), ["0x64"]);
    assert_eq!(pair.l2.balance(alias(ALICE)), ether(1));
    pair.inbox(ether(2), &unsigned);
    assert_eq!(types(&pair), ["0x64", "0x65"]);
    let contract = Inbox::sendL1FundedContractTransactionCall {
        gasLimit: gas,
        maxFeePerGas: price,
        to: TARGET,
        data: Bytes::new(),
    };
    pair.inbox(ether(3), &contract);
    assert_eq!(types(&pair), ["0x64", "0x66"]);
    assert_eq!((count(&pair), pair.l2.balance(TARGET)), (2, ether(5)));
}

/// A transaction of Alice's to [`TARGET`], signed by the node's own wallet.
fn signed(pair: &Pair, nonce: u64) -> Bytes {
    let tx = json!([{
        "from": ALICE, "to": TARGET, "gas": "0x186a0", "gasPrice": "0x3b9aca00", "nonce": U256::from(nonce), "value": "0x0",
    }]);
    let signed = pair.l2.ask("eth_signTransaction", tx);
    let raw = signed.get("raw").unwrap_or(&signed).clone();
    let raw: Bytes = serde_json::from_value(raw).expect("a raw transaction");
    [&[SIGNED][..], &raw].concat().into()
}

#[test]
fn a_signed_transaction_arrives_by_way_of_l1_also_from_calldata_alone() {
    let pair = Pair::start();
    set_target(&pair, COUNTER);
    let body = signed(&pair, 0);
    pair.inbox(
        U256::ZERO,
        &Inbox::sendL2MessageFromOriginCall { messageData: body },
    );
    assert_eq!(count(&pair), 1);
    let block = pair.l2.latest();
    assert_eq!(block["transactions"][1]["from"], json!(ALICE));
    let body = signed(&pair, 1);
    pair.inbox(U256::ZERO, &Inbox::sendL2MessageCall { messageData: body });
    assert_eq!(count(&pair), 2);
    let nonce = pair
        .l2
        .ask("eth_getTransactionCount", json!([ALICE, "latest"]));
    assert_eq!(nonce, "0x2");
}

#[test]
fn what_cannot_be_executed_makes_a_block_without_it() {
    let pair = Pair::start();
    // Nobody has money at the alias.
    let call = Inbox::sendContractTransactionCall {
        gasLimit: U256::from(100_000),
        maxFeePerGas: U256::from(1_000_000_000),
        to: TARGET,
        value: U256::from(5),
        data: Bytes::new(),
    };
    let garbage = Inbox::sendL2MessageFromOriginCall {
        messageData: Bytes::from_static(&[9, 9, 9]),
    };
    for (number, call) in [call.abi_encode(), garbage.abi_encode()]
        .into_iter()
        .enumerate()
    {
        pair.l1
            .send(ALICE, pair.chains.contracts().inbox, U256::ZERO, call);
        let status = pair.sync();
        assert_eq!(status.messages_read, number as u64 + 2);
        let block = pair.l2.latest();
        assert_eq!(block["transactions"].as_array().map(Vec::len), Some(1));
        assert_eq!(block["transactions"][0]["type"], "0x6a");
    }
    let held: Vec<Value> = pair
        .sync()
        .waiting
        .iter()
        .map(|message| json!(message))
        .collect();
    assert!(held.is_empty());
}
