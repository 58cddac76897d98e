//! What has been read stays read: over a restart of the L2, and over reorganisations of L1.

use alloy_primitives::{Address, U256};
use confluence_devnode::{
    Options,
    bridge::{L1Options, TwoChains},
};
use serde_json::json;

use crate::{
    pair::{ALICE, BOB, Inbox, Pair, Rpc, ether, number},
    retryables::{COUNTER, Ticket, count, set_target},
};

fn deposit(pair: &Pair, amount: u64) {
    pair.inbox(ether(amount), &Inbox::depositEthCall {});
}

fn l1_of(pair: &Pair) -> L1Options {
    L1Options {
        rpc: Some(pair.chains.l1_url()),
        contracts: Some(pair.chains.contracts()),
        ..L1Options::default()
    }
}

#[test]
fn a_restarted_l2_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let l1 = Pair::start();
    let second = || {
        let options = Options {
            l1: Some(l1_of(&l1)),
            state: Some(folder.path().join("chain")),
            ..Options::default()
        };
        TwoChains::start_with(options).expect("both chains start")
    };
    deposit(&l1, 1);
    let chains = second();
    let read = chains.sync().expect("L1 answers").messages_read;
    assert_eq!(read, 2);
    let head = chains.l2().chain().read().head().hash;
    chains.stop().expect("saved");
    // Messages that came while it was down arrive after those it had.
    deposit(&l1, 2);
    let chains = second();
    let status = chains.sync().expect("L1 answers");
    assert_eq!(status.messages_read, 3);
    let chain = chains.l2().chain().read();
    assert_eq!(chain.block_by_number(1).map(|block| block.hash), Some(head));
    let balance = chain.account(ALICE, alloy_eips::BlockId::latest());
    assert_eq!(balance.expect("known").balance, ether(10_003));
    assert_eq!(chain.head().number(), 2);
}

#[test]
fn an_l1_without_the_messages_that_were_read_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let state = Some(folder.path().join("chain"));
    let one = Pair::start();
    deposit(&one, 1);
    let options = Options {
        l1: Some(l1_of(&one)),
        state: state.clone(),
        ..Options::default()
    };
    let chains = TwoChains::start_with(options).expect("both chains start");
    chains.sync().expect("L1 answers");
    chains.stop().expect("saved");
    let other = Pair::start();
    let options = Options {
        l1: Some(l1_of(&other)),
        state,
        ..Options::default()
    };
    let refused = TwoChains::start_with(options).expect_err("another L1");
    assert!(
        refused.to_string().contains("has read 2 messages"),
        "{refused}"
    );
}

#[test]
fn both_chains_are_saved_and_loaded_together() {
    let folder = tempfile::tempdir().expect("a folder");
    let start = || {
        let options = Options {
            state: Some(folder.path().join("l2")),
            l1: Some(L1Options {
                state: Some(folder.path().join("l1")),
                ..L1Options::default()
            }),
            ..Options::default()
        };
        Pair::start_with(options)
    };
    let pair = start();
    deposit(&pair, 7);
    let (contracts, balance) = (pair.chains.contracts(), pair.l2.balance(ALICE));
    pair.chains.stop().expect("saved");
    let pair = start();
    assert_eq!(pair.sync().messages_read, 2);
    assert_eq!(pair.chains.contracts(), contracts);
    assert_eq!(pair.l2.balance(ALICE), balance);
    deposit(&pair, 1);
    assert_eq!(pair.l2.balance(ALICE), balance + ether(1));
}

#[test]
fn a_reorganised_l1_takes_its_messages_back_and_users_transactions_stay() {
    let pair = Pair::start();
    let somebody = Address::repeat_byte(0x55);
    deposit(&pair, 1);
    let before = pair.l2.balance(ALICE);
    deposit(&pair, 2);
    let sent = pair.l2.send(BOB, somebody, ether(3), Vec::new());
    assert_eq!(pair.l2.balance(ALICE), before + ether(2));
    // The newest L1 block, with the second deposit, gives way to an empty one.
    pair.l1.ask("anvil_reorg", json!([1, []]));
    let status = pair.sync();
    assert_eq!(status.messages_read, 2);
    assert_eq!(pair.l2.balance(ALICE), before);
    assert_eq!(pair.l2.balance(somebody), ether(3));
    let again = pair.l2.ask(
        "eth_getTransactionReceipt",
        json!([sent["transactionHash"]]),
    );
    assert_eq!(again["status"], "0x1");
    assert_eq!(
        number(&again["blockNumber"]),
        number(&sent["blockNumber"]) - 1
    );
    // Nothing of it comes again, and what is sent now arrives.
    deposit(&pair, 4);
    assert_eq!(pair.l2.balance(ALICE), before + ether(4));
    assert_eq!(pair.sync().messages_read, 3);
}

#[test]
fn a_reorganisation_that_keeps_the_messages_changes_nothing() {
    let pair = Pair::start();
    deposit(&pair, 1);
    pair.l1.ask("anvil_mine", json!([3]));
    pair.sync();
    let head = pair.l2.latest()["hash"].clone();
    pair.l1.ask("anvil_reorg", json!([2, []]));
    let status = pair.sync();
    assert_eq!(status.messages_read, 2);
    assert_eq!(pair.l2.latest()["hash"], head);
}

#[test]
fn a_ticket_of_a_reorganised_block_is_redeemed_once() {
    let pair = Pair::start();
    set_target(&pair, COUNTER);
    // Code set from outside belongs to the newest block: make one that stays.
    pair.l2.send(BOB, BOB, U256::ZERO, Vec::new());
    Ticket::default().send(&pair);
    assert_eq!(count(&pair), 1);
    pair.l1.ask("anvil_reorg", json!([1, []]));
    pair.sync();
    assert_eq!(count(&pair), 0);
    Ticket::default().send(&pair);
    assert_eq!(count(&pair), 1);
}

#[test]
fn roots_are_posted_again_after_a_reorganisation() {
    let pair = Pair::start();
    let call = crate::pair::ArbSys::withdrawEthCall { destination: BOB };
    let call = alloy_sol_types::SolCall::abi_encode(&call);
    pair.l2.send(BOB, crate::pair::ARB_SYS, ether(1), call);
    assert!(pair.sync().sends_confirmed);
    pair.l1.ask("anvil_reorg", json!([1, []]));
    assert!(pair.sync().sends_confirmed);
    let rpc = Rpc::new(&pair.chains.l1_url());
    let posted = rpc.ask(
        "eth_getLogs",
        json!([{"address": pair.chains.contracts().outbox, "fromBlock": "0x0"}]),
    );
    // SendRootUpdated, once on the chain as it is now.
    let updated = "0xb4df3847300f076a369cd76d2314b470a1194d9e8a6bb97f1860aee88a5f6748";
    let count = posted.as_array().map_or(0, |logs| {
        logs.iter()
            .filter(|log| log["topics"][0] == updated)
            .count()
    });
    assert_eq!(count, 1);
}
