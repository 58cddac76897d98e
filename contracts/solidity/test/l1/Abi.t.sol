// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IBridgeMinter} from "../../src/interfaces/IBridgeMinter.sol";
import {IL1Escrow} from "../../src/interfaces/IL1Escrow.sol";
import {IL1LPTDataCache} from "../../src/interfaces/IL1LPTDataCache.sol";
import {IL1LPTGateway} from "../../src/interfaces/IL1LPTGateway.sol";
import {IL1Migrator} from "../../src/interfaces/IL1Migrator.sol";
import {IL1SwitchOver} from "../../src/interfaces/IL1SwitchOver.sol";
import {IL2Migrator} from "../../src/interfaces/IL2Migrator.sol";
import {IL2SwitchOver} from "../../src/interfaces/IL2SwitchOver.sol";
import {L1ArbitrumMessenger} from "../../src/l1/base/L1ArbitrumMessenger.sol";
import {L1Fixture} from "./L1Fixture.sol";

/// @title Selectors and topics are those of Livepeer's deployed contracts, written out as recorded there.
contract AbiTest is L1Fixture {
    /// The dispatcher compares the selector with each constant it knows, so a known selector stands
    /// in the code behind a PUSH4. (Calling it would say less: a function may revert as empty as an
    /// unknown selector does.)
    function assertKnows(address target, bytes4 selector) private view {
        bytes memory code = target.code;
        for (uint256 i = 0; i + 4 < code.length; i++) {
            if (
                code[i] == 0x63 && code[i + 1] == selector[0] && code[i + 2] == selector[1]
                    && code[i + 3] == selector[2] && code[i + 4] == selector[3]
            ) return;
            // selectors that begin with a zero byte are pushed shorter
            if (
                selector[0] == 0 && code[i] == 0x62 && code[i + 1] == selector[1]
                    && code[i + 2] == selector[2] && code[i + 3] == selector[3]
            ) return;
        }
        vm.assertEq(bytes32(selector), bytes32(0), "selector is missing");
    }

    function test_L1MigratorHasEachFunctionOfTheOriginal() public view {
        bytes4[27] memory selectors = [
            bytes4(0xa217fddf),
            0xe89320e5,
            0x236cc70c,
            0x329b114e,
            0x9ca228bc,
            0x36e9feb9,
            0x248a9ca3,
            0x2f2ff15d,
            0x91d14854,
            0xfb0e722b,
            0x59d95915,
            0xde1ec2d6,
            0x78da3574,
            0x518fe446,
            0xa375fa52,
            0xe40309ca,
            0x28293d51,
            0x8456cb59,
            0x5c975abb,
            0x36568abe,
            0xd547741f,
            0x9cb88aa6,
            0xd98ef070,
            0x01ffc9a7,
            0x8f2c17ed,
            0x5fbe4d1d,
            0x3f4ba83a
        ];
        for (uint256 i = 0; i < selectors.length; i++) {
            assertKnows(address(migrator), selectors[i]);
        }
    }

    function test_L1LPTGatewayHasEachFunctionOfTheOriginal() public view {
        bytes4[24] memory selectors = [
            bytes4(0xa217fddf),
            0xa7e28d48,
            0x2db09c1c,
            0x2e567b36,
            0xa0c76a96,
            0x248a9ca3,
            0x2f2ff15d,
            0x91d14854,
            0xfb0e722b,
            0x62dcefbb,
            0x07256677,
            0x407395e0,
            0x8e7c8efe,
            0x9d79bdb5,
            0x07546172,
            0xd2ce7d65,
            0x8456cb59,
            0x5c975abb,
            0x36568abe,
            0xd547741f,
            0x77061e4d,
            0xfca3b5aa,
            0x01ffc9a7,
            0x3f4ba83a
        ];
        for (uint256 i = 0; i < selectors.length; i++) {
            assertKnows(address(gateway), selectors[i]);
        }
    }

    function test_TheSmallerContractsHaveEachFunctionOfTheOriginals() public view {
        bytes4[8] memory ofEscrow = [
            bytes4(0xa217fddf),
            0xe1f21c67,
            0x248a9ca3,
            0x2f2ff15d,
            0x91d14854,
            0x36568abe,
            0xd547741f,
            0x01ffc9a7
        ];
        for (uint256 i = 0; i < ofEscrow.length; i++) {
            assertKnows(address(escrow), ofEscrow[i]);
        }
        bytes4[5] memory ofCache =
            [bytes4(0x2adfd999), 0xc7fce66f, 0xfb0e722b, 0x76540da6, 0x5fbe4d1d];
        for (uint256 i = 0; i < ofCache.length; i++) {
            assertKnows(address(dataCache), ofCache[i]);
        }
        bytes4[12] memory ofBridgeMinter = [
            bytes4(0x8c2a993e),
            0xf77c4791,
            0xf6326fb3,
            0x3018205f,
            0x59d95915,
            0x4413a2e7,
            0x18d217ad,
            0x92eefe9b,
            0xa8626869,
            0xb7608736,
            0xaa0946cd,
            0x4235dfbc
        ];
        for (uint256 i = 0; i < ofBridgeMinter.length; i++) {
            assertKnows(address(bridgeMinter), ofBridgeMinter[i]);
        }
    }

    /// The additions, as `contracts/abi` lists them for the Rust side.
    function test_WhatIsNewHasTheSelectorsTheRustSideKnows() public pure {
        assertSelector(IL1Migrator.migrate.selector, 0x8c7c55a6);
        assertSelector(IL1Migrator.getMigrateParams.selector, 0x18f16ace);
        assertSelector(IL1Migrator.MAX_UNBONDING_LOCKS.selector, 0x6a4134a3);
        assertSelector(IL1LPTDataCache.cacheTotalSupplyTo.selector, 0x141b1259);
        assertSelector(IL2Migrator.finalizeMigrate.selector, 0xd8f9c6ca);
        assertSelector(IL1SwitchOver.start.selector, 0x76e852ad);
        assertSelector(IL1SwitchOver.announceAgain.selector, 0x0fa016ba);
        assertSelector(IL1SwitchOver.abort.selector, 0x35a063b4);
        assertSelector(IL2SwitchOver.finalizeSwitchOver.selector, 0x546f3375);
        assertSelector(IL2SwitchOver.complete.selector, 0x522e1177);
        vm.assertEq(
            IL1Migrator.MigrateInitiated.selector,
            0x83f04f1216fb372d1b224b324186f20f61385deae3bd64fdaa5f77bdf60d6c87,
            "MigrateInitiated"
        );
    }

    function assertSelector(bytes4 ours, bytes4 listed) private pure {
        vm.assertEq(bytes32(ours), bytes32(listed), "selector");
    }

    function test_EventsHaveTheOriginalsTopics() public pure {
        bytes32[14] memory ours = [
            IL1Migrator.MigrateDelegatorInitiated.selector,
            IL1Migrator.MigrateSenderInitiated.selector,
            IL1Migrator.MigrateUnbondingLocksInitiated.selector,
            IL1Migrator.L2MigratorUpdate.selector,
            IL1Migrator.BridgeMinterUpdate.selector,
            L1ArbitrumMessenger.TxToL2.selector,
            IL1LPTGateway.DepositInitiated.selector,
            IL1LPTGateway.WithdrawalFinalized.selector,
            IL1LPTGateway.L2CounterpartUpdate.selector,
            IL1LPTGateway.MinterUpdate.selector,
            IL1Escrow.Approve.selector,
            IL1LPTDataCache.CacheTotalSupplyInitiated.selector,
            IBridgeMinter.L1MigratorUpdate.selector,
            IBridgeMinter.L1LPTGatewayUpdate.selector
        ];
        bytes32[14] memory original = [
            bytes32(0x5dde64de6b2af2aa82b195f67a162a4f870e84c1416562735f6653c614a099eb),
            0x53a728d7c49e850e9b34c39a448454863a6fbfc7afe9fbaf257f9dd5fd1663b3,
            0x68d9b81e798c334d0daecab33df19f49cbc17c77cc19f4bcb772318e19316595,
            0x00a3e68d24bc6eb4dd4990f8ed051d3def10558c0165ac8a9a61535fdd5af390,
            0x929a2735967d16cbb920d0b381d4f7702b4a860c893eecd7c1dc79a61643779f,
            0xc1d1490cf25c3b40d600dfb27c7680340ed1ab901b7e8f3551280968a3b372b0,
            0xb8910b9960c443aac3240b98585384e3a6f109fbf6969e264c3f183d69aba7e1,
            0x891afe029c75c4f8c5855fc3480598bc5a53739344f6ae575bdb7ea2a79f56b3,
            0x5e7a493863411309f190ab78ded345429e56b2df9a2b48530f31243fa31e9928,
            0xe4445650be24dc57d85324bde2bc79571389abac71a7126fb392df5aa012600f,
            0x6e11fb1b7f119e3f2fa29896ef5fdf8b8a2d0d4df6fe90ba8668e7d8b2ffa25e,
            0xc592f6a24d7ed60d007a73d985d899c2de29e7b1820003d666188f9b20951d2d,
            0xe51b4d409fd6629b39368b4863ab2212c8e0e0a970dccfaa5800888e507ce79d,
            0x2aa419c0a62c52f70533eae847571d009fd1bf725390e21f5939fc86955192c0
        ];
        for (uint256 i = 0; i < ours.length; i++) {
            vm.assertEq(ours[i], original[i], "topic");
        }
    }
}
