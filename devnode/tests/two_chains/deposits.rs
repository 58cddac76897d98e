//! Ether from L1 to L2.

use alloy_sol_types::SolCall as _;
use serde_json::json;

use crate::{
    pair::{ALICE, Inbox, Pair, ether, number},
    retryables::{DELEGATED, alias},
};

#[test]
fn a_deposit_arrives_in_a_block_of_its_own() {
    let pair = Pair::start();
    let before = pair.l2.balance(ALICE);
    pair.inbox(ether(2), &Inbox::depositEthCall {});
    assert_eq!(pair.l2.balance(ALICE), before + ether(2));
    let block = pair.l2.latest();
    assert_eq!(block["nonce"], "0x0000000000000002");
    assert_eq!(block["transactions"][1]["type"], "0x64");
    assert_eq!(block["transactions"].as_array().map(Vec::len), Some(2));
}

#[test]
fn messages_arrive_without_anybody_asking() {
    let pair = Pair::start();
    let before = pair.l2.balance(ALICE);
    pair.post(ether(1), &Inbox::depositEthCall {});
    // The bridge looks by itself; the block is announced to whoever waits for it.
    let mut blocks = pair.chains.l2().chain().read().subscribe();
    while pair.l2.balance(ALICE) == before {
        let announced = blocks.blocking_recv();
        assert!(announced.is_ok());
    }
    assert_eq!(pair.l2.balance(ALICE), before + ether(1));
}

#[test]
fn a_batch_of_l1_blocks_arrives_in_order_and_once() {
    let pair = Pair::start();
    let inbox = pair.chains.contracts().inbox;
    pair.l1.ask("evm_setAutomine", json!([false]));
    for amount in 1..=20 {
        let call = json!([{
            "from": ALICE, "to": inbox, "value": ether(amount),
            "data": alloy_primitives::Bytes::from(Inbox::depositEthCall {}.abi_encode()),
            "gas": "0x30d40",
        }]);
        pair.l1.ask("eth_sendTransaction", call);
        if amount % 7 == 0 {
            pair.l1.ask("evm_mine", json!([]));
        }
    }
    pair.l1.ask("evm_mine", json!([]));
    pair.sync();
    let status = pair.sync();
    assert_eq!(status.messages_read, 21);
    for amount in 1..=20_u64 {
        let block = pair.l2.ask(
            "eth_getBlockByNumber",
            json!([format!("{amount:#x}"), true]),
        );
        assert_eq!(block["transactions"][1]["value"], json!(ether(amount)));
        assert_eq!(number(&block["nonce"]), amount + 1);
    }
    assert_eq!(pair.l2.block_number(), 20);
}

#[test]
fn an_account_that_delegated_its_code_on_l1_gets_its_deposit_at_its_alias() {
    let pair = Pair::start();
    pair.l1.ask("anvil_setCode", json!([ALICE, DELEGATED]));
    let before = pair.l2.balance(ALICE);
    pair.inbox(ether(2), &Inbox::depositEthCall {});
    assert_eq!(pair.l2.balance(alias(ALICE)), ether(2));
    assert_eq!(pair.l2.balance(ALICE), before);
}
