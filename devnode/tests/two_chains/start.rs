//! Starting both chains: how fast, where the contracts are, that nothing stays behind.

use alloy_primitives::{Address, B256};
use confluence_devnode::{
    Options, StartError,
    bridge::{Contracts, L1Options, TwoChains},
};
use serde_json::json;

use crate::pair::{ALICE, Inbox, Pair, Rpc, ether, number};

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

/// A second L2 on the L1 of a pair.
fn second(pair: &Pair, contracts: Option<Contracts>, key: B256) -> Result<TwoChains, StartError> {
    TwoChains::start_with(Options {
        l1: Some(L1Options {
            rpc: Some(pair.chains.l1_url()),
            contracts,
            rollup_key: key,
            ..L1Options::default()
        }),
        ..Options::default()
    })
}

#[test]
fn another_key_gets_contracts_of_its_own_on_the_same_l1() {
    let pair = Pair::start();
    let other = second(&pair, None, B256::repeat_byte(7)).expect("both chains start");
    assert_ne!(other.contracts(), pair.chains.contracts());
    // What goes into one inbox does not come out of the other.
    pair.inbox(ether(1), &Inbox::depositEthCall {});
    assert_eq!(other.sync().expect("L1 answers").messages_read, 1);
    let call = alloy_sol_types::SolCall::abi_encode(&Inbox::depositEthCall {});
    pair.l1.send(ALICE, other.contracts().inbox, ether(2), call);
    assert_eq!(other.sync().expect("L1 answers").messages_read, 2);
    assert_eq!(pair.sync().messages_read, 2);
}

#[test]
fn contracts_of_another_key_are_refused() {
    let pair = Pair::start();
    let contracts = Some(pair.chains.contracts());
    let refused = second(&pair, contracts, B256::repeat_byte(7)).expect_err("not ours");
    assert!(refused.to_string().contains("--rollup-key"), "{refused}");
}

#[test]
fn contracts_that_are_not_there_are_named() {
    let pair = Pair::start();
    let nowhere = Contracts {
        outbox: Address::repeat_byte(0x66),
        ..pair.chains.contracts()
    };
    let key = confluence_devnode::bridge::ROLLUP_KEY;
    let refused = second(&pair, Some(nowhere), key).expect_err("no Outbox");
    assert!(
        refused.to_string().contains("no Outbox at 0x6666"),
        "{refused}"
    );
}

#[test]
fn an_l1_that_does_not_answer_is_an_error() {
    let options = Options {
        l1: Some(L1Options {
            rpc: Some("http://127.0.0.1:1".into()),
            ..L1Options::default()
        }),
        ..Options::default()
    };
    let refused = TwoChains::start_with(options).expect_err("nobody there");
    assert!(
        refused.to_string().starts_with("L1 node: eth_chainId"),
        "{refused}"
    );
}
