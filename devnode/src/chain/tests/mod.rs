//! The chain as a whole: transactions in, blocks and state out.

use alloy_consensus::{TxEip1559, TypedTransaction};
use alloy_eips::BlockId;
use alloy_primitives::{Address, B256, Bytes, TxKind, U256, address, bytes};

use super::*;

mod precompiles;
mod tickets;

const HEIR: Address = address!("00000000000000000000000000000000000be1f0");

fn chain() -> Chain {
    Chain::new(Config {
        time: TimeSource::Fixed(1_800_000_000),
        ..Config::default()
    })
}

fn transfer(nonce: u64, to: Address, value: u64) -> TypedTransaction {
    TypedTransaction::Eip1559(TxEip1559 {
        chain_id: 412_346,
        nonce,
        gas_limit: 100_000,
        max_fee_per_gas: 1_000_000_000,
        max_priority_fee_per_gas: 1,
        to: TxKind::Call(to),
        value: U256::from(value),
        ..TxEip1559::default()
    })
}

fn create(nonce: u64, init: &Bytes) -> TypedTransaction {
    TypedTransaction::Eip1559(TxEip1559 {
        chain_id: 412_346,
        nonce,
        gas_limit: 1_000_000,
        max_fee_per_gas: 1_000_000_000,
        to: TxKind::Create,
        input: init.clone(),
        ..TxEip1559::default()
    })
}

/// An account as a word.
fn word(account: Address) -> U256 {
    account.into_word().into()
}

fn balance(chain: &Chain, who: Address, at: BlockId) -> U256 {
    chain.account(who, at).unwrap().balance
}

#[test]
fn a_transfer_costs_the_base_fee_and_no_tip() {
    let mut chain = chain();
    let before = balance(&chain, DEV_ACCOUNT, BlockId::latest());
    let hash = chain.submit_as(DEV_ACCOUNT, transfer(0, HEIR, 7)).unwrap();
    let mined = chain.transaction(&hash).unwrap();
    assert!(mined.receipt.success);
    assert_eq!(mined.receipt.gas_used, 21_000);
    let paid = before - balance(&chain, DEV_ACCOUNT, BlockId::latest());
    assert_eq!(paid, U256::from(21_000_u64 * 100_000_000 + 7));
    assert_eq!(balance(&chain, HEIR, BlockId::latest()), U256::from(7));
}

#[test]
fn old_blocks_keep_their_state() {
    let mut chain = chain();
    for nonce in 0..5 {
        chain
            .submit_as(DEV_ACCOUNT, transfer(nonce, HEIR, 10))
            .unwrap();
    }
    for number in 0..=5 {
        let expected = U256::from(10 * number);
        assert_eq!(balance(&chain, HEIR, BlockId::number(number)), expected);
        let hash = chain.block_by_number(number).unwrap().hash;
        assert_eq!(balance(&chain, HEIR, BlockId::hash(hash)), expected);
    }
    assert_eq!(chain.account(HEIR, BlockId::number(6)), Err(UnknownBlock));
}

#[test]
fn a_refused_transaction_leaves_no_trace() {
    let mut chain = chain();
    let poor = Address::repeat_byte(9);
    let error = chain.submit_as(poor, transfer(0, HEIR, 1)).unwrap_err();
    assert!(
        matches!(error, TxError::InsufficientFunds { .. }),
        "{error}"
    );
    let error = chain
        .submit_as(DEV_ACCOUNT, transfer(3, HEIR, 1))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("nonce too high: address {DEV_ACCOUNT}, tx: 3 state: 0")
    );
    assert_eq!(chain.head().number(), 0);
    assert_eq!(balance(&chain, HEIR, BlockId::latest()), U256::ZERO);
}

#[test]
fn the_same_history_gives_the_same_hashes() {
    let [a, b] = [0, 1].map(|_| {
        let mut chain = chain();
        chain.submit_as(DEV_ACCOUNT, transfer(0, HEIR, 5)).unwrap();
        chain.head().hash
    });
    assert_eq!(a, b);
}

#[test]
fn reverting_to_a_snapshot_brings_everything_back() {
    let mut chain = chain();
    chain.set_balance(HEIR, U256::from(1));
    let snapshot = chain.snapshot();
    let head = chain.head().hash;
    chain.set_balance(HEIR, U256::from(2));
    let hash = chain.submit_as(DEV_ACCOUNT, transfer(0, HEIR, 5)).unwrap();
    chain.increase_time(100);
    assert!(chain.revert(snapshot));
    assert_eq!(chain.head().hash, head);
    assert_eq!(balance(&chain, HEIR, BlockId::latest()), U256::from(1));
    assert!(chain.transaction(&hash).is_none());
    assert_eq!(chain.next_timestamp(), 1_800_000_000);
    assert!(!chain.revert(snapshot), "a snapshot is used up");
}

#[test]
fn what_waits_in_the_pool_is_mined_in_nonce_order_whatever_the_order_of_arrival() {
    let mut chain = chain();
    chain.set_mining(Mining::Manual);
    for nonce in [2, 0, 1] {
        chain
            .submit_as(DEV_ACCOUNT, transfer(nonce, HEIR, 1))
            .unwrap();
    }
    assert_eq!(chain.nonce(DEV_ACCOUNT, BlockId::latest()), Ok(0));
    assert_eq!(chain.nonce(DEV_ACCOUNT, BlockId::pending()), Ok(3));
    chain.mine();
    assert_eq!(chain.nonce(DEV_ACCOUNT, BlockId::latest()), Ok(3));
    assert!(chain.pending().is_empty());
}

#[test]
fn a_loaded_chain_answers_like_the_one_that_was_dumped() {
    let mut chain = chain();
    // Logs its calldata's first word: PUSH0 CALLDATALOAD PUSH0 MSTORE PUSH1 20 PUSH0 LOG0, stored by a 10-byte prelude.
    let runtime = bytes!("5f355f5260205fa0");
    let init = [&bytes!("6008600a5f3960085ff3")[..], &runtime[..]].concat();
    let hash = chain
        .submit_as(DEV_ACCOUNT, create(0, &init.into()))
        .unwrap();
    let logger = chain
        .transaction(&hash)
        .unwrap()
        .receipt
        .contract_address
        .unwrap();
    let call = chain
        .submit_as(DEV_ACCOUNT, transfer(1, logger, 0))
        .unwrap();
    chain.set_balance(HEIR, U256::from(77));

    let copy = Chain::load(chain.config().clone(), &chain.dump()).unwrap();
    assert_eq!(copy.head().hash, chain.head().hash);
    let logs = |chain: &Chain| chain.logs(0, 99, &LogFilter::default(), 10).unwrap();
    assert_eq!(logs(&copy), logs(&chain));
    assert_eq!(logs(&copy).len(), 1);
    assert_eq!(
        copy.transaction(&call).unwrap().receipt,
        chain.transaction(&call).unwrap().receipt
    );
    for number in 0..=2 {
        let at = BlockId::number(number);
        assert_eq!(copy.code(logger, at), chain.code(logger, at));
        assert_eq!(
            copy.account(DEV_ACCOUNT, at),
            chain.account(DEV_ACCOUNT, at)
        );
    }
    assert_eq!(balance(&copy, HEIR, BlockId::latest()), U256::from(77));
    assert_eq!(copy.dump(), chain.dump());
}

#[test]
fn a_file_that_is_no_state_file_is_refused() {
    let config = Config::default;
    let good = chain().dump();
    for bad in [
        &b""[..],
        b"confluence devnode state\nnonsense",
        &good[..good.len() - 9],
    ] {
        assert!(matches!(
            Chain::load(config(), bad),
            Err(LoadError::Malformed(_))
        ));
    }
    let other = Config {
        chain_id: 5,
        ..config()
    };
    assert_eq!(
        Chain::load(other, &good).unwrap_err(),
        LoadError::Chain {
            found: 412_346,
            wanted: 5
        }
    );
}

#[test]
fn calls_see_overrides_and_change_nothing() {
    let chain = chain();
    // Returns SLOAD(0) and BALANCE(self) in two words.
    let code = bytes!("5f545f52");
    let code = Bytes::from([&code[..], &bytes!("4760205260405ff3")[..]].concat());
    let overrides = [(
        HEIR,
        AccountOverride {
            code: Some(code),
            balance: Some(U256::from(3)),
            state_diff: Some(
                [(B256::ZERO, B256::with_last_byte(4))]
                    .into_iter()
                    .collect(),
            ),
            ..AccountOverride::default()
        },
    )]
    .into_iter()
    .collect();
    let message = Message {
        to: Some(HEIR),
        ..Message::default()
    };
    let answer = chain
        .call(
            &message,
            BlockId::latest(),
            &overrides,
            &BlockOverrides::default(),
        )
        .unwrap();
    assert_eq!(U256::from_be_slice(&answer.output[..32]), U256::from(4));
    assert_eq!(U256::from_be_slice(&answer.output[32..]), U256::from(3));
    assert_eq!(chain.code(HEIR, BlockId::latest()), Ok(Bytes::new()));
}

#[test]
fn a_transfer_is_estimated_at_21000() {
    let chain = chain();
    let message = Message {
        from: Some(DEV_ACCOUNT),
        to: Some(HEIR),
        value: U256::ONE,
        ..Message::default()
    };
    let none = (StateOverrides::default(), BlockOverrides::default());
    assert_eq!(
        chain.estimate(&message, BlockId::latest(), &none.0, &none.1),
        Ok(21_000)
    );
}
