// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.24;

import {IL1LPTGateway} from "../../src/interfaces/IL1LPTGateway.sol";
import {ITokenGateway} from "../../src/interfaces/ITokenGateway.sol";
import {L1Fixture} from "./L1Fixture.sol";

/// @title L1LPTGateway.finalizeInboundTransfer: LPT comes back, through the real outbox.
contract L1LPTGatewayWithdrawTest is L1Fixture {
    address private immutable receiver = makeAddr("receiver");

    function setUp() public override {
        super.setUp();
        handOverToBridgeMinter();
        token.transfer(address(escrow), 100 ether);
    }

    function call(address l1Token, uint256 amount) private view returns (bytes memory) {
        return abi.encodeCall(
            ITokenGateway.finalizeInboundTransfer,
            (l1Token, l2Owner, receiver, amount, abi.encode(uint256(0), bytes("")))
        );
    }

    function withdraw(uint256 amount) private {
        executeFromL2(l2Gateway, address(gateway), call(address(token), amount));
    }

    function test_EscrowPaysWhatItHas() public {
        withdraw(60 ether);
        vm.assertEq(token.balanceOf(receiver), 60 ether, "received");
        vm.assertEq(token.balanceOf(address(escrow)), 40 ether, "the rest stays");
    }

    function test_TheMinterMintsOnlyWhatEscrowLacks() public {
        uint256 supply = token.totalSupply();
        withdraw(130 ether);
        vm.assertEq(token.balanceOf(receiver), 130 ether, "received");
        vm.assertEq(token.balanceOf(address(escrow)), 0, "escrow is empty");
        vm.assertEq(token.totalSupply(), supply + 30 ether, "minted");
    }

    function test_AnEmptyEscrowMintsAll() public {
        withdraw(100 ether);
        uint256 supply = token.totalSupply();
        withdraw(5 ether);
        vm.assertEq(token.totalSupply(), supply + 5 ether, "minted");
    }

    function test_TheEventNamesBothEnds() public {
        bytes memory data = abi.encodeCall(
            ITokenGateway.finalizeInboundTransfer,
            (address(token), l2Owner, receiver, 7 ether, abi.encode(uint256(9), bytes("ignored")))
        );
        vm.expectEmit(address(gateway));
        emit IL1LPTGateway.WithdrawalFinalized(address(token), l2Owner, receiver, 9, 7 ether);
        this.execute(l2Gateway, data);
    }

    function test_APauseDoesNotStopWithdrawals() public {
        gateway.pause();
        withdraw(1 ether);
        vm.assertEq(token.balanceOf(receiver), 1 ether, "received");
    }

    function test_RevertWhen_theCallerIsNotTheBridge() public {
        expectString("NOT_FROM_BRIDGE");
        gateway.finalizeInboundTransfer(address(token), l2Owner, receiver, 1, "");
    }

    function test_RevertWhen_anotherContractOfL2Sent() public {
        bytes memory data = call(address(token), 1 ether);
        expectString("ONLY_COUNTERPART_GATEWAY");
        this.execute(stranger, data);
    }

    function test_RevertWhen_theTokenIsNotLpt() public {
        bytes memory data = call(address(1), 1 ether);
        expectString("TOKEN_NOT_LPT");
        this.execute(l2Gateway, data);
    }

    function test_RevertWhen_theGatewayMayNotMint() public {
        controller.unpause();
        bridgeMinter.setL1LPTGateway(stranger);
        bytes memory data = call(address(token), 101 ether);
        expectString("NOT_L1_LPT_GATEWAY");
        this.execute(l2Gateway, data);
    }

    /// One call, so that a revert anywhere in it is the one expected.
    function execute(address l2Sender, bytes calldata data) external {
        executeFromL2(l2Sender, address(gateway), data);
    }

    function testFuzz_TheReceiverGetsAllAndEscrowPaysFirst(uint256 amount) public {
        amount = bound(amount, 0, 1000 ether);
        uint256 supply = token.totalSupply();
        withdraw(amount);
        uint256 fromEscrow = amount < 100 ether ? amount : 100 ether;
        vm.assertEq(token.balanceOf(receiver), amount, "received");
        vm.assertEq(token.balanceOf(address(escrow)), 100 ether - fromEscrow, "escrow");
        vm.assertEq(token.totalSupply(), supply + amount - fromEscrow, "minted");
    }
}
