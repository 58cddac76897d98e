//! Every function and event of the deployed contracts is in our interfaces, and whatever else is there is listed here.

use confluence_abi::*;
use std::collections::BTreeSet;

/// What the deployed contracts have: interface, kind, line.
const ORIGINAL: &str = include_str!("original.txt");

/// What ours have besides, and why.
const ADDED: &[(&str, &[&str])] = &[
    // Behind ERC-1967 proxies constructor values are set by an initializer (ADR 0003), and peers' addresses are
    // kept in own storage (D6).
    (
        "IBondingManager",
        &[
            // X12.
            "0xca7cc91d activeSet(address,uint256) view",
            // X3, ADR 0006.
            "0x097562bd bondPoolWithHint(uint256,address,address,address,address) nonpayable",
            "0xc4d66de8 initialize(address) nonpayable",
            "0x3f23f8de syncControllerContracts() nonpayable",
            "0xb8d523c5d6602683fc3e40e21a9be346f970802af52c8e045e813541394d264d ControllerContractUpdate(bytes32,address)",
        ],
    ),
    // Partial migration with deadline, nonce and list hints, lock cap, refunds for a caller that is a contract: X1, X7, X8,
    // X10. `contracts/solidity/test/l1/Abi.t.sol` holds the same selectors against the contracts themselves.
    (
        "IL1LPTDataCache",
        &["0x141b1259 cacheTotalSupplyTo(address,uint256,uint256,uint256) payable"],
    ),
    (
        "IL1Migrator",
        &[
            "0x6a4134a3 MAX_UNBONDING_LOCKS() view",
            "0x84b0196e eip712Domain() view",
            "0x18f16ace getMigrateParams((address,address,uint256,uint256,uint256),(address,address,address,address)) view",
            "0x8c7c55a6 migrate((address,address,uint256,uint256,uint256),(address,address,address,address),bytes,uint256,uint256,uint256) payable",
            "0x7ecebe00 nonces(address) view",
            "0x0a6387c9ea3628b88a633bb4f3b151770f70085117a15f9bf3787cda53f13d31 EIP712DomainChanged()",
            "0x83f04f1216fb372d1b224b324186f20f61385deae3bd64fdaa5f77bdf60d6c87 MigrateInitiated(uint256 indexed,(address,address,uint256,uint256,uint256,uint256,address,uint256))",
        ],
    ),
    (
        "IDelegatorPool",
        &["0x369fceb1 claimUpTo(address,uint256,address,address,address,address) nonpayable"],
    ),
    (
        "IL2Migrator",
        &[
            "0xccf8ef70 claimStakeWithHints(address,uint256,uint256,bytes32[],address,(address,address,address,address)) nonpayable",
            "0x3df70b5a migratedParts(address) view",
            "0xd8f9c6ca finalizeMigrate((address,address,uint256,uint256,uint256,uint256,address,uint256),(address,address,address,address)) nonpayable",
            "0xc4d66de8 initialize(address) nonpayable",
        ],
    ),
    (
        "IMinter",
        &[
            "0xe0a8ed52 setInflation(uint256) nonpayable",
            "0x3f23f8de syncControllerContracts() nonpayable",
            "0xb8d523c5d6602683fc3e40e21a9be346f970802af52c8e045e813541394d264d ControllerContractUpdate(bytes32,address)",
        ],
    ),
    // X9: closed by a flag.
    ("IPoll", &["0x359cbbc9 destroyed() view"]),
    (
        "IRoundsManager",
        &[
            "0x485cc955 initialize(address,address) nonpayable",
            "0xe0ba8cea roundState() view",
            "0x3f23f8de syncControllerContracts() nonpayable",
            "0xb8d523c5d6602683fc3e40e21a9be346f970802af52c8e045e813541394d264d ControllerContractUpdate(bytes32,address)",
        ],
    ),
    (
        "IServiceRegistry",
        &["0xc4d66de8 initialize(address) nonpayable"],
    ),
    (
        "ITicketBroker",
        &[
            // The switch of X11 and X12.
            "0x0bab67c1 setOriginalRules(bool) nonpayable",
            // One look at Controller and round for all tickets of a batch.
            "0x8ffcc8b2 redeemInBatch((address,address,uint256,uint256,uint256,bytes32,bytes),bytes,uint256,uint256) nonpayable",
            "0xe68577be originalRules() view",
            "0xc4d66de8 initialize(address) nonpayable",
            "0x3f23f8de syncControllerContracts() nonpayable",
            "0xb8d523c5d6602683fc3e40e21a9be346f970802af52c8e045e813541394d264d ControllerContractUpdate(bytes32,address)",
        ],
    ),
];

fn ours() -> Vec<(&'static str, Listed)> {
    macro_rules! listed {
        ($($name:ident)*) => { vec![$((stringify!($name), {
            let abi = $name::abi::contract();
            functions(&abi).into_iter().chain(events(&abi)).collect()
        })),*] };
    }
    listed! {
        IBridgeMinter
        IL1Escrow
        IL1LPTDataCache
        IL1LPTGateway
        IL1Migrator
        IBondingManager
        IController
        IDelegatorPool
        IGovernor
        IL2LPTDataCache
        IL2LPTGateway
        IL2Migrator
        ILivepeerToken
        ILivepeerTokenFaucet
        IMerkleSnapshot
        IMinter
        IPoll
        IPollCreator
        IRoundsManager
        IServiceRegistry
        ITicketBroker
        ILegacyBondingManager
        ILegacyMinter
        ILegacyRoundsManager
        ILegacyTicketBroker
    }
}

#[test]
fn interfaces_are_the_deployed_contracts_and_what_is_listed_as_added() {
    for (name, ours) in ours() {
        let original: BTreeSet<String> = ORIGINAL
            .lines()
            .filter_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.split_once(' '))
            .map(|(_, item)| item.to_string())
            .collect();
        assert!(!original.is_empty(), "{name} is not in original.txt");
        let missing: Vec<_> = original.difference(&ours).collect();
        assert_eq!(missing, [""; 0], "{name} lacks");
        let added: Vec<_> = ours.difference(&original).map(String::as_str).collect();
        let listed = ADDED
            .iter()
            .find(|(of, _)| *of == name)
            .map_or(&[][..], |(_, added)| added);
        assert_eq!(
            BTreeSet::from_iter(added),
            BTreeSet::from_iter(listed.iter().copied()),
            "{name} adds"
        );
    }
}

#[test]
fn every_recorded_contract_has_an_interface() {
    let names: Vec<_> = ours().into_iter().map(|(name, _)| name).collect();
    for line in ORIGINAL.lines().filter(|line| !line.starts_with('#')) {
        let name = line
            .split(' ')
            .next()
            .expect("a line begins with its interface");
        assert!(names.contains(&name), "{name}");
    }
}
