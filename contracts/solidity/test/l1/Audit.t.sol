// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL1LPTGateway} from "../../src/interfaces/IL1LPTGateway.sol";
import {IL1Migrator} from "../../src/interfaces/IL1Migrator.sol";
import {ITokenGateway} from "../../src/interfaces/ITokenGateway.sol";
import {L1LPTGateway} from "../../src/l1/L1LPTGateway.sol";
import {L1Migrator} from "../../src/l1/L1Migrator.sol";
import {L1Fixture} from "./L1Fixture.sol";

/// @title Code4rena's audit of January 2022 (2022-01-livepeer), the findings about L1: one test each,
/// named by the finding's number there. The findings about L2 are tested where the L2 programs are.
contract AuditTest is L1Fixture {
    function setUp() public override {
        super.setUp();
        loadSender(stranger, 100 ether, 50 ether);
        handOverToBridgeMinter();
        vm.deal(address(this), 10 ether);
        token.approve(address(gateway), type(uint256).max);
    }

    function deposit(uint256 amount, uint256 submissionCost, uint256 value) private {
        gateway.outboundTransfer{value: value}(
            address(token),
            l2Owner,
            amount,
            1_000_000,
            0.1 gwei,
            abi.encode(submissionCost, bytes(""))
        );
    }

    /// migrateETH handed the Inbox msg.value only, so BridgeMinter's ether never reached L2.
    function test_H01_BridgeMintersEtherReachesTheInbox() public {
        vm.recordLogs();
        migrator.migrateETH{value: ticketCost()}(1_000_000, 0.1 gwei, 0.001 ether);
        RetryableTicket[] memory tickets = recordedTickets();
        vm.assertEq(tickets[0].deposit, ticketCost() + 150 ether, "value handed over");
        vm.assertEq(tickets[0].l2CallValue, 150 ether, "value on L2");
        vm.assertEq(address(bridge).balance, ticketCost() + 150 ether, "the bridge has it");
    }

    /// Anybody could call migrateLPT with parameters that made the ticket fail.
    function test_M01_OnlyTheAdminMovesLptAndAnybodyMovesEther() public {
        vm.startPrank(stranger);
        expectMissingAdmin(stranger);
        migrator.migrateLPT{value: ticketCost()}(1_000_000, 0.1 gwei, 0.001 ether);
        migrator.migrateETH{value: ticketCost()}(1_000_000, 0.1 gwei, 0.001 ether);
    }

    /// L1Migrator could not receive ether, so migrateETH always failed.
    function test_M02_L1MigratorTakesPlainEther() public {
        (bool ok,) = address(migrator).call{value: 1 ether}("");
        vm.assertEq(ok, true, "received");
    }

    /// outboundTransfer did not hold msg.value against the ticket's cost.
    function test_M03_ADepositPaysExactlyItsTicket() public {
        expectString("NO_SUBMISSION_COST");
        deposit(1, 0, ticketCost());
        expectString("WRONG_ETH_VALUE");
        deposit(1, 0.001 ether, ticketCost() - 1);
        expectString("WRONG_ETH_VALUE");
        deposit(1, 0.001 ether, ticketCost() + 1);
        deposit(1, 0.001 ether, ticketCost());
    }

    /// L1Escrow.approve lets the admin approve anybody: acknowledged, unchanged.
    function test_M06_and_M08_TheEscrowsAdminIsTrusted() public {
        escrow.approve(address(token), stranger, 5);
        vm.assertEq(token.allowance(address(escrow), stranger), 5, "as decided");
    }

    /// An empty signature recovered to zero, which "authorised" the zero address.
    function test_L02_AnEmptySignatureSpeaksForNobody() public {
        vm.prank(stranger);
        expectString("ECDSA: invalid signature length");
        migrator.migrateDelegator{value: ticketCost()}(
            address(0), l2Owner, "", 1_000_000, 0.1 gwei, 0.001 ether
        );
    }

    /// A paused gateway could lock funds on their way: withdrawals stay possible.
    function test_L04_APausedGatewayStillPaysWithdrawals() public {
        gateway.pause();
        executeFromL2(
            l2Gateway,
            address(gateway),
            abi.encodeCall(
                ITokenGateway.finalizeInboundTransfer,
                (address(token), l2Owner, l2Owner, 1 ether, abi.encode(uint256(0), bytes("")))
            )
        );
        vm.assertEq(token.balanceOf(l2Owner), 1 ether, "received");
    }

    /// L1Migrator's counterpart could not be changed.
    function test_L09_TheL2MigratorCanBeSet() public {
        vm.expectEmit(address(migrator));
        emit IL1Migrator.L2MigratorUpdate(stranger);
        migrator.setL2Migrator(stranger);
        vm.assertEq(migrator.l2MigratorAddr(), stranger, "set");
    }

    /// Contracts could be used before they were wired.
    function test_L10_GatewayAndMigratorAreBornPaused() public {
        address one = address(1);
        vm.assertEq(new L1LPTGateway(one, one, one, one, one).paused(), true, "gateway");
        vm.assertEq(new L1Migrator(one, one, one, one, one, one).paused(), true, "migrator");
    }

    /// Parameters changed without events; zero addresses stay possible, as decided.
    function test_N01_N03_N05_EachParameterChangeIsAnEvent() public {
        vm.expectEmit(address(gateway));
        emit IL1LPTGateway.L2CounterpartUpdate(address(0));
        gateway.setCounterpart(address(0));
        vm.expectEmit(address(gateway));
        emit IL1LPTGateway.MinterUpdate(address(0));
        gateway.setMinter(address(0));
        vm.expectEmit(address(migrator));
        emit IL1Migrator.BridgeMinterUpdate(address(0));
        migrator.setBridgeMinter(address(0));
    }

    /// Deposits of nothing were possible.
    function test_N11_and_G09_AZeroDepositIsRefused() public {
        expectString("INVALID_ZERO_AMOUNT");
        deposit(0, 0.001 ether, ticketCost());
    }

    /// A separate GOVERNOR_ROLE was removed: the admin role is the only one.
    function test_G38_TheAdminRoleIsTheOnlyOne() public {
        bytes32 governorRole = keccak256("GOVERNOR_ROLE");
        gateway.grantRole(governorRole, stranger);
        vm.prank(stranger);
        expectMissingAdmin(stranger);
        gateway.pause();
    }
}
