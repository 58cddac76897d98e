//! A ticket's life: created, tried, kept alive, cancelled, expired.

use alloy_primitives::TxKind;
use alloy_sol_types::SolEvent;

use super::*;
use crate::arbos::{
    Redeeming, SubmitError, Submitted,
    address::{ARB_OWNER, ARB_RETRYABLE_TX, escrow},
    begin_retry, deposit, end_retry,
    precompile::retryable_tx::{Canceled, LifetimeExtended, RedeemScheduled},
    run_internal, scheduled, submission_fee, submit_retryable, ticket_is_open,
    tx::{ArbTx, DepositTx, InternalTx, RetryTx, SubmitRetryableTx},
};

const NETWORK: Address = Address::repeat_byte(0x4e);
const SENDER: Address = Address::repeat_byte(0x5e);
const REFUND: Address = Address::repeat_byte(0x4f);
const BENEFICIARY: Address = Address::repeat_byte(0xbe);
const TARGET: Address = Address::repeat_byte(0x7a);
const WEEK: u64 = 604_800;
const PRICE: u64 = 100_000_000;

fn wei(amount: u64) -> U256 {
    U256::from(amount)
}

/// A ticket whose deposit is exactly what it needs: 36 bytes of data, 5 wei, 100,000 gas at twice the base fee.
fn ticket() -> SubmitRetryableTx {
    let fee = submission_fee(36, wei(1_000));
    SubmitRetryableTx {
        chain_id: 412_346,
        request_id: B256::repeat_byte(1),
        from: SENDER,
        l1_base_fee: wei(1_000),
        deposit_value: fee + wei(100) + wei(5) + wei(2 * PRICE * 100_000),
        gas_fee_cap: wei(2 * PRICE),
        gas: 100_000,
        retry_to: TxKind::Call(TARGET),
        retry_value: wei(5),
        beneficiary: BENEFICIARY,
        max_submission_fee: fee + wei(100),
        fee_refund_address: REFUND,
        retry_data: vec![7; 36].into(),
    }
}

fn id_of(tx: &SubmitRetryableTx) -> B256 {
    ArbTx::SubmitRetryable(tx.clone()).hash()
}

fn with_network(version: u64) -> Memory {
    let mut memory = chain(version);
    owner_calls(
        &mut memory,
        ARB_OWNER,
        "setNetworkFeeAccount(address)",
        &[word(NETWORK)],
    );
    memory.logs.clear();
    memory
}

/// A chain with a ticket that has not been tried.
fn with_ticket(version: u64) -> (Memory, B256) {
    let mut memory = with_network(version);
    let tx = SubmitRetryableTx { gas: 0, ..ticket() };
    assert_eq!(submit_retryable(&mut memory, &tx).error, None);
    memory.logs.clear();
    (memory, id_of(&tx))
}

fn start_at(memory: &mut Memory, time: u64) {
    memory.block.timestamp = time;
    run_internal(
        memory,
        &InternalTx::start_block(412_346, U256::ZERO, 0, 7, 0),
    );
}

fn call_ticket(memory: &mut Memory, caller: Address, method: &str, id: B256) -> Outcome {
    let input = calldata(&format!("{method}(bytes32)"), &[id.into()]);
    call_as(memory, caller, ARB_RETRYABLE_TX, &input, GAS)
}

fn timeout(memory: &mut Memory, id: B256) -> u64 {
    let outcome = call_ticket(memory, USER, "getTimeout", id);
    assert!(outcome.is_success());
    U256::from_be_slice(&output(&outcome)).to()
}

#[test]
fn deposits_are_credited_to_their_receiver() {
    let mut memory = chain(60);
    let tx = DepositTx {
        chain_id: 412_346,
        request_id: B256::ZERO,
        from: SENDER,
        to: TARGET,
        value: wei(9),
    };
    deposit(&mut memory, &tx);
    assert_eq!(
        (memory.balance(SENDER), memory.balance(TARGET)),
        (wei(0), wei(9))
    );
}

#[test]
fn every_wei_of_a_deposit_is_accounted_for() {
    let mut memory = with_network(60);
    let (tx, fee) = (ticket(), submission_fee(36, wei(1_000)));
    let id = id_of(&tx);
    let done = submit_retryable(&mut memory, &tx);
    let expected = Submitted {
        gas_used: 100_000,
        output: id.into(),
        error: None,
    };
    assert_eq!(done, expected);
    let gas = wei(PRICE * 100_000);
    assert_eq!(memory.balance(NETWORK), fee + gas);
    assert_eq!(
        memory.balance(REFUND),
        wei(100) + gas,
        "submission and price beyond need"
    );
    assert_eq!(memory.balance(escrow(id)), wei(5));
    assert_eq!(memory.balance(SENDER), wei(0));

    let logs = std::mem::take(&mut memory.logs);
    let tries = scheduled(&mut memory, &logs);
    let [retry] = &tries[..] else {
        panic!("{tries:?}")
    };
    assert_eq!(retry.max_refund, fee + gas);
    assert_eq!(retry.submission_fee_refund, fee);
    assert_eq!(
        (retry.nonce, retry.gas, retry.refund_to),
        (0, 100_000, REFUND)
    );
    let event = RedeemScheduled::decode_log_data(&logs[1].data).unwrap();
    assert_eq!(event.retryTxHash, ArbTx::Retry(retry.clone()).hash());
}

#[test]
fn the_mainnet_ticket_is_charged_as_on_mainnet() {
    let data_length = 324;
    let (l1_base_fee, max) = (wei(0x05_e0fc_4c58), wei(0x0001_270f_6740_d880));
    let fee = submission_fee(data_length, l1_base_fee);
    assert_eq!(fee, wei(84_434_219_253_120));
    assert_eq!(max - fee, wei(239_987_867_753_216));
    let mut memory = with_network(60);
    let tx = SubmitRetryableTx {
        l1_base_fee,
        deposit_value: wei(0x0854_e8ab_1802_ca80),
        gas_fee_cap: wei(0x11e1_a300),
        gas: 0x01_d566,
        retry_value: wei(0x0853_a0d2_313c_0000),
        max_submission_fee: max,
        retry_data: vec![1; data_length].into(),
        ..ticket()
    };
    submit_retryable(&mut memory, &tx);
    assert_eq!(memory.balance(NETWORK) - fee, wei(12_016_600_000_000));
    assert_eq!(
        memory.balance(REFUND),
        wei(239_987_867_753_216 + 24_033_200_000_000)
    );
    let logs = memory.logs.clone();
    assert_eq!(
        scheduled(&mut memory, &logs)[0].max_refund,
        wei(96_450_819_253_120)
    );
}

#[test]
fn a_ticket_that_cannot_be_paid_leaves_the_deposit_with_its_sender() {
    let base = ticket();
    let too_little = SubmitRetryableTx {
        deposit_value: base.max_submission_fee - wei(1),
        ..base.clone()
    };
    let fee_too_low = SubmitRetryableTx {
        max_submission_fee: wei(1),
        ..base.clone()
    };
    let value_too_high = SubmitRetryableTx {
        retry_value: base.deposit_value,
        ..base
    };
    for tx in [&too_little, &fee_too_low, &value_too_high] {
        let mut memory = with_network(60);
        let done = submit_retryable(&mut memory, tx);
        assert_eq!((done.gas_used, done.output.len()), (0, 0));
        let kept = memory.balance(SENDER) + memory.balance(REFUND);
        assert_eq!(kept, tx.deposit_value);
        assert_eq!(memory.balance(NETWORK), wei(0));
        assert!(!ticket_is_open(&mut memory, id_of(tx)) && memory.logs.is_empty());
        let is_as_expected = match done.error {
            Some(SubmitError::Funds { .. }) => tx == &too_little,
            Some(SubmitError::Fee { .. }) => tx == &fee_too_low,
            Some(SubmitError::CallValue { .. }) => tx == &value_too_high,
            None => false,
        };
        assert!(is_as_expected, "{:?}", done.error);
    }
}

#[test]
fn without_gas_or_price_there_is_a_ticket_but_no_try() {
    for tx in [
        SubmitRetryableTx {
            gas: 20_999,
            ..ticket()
        },
        SubmitRetryableTx {
            gas_fee_cap: wei(PRICE - 1),
            ..ticket()
        },
        SubmitRetryableTx {
            gas_fee_cap: wei(3 * PRICE),
            ..ticket()
        },
    ] {
        let mut memory = with_network(60);
        let done = submit_retryable(&mut memory, &tx);
        assert_eq!((done.gas_used, done.error), (0, None));
        assert!(ticket_is_open(&mut memory, id_of(&tx)));
        assert_eq!(memory.logs.len(), 1);
        // what was meant for gas is refunded as far as the deposit goes, the rest is the sender's
        let meant = tx.gas_fee_cap * wei(tx.gas);
        let refunded = memory.balance(REFUND) - wei(100);
        assert_eq!(refunded, meant.min(wei(2 * PRICE * 100_000)));
    }
}

/// The try of [`ticket`], its gas and call value paid.
fn begun(memory: &mut Memory) -> RetryTx {
    submit_retryable(memory, &ticket());
    let logs = std::mem::take(&mut memory.logs);
    let retry = scheduled(memory, &logs).remove(0);
    assert!(begin_retry(memory, &retry));
    assert_eq!(memory.balance(SENDER), wei(5 + PRICE * 100_000));
    retry
}

/// What the EVM does to the sender's balance when it executes a try that uses `used` gas and moves the call value.
fn execute(memory: &mut Memory, retry: &RetryTx, used: u64, success: bool) {
    assert!(memory.burn(SENDER, wei(PRICE * used)));
    if success {
        assert!(memory.transfer(SENDER, TARGET, retry.value));
    }
    end_retry(memory, retry, retry.gas - used, success);
}

#[test]
fn a_try_that_succeeds_gets_its_submission_fee_and_unused_gas_back() {
    let mut memory = with_network(60);
    let retry = begun(&mut memory);
    let before = memory.balance(REFUND);
    execute(&mut memory, &retry, 40_000, true);
    assert!(!ticket_is_open(&mut memory, retry.ticket_id));
    assert_eq!(memory.balance(NETWORK), wei(PRICE * 40_000));
    let refunded = retry.submission_fee_refund + wei(PRICE * 60_000);
    assert_eq!(memory.balance(REFUND) - before, refunded);
    assert_eq!(memory.balance(SENDER), wei(0));
    assert_eq!(memory.balance(TARGET), wei(5));
}

#[test]
fn a_try_that_fails_keeps_the_fee_and_the_ticket() {
    let mut memory = with_network(60);
    let retry = begun(&mut memory);
    let before = memory.balance(REFUND);
    execute(&mut memory, &retry, 40_000, false);
    assert!(ticket_is_open(&mut memory, retry.ticket_id));
    assert_eq!(memory.balance(escrow(retry.ticket_id)), wei(5));
    let kept = retry.submission_fee_refund + wei(PRICE * 40_000);
    assert_eq!(memory.balance(NETWORK), kept);
    assert_eq!(memory.balance(REFUND) - before, wei(PRICE * 60_000));
}

#[test]
fn refunds_beyond_the_deposit_go_to_the_sender() {
    let mut memory = with_network(60);
    let mut retry = begun(&mut memory);
    retry.max_refund = retry.submission_fee_refund + wei(7);
    let before = memory.balance(REFUND);
    execute(&mut memory, &retry, 100_000 - 1, true);
    assert_eq!(memory.balance(REFUND) - before, retry.submission_fee_refund);
    assert_eq!(memory.balance(SENDER), wei(PRICE), "the unused gas");
}

#[test]
fn a_network_that_spent_the_money_refunds_nothing() {
    let mut memory = with_network(60);
    let retry = begun(&mut memory);
    let all = memory.balance(NETWORK);
    assert!(memory.burn(NETWORK, all));
    execute(&mut memory, &retry, 40_000, true);
    assert!(!ticket_is_open(&mut memory, retry.ticket_id));
    assert_eq!(memory.balance(NETWORK), wei(0));
}

#[test]
fn redeeming_donates_all_gas_but_what_it_takes_to_end() {
    // what is spent before; 51 also pays for finding out what to keep aside, and keeps 800 more
    for (version, overhead) in [(40, 29_253), (51, 30_053), (60, 29_253)] {
        let (mut memory, id) = with_ticket(version);
        memory.logs.clear();
        let outcome = call_ticket(&mut memory, USER, "redeem", id);
        assert!(outcome.is_success(), "{outcome:?}");
        let event = RedeemScheduled::decode_log_data(&memory.logs[0].data).unwrap();
        let future = 2_899 + 3 + 20_800 + if version == 51 { 800 } else { 0 };
        assert_eq!(GAS - event.donatedGas - future, overhead, "ArbOS {version}");
        assert_eq!(
            (event.sequenceNum, event.gasDonor, event.maxRefund),
            (0, USER, U256::MAX)
        );
        let logs = memory.logs.clone();
        let tries = scheduled(&mut memory, &logs);
        assert_eq!(ArbTx::Retry(tries[0].clone()).hash(), event.retryTxHash);
        assert_eq!(output(&outcome)[..], event.retryTxHash[..]);
        // clearing the backlog costs less than writing it, before ArbOS 60
        assert_eq!(outcome.gas_left(), if version == 60 { 0 } else { 15_000 });
        let again = call_ticket(&mut memory, USER, "redeem", id);
        assert!(again.is_success());
        let event = RedeemScheduled::decode_log_data(&memory.logs[1].data).unwrap();
        assert_eq!(event.sequenceNum, 1);
    }
}

#[test]
fn too_little_gas_for_a_try_is_refused_with_the_gas_kept() {
    let (mut memory, id) = with_ticket(60);
    let input = calldata("redeem(bytes32)", &[id.into()]);
    let least = 29_253 + 2_899 + 3 + 20_800 + 21_000;
    let kept = call_as(
        &mut memory.clone(),
        USER,
        ARB_RETRYABLE_TX,
        &input,
        least - 1,
    );
    assert!(matches!(kept, Outcome::Revert { gas_left, .. } if gas_left > 20_000));
    assert!(call_as(&mut memory, USER, ARB_RETRYABLE_TX, &input, least).is_success());
}

#[test]
fn a_running_ticket_cannot_redeem_or_cancel_itself() {
    let (mut memory, id) = with_ticket(60);
    memory.tx.redeeming = Some(Redeeming {
        ticket: id,
        refund_to: REFUND,
    });
    for method in ["redeem", "cancel"] {
        let outcome = call_ticket(&mut memory, BENEFICIARY, method, id);
        assert!(
            !outcome.is_success() && output(&outcome).is_empty(),
            "{method}"
        );
    }
    assert_eq!(timeout(&mut memory, id), NOW + WEEK);
    assert!(call_ticket(&mut memory, USER, "keepalive", id).is_success());
    let redeemer = owner_calls(&mut memory, ARB_RETRYABLE_TX, "getCurrentRedeemer()", &[]);
    assert_eq!(redeemer, word(REFUND));
}

#[test]
fn keeping_alive_adds_a_week_once() {
    let (mut memory, id) = with_ticket(60);
    let outcome = call_ticket(&mut memory, USER, "keepalive", id);
    assert_eq!(GAS - outcome.gas_left(), 125_787 + 200 * (7 + 2));
    let event = LifetimeExtended::decode_log_data(&memory.logs[0].data).unwrap();
    assert_eq!(event.newTimeout, wei(NOW + 2 * WEEK));
    assert_eq!(timeout(&mut memory, id), NOW + 2 * WEEK);
    let early = call_ticket(&mut memory, USER, "keepalive", id);
    assert_eq!(GAS - early.gas_left(), 4_803 + 200 * (7 + 2));
    assert!(!early.is_success());
}

#[test]
fn cancelling_is_the_beneficiarys_right() {
    let (mut memory, id) = with_ticket(60);
    let other = call_ticket(&mut memory, SENDER, "cancel", id);
    assert_eq!(GAS - other.gas_left(), 2_403);
    let outcome = call_ticket(&mut memory, BENEFICIARY, "cancel", id);
    assert_eq!(GAS - outcome.gas_left(), 45_928 + 5_000 * 2);
    assert!(Canceled::decode_log_data(&memory.logs[0].data).is_ok());
    assert_eq!(memory.balance(BENEFICIARY), wei(5));
    assert!(!ticket_is_open(&mut memory, id));
    assert_eq!(
        output(&call_ticket(&mut memory, USER, "getTimeout", id))[..],
        [0x80, 0x69, 0x84, 0x56]
    );
}

#[test]
fn an_expired_ticket_is_reaped_for_its_beneficiary() {
    let (mut memory, id) = with_ticket(60);
    start_at(&mut memory, NOW + WEEK);
    assert!(
        ticket_is_open(&mut memory, id),
        "usable in the second of its timeout"
    );
    start_at(&mut memory, NOW + WEEK + 1);
    assert!(!ticket_is_open(&mut memory, id));
    assert_eq!(memory.balance(BENEFICIARY), wei(5));
}

#[test]
fn a_ticket_kept_alive_is_renewed_when_the_queue_reaches_it() {
    for version in [40, 60] {
        let (mut memory, id) = with_ticket(version);
        assert!(call_ticket(&mut memory, USER, "keepalive", id).is_success());
        memory.block.timestamp = NOW + WEEK + 1;
        let counts_at_once = version >= 60;
        assert_eq!(
            ticket_is_open(&mut memory, id),
            counts_at_once,
            "ArbOS {version}"
        );
        start_at(&mut memory, NOW + WEEK + 1);
        assert_eq!(timeout(&mut memory, id), NOW + 2 * WEEK);
        start_at(&mut memory, NOW + 2 * WEEK + 1);
        assert!(!ticket_is_open(&mut memory, id));
    }
}

#[test]
fn each_block_looks_at_two_tickets_deleted_ones_among_them() {
    let mut memory = with_network(60);
    let ids: Vec<_> = (0..5)
        .map(|n| {
            let request_id = B256::with_last_byte(n);
            let tx = SubmitRetryableTx {
                gas: 0,
                request_id,
                ..ticket()
            };
            submit_retryable(&mut memory, &tx);
            id_of(&tx)
        })
        .collect();
    assert!(call_ticket(&mut memory, BENEFICIARY, "cancel", ids[0]).is_success());
    let reaped = |memory: &mut Memory| memory.balance(BENEFICIARY) / wei(5);
    start_at(&mut memory, NOW + WEEK + 1);
    assert_eq!(
        reaped(&mut memory),
        wei(2),
        "the cancelled one and the next"
    );
    start_at(&mut memory, NOW + WEEK + 1);
    assert_eq!(reaped(&mut memory), wei(4));
    start_at(&mut memory, NOW + WEEK + 1);
    assert_eq!(reaped(&mut memory), wei(5));
}

#[test]
fn two_tries_of_one_ticket_are_scheduled_but_the_second_finds_it_gone() {
    let (mut memory, id) = with_ticket(60);
    for _ in 0..2 {
        assert!(call_ticket(&mut memory, USER, "redeem", id).is_success());
    }
    let logs = std::mem::take(&mut memory.logs);
    let tries = scheduled(&mut memory, &logs);
    assert_eq!(tries.len(), 2);
    assert!(begin_retry(&mut memory, &tries[0]));
    let used = tries[0].gas;
    execute(&mut memory, &tries[0], used, true);
    assert!(!ticket_is_open(&mut memory, id));
    assert!(scheduled(&mut memory, &logs).is_empty());
}

#[test]
fn money_missing_from_escrow_stops_a_try() {
    let mut memory = with_network(60);
    submit_retryable(&mut memory, &ticket());
    let logs = std::mem::take(&mut memory.logs);
    let retry = scheduled(&mut memory, &logs).remove(0);
    assert!(memory.burn(escrow(retry.ticket_id), wei(1)));
    assert!(!begin_retry(&mut memory, &retry));
    assert_eq!(memory.balance(SENDER), wei(0));
}
