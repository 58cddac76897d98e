// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL1Migrator} from "../../src/interfaces/IL1Migrator.sol";
import {IL2Migrator} from "../../src/interfaces/IL2Migrator.sol";
import {L1Fixture} from "./L1Fixture.sol";

/// @title Accounts to migrate, and what they sign. The type strings and the domain are written out
/// here once more, on purpose: they are what wallets and hardware show.
abstract contract MigratorFixture is L1Fixture {
    uint128 internal constant OWN_STAKE = 10_000 ether;
    uint128 internal constant DELEGATOR_STAKE = 1234 ether;
    uint128 internal constant DELEGATOR_FEES = 0.5 ether;

    function setUp() public virtual override {
        super.setUp();
        loadDelegator(orchestrator, orchestrator, OWN_STAKE, 0);
        loadDelegator(delegator, orchestrator, DELEGATOR_STAKE, DELEGATOR_FEES);
    }

    function noHints() internal pure returns (IL2Migrator.Hints memory hints) {}

    function migrateDelegatorDigest(address l1Addr, address l2Addr)
        internal
        view
        returns (bytes32)
    {
        bytes32 typeHash = keccak256("MigrateDelegator(address l1Addr,address l2Addr)");
        return _digest(keccak256(abi.encode(typeHash, l1Addr, l2Addr)));
    }

    function migrateSenderDigest(address l1Addr, address l2Addr) internal view returns (bytes32) {
        bytes32 typeHash = keccak256("MigrateSender(address l1Addr,address l2Addr)");
        return _digest(keccak256(abi.encode(typeHash, l1Addr, l2Addr)));
    }

    function migrateLocksDigest(address l1Addr, address l2Addr, uint256[] memory ids)
        internal
        view
        returns (bytes32)
    {
        bytes32 typeHash = keccak256(
            "MigrateUnbondingLocks(address l1Addr,address l2Addr,uint256[] unbondingLockIds)"
        );
        bytes32 idsHash = keccak256(abi.encodePacked(ids));
        return _digest(keccak256(abi.encode(typeHash, l1Addr, l2Addr, idsHash)));
    }

    function migrateDigest(IL1Migrator.MigrateMsg memory message) internal view returns (bytes32) {
        bytes32 typeHash = keccak256(
            "MigrateMsg(address l1Addr,address l2Addr,uint256 amount,uint256 nonce,uint256 deadline)"
        );
        return _digest(
            keccak256(
                abi.encode(
                    typeHash,
                    message.l1Addr,
                    message.l2Addr,
                    message.amount,
                    message.nonce,
                    message.deadline
                )
            )
        );
    }

    function _digest(bytes32 structHash) private view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256(
                    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
                ),
                keccak256("Livepeer L1Migrator"),
                keccak256("1"),
                block.chainid,
                address(migrator)
            )
        );
        return keccak256(abi.encodePacked("\x19\x01", domain, structHash));
    }
}
