// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL1Migrator} from "../../src/interfaces/IL1Migrator.sol";
import {IL2Migrator} from "../../src/interfaces/IL2Migrator.sol";
import {Vm} from "../forge/Vm.sol";
import {MigratorFixture} from "./MigratorFixture.sol";

/// @title L1Migrator.migrateSender: a broadcaster's funds on their way.
contract MigrateSenderTest is MigratorFixture {
    function setUp() public override {
        super.setUp();
        loadSender(delegator, 3 ether, 4 ether);
    }

    function migrate(address l2Addr, bytes memory sig) private {
        migrator.migrateSender{value: ticketCost()}(
            delegator, l2Addr, sig, 1_000_000, 0.1 gwei, 0.001 ether
        );
    }

    function test_TheTicketCarriesDepositAndReserveButNoEther() public {
        vm.recordLogs();
        vm.prank(delegator);
        migrate(l2Owner, "");
        Vm.Log[] memory logs = vm.getRecordedLogs();
        IL2Migrator.MigrateSenderParams memory params = IL2Migrator.MigrateSenderParams({
            l1Addr: delegator, l2Addr: l2Owner, deposit: 3 ether, reserve: 4 ether
        });
        RetryableTicket[] memory tickets = ticketsOf(logs);
        vm.assertEq(tickets[0].to, l2Migrator, "target");
        vm.assertEq(tickets[0].l2CallValue, 0, "the migrator on L2 has the ether");
        vm.assertEq(
            tickets[0].data, abi.encodeWithSelector(bytes4(0xb3f5ccae), params), "calldata on L2"
        );
        vm.assertEq(logs[3].topics[0], IL1Migrator.MigrateSenderInitiated.selector, "event");
        vm.assertEq(logs[3].data, abi.encode(params), "event's params");
    }

    function test_AnybodyMaySendWithTheAccountsSignature() public {
        bytes memory sig = signature(delegatorKey, migrateSenderDigest(delegator, l2Owner));
        vm.prank(stranger);
        migrate(l2Owner, sig);
    }

    function test_RevertWhen_theSignatureIsForAnotherKindOfMigration() public {
        bytes memory sig = signature(delegatorKey, migrateDelegatorDigest(delegator, l2Owner));
        vm.prank(stranger);
        expectString("FAIL_AUTH");
        migrate(l2Owner, sig);
    }

    function test_RevertWhen_theL2AddressIsZero() public {
        vm.prank(delegator);
        expectString("INVALID_L2_ADDR");
        migrate(address(0), "");
    }

    function test_RevertWhen_paused() public {
        migrator.pause();
        vm.prank(delegator);
        expectString("Pausable: paused");
        migrate(l2Owner, "");
    }

    function testFuzz_TheTicketSaysWhatTheBrokerSays(address who, uint96 deposit, uint96 reserve)
        public
    {
        vm.assume(who != delegator);
        loadSender(who, deposit, reserve);
        (, IL2Migrator.MigrateSenderParams memory params) =
            migrator.getMigrateSenderParams(who, l2Owner);
        vm.assertEq(params.deposit, deposit, "deposit");
        vm.assertEq(params.reserve, reserve, "reserve");
    }
}
