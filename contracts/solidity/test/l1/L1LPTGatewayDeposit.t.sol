// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL1LPTGateway} from "../../src/interfaces/IL1LPTGateway.sol";
import {ITokenGateway} from "../../src/interfaces/ITokenGateway.sol";
import {L1ArbitrumMessenger} from "../../src/l1/base/L1ArbitrumMessenger.sol";
import {Vm} from "../forge/Vm.sol";
import {L1Fixture} from "./L1Fixture.sol";

/// @title L1LPTGateway.outboundTransfer: LPT into escrow, a ticket to L2.
contract L1LPTGatewayDepositTest is L1Fixture {
    uint256 private constant AMOUNT = 100 ether;
    bytes private plainData = abi.encode(uint256(0.001 ether), bytes(""));

    function setUp() public override {
        super.setUp();
        vm.deal(address(this), 100 ether);
        token.transfer(delegator, 1000 ether);
        vm.prank(delegator);
        token.approve(address(gateway), type(uint256).max);
        token.approve(address(gateway), type(uint256).max);
    }

    function deposit(address l1Token, uint256 amount, bytes memory data, uint256 value)
        private
        returns (bytes memory)
    {
        return gateway.outboundTransfer{value: value}(
            l1Token, l2Owner, amount, 1_000_000, 0.1 gwei, data
        );
    }

    function test_LptGoesIntoEscrowAndATicketMintsItOnL2() public {
        vm.recordLogs();
        vm.prank(delegator);
        bytes memory answer = deposit(address(token), AMOUNT, plainData, ticketCost());
        RetryableTicket[] memory tickets = recordedTickets();

        vm.assertEq(token.balanceOf(address(escrow)), AMOUNT, "escrow");
        vm.assertEq(tickets[0].sender, alias_(address(gateway)), "sender on L2");
        vm.assertEq(tickets[0].to, l2Gateway, "target");
        vm.assertEq(tickets[0].deposit, ticketCost(), "ether");
        vm.assertEq(tickets[0].excessFeeRefundAddress, delegator, "refunds to the sender");
        vm.assertEq(
            tickets[0].data,
            abi.encodeWithSelector(
                bytes4(0x2e567b36),
                address(token),
                delegator,
                l2Owner,
                AMOUNT,
                abi.encode(bytes(""), bytes(""))
            ),
            "calldata on L2"
        );
        vm.assertEq(answer, abi.encode(tickets[0].index), "returns the message's number");
    }

    function test_EventsComeInTheOriginalsOrder() public {
        vm.recordLogs();
        vm.prank(delegator);
        deposit(address(token), AMOUNT, plainData, ticketCost());
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 5, "Transfer, Bridge, Inbox, TxToL2, DepositInitiated");
        vm.assertEq(logs[0].emitter, address(token), "the token first");
        vm.assertEq(logs[3].topics[0], L1ArbitrumMessenger.TxToL2.selector, "TxToL2");
        vm.assertEq(logs[4].topics[0], IL1LPTGateway.DepositInitiated.selector, "last");
        vm.assertEq(logs[4].topics[1], bytes32(uint256(uint160(delegator))), "from");
        vm.assertEq(logs[4].topics[2], bytes32(uint256(uint160(l2Owner))), "to");
        vm.assertEq(logs[4].topics[3], logs[2].topics[1], "number");
        vm.assertEq(logs[4].data, abi.encode(address(token), AMOUNT), "token and amount");
    }

    function test_TheRouterSendsForItsUser() public {
        vm.deal(router, 1 ether);
        vm.recordLogs();
        vm.prank(router);
        deposit(address(token), AMOUNT, abi.encode(delegator, plainData), ticketCost());
        RetryableTicket[] memory tickets = recordedTickets();
        vm.assertEq(tickets[0].excessFeeRefundAddress, delegator, "refunds to the user");
        vm.assertEq(token.balanceOf(delegator), 900 ether, "the user's tokens");
    }

    function test_RevertWhen_somebodyElseUsesTheRoutersForm() public {
        // read as (submission cost, hook data), the user's address is an absurd cost
        vm.expectRevert();
        deposit(address(token), AMOUNT, abi.encode(delegator, plainData), ticketCost());
        vm.assertEq(token.balanceOf(delegator), 1000 ether, "the user keeps its tokens");
    }

    function test_RevertWhen_paused() public {
        gateway.pause();
        expectString("Pausable: paused");
        deposit(address(1), 0, "", 0);
    }

    function test_RevertWhen_theTokenIsNotLpt() public {
        expectString("TOKEN_NOT_LPT");
        deposit(address(1), 0, "", 0);
    }

    function test_RevertWhen_theAmountIsZero() public {
        expectString("INVALID_ZERO_AMOUNT");
        deposit(address(token), 0, "", 0);
    }

    function test_RevertWhen_thereIsHookData() public {
        expectString("CALL_HOOK_DATA_NOT_ALLOWED");
        deposit(address(token), AMOUNT, abi.encode(uint256(0), bytes("hook")), 0);
    }

    function test_RevertWhen_thereIsNoSubmissionCost() public {
        expectString("NO_SUBMISSION_COST");
        deposit(address(token), AMOUNT, abi.encode(uint256(0), bytes("")), 0);
    }

    function testFuzz_RevertWhen_theEtherIsNotExactlyTheCost(uint256 value) public {
        value = bound(value, 0, 1 ether);
        vm.assume(value != ticketCost());
        expectString("WRONG_ETH_VALUE");
        deposit(address(token), AMOUNT, plainData, value);
    }

    function test_RevertWhen_theCostOverflows() public {
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x11));
        gateway.outboundTransfer(address(token), l2Owner, AMOUNT, type(uint256).max, 2, plainData);
    }

    function test_RevertWhen_theDataIsMalformed() public {
        vm.expectRevert(bytes(""));
        deposit(address(token), AMOUNT, hex"00", 0);
    }

    function test_RevertWhen_theSenderDidNotApprove() public {
        vm.prank(stranger);
        vm.expectRevert();
        deposit(address(token), AMOUNT, plainData, ticketCost());
    }

    function test_ItNamesItsCounterpartAndTheTokenOnL2() public view {
        vm.assertEq(gateway.counterpartGateway(), l2Gateway, "counterpart");
        vm.assertEq(gateway.l2Counterpart(), l2Gateway, "counterpart");
        vm.assertEq(gateway.calculateL2TokenAddress(address(token)), l2Lpt, "LPT");
        vm.assertEq(gateway.calculateL2TokenAddress(address(1)), address(0), "any other");
        vm.assertEq(gateway.l1Lpt(), address(token), "L1");
        vm.assertEq(gateway.l2Lpt(), l2Lpt, "L2");
        vm.assertEq(gateway.l1Router(), router, "router");
        vm.assertEq(gateway.l1LPTEscrow(), address(escrow), "escrow");
        vm.assertEq(address(gateway.inbox()), address(inbox), "inbox");
    }

    function testFuzz_EscrowGrowsByWhatTheTicketSays(uint256 amount, address to) public {
        amount = bound(amount, 1, 1000 ether);
        vm.recordLogs();
        vm.prank(delegator);
        gateway.outboundTransfer{value: ticketCost()}(
            address(token), to, amount, 1_000_000, 0.1 gwei, plainData
        );
        vm.assertEq(token.balanceOf(address(escrow)), amount, "escrow");
        vm.assertEq(
            recordedTickets()[0].data,
            gateway.getOutboundCalldata(address(token), delegator, to, amount, ""),
            "ticket"
        );
    }
}
