//! Gas of calls, as recorded on real Nitro nodes (intrinsic gas of the transaction taken off).

use alloy_primitives::{U256, hex};

use super::*;
use crate::arbos::address::*;

#[test]
fn views_cost_what_nitro_charges() {
    let cases: &[(Address, &str, u64)] = &[
        (ARB_SYS, "arbBlockNumber()", 803),
        (ARB_SYS, "arbOSVersion()", 803),
        (ARB_ADDRESS_TABLE, "size()", 1_603),
        (ARB_OWNER_PUBLIC, "getAllChainOwners()", 3_212),
        (ARB_OWNER_PUBLIC, "getNetworkFeeAccount()", 1_603),
        (ARB_OWNER_PUBLIC, "getScheduledUpgrade()", 2_406),
        (ARB_GAS_INFO, "getPricesInWei()", 2_418),
        (ARB_GAS_INFO, "getPricesInArbGas()", 1_609),
        (ARB_GAS_INFO, "getGasAccountingParams()", 2_409),
        (ARB_GAS_INFO, "getCurrentTxL1GasFees()", 803),
        (ARB_GAS_INFO, "getL1PricingSurplus()", 3_203),
        (ARB_GAS_INFO, "getPerBatchGasCharge()", 1_603),
        (ARB_AGGREGATOR, "getDefaultAggregator()", 803),
        (ARB_AGGREGATOR, "getBatchPosters()", 2_409),
        (ARB_RETRYABLE_TX, "getLifetime()", 803),
        (ARB_STATISTICS, "getStats()", 818),
        (ARB_WASM, "inkPrice()", 903),
        (ARB_WASM, "pageRamp()", 903),
        (ARB_WASM, "minInitGas()", 906),
        (ARB_WASM_CACHE, "allCacheManagers()", 1_606),
    ];
    for version in [40, 51, 60] {
        for (to, signature, gas) in cases {
            let used = gas_of(&mut chain(version), *to, &calldata(signature, &[]));
            assert_eq!(used, *gas, "{signature} at ArbOS {version}");
        }
    }
}

#[test]
fn calls_with_arguments_cost_what_nitro_charges() {
    let who = U256::from(0xabcde);
    let mut memory = chain(60);
    let mut gas =
        |to, signature: &str, words: &[U256]| gas_of(&mut memory, to, &calldata(signature, words));
    let alias = "mapL1SenderContractAddressToL2Alias(address,address)";
    assert_eq!(gas(ARB_SYS, alias, &[who, U256::ZERO]), 9);
    assert_eq!(gas(ARB_ADDRESS_TABLE, "register(address)", &[who]), 62_406);
    assert_eq!(gas(ARB_ADDRESS_TABLE, "lookup(address)", &[who]), 1_606);
    assert_eq!(gas(ARB_INFO, "getBalance(address)", &[who]), 1_506);
    assert_eq!(
        gas(ARB_INFO, "getCode(address)", &[U256::from(0x64)]),
        2_915
    );
    assert_eq!(
        gas(ARB_AGGREGATOR, "getPreferredAggregator(address)", &[who]),
        809
    );
    assert_eq!(gas(ARB_DEBUG, "becomeChainOwner()", &[]), 63_200);
    assert_eq!(gas(ARB_DEBUG, "becomeChainOwner()", &[]), 1_600);
}

#[test]
fn refusals_keep_or_burn_gas_as_on_nitro() {
    let mut memory = chain(60);
    let mut used = |to, input: &[u8]| {
        let outcome = call_as(&mut memory, USER, to, input, GAS);
        assert!(!outcome.is_success());
        GAS - outcome.gas_left()
    };
    let ticket = [U256::from(5)];
    assert_eq!(
        used(ARB_RETRYABLE_TX, &calldata("redeem(bytes32)", &ticket)),
        2_406
    );
    assert_eq!(
        used(ARB_RETRYABLE_TX, &calldata("getTimeout(bytes32)", &ticket)),
        1_606
    );
    assert_eq!(
        used(ARB_RETRYABLE_TX, &calldata("cancel(bytes32)", &ticket)),
        1_606
    );
    assert_eq!(
        used(ARB_RETRYABLE_TX, &calldata("keepalive(bytes32)", &ticket)),
        1_606
    );
    assert_eq!(
        used(ARB_ADDRESS_TABLE, &calldata("lookup(address)", &ticket)),
        1_603
    );
    assert_eq!(used(ARB_SYS, &calldata("sendMerkleTreeState()", &[])), 800);
    assert_eq!(used(ARB_SYS, &hex!("12345678")), GAS);
    assert_eq!(used(ARB_SYS, &hex!("12")), GAS);
    assert_eq!(used(ARB_SYS, &calldata("arbBlockHash(uint256)", &[])), GAS);
}

#[test]
fn a_message_to_l1_costs_what_nitro_charges() {
    for (version, first, second) in [
        (40, 46_404, 53_856),
        (51, 47_204, 54_656),
        (60, 47_204, 54_656),
    ] {
        let mut memory = chain(version);
        let mut send = |data: &[u8], value: u64| {
            let value = U256::from(value);
            memory.mint(ARB_SYS, value);
            let frame = Frame {
                precompile: ARB_SYS,
                acting: ARB_SYS,
                caller: USER,
                callers_caller: Address::ZERO,
                value,
                read_only: false,
                depth: 1,
                input: data,
                gas: GAS,
            };
            let outcome = precompile(&mut memory, &frame);
            assert!(outcome.is_success(), "{outcome:?}");
            GAS - outcome.gas_left()
        };
        let to = U256::from(0x1234);
        let mut data = calldata(
            "sendTxToL1(address,bytes)",
            &[to, U256::from(64), U256::from(3)],
        );
        data.extend_from_slice(&U256::from(0x010203).to_be_bytes::<32>());
        assert_eq!(send(&data, 5), first, "sendTxToL1 at ArbOS {version}");
        assert_eq!(
            send(&calldata("withdrawEth(address)", &[to]), 9),
            second,
            "withdrawEth at ArbOS {version}"
        );
        assert_eq!(memory.balance(ARB_SYS), U256::ZERO);
    }
}

#[test]
fn a_frame_that_cannot_pay_the_next_step_loses_everything() {
    let mut memory = chain(60);
    let input = calldata("register(address)", &[U256::from(9)]);
    for gas in [0, 2, 802, 1_602, 62_405] {
        let outcome = call_as(&mut memory.clone(), USER, ARB_ADDRESS_TABLE, &input, gas);
        assert_eq!(outcome, Outcome::burned(), "{gas} gas");
    }
    let outcome = call_as(&mut memory, USER, ARB_ADDRESS_TABLE, &input, 62_406);
    assert!(outcome.is_success());
}
