// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL1Migrator} from "../../src/interfaces/IL1Migrator.sol";
import {IL2Migrator} from "../../src/interfaces/IL2Migrator.sol";
import {Vm} from "../forge/Vm.sol";
import {MigratorFixture} from "./MigratorFixture.sol";

/// @title L1Migrator.migrateUnbondingLocks: locks on their way to become stake.
contract MigrateUnbondingLocksTest is MigratorFixture {
    function setUp() public override {
        super.setUp();
        for (uint128 i = 0; i < 5; i++) {
            loadLock(delegator, (i + 1) * 1 ether, ROUND + i);
        }
    }

    function migrate(uint256[] memory ids, address l2Addr, bytes memory sig) private {
        migrator.migrateUnbondingLocks{value: ticketCost()}(
            delegator, l2Addr, ids, sig, 1_000_000, 0.1 gwei, 0.001 ether
        );
    }

    function list(uint256 count) private pure returns (uint256[] memory ids) {
        ids = new uint256[](count);
        for (uint256 i = 0; i < count; i++) {
            ids[i] = i;
        }
    }

    function test_TheTicketCarriesTheSumOfTheLocksAndTheDelegate() public {
        vm.recordLogs();
        vm.prank(delegator);
        migrate(list(5), l2Owner, "");
        Vm.Log[] memory logs = vm.getRecordedLogs();
        IL2Migrator.MigrateUnbondingLocksParams memory params =
            IL2Migrator.MigrateUnbondingLocksParams({
                l1Addr: delegator,
                l2Addr: l2Owner,
                total: 15 ether,
                unbondingLockIds: list(5),
                delegate: orchestrator
            });
        RetryableTicket[] memory tickets = ticketsOf(logs);
        vm.assertEq(tickets[0].to, l2Migrator, "target");
        vm.assertEq(
            tickets[0].data, abi.encodeWithSelector(bytes4(0xcc14c988), params), "calldata on L2"
        );
        vm.assertEq(tickets[0].excessFeeRefundAddress, l2Owner, "refunds");
        vm.assertEq(logs[3].topics[0], IL1Migrator.MigrateUnbondingLocksInitiated.selector, "event");
        vm.assertEq(logs[3].data, abi.encode(params), "event's params");
    }

    function test_ASignatureBindsTheIdsInTheirOrder() public {
        uint256[] memory ids = list(2);
        bytes memory sig = signature(delegatorKey, migrateLocksDigest(delegator, l2Owner, ids));
        vm.prank(stranger);
        migrate(ids, l2Owner, sig);

        (ids[0], ids[1]) = (1, 0);
        vm.prank(stranger);
        expectString("FAIL_AUTH");
        migrate(ids, l2Owner, sig);
        vm.prank(stranger);
        expectString("FAIL_AUTH");
        migrate(list(3), l2Owner, sig);
    }

    function test_AnUnknownIdCountsNothing() public view {
        uint256[] memory ids = list(1);
        ids[0] = 99;
        (, IL2Migrator.MigrateUnbondingLocksParams memory params) =
            migrator.getMigrateUnbondingLocksParams(delegator, l2Owner, ids);
        vm.assertEq(params.total, 0, "total");
    }

    function test_TheViewSumsAnIdAsOftenAsItIsGivenAsTheOriginalDoes() public view {
        (, IL2Migrator.MigrateUnbondingLocksParams memory params) =
            migrator.getMigrateUnbondingLocksParams(delegator, l2Owner, new uint256[](3));
        vm.assertEq(params.total, 3 ether, "lock 0, three times");
    }

    function test_TheCapIsTaken() public {
        uint256 cap = migrator.MAX_UNBONDING_LOCKS();
        vm.recordLogs();
        vm.prank(delegator);
        migrate(list(cap), l2Owner, "");
        vm.assertEq(recordedTickets().length, 1, "sent");
    }

    function test_RevertWhen_moreLocksThanTheCapAreGiven() public {
        uint256 cap = migrator.MAX_UNBONDING_LOCKS();
        vm.prank(delegator);
        vm.expectRevert(
            abi.encodeWithSelector(IL1Migrator.TooManyUnbondingLocks.selector, cap + 1, cap)
        );
        migrate(list(cap + 1), l2Owner, "");
    }

    function test_RevertWhen_anIdIsGivenTwice() public {
        uint256[] memory ids = list(4);
        ids[3] = 1;
        vm.prank(delegator);
        vm.expectRevert(abi.encodeWithSelector(IL1Migrator.DuplicateUnbondingLock.selector, 1));
        migrate(ids, l2Owner, "");
    }

    function test_RevertWhen_unauthorisedBeforeTheListIsLookedAt() public {
        vm.prank(stranger);
        expectString("ECDSA: invalid signature length");
        migrate(new uint256[](1000), l2Owner, "");
    }

    function test_RevertWhen_theL2AddressIsZero() public {
        vm.prank(delegator);
        expectString("INVALID_L2_ADDR");
        migrate(list(1), address(0), "");
    }

    function test_RevertWhen_paused() public {
        migrator.pause();
        expectString("Pausable: paused");
        migrate(list(1), l2Owner, "");
    }

    function testFuzz_EachDistinctListIsTakenAndEachRepetitionRefused(uint256 seed, uint8 size)
        public
    {
        uint256 count = bound(size, 2, 20);
        uint256[] memory ids = list(count);
        uint256 from = seed % count;
        uint256 to = (seed >> 128) % count;
        ids[to] = ids[from];
        vm.prank(delegator);
        if (from != to) {
            vm.expectRevert(
                abi.encodeWithSelector(IL1Migrator.DuplicateUnbondingLock.selector, from)
            );
        }
        migrate(ids, l2Owner, "");
    }
}
