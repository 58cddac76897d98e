// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL1SwitchOver} from "../../src/interfaces/IL1SwitchOver.sol";
import {IL2LPTDataCache} from "../../src/interfaces/IL2LPTDataCache.sol";
import {IL2SwitchOver} from "../../src/interfaces/IL2SwitchOver.sol";
import {ITokenGateway} from "../../src/interfaces/ITokenGateway.sol";
import {LIP_73} from "../../src/interfaces/livepeer/ContractIds.sol";
import {L1SwitchOver} from "../../src/l1/L1SwitchOver.sol";
import {Vm} from "../forge/Vm.sol";
import {SwitchOverFixture} from "./SwitchOverFixture.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";

/// @title L1SwitchOver: L1's funds and last figures leave in one transaction, once (X7).
contract L1SwitchOverTest is SwitchOverFixture {
    function announcement() private view returns (IL2SwitchOver.Announcement memory) {
        return IL2SwitchOver.Announcement({
            lptAmount: LPT,
            ethAmount: ETHER,
            inflation: INFLATION,
            l1TotalSupply: token.totalSupply()
        });
    }

    function expectStatus(IL1SwitchOver.Status status) private {
        vm.expectRevert(abi.encodeWithSelector(IL1SwitchOver.WrongStatus.selector, status));
    }

    function test_OneActionSendsEtherLptSupplyAndAnnouncement() public {
        IL2SwitchOver.Announcement memory expected = announcement();
        vm.recordLogs();
        start();
        RetryableTicket[] memory tickets = recordedTickets();
        vm.assertEq(tickets.length, 4, "tickets");

        vm.assertEq(tickets[0].to, l2Migrator, "ether's target");
        vm.assertEq(tickets[0].l2CallValue, ETHER, "ether");
        vm.assertEq(tickets[0].callValueRefundAddress, l2Migrator, "even if it expires");

        vm.assertEq(tickets[1].to, l2Gateway, "LPT's target");
        vm.assertEq(
            tickets[1].data,
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
            "LPT"
        );

        vm.assertEq(tickets[2].to, l2DataCache, "supply's target");
        vm.assertEq(
            tickets[2].data,
            abi.encodeCall(IL2LPTDataCache.finalizeCacheTotalSupply, (expected.l1TotalSupply)),
            "supply"
        );
        vm.assertEq(tickets[2].excessFeeRefundAddress, l2Owner, "supply's refunds");

        vm.assertEq(tickets[3].to, l2SwitchOver, "announcement's target");
        vm.assertEq(tickets[3].sender, alias_(address(switchOver)), "announcement's sender");
        vm.assertEq(
            tickets[3].data,
            abi.encodeCall(IL2SwitchOver.finalizeSwitchOver, (expected)),
            "announcement"
        );
        vm.assertEq(tickets[3].excessFeeRefundAddress, l2Owner, "announcement's refunds");
    }

    function test_EachTicketHasItsOwnGasAndTheEtherIsSpentToTheWei() public {
        vm.recordLogs();
        switchOver.start{value: 4 * ticketCost()}(
            ticketGas(), ticketGas(), ticketGas(), ticketGas(), l2Owner
        );
        RetryableTicket[] memory tickets = recordedTickets();
        for (uint256 i = 0; i < 4; i++) {
            vm.assertEq(
                tickets[i].deposit - tickets[i].l2CallValue, ticketCost(), "exactly its cost"
            );
        }
        vm.assertEq(address(switchOver).balance, 0, "nothing stays");
        vm.assertEq(address(migrator).balance, 0, "nothing stays");
        vm.assertEq(address(this).balance, 10 ether - 4 * ticketCost(), "the owner paid that");
    }

    function test_AfterwardsMigrationIsOpenAndTheRoleIsGone() public {
        start();
        vm.assertEq(migrator.paused(), false, "open");
        vm.assertEq(migrator.hasRole(0, address(switchOver)), false, "no admin any more");
        vm.assertEq(uint256(switchOver.status()), uint256(IL1SwitchOver.Status.Started), "status");
        vm.assertEq(
            abi.encode(switchOver.announced()),
            abi.encode(IL2SwitchOver.Announcement(LPT, ETHER, INFLATION, token.totalSupply())),
            "remembered"
        );
    }

    function test_TheEventSaysWhatLeft() public {
        IL2SwitchOver.Announcement memory expected = announcement();
        vm.recordLogs();
        start();
        Vm.Log[] memory logs = vm.getRecordedLogs();
        Vm.Log memory last = logs[logs.length - 1];
        RetryableTicket[] memory tickets = ticketsOf(logs);
        vm.assertEq(last.topics[0], IL1SwitchOver.SwitchOverStarted.selector, "event");
        vm.assertEq(last.topics[1], bytes32(tickets[3].index), "the announcement's number");
        vm.assertEq(last.data, abi.encode(expected), "what left");
    }

    function test_ThePreviewIsWhatStartAnnounces() public {
        IL2SwitchOver.Announcement memory preview = switchOver.preview();
        start();
        vm.assertEq(abi.encode(preview), abi.encode(switchOver.announced()), "same");
    }

    function test_RevertWhen_startedTwice() public {
        start();
        expectStatus(IL1SwitchOver.Status.Started);
        start();
    }

    function test_AnAbortedSwitchOverNeverStartsAndHasNoRole() public {
        vm.expectEmit(address(switchOver));
        emit IL1SwitchOver.SwitchOverAborted();
        switchOver.abort();
        vm.assertEq(migrator.hasRole(0, address(switchOver)), false, "no admin any more");
        vm.assertEq(migrator.paused(), true, "nothing moves");
        expectStatus(IL1SwitchOver.Status.Aborted);
        start();
        expectStatus(IL1SwitchOver.Status.Aborted);
        switchOver.announceAgain{value: ticketCost()}(ticketGas(), l2Owner);
        expectStatus(IL1SwitchOver.Status.Aborted);
        switchOver.abort();
    }

    function test_AbortingWorksBeforeTheRoleIsGranted() public {
        migrator.revokeRole(0, address(switchOver));
        switchOver.abort();
    }

    function test_RevertWhen_abortedAfterTheStart() public {
        start();
        expectStatus(IL1SwitchOver.Status.Started);
        switchOver.abort();
    }

    function test_AnExpiredAnnouncementIsSentAgainByAnybodyUnchanged() public {
        vm.recordLogs();
        start();
        bytes memory first = recordedTickets()[3].data;

        // figures that have changed since do not matter
        bridgeMinter.depositETH{value: 1 ether}();
        vm.recordLogs();
        vm.prank(stranger);
        switchOver.announceAgain{value: ticketCost()}(ticketGas(), stranger);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        RetryableTicket[] memory tickets = ticketsOf(logs);
        vm.assertEq(tickets.length, 1, "no funds move");
        vm.assertEq(tickets[0].data, first, "same announcement");
        vm.assertEq(
            logs[logs.length - 1].topics[0], IL1SwitchOver.SwitchOverRepeated.selector, "event"
        );
    }

    function test_RevertWhen_announcedAgainBeforeTheStart() public {
        expectStatus(IL1SwitchOver.Status.Ready);
        switchOver.announceAgain{value: ticketCost()}(ticketGas(), l2Owner);
    }

    function test_RevertWhen_theEtherIsNotExactlyTheTicketsCost() public {
        uint256 cost = 4 * ticketCost();
        for (uint256 value = cost - 1; value <= cost + 1; value += 2) {
            vm.expectRevert(
                abi.encodeWithSelector(IL1SwitchOver.WrongTicketValue.selector, value, cost)
            );
            switchOver.start{value: value}(
                ticketGas(), ticketGas(), ticketGas(), ticketGas(), l2Owner
            );
        }
        start();
        vm.expectRevert(
            abi.encodeWithSelector(IL1SwitchOver.WrongTicketValue.selector, 0, ticketCost())
        );
        switchOver.announceAgain(ticketGas(), l2Owner);
    }

    function test_RevertWhen_l1IsNotFrozenYet() public {
        vm.roll(block.number - ROUND_LENGTH);
        vm.expectRevert(abi.encodeWithSelector(IL1SwitchOver.NotFrozen.selector, ROUND, ROUND + 1));
        start();
    }

    function test_RevertWhen_noFreezeWasDecided() public {
        vm.mockCall(
            address(roundsManager),
            abi.encodeCall(roundsManager.lipUpgradeRound, (LIP_73)),
            abi.encode(0)
        );
        vm.expectRevert(abi.encodeWithSelector(IL1SwitchOver.NotFrozen.selector, ROUND + 1, 0));
        start();
    }

    function test_RevertWhen_migrationIsOpenAlready() public {
        // somebody may have sent the ether off, uncounted
        migrator.unpause();
        vm.expectRevert(IL1SwitchOver.MigratorNotPaused.selector);
        start();
    }

    function test_RevertWhen_l2MigratorsAddressHasCodeOnL1() public {
        // the Inbox would alias it as a refund address, and an expired ticket's ether be lost
        vm.etch(l2Migrator, hex"00");
        vm.expectRevert(
            abi.encodeWithSelector(IL1SwitchOver.L2MigratorHasCode.selector, l2Migrator)
        );
        start();
    }

    function test_RevertWhen_itIsNotTheMigratorsAdmin() public {
        migrator.revokeRole(0, address(switchOver));
        expectMissingAdmin(address(switchOver));
        start();
    }

    function test_RevertWhen_thereIsNoLptToMove() public {
        controller.setContractInfo(keccak256("Minter"), address(this), 0);
        vm.prank(address(migrator));
        bridgeMinter.withdrawLPTToL1Migrator();
        expectString("INVALID_ZERO_AMOUNT");
        start();
        vm.assertEq(migrator.paused(), true, "the whole action is undone");
    }

    function test_RevertWhen_theProgramOnL2IsNotSet() public {
        switchOver.setL2SwitchOver(address(0));
        vm.expectRevert(IL1SwitchOver.NoL2SwitchOver.selector);
        start();
    }

    function test_RevertWhen_nobodyWouldGetTheRefunds() public {
        vm.expectRevert(IL1SwitchOver.NoRefundAddress.selector);
        switchOver.start{value: 4 * ticketCost()}(
            ticketGas(), ticketGas(), ticketGas(), ticketGas(), address(0)
        );
    }

    function test_TheProgramOnL2IsSetWhileNothingHasStarted() public {
        vm.expectEmit(address(switchOver));
        emit IL1SwitchOver.L2SwitchOverUpdate(stranger);
        switchOver.setL2SwitchOver(stranger);
        vm.assertEq(switchOver.l2SwitchOverAddr(), stranger, "set");
        start();
        expectStatus(IL1SwitchOver.Status.Started);
        switchOver.setL2SwitchOver(l2SwitchOver);
    }

    function testFuzz_RevertWhen_anybodyElseGoverns(address caller) public {
        vm.assume(caller != address(this));
        bytes memory notOwner =
            abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, caller);
        vm.deal(caller, 10 ether);
        vm.startPrank(caller);
        vm.expectRevert(notOwner);
        start();
        vm.expectRevert(notOwner);
        switchOver.abort();
        vm.expectRevert(notOwner);
        switchOver.setL2SwitchOver(caller);
    }

    function testFuzz_WhateverBridgeMinterHoldsIsAnnouncedAndSent(uint96 more, uint96 lptMore)
        public
    {
        vm.deal(address(bridgeMinter), ETHER + more);
        vm.prank(address(gateway));
        bridgeMinter.bridgeMint(address(bridgeMinter), lptMore);
        vm.recordLogs();
        start();
        RetryableTicket[] memory tickets = recordedTickets();
        IL2SwitchOver.Announcement memory told = switchOver.announced();
        vm.assertEq(told.ethAmount, ETHER + more, "ether told");
        vm.assertEq(tickets[0].l2CallValue, ETHER + more, "ether sent");
        vm.assertEq(told.lptAmount, LPT + lptMore, "LPT told");
        vm.assertEq(token.balanceOf(address(escrow)), LPT + lptMore, "LPT sent");
    }
}
