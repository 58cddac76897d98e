//! What calls and estimates say of tickets before anything is sent. The figures are those of a recorded chain, where there is
//! one (`tests/fixtures/bridge`); here are the rules one by one.

use alloy_primitives::keccak256;

use super::*;
use crate::arbos::address::{ARB_RETRYABLE_TX, NODE_INTERFACE, alias};

/// Counts its calls in slot 0.
const COUNTER: Bytes = bytes!("5f546001015f5500");
/// Refuses everything.
pub(super) const REFUSER: Bytes = bytes!("5f5ffd");
pub(super) const TARGET: Address = address!("00000000000000000000000000000000c0ffee01");

pub(super) fn words(words: &[U256]) -> Vec<u8> {
    words.iter().flat_map(U256::to_be_bytes::<32>).collect()
}

/// The message that makes a ticket for [`TARGET`] without gas of its own; [`HEIR`] gets what is left.
pub(super) fn submission(sender: Address) -> L1Message {
    let (none, ether, heir) = (U256::ZERO, U256::from(10).pow(U256::from(18)), word(HEIR));
    // to, call value, deposit, most for the submission, refund addresses, gas, its price, length of the data
    let payload = words(&[
        word(TARGET),
        none,
        ether,
        ether,
        heir,
        heir,
        none,
        none,
        none,
    ]);
    L1Message {
        kind: 9,
        sender: alias(sender),
        l1_block: 1,
        timestamp: 1_800_000_000,
        index: 1,
        l1_base_fee: U256::from(1_000_000_000),
        data: payload.into(),
    }
}

/// A chain on which such a ticket waits, and the ticket's id.
fn chain_with_ticket(target: &Bytes) -> (Chain, B256) {
    let mut chain = chain();
    chain.set_code(TARGET, target);
    let message = submission(HEIR);
    let id = chain.ticket_of(&message).unwrap().id;
    chain.deliver(&message);
    assert!(chain.transaction(&id).unwrap().receipt.success);
    (chain, id)
}

fn redeem(id: B256) -> Message {
    let data = [&keccak256("redeem(bytes32)")[..4], id.as_slice()].concat();
    Message {
        from: Some(DEV_ACCOUNT),
        to: Some(ARB_RETRYABLE_TX),
        input: data.into(),
        ..Message::default()
    }
}

fn estimate(chain: &Chain, message: &Message) -> Result<u64, CallError> {
    let (state, block) = Default::default();
    chain.estimate(message, BlockId::latest(), &state, &block)
}

#[test]
fn a_redeem_can_be_estimated_without_naming_a_price() {
    let (mut chain, id) = chain_with_ticket(&COUNTER);
    let free = redeem(id);
    let paid = Message {
        fee_cap: Some(1_000_000_000),
        ..free.clone()
    };
    let gas = estimate(&chain, &free).unwrap();
    assert_eq!(estimate(&chain, &paid), Ok(gas));
    // So much gas is enough: the redeem runs and the ticket is gone.
    let tx = TypedTransaction::Eip1559(TxEip1559 {
        chain_id: 412_346,
        gas_limit: gas,
        max_fee_per_gas: 1_000_000_000,
        to: TxKind::Call(ARB_RETRYABLE_TX),
        input: free.input,
        ..TxEip1559::default()
    });
    chain.submit_as(DEV_ACCOUNT, tx).unwrap();
    let outcomes = chain.head().transactions.iter();
    assert_eq!(
        outcomes
            .map(|mined| mined.receipt.success)
            .collect::<Vec<_>>(),
        [true, true, true]
    );
}

#[test]
fn a_redeem_that_fails_has_no_estimate_but_can_be_called() {
    let (chain, id) = chain_with_ticket(&REFUSER);
    let message = redeem(id);
    assert!(matches!(
        estimate(&chain, &message),
        Err(CallError::Revert { .. })
    ));
    let (state, block) = Default::default();
    assert!(
        chain
            .call(&message, BlockId::latest(), &state, &block)
            .is_ok()
    );
}

#[test]
fn calling_for_a_tickets_estimate_tells_what_its_redeem_fails_with() {
    // Reverts with the word 0x2a.
    let reason = bytes!("602a5f5260205ffd");
    for (code, fails) in [(COUNTER, false), (reason, true)] {
        let mut chain = chain();
        chain.set_code(TARGET, &code);
        let signature =
            "estimateRetryableTicket(address,uint256,address,uint256,address,address,bytes)";
        let (nobody, none) = (word(HEIR), U256::ZERO);
        let (target, data) = (word(TARGET), U256::from(7 * 32));
        let arguments = words(&[nobody, none, target, none, nobody, nobody, data, none]);
        let message = Message {
            to: Some(NODE_INTERFACE),
            input: [&keccak256(signature)[..4], &arguments].concat().into(),
            ..Message::default()
        };
        let (state, block) = Default::default();
        match chain.call(&message, BlockId::latest(), &state, &block) {
            Ok(answer) => assert!(!fails && answer.output.len() == 32),
            Err(CallError::Revert { data, .. }) => assert!(fails && data.ends_with(&[0x2a])),
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn calls_may_compute_as_much_as_the_cap_says_whatever_their_data_costs() {
    // Returns the gas left.
    let gas_left = bytes!("5a5f5260205ff3");
    let mut chain = Chain::new(Config {
        time: TimeSource::Fixed(1_800_000_000),
        l1_price_per_unit: U256::from(50_000_000_000_u64),
        ..Config::default()
    });
    chain.set_code(TARGET, &gas_left);
    let message = Message {
        to: Some(TARGET),
        ..Message::default()
    };
    let (state, block) = Default::default();
    let answer = chain
        .call(&message, BlockId::latest(), &state, &block)
        .unwrap();
    assert!(answer.gas_used_for_l1 > 100_000);
    let left: u64 = U256::from_be_slice(&answer.output).to();
    assert!(left > chain.config().call_gas_cap - 22_000, "{left}");
}
