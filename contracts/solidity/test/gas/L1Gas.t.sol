// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL1Migrator} from "../../src/interfaces/IL1Migrator.sol";
import {IInbox} from "../../src/interfaces/arbitrum/IInbox.sol";
import {MigratorFixture} from "../l1/MigratorFixture.sol";

/// @title Gas of whole L1 transactions (intrinsic gas included, cold), against Nitro's real bridge and
/// the stand-ins of L1's staking. Snapshots are in git; `forge test` fails when one drifts.
/// forge-config: default.isolate = true
contract L1GasTest is MigratorFixture {
    uint256 private constant MIGRATE_DELEGATOR_EXECUTION_BUDGET = 60_000;

    function setUp() public override {
        super.setUp();
        for (uint128 i = 0; i < 100; i++) {
            loadLock(delegator, 1 ether, ROUND);
        }
        loadSender(delegator, 3 ether, 4 ether);
        vm.deal(address(this), 10 ether);
        // the Inbox's accumulator is not empty on any real chain
        dataCache.cacheTotalSupply{value: ticketCost()}(1_000_000, 0.1 gwei, 0.001 ether);
        token.transfer(address(escrow), 100 ether);
        token.approve(address(gateway), type(uint256).max);
    }

    function snapshot(string memory name) private {
        vm.snapshotGasLastCall("L1", name);
    }

    function locks(uint256 count) private pure returns (uint256[] memory ids) {
        ids = new uint256[](count);
        for (uint256 i = 0; i < count; i++) {
            ids[i] = i;
        }
    }

    function test_migrateDelegator() public {
        vm.prank(delegator);
        migrator.migrateDelegator{value: ticketCost()}(
            delegator, l2Owner, "", 1_000_000, 0.1 gwei, 0.001 ether
        );
        snapshot("migrateDelegator, own transaction");
        bytes memory sig = signature(delegatorKey, migrateDelegatorDigest(delegator, l2Owner));
        vm.prank(stranger);
        migrator.migrateDelegator{value: ticketCost()}(
            delegator, l2Owner, sig, 1_000_000, 0.1 gwei, 0.001 ether
        );
        snapshot("migrateDelegator, by signature");
    }

    /// The Inbox alone costs 74,500 and staking what it costs: with both answered for free, what is
    /// left is L1Migrator's own execution.
    function test_migrateDelegatorsOwnExecutionStaysInItsBudget() public {
        vm.mockCall(
            address(inbox),
            abi.encodeWithSelector(IInbox.createRetryableTicket.selector),
            abi.encode(1)
        );
        vm.mockCall(
            address(bondingManager),
            abi.encodeWithSelector(bondingManager.getDelegator.selector),
            abi.encode(1 ether, 0, orchestrator, 0, 0, 0, 0)
        );
        bytes memory none = "";
        vm.prank(delegator);
        migrator.migrateDelegator{value: ticketCost()}(
            delegator, l2Owner, none, 1_000_000, 0.1 gwei, 0.001 ether
        );
        uint256 used = vm.snapshotGasLastCall("L1", "migrateDelegator, Inbox and staking mocked");
        bytes memory data = abi.encodeCall(
            migrator.migrateDelegator, (delegator, l2Owner, none, 1_000_000, 0.1 gwei, 0.001 ether)
        );
        vm.assertLe(used - intrinsic(data), MIGRATE_DELEGATOR_EXECUTION_BUDGET, "execution");
    }

    function intrinsic(bytes memory data) private pure returns (uint256 cost) {
        cost = 21_000;
        for (uint256 i = 0; i < data.length; i++) {
            cost += data[i] == 0 ? 4 : 16;
        }
    }

    function test_migrate() public {
        IL1Migrator.MigrateMsg memory message =
            IL1Migrator.MigrateMsg(delegator, l2Owner, 1 ether, 0, block.timestamp);
        vm.prank(delegator);
        migrator.migrate{value: ticketCost()}(
            message, noHints(), "", 1_000_000, 0.1 gwei, 0.001 ether
        );
        snapshot("migrate, own transaction");
        message.nonce = 1;
        bytes memory sig = signature(delegatorKey, migrateDigest(message));
        vm.prank(stranger);
        migrator.migrate{value: ticketCost()}(
            message, noHints(), sig, 1_000_000, 0.1 gwei, 0.001 ether
        );
        snapshot("migrate, by signature");
    }

    function test_migrateUnbondingLocks() public {
        vm.startPrank(delegator);
        migrator.migrateUnbondingLocks{value: ticketCost()}(
            delegator, l2Owner, locks(1), "", 1_000_000, 0.1 gwei, 0.001 ether
        );
        snapshot("migrateUnbondingLocks, 1 lock");
        migrator.migrateUnbondingLocks{value: ticketCost()}(
            delegator, l2Owner, locks(5), "", 1_000_000, 0.1 gwei, 0.001 ether
        );
        snapshot("migrateUnbondingLocks, 5 locks");
        migrator.migrateUnbondingLocks{value: ticketCost()}(
            delegator, l2Owner, locks(100), "", 1_000_000, 0.1 gwei, 0.001 ether
        );
        snapshot("migrateUnbondingLocks, 100 locks");
    }

    function test_migrateSender() public {
        vm.prank(delegator);
        migrator.migrateSender{value: ticketCost()}(
            delegator, l2Owner, "", 1_000_000, 0.1 gwei, 0.001 ether
        );
        snapshot("migrateSender, own transaction");
    }

    function test_funds() public {
        handOverToBridgeMinter();
        migrator.migrateETH{value: ticketCost()}(1_000_000, 0.1 gwei, 0.001 ether);
        snapshot("migrateETH");
        migrator.migrateLPT{value: ticketCost()}(1_000_000, 0.1 gwei, 0.001 ether);
        snapshot("migrateLPT");
    }

    function test_gateway() public {
        gateway.outboundTransfer{value: ticketCost()}(
            address(token),
            l2Owner,
            1 ether,
            1_000_000,
            0.1 gwei,
            abi.encode(uint256(0.001 ether), bytes(""))
        );
        snapshot("outboundTransfer");
    }

    function test_dataCache() public {
        dataCache.cacheTotalSupply{value: ticketCost()}(1_000_000, 0.1 gwei, 0.001 ether);
        snapshot("cacheTotalSupply");
    }
}
