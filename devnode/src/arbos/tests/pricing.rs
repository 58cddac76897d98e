//! What gas and L1 data cost, and who gets the money.

use alloy_primitives::hex;

use super::*;
use crate::arbos::{
    HeaderFacts, L1Data, L1Share, RunMode, address::*, block_limit, charge_l1_data, compute_limit,
    header_facts, l1_block_hash, l1_block_number, run_internal, settle, tx::InternalTx,
};

const GWEI: u64 = 1_000_000_000;

fn start(memory: &mut Memory, l1_number: u64, seconds: u64) {
    let number = memory.block.number;
    run_internal(
        memory,
        &InternalTx::start_block(412_346, U256::ZERO, l1_number, number, seconds),
    );
}

fn next_base_fee(memory: &mut Memory) -> u64 {
    header_facts(memory).next_base_fee.to()
}

#[test]
fn base_fee_follows_the_backlog_above_the_tolerance() {
    let mut memory = chain(60);
    let price = U256::from(100_000_000);
    settle(&mut memory, 70_000_000, L1Share::default(), price);
    start(&mut memory, 0, 0);
    assert_eq!(
        next_base_fee(&mut memory),
        100_000_000,
        "within ten seconds' worth"
    );
    // 714 M above the tolerance: one inertia, so a factor of e by four terms
    settle(&mut memory, 714_000_000, L1Share::default(), price);
    start(&mut memory, 0, 0);
    assert_eq!(next_base_fee(&mut memory), 270_830_000);
    start(&mut memory, 0, 102);
    assert_eq!(next_base_fee(&mut memory), 100_000_000);
}

#[test]
fn constraints_take_the_place_of_the_speed_limit() {
    let mut memory = chain(60);
    let mut input = calldata(
        "setGasPricingConstraints(uint64[3][])",
        &[0x20_u64, 1, 1_000_000, 10, 0].map(U256::from),
    );
    assert!(call_as(&mut memory, OWNER, ARB_OWNER, &input, GAS).is_success());
    settle(&mut memory, 12_000_000, L1Share::default(), U256::ONE);
    start(&mut memory, 0, 2);
    assert_eq!(
        next_base_fee(&mut memory),
        270_830_000,
        "10 M left of 10 s x 1 M"
    );
    let getter = calldata("getGasPricingConstraints()", &[]);
    let shown = output(&call_as(&mut memory, USER, ARB_GAS_INFO, &getter, GAS));
    let words: Vec<_> = shown.chunks(32).map(U256::from_be_slice).collect();
    assert_eq!(words, [0x20, 1, 1_000_000, 10, 10_000_000].map(U256::from));
    input[4 + 2 * 32..4 + 3 * 32].fill(0);
    assert!(!call_as(&mut memory, OWNER, ARB_OWNER, &input, GAS).is_success());
}

#[test]
fn computation_goes_to_the_network_and_the_l1_share_to_the_pool() {
    let mut memory = chain(60);
    let (network, infra) = (Address::repeat_byte(1), Address::repeat_byte(2));
    owner_calls(
        &mut memory,
        ARB_OWNER,
        "setNetworkFeeAccount(address)",
        &[word(network)],
    );
    owner_calls(
        &mut memory,
        ARB_OWNER,
        "setInfraFeeAccount(address)",
        &[word(infra)],
    );
    owner_calls(
        &mut memory,
        ARB_OWNER,
        "setMinimumL2BaseFee(uint256)",
        &[U256::from(40)],
    );
    let l1 = L1Share {
        gas: 300,
        fee: U256::from(300 * 100),
    };
    settle(&mut memory, 1_000, l1, U256::from(100));
    assert_eq!(memory.balance(L1_PRICER_FUNDS), U256::from(30_000));
    assert_eq!(memory.balance(infra), U256::from(700 * 40));
    assert_eq!(memory.balance(network), U256::from(700 * 60));
    let available = owner_calls(&mut memory, ARB_GAS_INFO, "getL1FeesAvailable()", &[]);
    assert_eq!(available, U256::from(30_000));
    let backlog = owner_calls(&mut memory, ARB_GAS_INFO, "getGasBacklog()", &[]);
    assert_eq!(backlog, U256::from(700), "the L1 share is no computation");
}

#[test]
fn l1_share_is_sixteen_units_a_compressed_byte() {
    let mut memory = chain(60);
    let data = L1Data::Signed(&[0; 1000]);
    assert_eq!(
        charge_l1_data(&mut memory, data),
        L1Share::default(),
        "a price of zero"
    );
    owner_calls(
        &mut memory,
        ARB_OWNER,
        "setL1PricePerUnit(uint256)",
        &[U256::from(50 * GWEI)],
    );
    let random = hex!("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    let before = owner_calls(
        &mut memory,
        ARB_GAS_INFO,
        "getL1PricingUnitsSinceUpdate()",
        &[],
    );
    let share = charge_l1_data(&mut memory, L1Data::Signed(&random));
    let after = owner_calls(
        &mut memory,
        ARB_GAS_INFO,
        "getL1PricingUnitsSinceUpdate()",
        &[],
    );
    let units = after - before;
    // incompressible bytes, and a header of a few
    assert!((32 * 16..40 * 16).contains(&units.to::<u64>()), "{units}");
    assert_eq!(share.gas, units.to::<u64>() * 50 * GWEI / 100_000_000);
    memory.tx.mode = RunMode::Estimate;
    let padded = charge_l1_data(&mut memory, L1Data::Signed(&random)).gas;
    assert_eq!(
        padded,
        share.gas * 11 / 10,
        "a tenth more, at the least base fee"
    );
    memory.tx.mode = RunMode::Commit;
    memory.block.coinbase = USER;
    assert_eq!(
        charge_l1_data(&mut memory, L1Data::Signed(&random)),
        L1Share::default()
    );
}

#[test]
fn gas_limits_are_a_transactions_from_arbos_50_on() {
    assert_eq!(compute_limit(&mut chain(40), 21_000), 32_000_000);
    assert_eq!(compute_limit(&mut chain(51), 21_000), 32_000_000 - 21_000);
    assert_eq!(block_limit(&mut chain(60)), 32_000_000);
    let mut memory = chain(40);
    owner_calls(
        &mut memory,
        ARB_OWNER,
        "setMaxTxGasLimit(uint64)",
        &[U256::from(9)],
    );
    assert_eq!(block_limit(&mut memory), 9);
}

#[test]
fn l1_numbers_move_forward_and_leave_hashes() {
    let mut memory = chain(60);
    let parent = memory.block_hash(6);
    start(&mut memory, 100, 0);
    assert_eq!(l1_block_number(&mut memory), 100);
    assert_eq!(l1_block_hash(&mut memory, 99), parent);
    assert_eq!(l1_block_hash(&mut memory, 100), B256::ZERO);
    let fill = keccak256([&parent[..], &50_u64.to_le_bytes()].concat());
    assert_eq!(l1_block_hash(&mut memory, 50), fill);
    start(&mut memory, 90, 0);
    assert_eq!(l1_block_number(&mut memory), 100, "never back");
    start(&mut memory, 400, 0);
    assert_eq!(l1_block_hash(&mut memory, 399), parent);
    assert_eq!(
        l1_block_hash(&mut memory, 143),
        B256::ZERO,
        "more than 256 back"
    );
    assert_ne!(l1_block_hash(&mut memory, 145), B256::ZERO);
}

#[test]
fn parents_hash_goes_into_the_history_contract() {
    let mut memory = chain(60);
    start(&mut memory, 0, 0);
    let parent: U256 = memory.block_hash(6).into();
    assert_eq!(memory.load(BLOCK_HISTORY, U256::from(6)), parent);
}

#[test]
fn a_report_pays_the_poster_and_moves_the_price() {
    use crate::arbos::tx::batchPostingReportCall;
    use alloy_sol_types::SolCall;
    let mut memory = chain(40);
    owner_calls(
        &mut memory,
        ARB_OWNER,
        "setL1PricePerUnit(uint256)",
        &[U256::from(GWEI)],
    );
    let (poster, funds) = (Address::repeat_byte(5), U256::from(10).pow(U256::from(18)));
    let share = charge_l1_data(&mut memory, L1Data::Signed(&[7; 5000]));
    assert!(share.gas > 0);
    memory.mint(L1_PRICER_FUNDS, funds);
    let release = owner_calls(
        &mut memory,
        ARB_OWNER,
        "releaseL1PricerSurplusFunds(uint256)",
        &[U256::MAX],
    );
    assert_eq!(release, funds);
    let call = batchPostingReportCall {
        batchTimestamp: U256::from(NOW),
        batchPosterAddress: poster,
        batchNumber: 1,
        batchDataGas: 40_000,
        l1BaseFeeWei: U256::from(GWEI),
    };
    let tx = InternalTx {
        chain_id: 412_346,
        data: call.abi_encode().into(),
    };
    run_internal(&mut memory, &tx);
    let spent = U256::from(250_000 * GWEI);
    assert_eq!(
        memory.balance(poster),
        spent,
        "data and the charge of a batch"
    );
    let surplus = owner_calls(&mut memory, ARB_GAS_INFO, "getL1PricingSurplus()", &[]);
    let last = owner_calls(&mut memory, ARB_GAS_INFO, "getLastL1PricingSurplus()", &[]);
    assert_eq!(surplus, last);
    let reward = memory.balance(Address::ZERO);
    assert_eq!(funds - spent - reward, surplus);
    let price = owner_calls(&mut memory, ARB_GAS_INFO, "getL1BaseFeeEstimate()", &[]);
    assert!(
        price < U256::from(GWEI),
        "a surplus makes data cheaper: {price}"
    );
}

#[test]
fn headers_show_the_state() {
    let facts = header_facts(&mut chain(51));
    let expected = HeaderFacts {
        version: 51,
        next_base_fee: U256::from(100_000_000),
        ..HeaderFacts::default()
    };
    assert_eq!(facts, expected);
}
