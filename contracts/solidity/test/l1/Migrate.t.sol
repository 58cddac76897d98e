// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL1Migrator} from "../../src/interfaces/IL1Migrator.sol";
import {IL2Migrator} from "../../src/interfaces/IL2Migrator.sol";
import {Vm} from "../forge/Vm.sol";
import {ContractWallet} from "./ContractWallet.sol";
import {MigratorFixture} from "./MigratorFixture.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

/// @title L1Migrator.migrate: a part of a stake, with deadline and nonce (X1, X10).
contract MigrateTest is MigratorFixture {
    function messageOf(address who, uint256 amount)
        private
        view
        returns (IL1Migrator.MigrateMsg memory)
    {
        return IL1Migrator.MigrateMsg({
            l1Addr: who,
            l2Addr: l2Owner,
            amount: amount,
            nonce: migrator.nonces(who),
            deadline: block.timestamp + 1 days
        });
    }

    function send(IL1Migrator.MigrateMsg memory message, bytes memory sig) private {
        migrator.migrate{value: ticketCost()}(
            message, noHints(), sig, 1_000_000, 0.1 gwei, 0.001 ether
        );
    }

    function signedBy(uint256 key, IL1Migrator.MigrateMsg memory message)
        private
        view
        returns (bytes memory)
    {
        return signature(key, migrateDigest(message));
    }

    function test_TheTicketCarriesThePartTheWholeAndTheHints() public {
        IL1Migrator.MigrateMsg memory message = messageOf(delegator, 34 ether);
        IL2Migrator.Hints memory hints = IL2Migrator.Hints(
            makeAddr("before"), makeAddr("after"), makeAddr("pool before"), makeAddr("pool after")
        );
        vm.recordLogs();
        vm.prank(delegator);
        migrator.migrate{value: ticketCost()}(message, hints, "", 1_000_000, 0.1 gwei, 0.001 ether);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        IL2Migrator.MigrateParams memory params = IL2Migrator.MigrateParams({
            l1Addr: delegator,
            l2Addr: l2Owner,
            amount: 34 ether,
            stake: DELEGATOR_STAKE,
            delegatedStake: 0,
            fees: DELEGATOR_FEES,
            delegate: orchestrator,
            nonce: 0
        });
        RetryableTicket[] memory tickets = ticketsOf(logs);
        vm.assertEq(tickets[0].to, l2Migrator, "target");
        vm.assertEq(
            tickets[0].data,
            abi.encodeCall(IL2Migrator.finalizeMigrate, (params, hints)),
            "calldata on L2"
        );
        vm.assertEq(tickets[0].excessFeeRefundAddress, l2Owner, "refunds");
        vm.assertEq(logs[3].topics[0], IL1Migrator.MigrateInitiated.selector, "event");
        vm.assertEq(logs[3].data, abi.encode(params), "event's params");
    }

    function test_PartsCanBeSignedAheadAndSentByAnybodyInTurn() public {
        IL1Migrator.MigrateMsg memory first = messageOf(delegator, 1000 ether);
        IL1Migrator.MigrateMsg memory second = messageOf(delegator, 234 ether);
        second.nonce = 1;
        bytes memory firstSig = signedBy(delegatorKey, first);
        bytes memory secondSig = signedBy(delegatorKey, second);
        vm.startPrank(stranger);
        send(first, firstSig);
        send(second, secondSig);
        vm.stopPrank();
        vm.assertEq(migrator.nonces(delegator), 2, "two messages used up");
    }

    function test_TheWholeStakeIsAPartToo() public {
        IL1Migrator.MigrateMsg memory message = messageOf(delegator, DELEGATOR_STAKE);
        vm.prank(delegator);
        send(message, "");
    }

    function test_TheLastSecondOfTheDeadlineCounts() public {
        IL1Migrator.MigrateMsg memory message = messageOf(delegator, 1 ether);
        message.deadline = block.timestamp;
        vm.prank(delegator);
        send(message, "");
    }

    function test_ZeroMovesTheFeesAlone() public {
        IL1Migrator.MigrateMsg memory message = messageOf(delegator, 0);
        vm.prank(delegator);
        send(message, "");
    }

    function test_AContractWalletSignsAPart() public {
        ContractWallet wallet = new ContractWallet();
        loadDelegator(address(wallet), orchestrator, 5 ether, 0);
        IL1Migrator.MigrateMsg memory message = messageOf(address(wallet), 2 ether);
        wallet.approve(migrateDigest(message));
        vm.prank(stranger);
        send(message, "");
        vm.assertEq(migrator.nonces(address(wallet)), 1, "its nonce is used up");
    }

    function test_RevertWhen_paused() public {
        migrator.pause();
        IL1Migrator.MigrateMsg memory message = messageOf(delegator, 1 ether);
        expectString("Pausable: paused");
        send(message, "");
    }

    function test_RevertWhen_theL2AddressIsZero() public {
        IL1Migrator.MigrateMsg memory message = messageOf(delegator, 1 ether);
        message.l2Addr = address(0);
        vm.prank(delegator);
        expectString("INVALID_L2_ADDR");
        send(message, "");
    }

    function test_RevertWhen_theDeadlineHasPassed() public {
        IL1Migrator.MigrateMsg memory message = messageOf(delegator, 1 ether);
        bytes memory sig = signedBy(delegatorKey, message);
        vm.warp(message.deadline + 1);
        bytes memory late = abi.encodeWithSelector(
            IL1Migrator.DeadlineExpired.selector, message.deadline, block.timestamp
        );
        vm.prank(stranger);
        vm.expectRevert(late);
        send(message, sig);
        vm.prank(delegator);
        vm.expectRevert(late);
        send(message, "");
    }

    function test_RevertWhen_somebodyElseSigned() public {
        IL1Migrator.MigrateMsg memory message = messageOf(delegator, 1 ether);
        bytes memory sig = signedBy(orchestratorKey, message);
        vm.prank(stranger);
        expectString("FAIL_AUTH");
        send(message, sig);
    }

    function test_RevertWhen_theMessageIsReplayed() public {
        IL1Migrator.MigrateMsg memory message = messageOf(delegator, 1 ether);
        bytes memory sig = signedBy(delegatorKey, message);
        vm.startPrank(stranger);
        send(message, sig);
        vm.expectRevert(abi.encodeWithSelector(Nonces.InvalidAccountNonce.selector, delegator, 1));
        send(message, sig);
        vm.stopPrank();
    }

    function test_RevertWhen_theMessageIsReplayedInItsCompactForm() public {
        IL1Migrator.MigrateMsg memory message = messageOf(delegator, 1 ether);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(delegatorKey, migrateDigest(message));
        vm.startPrank(stranger);
        send(message, abi.encodePacked(r, s, v));
        vm.expectRevert(abi.encodeWithSelector(Nonces.InvalidAccountNonce.selector, delegator, 1));
        send(message, abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255))));
        vm.stopPrank();
    }

    function test_RevertWhen_theNonceIsNotTheNext() public {
        IL1Migrator.MigrateMsg memory message = messageOf(delegator, 1 ether);
        message.nonce = 1;
        vm.prank(delegator);
        vm.expectRevert(abi.encodeWithSelector(Nonces.InvalidAccountNonce.selector, delegator, 0));
        send(message, "");
    }

    function test_RevertWhen_theAmountIsAboveTheStake() public {
        IL1Migrator.MigrateMsg memory message = messageOf(delegator, DELEGATOR_STAKE + 1);
        vm.prank(delegator);
        vm.expectRevert(
            abi.encodeWithSelector(
                IL1Migrator.AmountExceedsStake.selector, DELEGATOR_STAKE + 1, DELEGATOR_STAKE
            )
        );
        send(message, "");
    }

    function test_RevertWhen_neitherStakeNorFeesWouldMove() public {
        IL1Migrator.MigrateMsg memory message = messageOf(orchestrator, 0);
        vm.prank(orchestrator);
        vm.expectRevert(abi.encodeWithSelector(IL1Migrator.NothingToMigrate.selector, orchestrator));
        send(message, "");
    }

    function test_RevertWhen_theEtherIsNotExactlyTheTicketsCost() public {
        IL1Migrator.MigrateMsg memory message = messageOf(delegator, 1 ether);
        for (uint256 value = ticketCost() - 1; value <= ticketCost() + 1; value += 2) {
            vm.prank(delegator);
            vm.expectRevert(
                abi.encodeWithSelector(IL1Migrator.WrongTicketValue.selector, value, ticketCost())
            );
            migrator.migrate{value: value}(message, noHints(), "", 1_000_000, 0.1 gwei, 0.001 ether);
        }
    }

    function test_AFailedSendDoesNotUseUpTheNonce() public {
        IL1Migrator.MigrateMsg memory message = messageOf(delegator, DELEGATOR_STAKE + 1);
        vm.prank(delegator);
        vm.expectRevert();
        send(message, "");
        vm.assertEq(migrator.nonces(delegator), 0, "still the first");
    }

    /// Whatever single field somebody changes, the account's signature no longer speaks for it.
    function testFuzz_TheSignatureBindsEachField(uint256 field, uint256 change) public {
        IL1Migrator.MigrateMsg memory message = messageOf(delegator, 1 ether);
        bytes memory sig = signedBy(delegatorKey, message);
        field = field % 5;
        uint256 other = bound(change, 1, type(uint96).max);
        if (field == 0) message.l1Addr = address(uint160(other));
        if (field == 1) message.l2Addr = address(uint160(other));
        if (field == 2) message.amount += other;
        if (field == 3) message.nonce += other;
        if (field == 4) message.deadline += other;
        vm.prank(stranger);
        expectString("FAIL_AUTH");
        send(message, sig);
    }

    function testFuzz_APartOfAnySizeUpToTheStakeIsSent(uint256 amount) public {
        amount = bound(amount, 0, DELEGATOR_STAKE);
        IL1Migrator.MigrateMsg memory message = messageOf(delegator, amount);
        (bytes memory data,) = migrator.getMigrateParams(message, noHints());
        vm.recordLogs();
        vm.prank(delegator);
        send(message, "");
        vm.assertEq(recordedTickets()[0].data, data, "what the view said");
    }
}
