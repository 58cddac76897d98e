//! Which methods exist in which versions, held against the selectors of Nitro's published interfaces.

use alloy_primitives::hex;

use super::*;
use crate::arbos::{address::*, addresses, precompile::has_method};

/// Selectors by precompile, each with the first ArbOS version (40 or later) that knows it.
const METHODS: &[(Address, &str)] = &[
    (
        ARB_SYS,
        "a3b1b31d 2b407a82 d127f54a 051038f2 a94597ff 08bd624c 4dbbd506 175a260b d74523b3 25e16063 928c169a 7aeecd2a",
    ),
    (ARB_INFO, "f8b2cb4f 7e105ce2"),
    (
        ARB_GAS_INFO,
        "41b247a8 ba9c916e 02199f34 7a1ea732 612af178 f918379a f5d6ded7 055f362f c6f7de0e 1d5b5c20 3dfb45b9 25754f91 \
         29eb31ee 8a5b1d28 9e6d7e31 6ecca45a 7a7d6beb 520acdd7 5b39d23c ad26ce90 138b47b4 963d6002 eff01306 2987d027 \
         aae1cd4c@50 0371fdb4@50 232027d1@50 bbfc0a72@60 c0e10bbb@60",
    ),
    (
        ARB_OWNER,
        "2b352fae ffdca515 bf197322 e388b381 481f8dbf 8792701a 26ef7f68 516b4e0f d99bc80e a0188cdb 4d7a060d 39673611 \
         3fd62a29 198e7157 2d9125e9 ee95a824 fcdde2b4 57f585db 152db696 775a82e9 934be07d f6739500 fad7f20b 5399126f \
         56191cc3 314bcf05 8c1d4fda 4567cc8e 3f37a846 aaa619e0 6595381a 8293405e 67e0718f aac68018 2a9cbe3e 380f1457 \
         455ec2eb eda73212 8eb911d9 bdb8f707@41 ae105c80@50 3a930b0b@50 cc0d556a@50 68fc808a@50 a0a32497@59 \
         f1fe1a70@60 d90884fe@60 a858dbe2@60",
    ),
    (
        ARB_OWNER_PUBLIC,
        "26ef7f68 516b4e0f 6fe86373 2d9125e9 ee95a824 22d499c7 81ef944c 2aa9551e e5a7f893@60 8e34a64d@60",
    ),
    (
        ARB_WASM,
        "58c780c2 a996e0c2 d70c0ca7 c689bad5 4089267f cc8f4e88 62b688aa aef36be3 c775a62a d1c17abc 8ccfaa70 4490c19d \
         7af4ba49 11c82ae8 9786f96e 99d0b38d 5fc94c0b 309f6555 0a936455 7af6e819 2278c278@59",
    ),
    (
        ARB_WASM_CACHE,
        "85e2de85 0ec1d773 e73ac9f2 ce972013 a72f179b",
    ),
    (
        ARB_DEBUG,
        "0e5bbc11 7b9963ef 7ea89f8b 1e48fe82 4700d305 1be250d6@50",
    ),
    (
        ARB_RETRYABLE_TX,
        "eda1122c 81e6e083 9f1025c6 f0b21a41 ba20dda4 c4d252f5 de4ba2b3 c9f95d32",
    ),
    (ARB_AGGREGATOR, "52f10740 875883f2 e10573a3"),
    (ARB_ADDRESS_TABLE, "949d225d 4420e486 d4b6b5da"),
    (ARB_STATISTICS, "c59d4847"),
    (ARB_NATIVE_TOKEN_MANAGER, "a6f0f7c7@41 1c679a3c@41"),
    (ARBOS, "6bf6a42d 9998269e@50"),
];

fn listed() -> impl Iterator<Item = (Address, [u8; 4], u64)> {
    METHODS.iter().flat_map(|(address, list)| {
        list.split_whitespace().map(|entry| {
            let (selector, since) = entry.split_once('@').unwrap_or((entry, "40"));
            let selector: [u8; 4] = hex::decode(selector).unwrap().try_into().unwrap();
            (*address, selector, since.parse().unwrap())
        })
    })
}

#[test]
fn every_published_method_is_known_from_its_version_on() {
    for version in [40, 41, 50, 51, 59, 60] {
        for (to, selector, since) in listed() {
            let found = has_method(to, selector, version);
            assert_eq!(
                found,
                since <= version,
                "{to} {} at ArbOS {version}",
                hex::encode(selector)
            );
        }
    }
}

#[test]
fn precompiles_appear_with_their_versions() {
    let at = |version| addresses(version).collect::<Vec<_>>();
    assert!(!at(40).contains(&ARB_NATIVE_TOKEN_MANAGER));
    assert!(at(41).contains(&ARB_NATIVE_TOKEN_MANAGER));
    assert!(!at(59).contains(&ARB_FILTERED_TRANSACTIONS_MANAGER));
    assert!(at(60).contains(&ARB_FILTERED_TRANSACTIONS_MANAGER));
    for address in at(60) {
        assert_eq!(chain(60).code(address).as_ref(), [0xfe], "{address}");
    }
    let nothing = call_as(&mut chain(40), USER, ARB_NATIVE_TOKEN_MANAGER, &[1, 2], 77);
    assert_eq!(
        nothing,
        Outcome::Success {
            output: Bytes::new(),
            gas_left: 77
        }
    );
}

#[test]
fn frames_that_may_not_call_a_method_lose_all_gas() {
    let number = calldata("arbBlockNumber()", &[]);
    let alias = calldata(
        "mapL1SenderContractAddressToL2Alias(address,address)",
        &[U256::ONE, U256::ZERO],
    );
    let register = calldata("register(address)", &[U256::ONE]);
    let plain = |input: &'static [u8], to| Frame {
        precompile: to,
        acting: to,
        caller: USER,
        callers_caller: Address::ZERO,
        value: U256::ZERO,
        read_only: false,
        depth: 2,
        input,
        gas: GAS,
    };
    let (number, alias, register) = (number.leak(), alias.leak(), register.leak());
    let run = |frame: Frame<'_>| precompile(&mut chain(60), &frame).is_success();

    let delegated = |input, to| Frame {
        acting: USER,
        ..plain(input, to)
    };
    assert!(run(plain(number, ARB_SYS)));
    assert!(!run(delegated(number, ARB_SYS)), "a view acting as another");
    assert!(
        run(delegated(alias, ARB_SYS)),
        "a pure method acting as another"
    );
    let with_value = Frame {
        value: U256::ONE,
        ..plain(number, ARB_SYS)
    };
    assert!(!run(with_value), "value for a view");
    let static_write = Frame {
        read_only: true,
        ..plain(register, ARB_ADDRESS_TABLE)
    };
    assert!(!run(static_write), "a write in a static frame");
    let static_view = Frame {
        read_only: true,
        ..plain(number, ARB_SYS)
    };
    assert!(run(static_view));
}

#[test]
fn a_method_not_known_burns_all_gas() {
    for (to, selector, since) in listed().filter(|method| method.2 > 40 && method.0 != ARB_OWNER) {
        let mut input = selector.to_vec();
        input.resize(4 + 64, 0);
        let outcome = call_as(&mut chain(40), USER, to, &input, GAS);
        let exists = addresses(40).any(|address| address == to);
        assert_eq!(outcome == Outcome::burned(), exists, "{to} since {since}");
    }
}
