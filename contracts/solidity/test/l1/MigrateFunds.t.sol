// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL1LPTGateway} from "../../src/interfaces/IL1LPTGateway.sol";
import {ITokenGateway} from "../../src/interfaces/ITokenGateway.sol";
import {L1ArbitrumMessenger} from "../../src/l1/base/L1ArbitrumMessenger.sol";
import {Vm} from "../forge/Vm.sol";
import {L1Fixture} from "./L1Fixture.sol";

/// @title L1Migrator.migrateETH and migrateLPT: BridgeMinter's funds on their way to L2Migrator.
contract MigrateFundsTest is L1Fixture {
    uint256 private constant LPT = 10_000_000 ether;

    function setUp() public override {
        super.setUp();
        loadSender(stranger, 100 ether, 50 ether);
        handOverToBridgeMinter();
        vm.deal(address(this), 10 ether);
    }

    function migrateETH() private {
        migrator.migrateETH{value: ticketCost()}(1_000_000, 0.1 gwei, 0.001 ether);
    }

    function migrateLPT() private {
        migrator.migrateLPT{value: ticketCost()}(1_000_000, 0.1 gwei, 0.001 ether);
    }

    function test_AllEtherLeavesAsTheTicketsCallValue() public {
        vm.recordLogs();
        vm.prank(stranger);
        migrateETH();
        Vm.Log[] memory logs = vm.getRecordedLogs();
        RetryableTicket[] memory tickets = ticketsOf(logs);
        vm.assertEq(tickets[0].to, l2Migrator, "target");
        vm.assertEq(tickets[0].l2CallValue, 150 ether, "call value");
        vm.assertEq(tickets[0].deposit, 150 ether + ticketCost(), "with the ticket's cost");
        vm.assertEq(tickets[0].data, "", "plain ether");
        vm.assertEq(address(bridgeMinter).balance, 0, "BridgeMinter has nothing left");
        vm.assertEq(address(migrator).balance, 0, "nothing stays on the way");
        vm.assertEq(logs.length, 3, "Bridge, Inbox, TxToL2 and no more");
        vm.assertEq(logs[2].topics[0], L1ArbitrumMessenger.TxToL2.selector, "TxToL2");
        vm.assertEq(
            logs[2].topics[1], bytes32(uint256(uint160(address(migrator)))), "from the migrator"
        );
    }

    function test_AnExpiredEtherTicketStillPaysL2Migrator() public {
        vm.recordLogs();
        migrateETH();
        RetryableTicket[] memory tickets = recordedTickets();
        vm.assertEq(tickets[0].callValueRefundAddress, l2Migrator, "call value (X7)");
        vm.assertEq(tickets[0].excessFeeRefundAddress, l2Migrator, "and what is left of the gas");
    }

    function test_EtherThatCameLaterCanFollow() public {
        migrateETH();
        bridgeMinter.depositETH{value: 1 ether}();
        vm.recordLogs();
        migrateETH();
        vm.assertEq(recordedTickets()[0].l2CallValue, 1 ether, "the rest");
    }

    function test_AllLptLeavesThroughTheGateway() public {
        vm.recordLogs();
        migrateLPT();
        RetryableTicket[] memory tickets = recordedTickets();
        vm.assertEq(tickets[0].sender, alias_(address(gateway)), "sender on L2");
        vm.assertEq(tickets[0].to, l2Gateway, "target");
        vm.assertEq(
            tickets[0].data,
            abi.encodeCall(
                ITokenGateway.finalizeInboundTransfer,
                (
                    address(token),
                    address(migrator),
                    l2Migrator,
                    LPT,
                    abi.encode(bytes(""), bytes(""))
                )
            ),
            "minted for L2Migrator"
        );
        vm.assertEq(token.balanceOf(address(escrow)), LPT, "in escrow");
        vm.assertEq(token.balanceOf(address(bridgeMinter)), 0, "BridgeMinter has nothing left");
        vm.assertEq(token.allowance(address(migrator), address(gateway)), 0, "nor an allowance");
    }

    function test_RevertWhen_thereIsNoLptToMove() public {
        migrateLPT();
        expectString("INVALID_ZERO_AMOUNT");
        migrateLPT();
    }

    function test_RevertWhen_theLptTicketsEtherIsNotExact() public {
        expectString("WRONG_ETH_VALUE");
        migrator.migrateLPT{value: ticketCost() + 1}(1_000_000, 0.1 gwei, 0.001 ether);
    }

    function test_RevertWhen_theEtherTicketIsUnderfunded() public {
        vm.expectRevert(
            abi.encodeWithSignature(
                "InsufficientValue(uint256,uint256)",
                150 ether + ticketCost(),
                150 ether + ticketCost() - 1
            )
        );
        migrator.migrateETH{value: ticketCost() - 1}(1_000_000, 0.1 gwei, 0.001 ether);
    }

    function test_RevertWhen_paused() public {
        migrator.pause();
        expectString("Pausable: paused");
        migrateETH();
        expectString("Pausable: paused");
        migrateLPT();
    }

    function test_RevertWhen_aStrangerMovesLpt() public {
        vm.prank(stranger);
        expectMissingAdmin(stranger);
        migrateLPT();
    }
}
