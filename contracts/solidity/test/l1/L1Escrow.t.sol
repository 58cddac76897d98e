// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL1Escrow} from "../../src/interfaces/IL1Escrow.sol";
import {L1Fixture} from "./L1Fixture.sol";

/// @title A token in the manner of the oldest ones: `approve` returns nothing.
contract SilentToken {
    mapping(address owner => mapping(address spender => uint256)) public allowance;

    function approve(address spender, uint256 value) external {
        allowance[msg.sender][spender] = value;
    }
}

contract L1EscrowTest is L1Fixture {
    function testFuzz_TheAdminApprovesSpenders(address spender, uint256 value) public {
        vm.assume(spender != address(0));
        vm.expectEmit(address(escrow));
        emit IL1Escrow.Approve(address(token), spender, value);
        escrow.approve(address(token), spender, value);
        vm.assertEq(token.allowance(address(escrow), spender), value, "allowance");
    }

    function test_ATokenThatReturnsNothingCanBeApproved() public {
        SilentToken silent = new SilentToken();
        escrow.approve(address(silent), stranger, 5);
        vm.assertEq(silent.allowance(address(escrow), stranger), 5, "allowance");
    }

    function test_RevertWhen_theTokenHasNoCode() public {
        vm.expectRevert(bytes(""));
        escrow.approve(makeAddr("no token"), stranger, 1);
    }

    function test_RevertWhen_aStrangerApproves() public {
        vm.prank(stranger);
        expectMissingAdmin(stranger);
        escrow.approve(address(token), stranger, 1);
    }
}
