// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL1Migrator} from "../../src/interfaces/IL1Migrator.sol";
import {IL2Migrator} from "../../src/interfaces/IL2Migrator.sol";
import {L1ArbitrumMessenger} from "../../src/l1/base/L1ArbitrumMessenger.sol";
import {Vm} from "../forge/Vm.sol";
import {MigratorFixture} from "./MigratorFixture.sol";

/// @title L1Migrator.migrateDelegator: a whole stake on its way to L2.
contract MigrateDelegatorTest is MigratorFixture {
    function migrate(address l1Addr, address l2Addr, bytes memory sig, uint256 value) private {
        migrator.migrateDelegator{value: value}(
            l1Addr, l2Addr, sig, 1_000_000, 0.1 gwei, 0.001 ether
        );
    }

    function paramsOf(address l1Addr, address l2Addr)
        private
        view
        returns (IL2Migrator.MigrateDelegatorParams memory params)
    {
        (, params) = migrator.getMigrateDelegatorParams(l1Addr, l2Addr);
    }

    function test_TheTicketCarriesTheAccountsStakeFeesAndDelegate() public {
        vm.recordLogs();
        vm.prank(delegator);
        migrate(delegator, l2Owner, "", ticketCost());

        RetryableTicket[] memory tickets = recordedTickets();
        vm.assertEq(tickets.length, 1, "tickets");
        vm.assertEq(tickets[0].to, l2Migrator, "target");
        vm.assertEq(tickets[0].sender, alias_(address(migrator)), "sender on L2");
        vm.assertEq(tickets[0].l2CallValue, 0, "call value");
        vm.assertEq(tickets[0].deposit, ticketCost(), "all ether reaches the bridge");
        vm.assertEq(tickets[0].maxSubmissionCost, 0.001 ether, "submission cost");
        vm.assertEq(tickets[0].gasLimit, 1_000_000, "gas limit");
        vm.assertEq(tickets[0].maxFeePerGas, 0.1 gwei, "fee cap");
        IL2Migrator.MigrateDelegatorParams memory params = IL2Migrator.MigrateDelegatorParams({
            l1Addr: delegator,
            l2Addr: l2Owner,
            stake: DELEGATOR_STAKE,
            delegatedStake: 0,
            fees: DELEGATOR_FEES,
            delegate: orchestrator
        });
        vm.assertEq(
            tickets[0].data, abi.encodeWithSelector(bytes4(0x1a0725d8), params), "calldata on L2"
        );
    }

    function test_AnOrchestratorsTicketCarriesTheStakeDelegatedToIt() public view {
        IL2Migrator.MigrateDelegatorParams memory params = paramsOf(orchestrator, l2Owner);
        vm.assertEq(params.stake, OWN_STAKE, "own stake");
        vm.assertEq(params.delegatedStake, OWN_STAKE + DELEGATOR_STAKE, "delegated stake");
        vm.assertEq(params.delegate, orchestrator, "its own delegate");
    }

    function test_StakeAndFeesAreReadUpToTheCurrentRound() public {
        // L1's staking takes 2^256-1 as the current round (bridge commit 4a21a11)
        vm.mockCall(
            address(bondingManager),
            abi.encodeCall(bondingManager.pendingStake, (delegator, type(uint256).max)),
            abi.encode(77 ether)
        );
        vm.mockCall(
            address(bondingManager),
            abi.encodeCall(bondingManager.pendingFees, (delegator, type(uint256).max)),
            abi.encode(7 ether)
        );
        IL2Migrator.MigrateDelegatorParams memory params = paramsOf(delegator, l2Owner);
        vm.assertEq(params.stake, 77 ether, "stake");
        vm.assertEq(params.fees, 7 ether, "fees");
    }

    function test_EventsComeInTheOriginalsOrder() public {
        vm.recordLogs();
        vm.prank(delegator);
        migrate(delegator, l2Owner, "", ticketCost());
        Vm.Log[] memory logs = vm.getRecordedLogs();

        (bytes memory data, IL2Migrator.MigrateDelegatorParams memory params) =
            migrator.getMigrateDelegatorParams(delegator, l2Owner);
        vm.assertEq(logs.length, 4, "Bridge, Inbox, TxToL2, MigrateDelegatorInitiated");
        vm.assertEq(logs[2].emitter, address(migrator), "messenger's event");
        vm.assertEq(logs[2].topics[0], L1ArbitrumMessenger.TxToL2.selector, "TxToL2");
        vm.assertEq(logs[2].topics[1], bytes32(uint256(uint160(l2Owner))), "from is the L2 address");
        vm.assertEq(logs[2].topics[2], bytes32(uint256(uint160(l2Migrator))), "to");
        vm.assertEq(logs[2].topics[3], logs[1].topics[1], "the Inbox's message number");
        vm.assertEq(logs[2].data, abi.encode(data), "data");
        vm.assertEq(logs[3].topics[0], IL1Migrator.MigrateDelegatorInitiated.selector, "last");
        vm.assertEq(logs[3].topics[1], logs[1].topics[1], "same number");
        vm.assertEq(logs[3].data, abi.encode(params), "params");
    }

    function test_AnybodyMaySendWithTheAccountsSignature() public {
        bytes memory sig = signature(delegatorKey, migrateDelegatorDigest(delegator, l2Owner));
        vm.recordLogs();
        vm.prank(stranger);
        migrate(delegator, l2Owner, sig, ticketCost());
        RetryableTicket[] memory tickets = recordedTickets();
        vm.assertEq(tickets[0].excessFeeRefundAddress, l2Owner, "the payer gets nothing back");
        vm.assertEq(tickets[0].callValueRefundAddress, l2Owner, "and cannot cancel");
    }

    function test_TheAccountsOwnCallNeedsNoSignature() public {
        vm.prank(delegator);
        migrate(delegator, l2Owner, hex"deadbeef", ticketCost());
    }

    function test_RefundsGoToTheAliasWhereTheL2AddressHasCodeOnL1() public {
        vm.etch(l2Owner, hex"00");
        vm.recordLogs();
        vm.prank(delegator);
        migrate(delegator, l2Owner, "", ticketCost());
        RetryableTicket[] memory tickets = recordedTickets();
        vm.assertEq(tickets[0].excessFeeRefundAddress, alias_(l2Owner), "the Inbox aliases it");
    }

    function test_ARepetitionIsSentAndLeftToL2ToRefuse() public {
        bytes memory sig = signature(delegatorKey, migrateDelegatorDigest(delegator, l2Owner));
        vm.recordLogs();
        vm.startPrank(stranger);
        migrate(delegator, l2Owner, sig, ticketCost());
        migrate(delegator, l2Owner, sig, ticketCost());
        vm.stopPrank();
        RetryableTicket[] memory tickets = recordedTickets();
        vm.assertEq(tickets.length, 2, "so that an expired ticket can be sent again");
        vm.assertEq(tickets[0].data, tickets[1].data, "the same message");
    }

    function test_AnUnknownAccountMovesNothing() public view {
        IL2Migrator.MigrateDelegatorParams memory params = paramsOf(stranger, l2Owner);
        vm.assertEq(params.stake + params.fees + params.delegatedStake, 0, "all zero");
        vm.assertEq(params.delegate, address(0), "no delegate");
    }

    function test_RevertWhen_paused() public {
        migrator.pause();
        vm.prank(delegator);
        expectString("Pausable: paused");
        migrate(delegator, address(0), "", ticketCost());
    }

    function test_RevertWhen_theL2AddressIsZero() public {
        vm.prank(stranger);
        expectString("INVALID_L2_ADDR");
        migrate(delegator, address(0), "", ticketCost());
    }

    function test_RevertWhen_somebodyElseSigned() public {
        bytes memory sig = signature(orchestratorKey, migrateDelegatorDigest(delegator, l2Owner));
        vm.prank(stranger);
        expectString("FAIL_AUTH");
        migrate(delegator, l2Owner, sig, ticketCost());
    }

    function test_RevertWhen_theSignatureNamesAnotherL2Address() public {
        bytes memory sig = signature(delegatorKey, migrateDelegatorDigest(delegator, l2Owner));
        vm.prank(stranger);
        expectString("FAIL_AUTH");
        migrate(delegator, stranger, sig, ticketCost());
    }

    function test_RevertWhen_theSignatureIsForAnotherKindOfMigration() public {
        bytes memory sig = signature(delegatorKey, migrateSenderDigest(delegator, l2Owner));
        vm.prank(stranger);
        expectString("FAIL_AUTH");
        migrate(delegator, l2Owner, sig, ticketCost());
    }

    function test_RevertWhen_theSignatureIsForAnotherChain() public {
        bytes memory sig = signature(delegatorKey, migrateDelegatorDigest(delegator, l2Owner));
        vm.chainId(block.chainid + 1);
        vm.prank(stranger);
        expectString("FAIL_AUTH");
        migrate(delegator, l2Owner, sig, ticketCost());
    }

    function test_RevertWhen_tooLittleEtherIsSent() public {
        vm.prank(delegator);
        vm.expectRevert(
            abi.encodeWithSignature(
                "InsufficientValue(uint256,uint256)", ticketCost(), ticketCost() - 1
            )
        );
        migrate(delegator, l2Owner, "", ticketCost() - 1);
    }

    function test_RevertWhen_theSubmissionCostIsBelowTheInboxsFee() public {
        (bytes memory data,) = migrator.getMigrateDelegatorParams(delegator, l2Owner);
        uint256 fee = (1400 + 6 * data.length) * 10 gwei;
        vm.prank(delegator);
        vm.expectRevert(
            abi.encodeWithSignature("InsufficientSubmissionCost(uint256,uint256)", fee, fee - 1)
        );
        migrator.migrateDelegator{value: fee}(delegator, l2Owner, "", 0, 0, fee - 1);
    }

    function testFuzz_TheTicketSaysWhatStakingSays(
        address who,
        address delegate,
        uint128 stake,
        uint128 fees,
        address l2Addr
    ) public {
        vm.assume(l2Addr != address(0) && who != delegator && who != orchestrator);
        stake = uint128(bound(stake, 0, type(uint96).max));
        loadDelegator(who, delegate, stake, fees);
        IL2Migrator.MigrateDelegatorParams memory params = paramsOf(who, l2Addr);
        vm.assertEq(params.l1Addr, who, "l1Addr");
        vm.assertEq(params.l2Addr, l2Addr, "l2Addr");
        vm.assertEq(params.stake, stake, "stake");
        vm.assertEq(params.fees, fees, "fees");
        vm.assertEq(params.delegate, delegate, "delegate");
        vm.assertEq(
            params.delegatedStake,
            who == delegate && who != address(0) ? stake : 0,
            "delegated stake"
        );
    }

    function testFuzz_OnlyTheAccountsOwnKeySpeaksForIt(uint256 key) public {
        key = bound(key, 1, 2 ** 255);
        vm.assume(vm.addr(key) != delegator);
        bytes memory sig = signature(key, migrateDelegatorDigest(delegator, l2Owner));
        vm.prank(stranger);
        expectString("FAIL_AUTH");
        migrate(delegator, l2Owner, sig, ticketCost());
    }
}
