// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL1LPTDataCache} from "../../src/interfaces/IL1LPTDataCache.sol";
import {L1ArbitrumMessenger} from "../../src/l1/base/L1ArbitrumMessenger.sol";
import {Vm} from "../forge/Vm.sol";
import {L1Fixture} from "./L1Fixture.sol";

contract L1LPTDataCacheTest is L1Fixture {
    function test_AnybodySendsTheSupplyAndGetsTheRefunds() public {
        vm.recordLogs();
        vm.prank(stranger);
        dataCache.cacheTotalSupply{value: ticketCost()}(1_000_000, 0.1 gwei, 0.001 ether);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        RetryableTicket[] memory tickets = ticketsOf(logs);
        vm.assertEq(tickets[0].sender, alias_(address(dataCache)), "sender on L2");
        vm.assertEq(tickets[0].to, l2DataCache, "target");
        vm.assertEq(
            tickets[0].data,
            abi.encodeWithSelector(bytes4(0xae3a23e0), token.totalSupply()),
            "calldata on L2"
        );
        vm.assertEq(tickets[0].excessFeeRefundAddress, stranger, "refunds");
        vm.assertEq(logs[2].topics[0], L1ArbitrumMessenger.TxToL2.selector, "TxToL2");
        vm.assertEq(logs[2].topics[1], bytes32(uint256(uint160(stranger))), "from");
        vm.assertEq(logs[3].topics[0], IL1LPTDataCache.CacheTotalSupplyInitiated.selector, "last");
        vm.assertEq(
            logs[3].data, abi.encode(tickets[0].index, token.totalSupply()), "number and supply"
        );
    }

    function test_RefundsCanGoElsewhere() public {
        vm.recordLogs();
        vm.prank(stranger);
        dataCache.cacheTotalSupplyTo{value: ticketCost()}(l2Owner, 1_000_000, 0.1 gwei, 0.001 ether);
        vm.assertEq(recordedTickets()[0].excessFeeRefundAddress, l2Owner, "refunds");
    }

    function test_ItNamesItsTokenAndItsCounterpart() public view {
        vm.assertEq(dataCache.tokenAddr(), address(token), "token");
        vm.assertEq(dataCache.l2LPTDataCacheAddr(), l2DataCache, "counterpart");
    }

    function test_RevertWhen_theTicketIsUnderfunded() public {
        vm.prank(stranger);
        vm.expectRevert(
            abi.encodeWithSignature(
                "InsufficientValue(uint256,uint256)", ticketCost(), ticketCost() - 1
            )
        );
        dataCache.cacheTotalSupply{value: ticketCost() - 1}(1_000_000, 0.1 gwei, 0.001 ether);
    }

    function testFuzz_TheSupplyIsTheTokensOfNow(uint96 minted) public {
        uint256 before = token.totalSupply();
        vm.prank(address(legacyMinter));
        token.mint(stranger, minted);
        (bytes memory data, uint256 totalSupply) = dataCache.getCacheTotalSupplyData();
        vm.assertEq(totalSupply, before + minted, "supply");
        vm.assertEq(data, abi.encodeWithSelector(bytes4(0xae3a23e0), totalSupply), "calldata");
    }
}
