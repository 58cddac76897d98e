//! Messages from L2 to L1, executed on the real Outbox.

use alloy_primitives::{Address, B256, Bytes, U256};
use alloy_sol_types::SolCall as _;
use serde_json::{Value, json};

use crate::pair::{
    ALICE, ARB_SYS, ArbSys, BOB, NODE_INTERFACE, NodeInterface, Outbox, Pair, ether, number, word,
};
use crate::retryables::{COUNTER, TARGET};

/// `L2ToL1Tx` of ArbSys.
const SENT: &str = "0x3e7aafa77dbf186b7fd488006beff893744caa3c4f6f299e8a709fa2087374fc";

/// A message to L1, as its event tells it.
struct Message {
    index: u64,
    caller: Address,
    destination: Address,
    l2_block: U256,
    l1_block: U256,
    timestamp: U256,
    value: U256,
    data: Bytes,
}

impl Message {
    fn of(receipt: &Value) -> Self {
        let logs = receipt["logs"].as_array().expect("logs");
        let log = logs
            .iter()
            .find(|log| log["topics"][0] == SENT)
            .expect("a message to L1");
        let topic = |index: usize| word(&log["topics"][index]);
        let data: Bytes = serde_json::from_value(log["data"].clone()).expect("bytes");
        let at = |index: usize| U256::from_be_slice(&data[32 * index..32 * (index + 1)]);
        let length: usize = at(6).to();
        Self {
            index: topic(3).to(),
            caller: Address::from_word(B256::from(at(0))),
            destination: Address::from_word(B256::from(topic(1))),
            l2_block: at(1),
            l1_block: at(2),
            timestamp: at(3),
            value: at(4),
            data: Bytes::copy_from_slice(&data[224..224 + length]),
        }
    }

    /// The call that executes it, with the proof for the tree as it is now.
    fn execution(&self, pair: &Pair) -> Outbox::executeTransactionCall {
        let size = number(&pair.l2.latest()["sendCount"]);
        let call = NodeInterface::constructOutboxProofCall {
            size,
            leaf: self.index,
        };
        let proof = pair.l2.call(NODE_INTERFACE, &call).proof;
        Outbox::executeTransactionCall {
            proof,
            index: U256::from(self.index),
            l2Sender: self.caller,
            to: self.destination,
            l2Block: self.l2_block,
            l1Block: self.l1_block,
            l2Timestamp: self.timestamp,
            value: self.value,
            data: self.data.clone(),
        }
    }

    fn execute(&self, pair: &Pair) -> Result<Value, String> {
        let outbox = pair.chains.contracts().outbox;
        let call = self.execution(pair).abi_encode();
        let call_first =
            json!([{"from": ALICE, "to": outbox, "data": Bytes::from(call.clone())}, "latest"]);
        pair.l1.try_ask("eth_call", call_first)?;
        Ok(pair.l1.send(ALICE, outbox, U256::ZERO, call))
    }
}

fn withdraw(pair: &Pair, to: Address, amount: U256) -> Message {
    let call = ArbSys::withdrawEthCall { destination: to };
    Message::of(&pair.l2.send(BOB, ARB_SYS, amount, call.abi_encode()))
}

#[test]
fn a_withdrawal_is_paid_out_on_l1_once() {
    let pair = Pair::start();
    let heir = Address::repeat_byte(0x42);
    let message = withdraw(&pair, heir, ether(5));
    let status = pair.sync();
    assert!(status.sends_confirmed);
    message.execute(&pair).expect("executed");
    assert_eq!(pair.l1.balance(heir), ether(5));
    let outbox = pair.chains.contracts().outbox;
    let index = U256::from(message.index);
    assert!(pair.l1.call(outbox, &Outbox::isSpentCall { index }));
    // AlreadySpent(uint256)
    let refused = message.execute(&pair).expect_err("spent");
    assert!(refused.contains("9715b8d3"), "{refused}");
}

#[test]
fn every_message_of_a_growing_tree_can_be_executed() {
    let pair = Pair::start();
    let heir = Address::repeat_byte(0x43);
    let messages: Vec<_> = (1..=7)
        .map(|amount| withdraw(&pair, heir, ether(amount)))
        .collect();
    pair.sync();
    for message in messages.iter().rev() {
        message.execute(&pair).expect("executed");
    }
    assert_eq!(pair.l1.balance(heir), ether(28));
}

#[test]
fn a_message_calls_a_contract_on_l1_as_its_l2_sender() {
    let pair = Pair::start();
    pair.l1.ask("anvil_setCode", json!([TARGET, COUNTER]));
    let call = ArbSys::sendTxToL1Call {
        destination: TARGET,
        data: Bytes::from_static(&[1, 2, 3]),
    };
    let receipt = pair.l2.send(BOB, ARB_SYS, ether(1), call.abi_encode());
    let message = Message::of(&receipt);
    assert_eq!((message.caller, message.value), (BOB, ether(1)));
    pair.sync();
    message.execute(&pair).expect("executed");
    let slot = pair
        .l1
        .ask("eth_getStorageAt", json!([TARGET, "0x0", "latest"]));
    assert_eq!(word(&slot), U256::from(1));
    assert_eq!(pair.l1.balance(TARGET), ether(1));
}

#[test]
fn a_held_root_keeps_withdrawals_from_being_executed() {
    let pair = Pair::start();
    pair.l2.ask("confluence_holdRoots", json!([true]));
    let heir = Address::repeat_byte(0x44);
    let message = withdraw(&pair, heir, ether(1));
    assert!(!pair.sync().sends_confirmed);
    // UnknownRoot(bytes32)
    let refused = message.execute(&pair).expect_err("not confirmed");
    assert!(refused.contains("8730d7c8"), "{refused}");
    pair.l2.ask("confluence_holdRoots", json!([false]));
    assert!(pair.sync().sends_confirmed);
    message.execute(&pair).expect("executed");
    assert_eq!(pair.l1.balance(heir), ether(1));
}

#[test]
fn only_the_owner_of_the_rollup_confirms() {
    alloy_sol_types::sol! { function confirm(bytes32 l2BlockHash, bytes32 sendRoot) external; }
    let pair = Pair::start();
    let rollup = pair.chains.contracts().rollup;
    let call = confirmCall {
        l2BlockHash: B256::repeat_byte(1),
        sendRoot: B256::repeat_byte(2),
    };
    let data = Bytes::from(call.abi_encode());
    let refused = pair.l1.try_ask(
        "eth_call",
        json!([{"from": ALICE, "to": rollup, "data": data}, "latest"]),
    );
    assert!(refused.is_err());
}
