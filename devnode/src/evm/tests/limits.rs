//! What ArbOS limits or charges around transactions: gas held back, the block's program cache, the base fee under load.

use alloy_eips::BlockId;
use alloy_primitives::{Bytes, U256, bytes};

use super::{STORE_SEVEN, chain, deploy, deploy_program, request, send};
use crate::chain::{ArbosVersion, Chain, DEV_ACCOUNT, Mining};

/// Jumps to its start for ever.
const LOOP: Bytes = bytes!("5b5f56");

#[test]
fn gas_beyond_32_million_is_held_back_and_returned() {
    // Before ArbOS 50 the limit is what may be computed, from then on what may be used.
    for (arbos, used) in [
        (ArbosVersion::V40, 32_021_000),
        (ArbosVersion::V51, 32_000_000),
    ] {
        let mut chain = chain(arbos);
        let endless = deploy(&mut chain, &LOOP);
        let before = chain
            .account(DEV_ACCOUNT, BlockId::latest())
            .unwrap()
            .balance;
        let sent = send(&mut chain, endless, Bytes::new(), 40_000_000);
        assert!(!sent.receipt.success);
        assert_eq!(sent.receipt.gas_used, used);
        let after = chain
            .account(DEV_ACCOUNT, BlockId::latest())
            .unwrap()
            .balance;
        assert_eq!(before - after, U256::from(used) * U256::from(100_000_000));
    }
}

fn gas_of_two_runs_in_a_block(arbos: ArbosVersion) -> [u64; 2] {
    let mut chain = chain(arbos);
    let program = deploy_program(&mut chain, STORE_SEVEN);
    send(&mut chain, program, Bytes::new(), 1_000_000);
    chain.set_mining(Mining::Manual);
    for _ in 0..2 {
        let tx = request(&chain, program.into(), Bytes::new(), 1_000_000, U256::ZERO);
        chain.submit_as(DEV_ACCOUNT, tx).unwrap();
    }
    let block = chain.mine();
    [1, 2].map(|index| block.transactions[index].receipt.gas_used)
}

#[test]
fn from_arbos_60_a_program_starts_cheaper_when_its_block_has_run_it() {
    let [first, second] = gas_of_two_runs_in_a_block(ArbosVersion::V51);
    assert_eq!(first, second);
    let [first, second] = gas_of_two_runs_in_a_block(ArbosVersion::V60);
    // The part that only programs out of the cache pay: 8,832 and a little by size.
    assert!(
        (8_832..9_100).contains(&(first - second)),
        "{first} {second}"
    );
}

#[test]
fn a_traced_transaction_sees_the_block_cache_as_it_was() {
    let mut chain = chain(ArbosVersion::V60);
    let program = deploy_program(&mut chain, STORE_SEVEN);
    chain.set_mining(Mining::Manual);
    for _ in 0..2 {
        let tx = request(&chain, program.into(), Bytes::new(), 1_000_000, U256::ZERO);
        chain.submit_as(DEV_ACCOUNT, tx).unwrap();
    }
    let block = chain.mine();
    for mined in &block.transactions[1..] {
        let traced = chain.trace_transaction(&mined.hash, &mut ()).unwrap();
        assert_eq!(traced.outcome.unwrap().gas_used, mined.receipt.gas_used);
    }
}

fn burn(chain: &mut Chain, times: usize) {
    let endless = deploy(chain, &LOOP);
    for _ in 0..times {
        send(chain, endless, Bytes::new(), 32_000_000);
    }
}

#[test]
fn the_base_fee_rises_with_a_backlog_and_falls_when_time_passes() {
    let mut chain = chain(ArbosVersion::V60);
    let least = U256::from(100_000_000);
    burn(&mut chain, 3);
    let block = chain.mine();
    assert_eq!(
        block.base_fee(),
        chain.block_by_number(1).unwrap().base_fee()
    );
    assert!(chain.next_base_fee() > least);
    let busy = chain.next_base_fee();
    assert_eq!(chain.mine().base_fee(), busy);
    chain.increase_time(60);
    chain.mine();
    assert_eq!(chain.next_base_fee(), least);
}

#[test]
fn what_does_not_fit_into_a_block_waits_for_the_next() {
    let mut chain = chain(ArbosVersion::V60);
    let endless = deploy(&mut chain, &LOOP);
    chain.set_mining(Mining::Manual);
    for _ in 0..3 {
        let tx = request(&chain, endless.into(), Bytes::new(), 20_000_000, U256::ZERO);
        chain.submit_as(DEV_ACCOUNT, tx).unwrap();
    }
    for left in [2, 1, 0] {
        assert_eq!(chain.mine().transactions.len(), 2);
        assert_eq!(chain.pending().len(), left);
    }
}
