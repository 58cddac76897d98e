//! Starting both chains: how fast, where the contracts are, that nothing stays behind.

use confluence_devnode::bridge::TwoChains;
use serde_json::json;

use crate::pair::{Pair, Rpc, number};

#[test]
fn contracts_are_at_the_same_addresses_every_time() {
    let one = Pair::start();
    let other = Pair::start();
    assert_eq!(one.chains.contracts(), other.chains.contracts());
    assert_ne!(one.chains.l1_url(), other.chains.l1_url());
    for pair in [&one, &other] {
        let bridge = pair.chains.contracts().bridge;
        let code = pair.l1.ask("eth_getCode", json!([bridge, "latest"]));
        assert!(code.as_str().is_some_and(|code| code.len() > 2));
    }
}

#[test]
fn l1_ends_with_the_pair() {
    let chains = TwoChains::start().expect("both chains start");
    let l1 = Rpc::new(&chains.l1_url());
    assert_eq!(number(&l1.ask("eth_chainId", json!([]))), 1337);
    drop(chains);
    assert!(l1.try_ask("eth_chainId", json!([])).is_err());
}

#[test]
fn users_messages_begin_at_one_as_on_real_chains() {
    let pair = Pair::start();
    let status = pair.sync();
    assert_eq!((status.messages_on_l1, status.messages_read), (1, 1));
    assert_eq!(pair.l2.block_number(), 0);
}

#[test]
fn the_l2_knows_l1s_block_number_and_time() {
    let pair = Pair::start();
    pair.l1.ask("anvil_mine", json!([50, 12]));
    let status = pair.sync();
    let head = pair.l1.latest();
    assert_eq!(status.l1_block, number(&head["number"]));
    pair.l2.ask("evm_mine", json!([]));
    let block = pair.l2.latest();
    assert_eq!(block["l1BlockNumber"], head["number"]);
    assert!(number(&block["timestamp"]) >= number(&head["timestamp"]));
}
