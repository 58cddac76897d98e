//! Frames of bytecode and of programs in each other.

use alloy_eips::BlockId;
use alloy_primitives::{Address, B256, Bytes, U256, bytes, hex};

use super::{
    DELEGATE, ECHO_BACK, ECHO_DOWN, PLENTY, STORE_SEVEN, call, chain, deploy, deploy_program, send,
    slot_zero, word,
};
use crate::chain::{ArbosVersion, ETHER};

#[test]
fn bytecode_calls_itself_1024_deep_and_no_deeper() {
    let mut chain = chain(ArbosVersion::V60);
    let echo = deploy(&mut chain, &ECHO_DOWN);
    let answer = call(&chain, echo, word(echo), PLENTY).unwrap();
    assert_eq!(U256::from_be_slice(&answer.output), U256::from(1025));
}

#[test]
fn bytecode_and_programs_call_each_other_until_the_pages_run_out() {
    for arbos in [ArbosVersion::V40, ArbosVersion::V60] {
        let mut chain = chain(arbos);
        let down = deploy(&mut chain, &ECHO_DOWN);
        let back = deploy_program(&mut chain, ECHO_BACK);
        let answer = call(&chain, down, word(back), PLENTY).unwrap();
        // 128 programs of one page each, bytecode around each of them and within the innermost.
        assert_eq!(U256::from_be_slice(&answer.output), U256::from(257));
    }
}

#[test]
fn an_account_delegated_to_a_program_runs_it_on_its_own_storage() {
    let mut chain = chain(ArbosVersion::V60);
    let program = deploy_program(&mut chain, STORE_SEVEN);
    let account = Address::repeat_byte(0xe0);
    chain.set_code(
        account,
        &[&hex!("ef0100")[..], program.as_slice()].concat().into(),
    );
    assert!(
        send(&mut chain, account, Bytes::new(), 1_000_000)
            .receipt
            .success
    );
    assert_eq!(slot_zero(&chain, account), B256::with_last_byte(7));
    assert_eq!(slot_zero(&chain, program), B256::ZERO);
}

#[test]
fn a_program_must_not_destroy_itself_through_bytecode() {
    let mut chain = chain(ArbosVersion::V60);
    let destroyer = deploy(&mut chain, &bytes!("5fff"));
    let program = deploy_program(&mut chain, DELEGATE);
    chain.set_balance(program, ETHER);
    let answer = call(&chain, program, word(destroyer), 1_000_000).unwrap();
    assert_eq!(answer.output[31], 2, "the delegate call fails");
    // SELFDESTRUCT's own cost is gone, the rest came back: it was a revert.
    assert!(answer.gas_used < 200_000, "{}", answer.gas_used);
    assert!(
        send(&mut chain, program, word(destroyer), 1_000_000)
            .receipt
            .success
    );
    assert_eq!(
        chain.account(program, BlockId::latest()).unwrap().balance,
        ETHER
    );
}

#[test]
fn what_a_program_did_is_undone_when_the_bytecode_around_it_reverts() {
    let mut chain = chain(ArbosVersion::V60);
    let program = deploy_program(&mut chain, STORE_SEVEN);
    // Calls the address in its calldata, then reverts.
    let reverter = deploy(&mut chain, &bytes!("5f5f5f5f5f5f355af15f5ffd"));
    assert!(
        !send(&mut chain, reverter, word(program), 1_000_000)
            .receipt
            .success
    );
    assert_eq!(slot_zero(&chain, program), B256::ZERO);
    assert!(
        send(&mut chain, program, Bytes::new(), 1_000_000)
            .receipt
            .success
    );
    assert_eq!(slot_zero(&chain, program), B256::with_last_byte(7));
}

#[test]
fn code_that_was_never_activated_takes_all_gas() {
    let mut chain = chain(ArbosVersion::V60);
    let program = deploy(&mut chain, &hex!("eff0000001020304"));
    let sent = send(&mut chain, program, Bytes::new(), 100_000);
    assert!(!sent.receipt.success);
    assert_eq!(sent.receipt.gas_used, 100_000);
    assert_eq!(
        sent.receipt.failure.as_deref(),
        Some("error ProgramNotActivated()")
    );
}
