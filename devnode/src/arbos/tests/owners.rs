//! Chain owners: free calls, their log, and everybody else's failure.

use alloy_sol_types::SolEvent;

use super::*;
use crate::arbos::{address::*, precompile::OwnerActs};

fn set_speed(value: u64) -> Vec<u8> {
    calldata("setSpeedLimit(uint64)", &[U256::from(value)])
}

#[test]
fn owners_pay_nothing_and_leave_a_log() {
    let mut memory = chain(60);
    let input = set_speed(5);
    let outcome = call_as(&mut memory, OWNER, ARB_OWNER, &input, 30_000);
    assert_eq!(outcome.gas_left(), 30_000);
    let event = OwnerActs::decode_log_data(&memory.logs[0].data).unwrap();
    assert_eq!(event.owner, OWNER);
    assert_eq!(event.data, input);
    assert_eq!(event.method, input[..4]);
    let refused = call_as(&mut memory, OWNER, ARB_OWNER, &set_speed(0), 30_000);
    assert!(!refused.is_success());
    assert_eq!(refused.gas_left(), 30_000, "refusals are free, too");
    let unknown = call_as(&mut memory, OWNER, ARB_OWNER, &[1, 2, 3, 4], 30_000);
    assert_eq!(unknown.gas_left(), 30_000);
    assert_eq!(memory.logs.len(), 1, "only what succeeds is logged");
}

#[test]
fn others_lose_everything_without_a_revert() {
    let outcome = call_as(&mut chain(60), USER, ARB_OWNER, &set_speed(5), GAS);
    let text = "unauthorized caller to access-controlled method";
    assert_eq!(outcome, Outcome::Halt { error: text.into() });
}

#[test]
fn owners_come_and_go() {
    let mut memory = chain(60);
    let is_owner = |memory: &mut Memory, who| {
        owner_calls(
            memory,
            ARB_OWNER_PUBLIC,
            "isChainOwner(address)",
            &[word(who)],
        ) == U256::ONE
    };
    owner_calls(
        &mut memory,
        ARB_OWNER,
        "addChainOwner(address)",
        &[word(USER)],
    );
    assert!(is_owner(&mut memory, USER));
    owner_calls(
        &mut memory,
        ARB_OWNER,
        "removeChainOwner(address)",
        &[U256::ZERO],
    );
    assert!(!is_owner(&mut memory, Address::ZERO));
    let list = call_as(
        &mut memory,
        USER,
        ARB_OWNER_PUBLIC,
        &calldata("getAllChainOwners()", &[]),
        GAS,
    );
    // the last member took the place of the one that left
    let listed: Vec<_> = output(&list)[64..]
        .chunks(32)
        .map(U256::from_be_slice)
        .collect();
    assert_eq!(listed, [word(USER), word(OWNER)]);
    let again = calldata("removeChainOwner(address)", &[U256::ZERO]);
    assert!(!call_as(&mut memory, OWNER, ARB_OWNER, &again, GAS).is_success());
}

#[test]
fn settings_are_read_back_where_everyone_can_see_them() {
    let number = |n: u64| [U256::from(n)];
    let cases = [
        (
            "setSpeedLimit(uint64)",
            11,
            ARB_GAS_INFO,
            "getGasAccountingParams()",
            11,
        ),
        (
            "setMinimumL2BaseFee(uint256)",
            12,
            ARB_GAS_INFO,
            "getMinimumGasPrice()",
            12,
        ),
        (
            "setL2GasPricingInertia(uint64)",
            13,
            ARB_GAS_INFO,
            "getPricingInertia()",
            13,
        ),
        (
            "setL2GasBacklogTolerance(uint64)",
            14,
            ARB_GAS_INFO,
            "getGasBacklogTolerance()",
            14,
        ),
        (
            "setL1PricePerUnit(uint256)",
            15,
            ARB_GAS_INFO,
            "getL1BaseFeeEstimate()",
            15,
        ),
        (
            "setL1PricingInertia(uint64)",
            16,
            ARB_GAS_INFO,
            "getL1BaseFeeEstimateInertia()",
            16,
        ),
        (
            "setL1PricingRewardRate(uint64)",
            17,
            ARB_GAS_INFO,
            "getL1RewardRate()",
            17,
        ),
        (
            "setL1PricingRewardRecipient(address)",
            18,
            ARB_GAS_INFO,
            "getL1RewardRecipient()",
            18,
        ),
        (
            "setL1PricingEquilibrationUnits(uint256)",
            19,
            ARB_GAS_INFO,
            "getL1PricingEquilibrationUnits()",
            19,
        ),
        (
            "setPerBatchGasCharge(int64)",
            20,
            ARB_GAS_INFO,
            "getPerBatchGasCharge()",
            20,
        ),
        (
            "setAmortizedCostCapBips(uint64)",
            21,
            ARB_GAS_INFO,
            "getAmortizedCostCapBips()",
            21,
        ),
        (
            "setGasBacklog(uint64)",
            22,
            ARB_GAS_INFO,
            "getGasBacklog()",
            22,
        ),
        (
            "setMaxTxGasLimit(uint64)",
            23,
            ARB_GAS_INFO,
            "getMaxTxGasLimit()",
            23,
        ),
        (
            "setMaxBlockGasLimit(uint64)",
            24,
            ARB_GAS_INFO,
            "getMaxBlockGasLimit()",
            24,
        ),
        (
            "setNetworkFeeAccount(address)",
            25,
            ARB_OWNER_PUBLIC,
            "getNetworkFeeAccount()",
            25,
        ),
        (
            "setInfraFeeAccount(address)",
            26,
            ARB_OWNER_PUBLIC,
            "getInfraFeeAccount()",
            26,
        ),
        (
            "setBrotliCompressionLevel(uint64)",
            9,
            ARB_OWNER_PUBLIC,
            "getBrotliCompressionLevel()",
            9,
        ),
        (
            "setCalldataPriceIncrease(bool)",
            1,
            ARB_OWNER_PUBLIC,
            "isCalldataPriceIncreaseEnabled()",
            1,
        ),
        (
            "setParentGasFloorPerToken(uint64)",
            27,
            ARB_OWNER_PUBLIC,
            "getParentGasFloorPerToken()",
            27,
        ),
        (
            "setCollectTips(bool)",
            1,
            ARB_OWNER_PUBLIC,
            "getCollectTips()",
            1,
        ),
        (
            "setMaxStylusContractFragments(uint8)",
            28,
            ARB_OWNER_PUBLIC,
            "getMaxStylusContractFragments()",
            28,
        ),
        ("setInkPrice(uint32)", 29, ARB_WASM, "inkPrice()", 29),
        (
            "setWasmMaxStackDepth(uint32)",
            30,
            ARB_WASM,
            "maxStackDepth()",
            30,
        ),
        ("setWasmFreePages(uint16)", 31, ARB_WASM, "freePages()", 31),
        ("setWasmPageGas(uint16)", 32, ARB_WASM, "pageGas()", 32),
        ("setWasmPageLimit(uint16)", 33, ARB_WASM, "pageLimit()", 33),
        (
            "setWasmInitCostScalar(uint64)",
            33,
            ARB_WASM,
            "initCostScalar()",
            34,
        ),
        (
            "setWasmExpiryDays(uint16)",
            35,
            ARB_WASM,
            "expiryDays()",
            35,
        ),
        (
            "setWasmKeepaliveDays(uint16)",
            36,
            ARB_WASM,
            "keepaliveDays()",
            36,
        ),
        (
            "setWasmBlockCacheSize(uint16)",
            37,
            ARB_WASM,
            "blockCacheSize()",
            37,
        ),
        (
            "setWasmActivationGas(uint64)",
            38,
            ARB_WASM,
            "activationGas()",
            38,
        ),
    ];
    let mut memory = chain(60);
    for (setter, value, reader, getter, shown) in cases {
        owner_calls(&mut memory, ARB_OWNER, setter, &number(value));
        let read = owner_calls(&mut memory, reader, getter, &[]);
        assert_eq!(read, U256::from(shown), "{setter}");
    }
}

#[test]
fn values_out_of_bounds_are_refused() {
    let mut memory = chain(60);
    for (setter, value) in [
        ("setInkPrice(uint32)", 0_u64),
        ("setInkPrice(uint32)", 1 << 24),
        ("setSpeedLimit(uint64)", 0),
        ("setL2GasPricingInertia(uint64)", 0),
        ("setBrotliCompressionLevel(uint64)", 12),
        ("setNativeTokenManagementFrom(uint64)", NOW + 1),
        ("addNativeTokenOwner(address)", 1),
        ("removeWasmCacheManager(address)", 1),
    ] {
        let input = calldata(setter, &[U256::from(value)]);
        let outcome = call_as(&mut memory, OWNER, ARB_OWNER, &input, GAS);
        assert!(!outcome.is_success(), "{setter} {value}");
        assert!(output(&outcome).is_empty());
    }
}

#[test]
fn the_native_token_has_owners_only_after_a_weeks_notice() {
    let mut memory = chain(60);
    let from = NOW + 7 * 86_400;
    owner_calls(
        &mut memory,
        ARB_OWNER,
        "setNativeTokenManagementFrom(uint64)",
        &[U256::from(from)],
    );
    memory.block.timestamp = from;
    owner_calls(
        &mut memory,
        ARB_OWNER,
        "addNativeTokenOwner(address)",
        &[word(USER)],
    );
    let mint = calldata("mintNativeToken(uint256)", &[U256::from(5)]);
    let stranger = call_as(&mut memory, OWNER, ARB_NATIVE_TOKEN_MANAGER, &mint, GAS);
    assert_eq!(stranger, Outcome::burned());
    assert!(call_as(&mut memory, USER, ARB_NATIVE_TOKEN_MANAGER, &mint, GAS).is_success());
    assert_eq!(memory.balance(USER), U256::from(5));
    let burn = calldata("burnNativeToken(uint256)", &[U256::from(6)]);
    assert!(!call_as(&mut memory, USER, ARB_NATIVE_TOKEN_MANAGER, &burn, GAS).is_success());
}
